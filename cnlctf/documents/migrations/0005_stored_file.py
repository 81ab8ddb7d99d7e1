"""A file that was handed in never changes; it goes only whole, and only while nothing points at it.

SQLite loses a table's triggers when a later migration rebuilds the table: such a migration runs
these statements again (tests/documents/test_stored_file.py would tell).
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cnlctf.lib.vendor_sql import vendor_sql


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0004_dispatch'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=150, verbose_name='nombre')),
                ('kind', models.CharField(choices=[('pdf', 'documento PDF'), ('docx', 'documento de Word'), ('pptx', 'presentación de PowerPoint'), ('xlsx', 'libro de Excel'), ('png', 'imagen PNG'), ('jpg', 'imagen JPEG')], max_length=10, verbose_name='tipo')),
                ('size', models.PositiveIntegerField(verbose_name='tamaño en bytes')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('content', models.BinaryField(verbose_name='contenido')),
                ('uploaded_at', models.DateTimeField(verbose_name='recibido')),
                ('uploaded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recibido de')),
            ],
            options={
                'verbose_name': 'archivo recibido',
                'verbose_name_plural': 'archivos recibidos',
                'ordering': ['pk'],
            },
        ),
        vendor_sql(
            forward={
                "sqlite": [
                    """
                    CREATE TRIGGER stored_file_no_update BEFORE UPDATE
                    ON documents_storedfile
                    BEGIN SELECT RAISE(ABORT, 'stored_file_immutable'); END
                    """
                ],
                "postgresql": [
                    """
                    CREATE FUNCTION stored_file_immutable() RETURNS trigger AS $$
                    BEGIN
                        RAISE EXCEPTION 'stored_file_immutable'
                            USING ERRCODE = 'integrity_constraint_violation';
                    END $$ LANGUAGE plpgsql
                    """,
                    """
                    CREATE TRIGGER stored_file_immutable BEFORE UPDATE ON documents_storedfile
                    FOR EACH ROW EXECUTE FUNCTION stored_file_immutable()
                    """,
                ],
            },
            backward={
                "sqlite": ["DROP TRIGGER stored_file_no_update"],
                "postgresql": [
                    "DROP TRIGGER stored_file_immutable ON documents_storedfile",
                    "DROP FUNCTION stored_file_immutable()",
                ],
            },
        ),
    ]
