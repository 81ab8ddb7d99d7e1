"""A version of a plan is written once: the database itself refuses to change or delete it.

SQLite loses a table's triggers when a later migration rebuilds the table: such a migration runs
these statements again (tests/poa/test_versions.py would tell).
"""

from django.db import migrations

from cnlctf.lib.vendor_sql import vendor_sql

EVENTS = ("update", "delete")


class Migration(migrations.Migration):
    dependencies = [("poa", "0003_versions")]

    operations = [
        vendor_sql(
            forward={
                "sqlite": [
                    f"""
                    CREATE TRIGGER plan_version_no_{event} BEFORE {event.upper()}
                    ON poa_planversion
                    BEGIN SELECT RAISE(ABORT, 'plan_version_immutable'); END
                    """
                    for event in EVENTS
                ],
                "postgresql": [
                    """
                    CREATE FUNCTION plan_version_immutable() RETURNS trigger AS $$
                    BEGIN
                        RAISE EXCEPTION 'plan_version_immutable'
                            USING ERRCODE = 'integrity_constraint_violation';
                    END $$ LANGUAGE plpgsql
                    """,
                    """
                    CREATE TRIGGER plan_version_immutable
                    BEFORE UPDATE OR DELETE ON poa_planversion
                    FOR EACH ROW EXECUTE FUNCTION plan_version_immutable()
                    """,
                ],
            },
            backward={
                "sqlite": [f"DROP TRIGGER plan_version_no_{event}" for event in EVENTS],
                "postgresql": [
                    "DROP TRIGGER plan_version_immutable ON poa_planversion",
                    "DROP FUNCTION plan_version_immutable()",
                ],
            },
        )
    ]
