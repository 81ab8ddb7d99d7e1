import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cnlctf_sessions", "0009_papers_of_the_agenda"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ActaPresence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("block", models.CharField(blank=True, max_length=40, verbose_name="bloque")),
                ("seen_at", models.DateTimeField(verbose_name="visto")),
                (
                    "acta",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cnlctf_sessions.acta",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "presencia en el acta",
                "verbose_name_plural": "presencias en el acta",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("acta", "user"),
                        name="acta_presence_unique",
                        violation_error_message="Esa persona ya figura en el acta.",
                    )
                ],
            },
        ),
    ]
