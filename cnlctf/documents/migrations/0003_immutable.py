"""An issued document is written once: the database itself refuses to change or delete it.

SQLite loses a table's triggers when a later migration rebuilds the table: such a migration runs
these statements again (tests/documents/test_issued_document.py would tell).
"""

from django.db import migrations

from cnlctf.lib.vendor_sql import vendor_sql

EVENTS = ("update", "delete")


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_initial")]

    operations = [
        vendor_sql(
            forward={
                "sqlite": [
                    f"""
                    CREATE TRIGGER issued_document_no_{event} BEFORE {event.upper()}
                    ON documents_issueddocument
                    BEGIN SELECT RAISE(ABORT, 'issued_document_immutable'); END
                    """
                    for event in EVENTS
                ],
                "postgresql": [
                    """
                    CREATE FUNCTION issued_document_immutable() RETURNS trigger AS $$
                    BEGIN
                        RAISE EXCEPTION 'issued_document_immutable'
                            USING ERRCODE = 'integrity_constraint_violation';
                    END $$ LANGUAGE plpgsql
                    """,
                    """
                    CREATE TRIGGER issued_document_immutable
                    BEFORE UPDATE OR DELETE ON documents_issueddocument
                    FOR EACH ROW EXECUTE FUNCTION issued_document_immutable()
                    """,
                ],
            },
            backward={
                "sqlite": [f"DROP TRIGGER issued_document_no_{event}" for event in EVENTS],
                "postgresql": [
                    "DROP TRIGGER issued_document_immutable ON documents_issueddocument",
                    "DROP FUNCTION issued_document_immutable()",
                ],
            },
        )
    ]
