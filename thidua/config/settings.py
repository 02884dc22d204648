"""One settings file; everything that differs between installations comes from the environment.

See docs/operations.md for the list of THIDUA_* variables.
"""

from __future__ import annotations

from pathlib import Path

from thidua.config import database, environment

ROOT = Path(__file__).resolve().parents[2]
THIDUA_DATA = Path(environment.text("THIDUA_DATA", str(ROOT / "var"))).resolve()
THIDUA_DEMO = environment.switch("THIDUA_DEMO")
THIDUA_TODAY = environment.text("THIDUA_TODAY")  # yyyy-mm-dd; only demo and tests set it
THIDUA_UPLOAD_LIMIT = environment.number("THIDUA_UPLOAD_LIMIT", 20 * 1024 * 1024)
THIDUA_ADDRESS = environment.text("THIDUA_ADDRESS", "http://127.0.0.1:8000").rstrip("/")

# folder of pg_dump and pg_restore, where they are not on the PATH
THIDUA_PG_TOOLS = environment.text("THIDUA_PG_TOOLS")

SECRET_KEY = environment.secret_key(THIDUA_DATA)
DEBUG = False
ALLOWED_HOSTS = environment.names("THIDUA_HOSTS", "127.0.0.1,localhost")
CSRF_TRUSTED_ORIGINS = [THIDUA_ADDRESS]

INSTALLED_APPS = [
    "thidua.web",  # first: its templates for forms and log-in stand before Django's own
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "axes",
    "django_htmx",
    "template_partials",
    "thidua.year.conference",
    "thidua.year.scoring",
    "thidua.year.progress",
    "thidua.year.pact",
    "thidua.year.registration",
    "thidua.year.drafting",
    "thidua.year.rulebook",
    "thidua.year.papers",
    "thidua.year.bloc",
    "thidua.year.record",
    "thidua.registry",
    "thidua.platform.mail",
    "thidua.platform.files",
    "thidua.platform.ledger",
    "thidua.platform.accounts",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # weak lines; pads its answers against guessing
    "thidua.platform.http.headers.HeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "thidua.platform.http.limits.LimitsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "thidua.web.gate.GateMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "thidua.config.urls"
WSGI_APPLICATION = "thidua.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "thidua.web.context.shell",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {
    "default": database.from_address(
        environment.text("THIDUA_DATABASE"), THIDUA_DATA / "thidua.sqlite3"
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    }
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 5 / 60  # hours: ten tries in five minutes, as the log-in page says
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "thidua.platform.accounts.log_in.counted_name"
AXES_LOCKOUT_TEMPLATE = "registration/lockout.html"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False

SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

HTTPS = environment.switch("THIDUA_HTTPS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "vi"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

STATIC_URL = "/static/"
STATIC_ROOT = THIDUA_DATA / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # empty until collectstatic has run
STATICFILES_DIRS = [
    (prefix, folder)
    for prefix, folder in [("thidua/fonts", THIDUA_DATA / "fonts")]
    if folder.is_dir()
]
# "plain" serves files as they lie in the source tree: for development and the tests.
PLAIN_STATIC = environment.text("THIDUA_STATIC") == "plain"
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = PLAIN_STATIC
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if PLAIN_STATIC
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
FILE_UPLOAD_HANDLERS = ["thidua.platform.files.handlers.LimitedUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # the score form of 10,000 lines without JavaScript

EMAIL_HOST = environment.text("THIDUA_SMTP_HOST")
EMAIL_PORT = environment.number("THIDUA_SMTP_PORT", 587)
EMAIL_HOST_USER = environment.text("THIDUA_SMTP_USER")
EMAIL_HOST_PASSWORD = environment.text("THIDUA_SMTP_PASSWORD")
EMAIL_USE_TLS = EMAIL_PORT == 587
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_TIMEOUT = 20
EMAIL_FILE_PATH = THIDUA_DATA / "mail"  # without an SMTP server letters become files here
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "django.core.mail.backends.filebased.EmailBackend"
)
DEFAULT_FROM_EMAIL = environment.text("THIDUA_MAIL_FROM", "thidua@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": environment.text("THIDUA_LOG", "WARNING")},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
