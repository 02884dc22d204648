"""Settings, URL map and WSGI entry of an installation."""
