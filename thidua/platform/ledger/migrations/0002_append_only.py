"""The ledger refuses every change; on insert the sequence must go on without a hole."""

from __future__ import annotations

from django.db import migrations

from thidua.platform.ledger.triggers import protect


def next_in_sequence(apps, editor):
    if editor.connection.vendor == "sqlite":
        # INSERT OR REPLACE does not fire delete triggers unless recursive_triggers is on.
        editor.execute(
            "CREATE TRIGGER ledger_event_sequence BEFORE INSERT ON ledger_event WHEN NEW.seq <> "
            "(SELECT COALESCE(MAX(seq), 0) + 1 FROM ledger_event WHERE chain = NEW.chain) "
            "BEGIN SELECT RAISE(ABORT, 'ledger_event: sequence must go on by one'); END;"
        )
        return
    editor.execute(
        "CREATE FUNCTION ledger_event_sequence() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM ledger_event WHERE chain = NEW.chain) "
        "THEN RAISE EXCEPTION 'ledger_event: sequence must go on by one' "
        "USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$;"
    )
    editor.execute(
        "CREATE TRIGGER ledger_event_sequence BEFORE INSERT ON ledger_event "
        "FOR EACH ROW EXECUTE FUNCTION ledger_event_sequence();"
    )


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_event")]
    operations = [
        protect("ledger_event"),
        migrations.RunPython(next_in_sequence, migrations.RunPython.noop),
    ]
