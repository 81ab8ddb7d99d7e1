"""Two designations for a seat, or two memberships of an entity, never hold on the same day.

SQLite loses a table's triggers when a later migration rebuilds the table: such a migration runs
these statements again (tests/members/test_designation.py would tell).
"""

from django.db import migrations

from cnlctf.lib.vendor_sql import vendor_sql

SINGLE_SEATS = "capacity IN ('P', 'PA', 'ST', 'T', 'A')"


def sqlite_triggers(table: str, name: str, same: list[str], condition: str) -> list[str]:
    matches = " AND ".join(f"{column} = NEW.{column}" for column in same)
    return [
        f"""
        CREATE TRIGGER {name}_{event.lower()} BEFORE {event} ON {table}
        WHEN NEW.{condition} AND EXISTS (
            SELECT 1 FROM {table}
            WHERE id IS NOT NEW.id AND {matches}
                AND (starts_on IS NULL OR NEW.ends_on IS NULL OR starts_on <= NEW.ends_on)
                AND (ends_on IS NULL OR NEW.starts_on IS NULL OR ends_on >= NEW.starts_on)
        )
        BEGIN SELECT RAISE(ABORT, '{name}'); END
        """
        for event in ("INSERT", "UPDATE")
    ]


def postgresql_exclusion(table: str, name: str, same: list[str], condition: str) -> str:
    equal = ", ".join(f"{column} WITH =" for column in same)
    return f"""
        ALTER TABLE {table} ADD CONSTRAINT {name} EXCLUDE USING gist
        ({equal}, daterange(starts_on, ends_on, '[]') WITH &&) WHERE ({condition})
    """


DESIGNATION = ("members_designation", "designation_no_overlap", ["entity_id", "capacity"], SINGLE_SEATS)
MEMBERSHIP = ("members_membership", "membership_no_overlap", ["entity_id"], "entity_id IS NOT NULL")


class Migration(migrations.Migration):
    dependencies = [("members", "0001_initial")]

    operations = [
        vendor_sql(
            forward={
                "sqlite": [
                    *sqlite_triggers(*DESIGNATION),
                    *sqlite_triggers(*MEMBERSHIP),
                ],
                "postgresql": [
                    "CREATE EXTENSION IF NOT EXISTS btree_gist",
                    postgresql_exclusion(*DESIGNATION),
                    postgresql_exclusion(*MEMBERSHIP),
                ],
            },
            backward={
                "sqlite": [
                    f"DROP TRIGGER {name}_{event}"
                    for name in (DESIGNATION[1], MEMBERSHIP[1])
                    for event in ("insert", "update")
                ],
                "postgresql": [
                    f"ALTER TABLE {table} DROP CONSTRAINT {name}"
                    for table, name, *_ in (DESIGNATION, MEMBERSHIP)
                ],
            },
        )
    ]
