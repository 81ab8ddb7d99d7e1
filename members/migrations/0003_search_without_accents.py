"""What ``cnlctf.lib.folding`` asks of PostgreSQL; SQLite is taught on every connection."""

from django.db import migrations

from cnlctf.lib.vendor_sql import vendor_sql


class Migration(migrations.Migration):
    dependencies = [("members", "0002_no_overlaps")]

    operations = [
        vendor_sql(
            forward={"sqlite": [], "postgresql": ["CREATE EXTENSION IF NOT EXISTS unaccent"]},
            backward={"sqlite": [], "postgresql": []},
        )
    ]
