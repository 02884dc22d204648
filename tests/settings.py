"""Settings of the test suite: those of the product, on a data folder of its own.

pytest reads the settings before any conftest, and reading them writes a secret key into the data
folder; so the folder is named here, and the suite never touches that of a running installation.
"""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("THIDUA_DATA", tempfile.mkdtemp(prefix="thidua-test-"))

from thidua.config.settings import *  # noqa: F403  # after the folder; every setting as it is

# What the tests start of their own accord (servers, commands) runs under the product's settings.
os.environ["DJANGO_SETTINGS_MODULE"] = "thidua.config.settings"
