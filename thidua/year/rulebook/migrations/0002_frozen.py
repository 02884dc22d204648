"""An adopted scale can no longer be changed or deleted."""

from __future__ import annotations

from django.db import migrations

from thidua.platform.ledger.triggers import freeze


class Migration(migrations.Migration):
    dependencies = [("rulebook", "0001_scale"), ("ledger", "0002_append_only")]
    operations = [freeze("rulebook_scale", "OLD.adopted_at IS NOT NULL")]
