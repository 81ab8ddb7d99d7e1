"""Evaluations, and the Observaciones that people edit.

An approved evaluation is written once: the database itself refuses to change or delete it. SQLite
loses a table's triggers when a later migration rebuilds the table: such a migration runs these
statements again (tests/poa/evaluation/test_models.py would tell).
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cnlctf.lib.vendor_sql import vendor_sql

EVENTS = ("update", "delete")


class Migration(migrations.Migration):
    dependencies = [
        ("cnlctf_sessions", "0010_presence_in_the_acta"),
        ("documents", "0006_enclosures"),
        ("poa", "0008_change_goal_present"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="EditedObservations",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="observaciones")),
                (
                    "proposed",
                    models.TextField(
                        blank=True, editable=False, verbose_name="lo que proponía el programa"
                    ),
                ),
                (
                    "edits",
                    models.PositiveIntegerField(
                        default=1, editable=False, verbose_name="ediciones"
                    ),
                ),
                ("edited_at", models.DateTimeField(verbose_name="editado")),
                (
                    "edited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="editado por",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="edited_observations",
                        to="poa.actionline",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="edited_observations",
                        to="poa.operatingplan",
                    ),
                ),
            ],
            options={
                "verbose_name": "observaciones editadas",
                "verbose_name_plural": "observaciones editadas",
                "ordering": ["plan", "line"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "line"),
                        name="edited_observations_once",
                        violation_error_message="La línea ya tiene observaciones editadas.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Evaluation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="número en el plan")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("partial", "Evaluación parcial"),
                            ("final", "Evaluación del año"),
                            ("addendum", "Adenda"),
                        ],
                        max_length=10,
                        verbose_name="clase",
                    ),
                ),
                (
                    "ordinal",
                    models.PositiveSmallIntegerField(verbose_name="número entre las de su clase"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Borrador"), ("approved", "Aprobada")],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="estado",
                    ),
                ),
                (
                    "cut_off_on",
                    models.DateField(
                        help_text="Ese día incluido: lo realizado después no cuenta.",
                        verbose_name="fecha de corte",
                    ),
                ),
                (
                    "reasons",
                    models.TextField(
                        blank=True,
                        help_text="Por qué se hace; en una adenda, qué llegó tarde.",
                        verbose_name="motivos",
                    ),
                ),
                (
                    "introduction",
                    models.TextField(blank=True, verbose_name="texto antes de la matriz"),
                ),
                (
                    "edits",
                    models.PositiveIntegerField(
                        default=1, editable=False, verbose_name="ediciones"
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="creada")),
                (
                    "approved_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="aprobada"
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="aprobada por",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="creada por",
                    ),
                ),
                (
                    "document",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evaluation",
                        to="documents.issueddocument",
                        verbose_name="documento emitido",
                    ),
                ),
                (
                    "follows",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        help_text="Con la que se compara; la que una adenda modifica.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followers",
                        to="poa.evaluation",
                        verbose_name="evaluación anterior",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evaluations",
                        to="poa.operatingplan",
                        verbose_name="plan operativo",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evaluations",
                        to="cnlctf_sessions.session",
                        verbose_name="sesión que la ve",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evaluations",
                        to="poa.planversion",
                        verbose_name="versión del plan",
                    ),
                ),
                (
                    "workbook",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.issueddocument",
                        verbose_name="libro de Excel emitido",
                    ),
                ),
            ],
            options={
                "verbose_name": "evaluación",
                "verbose_name_plural": "evaluaciones",
                "ordering": ["plan", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "number"),
                        name="evaluation_number_unique",
                        violation_error_message="El plan ya tiene una evaluación con ese número.",
                    ),
                    models.UniqueConstraint(
                        fields=("plan", "kind", "ordinal"),
                        name="evaluation_ordinal_unique",
                        violation_error_message="El plan ya tiene una de esa clase con ese número.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "draft")),
                        fields=("plan",),
                        name="evaluation_one_draft",
                        violation_error_message=(
                            "El plan ya tiene una evaluación en borrador: termine esa."
                        ),
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "final")),
                        fields=("plan",),
                        name="evaluation_one_final",
                        violation_error_message=(
                            "El año ya tiene su evaluación: lo que llegue después va a una adenda."
                        ),
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "addendum"), _negated=True),
                            models.Q(
                                ("follows__isnull", False), models.Q(("reasons", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="evaluation_addendum_says_why",
                        violation_error_message=(
                            "Una adenda modifica una evaluación aprobada y dice por qué."
                        ),
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("approved_at", None),
                                ("document", None),
                                ("state", "draft"),
                                ("version", None),
                                ("workbook", None),
                            ),
                            models.Q(
                                ("approved_at__isnull", False),
                                ("document__isnull", False),
                                ("session__isnull", False),
                                ("state", "approved"),
                                ("version__isnull", False),
                                ("workbook__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="evaluation_approved_is_issued",
                        violation_error_message=(
                            "Una evaluación aprobada tiene su sesión, la versión del plan, su PDF y "
                            "su Excel; un borrador todavía no."
                        ),
                    ),
                ],
            },
        ),
        vendor_sql(
            forward={
                "sqlite": [
                    f"""
                    CREATE TRIGGER evaluation_no_{event} BEFORE {event.upper()}
                    ON poa_evaluation WHEN OLD.state = 'approved'
                    BEGIN SELECT RAISE(ABORT, 'evaluation_immutable'); END
                    """
                    for event in EVENTS
                ],
                "postgresql": [
                    """
                    CREATE FUNCTION evaluation_immutable() RETURNS trigger AS $$
                    BEGIN
                        RAISE EXCEPTION 'evaluation_immutable'
                            USING ERRCODE = 'integrity_constraint_violation';
                    END $$ LANGUAGE plpgsql
                    """,
                    """
                    CREATE TRIGGER evaluation_immutable
                    BEFORE UPDATE OR DELETE ON poa_evaluation
                    FOR EACH ROW WHEN (OLD.state = 'approved')
                    EXECUTE FUNCTION evaluation_immutable()
                    """,
                ],
            },
            backward={
                "sqlite": [f"DROP TRIGGER evaluation_no_{event}" for event in EVENTS],
                "postgresql": [
                    "DROP TRIGGER evaluation_immutable ON poa_evaluation",
                    "DROP FUNCTION evaluation_immutable()",
                ],
            },
        ),
    ]
