from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from cnlctf.lib.natural import NaturalKeyModel
from poa.choices import NoReportCause, ObservationLayout, Region
from poa.models.indicator import NOT_NEGATIVE, Indicator
from poa.models.national import ActionLine
from poa.models.plan import OperatingPlan


class Execution(NaturalKeyModel):
    """What was reported of an indicator as a whole; its events are contributions."""

    indicator = models.OneToOneField(
        Indicator, verbose_name="indicador", on_delete=models.CASCADE, related_name="execution"
    )
    declared = models.DecimalField(
        "cantidad declarada",
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[NOT_NEGATIVE],
        help_text="Cuando no se suman eventos. 0 es un cero declarado; vacío, nada declarado.",
    )
    activity_done = models.BooleanField(
        "¿se realizó actividad?",
        null=True,
        blank=True,
        help_text="Con 0 ejecutado: si hubo actividad aunque la meta no avanzara.",
    )
    no_report_cause = models.CharField(
        "por qué no hay reporte", max_length=10, choices=NoReportCause, blank=True
    )

    natural_key_fields = ("indicator",)

    class Meta:
        verbose_name = "ejecución"
        verbose_name_plural = "ejecuciones"
        constraints = [
            models.CheckConstraint(
                condition=Q(declared=None) | Q(declared__gte=0),
                name="execution_declared_not_negative",
                violation_error_message="La cantidad ejecutada no puede ser negativa.",
            ),
            models.CheckConstraint(
                condition=Q(no_report_cause="") | Q(declared=None),
                name="execution_declared_or_cause",
                violation_error_message=(
                    "Si hay una cantidad declarada, no corresponde un motivo de falta de reporte."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"Ejecución de «{self.indicator.name}»"


class Event(NaturalKeyModel):
    """Something that was done on a day in a place; it may feed several indicators."""

    plan = models.ForeignKey(
        OperatingPlan,
        verbose_name="plan operativo",
        on_delete=models.PROTECT,
        related_name="events",
    )
    report = models.ForeignKey(
        "poa.EntityReport",
        verbose_name="reporte de donde viene",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="accepted_events",
        help_text="Vacío: lo registró la Secretaría Técnica.",
    )
    key = models.SlugField("clave", max_length=60)
    name = models.TextField("qué se realizó", blank=True)
    held_on = models.DateField("fecha")
    region = models.CharField("región", max_length=3, choices=Region, blank=True)
    place = models.CharField("lugar", max_length=150, blank=True)
    report_number = models.CharField(
        "informe", max_length=200, blank=True, help_text="Como se cita: Informe N° 013-2019-EEBs."
    )

    natural_key_fields = ("plan__year", "key")

    class Meta:
        verbose_name = "evento"
        verbose_name_plural = "eventos"
        ordering = ["held_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "key"],
                name="event_key_unique",
                violation_error_message="El plan ya tiene un evento con esa clave.",
            )
        ]

    def __str__(self) -> str:
        where = f", {self.get_region_display()}" if self.region else ""
        return f"{self.held_on:%d/%m/%Y}{where}"


class Observation(NaturalKeyModel):
    """A passage of the column Observaciones of a line: free remarks around its events."""

    plan = models.ForeignKey(OperatingPlan, on_delete=models.CASCADE, related_name="observations")
    line = models.ForeignKey(ActionLine, on_delete=models.PROTECT, related_name="observations")
    position = models.PositiveSmallIntegerField("lugar")
    layout = models.CharField(
        "presentación",
        max_length=10,
        choices=ObservationLayout,
        default=ObservationLayout.EVENTS,
    )
    preface = models.TextField("antes de los eventos", blank=True)
    description = models.TextField(
        "qué fueron", blank=True, help_text="Se escribe después del primer mes: «* Octubre: …»."
    )
    closing = models.TextField("después de los eventos", blank=True)
    continues_numbering = models.BooleanField(
        "sigue la numeración",
        default=False,
        help_text="Los eventos continúan la numeración del pasaje anterior.",
    )

    natural_key_fields = (
        "plan__year",
        "line__strategy__objective__number",
        "line__strategy__number",
        "line__number",
        "position",
    )

    class Meta:
        verbose_name = "observación"
        verbose_name_plural = "observaciones"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "line", "position"],
                name="observation_position_unique",
                violation_error_message="Ese lugar entre las observaciones ya está ocupado.",
            )
        ]

    def __str__(self) -> str:
        return f"Observación {self.position} de {self.line.code}"


class Contribution(NaturalKeyModel):
    """What an event adds to an indicator; listed without counting when a rule says so."""

    event = models.ForeignKey(
        Event, verbose_name="evento", on_delete=models.PROTECT, related_name="contributions"
    )
    indicator = models.ForeignKey(
        Indicator,
        verbose_name="indicador",
        on_delete=models.PROTECT,
        related_name="contributions",
    )
    observation = models.ForeignKey(
        Observation,
        verbose_name="pasaje de las observaciones",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="contributions",
    )
    quantity = models.DecimalField(
        "cantidad", max_digits=12, decimal_places=2, validators=[NOT_NEGATIVE]
    )
    counts = models.BooleanField("cuenta para la meta", default=True)
    why_not = models.CharField("por qué no cuenta", max_length=250, blank=True)
    wording = models.TextField("cómo se dice", blank=True, help_text="«Se capacitaron 5 personas.»")

    natural_key_fields = ("event", "indicator")

    class Meta:
        verbose_name = "aporte"
        verbose_name_plural = "aportes"
        ordering = ["event__held_on", "event__pk", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "indicator"],
                name="contribution_event_once",
                violation_error_message="Ese evento ya aporta a ese indicador.",
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=0),
                name="contribution_quantity_not_negative",
                violation_error_message="La cantidad no puede ser negativa.",
            ),
            models.CheckConstraint(
                condition=Q(counts=True) | ~Q(why_not=""),
                name="contribution_not_counted_says_why",
                violation_error_message="Si no cuenta para la meta, diga por qué.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event}: {self.quantity}"

    def clean(self) -> None:
        if self.event.plan_id != self.indicator.plan_id:
            raise ValidationError({"event": "El evento y el indicador son de planes distintos."})
