"""An adopted score table is never changed; a correction is a new version."""

from __future__ import annotations

from django.db import migrations

from thidua.platform.ledger.triggers import protect


class Migration(migrations.Migration):
    dependencies = [("conference", "0001_conference"), ("ledger", "0002_append_only")]
    operations = [protect("conference_adoption")]
