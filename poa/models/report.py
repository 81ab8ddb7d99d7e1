import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q

from cnlctf.documents.models import StoredFile
from members.models import Entity, User
from poa.choices import REPORT_TRANSITIONS, PlanState, Region, ReportState, ReportStep
from poa.models.indicator import NOT_NEGATIVE, Indicator
from poa.models.plan import OperatingPlan
from poa.models.request import RequestedEntity

# What to say of a step that cannot be taken, by the state that the report is in.
REFUSALS = {
    ReportState.DRAFT: "El reporte está en preparación: todavía no se ha enviado.",
    ReportState.SENT: "El reporte ya está enviado: lo tiene la Secretaría Técnica.",
    ReportState.RETURNED: "El reporte está devuelto: lo tiene la institución.",
    ReportState.ACCEPTED: "El reporte ya está aceptado.",
}
# The plans whose execution is still being gathered.
REPORTED_PLANS = (PlanState.ADJUSTING, PlanState.IN_FORCE)


def takes_reports(plan: OperatingPlan) -> bool:
    """Also once it is evaluated, while an adenda is being written: it is for what comes late."""
    # Asked of every plan alike: a page takes as many queries, whatever the state.
    is_drafted = plan.evaluations.drafts().exists()
    return plan.state in REPORTED_PLANS or (plan.state == PlanState.EVALUATED and is_drafted)


class EntityReportQuerySet(models.QuerySet["EntityReport"]):
    def of_entity(self, entity: Entity | None) -> Self:
        """Those that the entity makes: its own and those of its organs."""
        return self.filter(Q(entity=entity) | Q(entity__parent=entity)) if entity else self.none()

    def visible_to(self, user: User | AnonymousUser, on: datetime.date) -> Self:
        """All of them to the Secretaría; to a representative those of the entity of that day."""
        if user.has_perm("poa.change_informationrequest"):
            return self
        return self.of_entity(user.entity_on(on) if isinstance(user, User) else None)

    def preliminary(self) -> Self:
        """Sent, and not yet in the official figures."""
        return self.filter(state=ReportState.SENT)


class EntityReport(models.Model):
    """What an entity says it did in a period, asked or not; official only once accepted.

    Its rows are a draft of events and contributions: accepting the report makes those of the plan
    from them, so that no figure has to ask who has accepted what.
    """

    plan = models.ForeignKey(
        OperatingPlan,
        verbose_name="plan operativo",
        on_delete=models.PROTECT,
        related_name="reports",
    )
    entity = models.ForeignKey(
        Entity, verbose_name="institución", on_delete=models.PROTECT, related_name="reports"
    )
    number = models.PositiveSmallIntegerField("número")
    requested = models.OneToOneField(
        RequestedEntity,
        verbose_name="responde a",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="report",
    )
    period_from = models.DateField("desde")
    period_to = models.DateField("hasta")
    state = models.CharField(
        "estado", max_length=10, choices=ReportState, default=ReportState.DRAFT, editable=False
    )
    sent_on = models.DateField("recibido el", null=True, blank=True, editable=False)
    paper_number = models.CharField(
        "documento en papel",
        max_length=100,
        blank=True,
        help_text="Con qué documento respondió, si lo hizo en papel: Oficio N° 112-2020-SUNAFIL.",
    )
    paper = models.ForeignKey(
        StoredFile,
        verbose_name="copia digitalizada",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects: ClassVar = EntityReportQuerySet.as_manager()

    class Meta:
        verbose_name = "reporte de ejecución"
        verbose_name_plural = "reportes de ejecución"
        ordering = ["plan", "entity__protocol_order", "entity__acronym", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "entity", "number"],
                name="entity_report_number_unique",
                violation_error_message="La institución ya tiene un reporte con ese número.",
            ),
            models.CheckConstraint(
                condition=Q(period_to__gte=F("period_from")),
                name="entity_report_period_ordered",
                violation_error_message="El periodo no puede terminar antes de empezar.",
            ),
            models.CheckConstraint(
                condition=Q(state=ReportState.DRAFT, sent_on=None)
                | (~Q(state=ReportState.DRAFT) & Q(sent_on__isnull=False)),
                name="entity_report_sent_has_date",
                violation_error_message="Un reporte enviado tiene su fecha, y solo él.",
            ),
            models.CheckConstraint(
                condition=Q(paper=None) | ~Q(paper_number=""),
                name="entity_report_paper_is_cited",
                violation_error_message="Cite el documento cuya copia adjunta.",
            ),
        ]

    def __str__(self) -> str:
        return f"Reporte {self.number} de {self.entity.list_name}"

    @property
    def is_open(self) -> bool:
        """Whether its entity writes in it."""
        return self.state in (ReportState.DRAFT, ReportState.RETURNED)

    @property
    def is_accepted(self) -> bool:
        return self.state == ReportState.ACCEPTED

    def check_may(self, step: ReportStep) -> None:
        """Raise ValidationError where the report, or its plan, does not allow the step."""
        if not takes_reports(self.plan):
            raise ValidationError(
                f"El {self.plan} está en estado «{self.plan.get_state_display()}»: ya no recibe "
                "reportes. Lo que llegue después va a una adenda de la evaluación."
            )
        if self.state not in REPORT_TRANSITIONS[step][0]:
            raise ValidationError(REFUSALS[ReportState(self.state)])

    @transaction.atomic
    def take(
        self,
        step: ReportStep,
        *,
        at: datetime.datetime,
        on: datetime.date,
        by: User,
        remarks: str = "",
    ) -> None:
        """Go where the step leads, and record it.

        ``on`` is the day of the step in Lima: a report is received on the day it first arrives,
        however often it is returned afterwards. Raise ValidationError where the state does not
        allow it, and where it lacks its reason.
        """
        event = ReportEvent(report=self, step=step, at=at, by=by, remarks=remarks.strip())
        event.full_clean()
        locked = EntityReport.objects.select_for_update().select_related("plan").get(pk=self.pk)
        locked.check_may(step)
        self.state = REPORT_TRANSITIONS[step][1]
        self.sent_on = locked.sent_on or on
        self.full_clean()
        self.save(update_fields=["state", "sent_on"])
        event.save()


class ReportEvent(models.Model):
    """A step of a report, with who took it and when; what was remarked or answered."""

    report = models.ForeignKey(EntityReport, on_delete=models.CASCADE, related_name="events")
    step = models.CharField("paso", max_length=10, choices=ReportStep)
    at = models.DateTimeField("cuándo")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="quién", on_delete=models.PROTECT, related_name="+"
    )
    remarks = models.TextField("observaciones", blank=True)

    class Meta:
        verbose_name = "paso del reporte"
        verbose_name_plural = "pasos del reporte"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(step__in=[ReportStep.RETURNED, ReportStep.REOPENED]) | ~Q(remarks=""),
                name="report_event_says_why",
                violation_error_message="Diga qué falta: quien corrija lo necesita.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.get_step_display().lower()}"


class ReportedIndicator(models.Model):
    """What a report says of one indicator: its events, or a plain quantity, and in words."""

    report = models.ForeignKey(EntityReport, on_delete=models.CASCADE, related_name="indicators")
    indicator = models.ForeignKey(
        Indicator, verbose_name="indicador", on_delete=models.PROTECT, related_name="reported"
    )
    quantity = models.DecimalField(
        "cantidad",
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[NOT_NEGATIVE],
        help_text="Cuando no se detallan eventos. 0 es un cero declarado; vacío, nada declarado.",
    )
    activity_done = models.BooleanField("¿se realizó actividad?", null=True, blank=True)
    difficulties = models.TextField("dificultades", blank=True)
    next_steps = models.TextField("próximos pasos", blank=True)
    version = models.PositiveIntegerField("versión", default=1, editable=False)

    class Meta:
        verbose_name = "indicador reportado"
        verbose_name_plural = "indicadores reportados"
        constraints = [
            models.UniqueConstraint(
                fields=["report", "indicator"],
                name="reported_indicator_once",
                violation_error_message="El reporte ya tiene ese indicador.",
            ),
            models.CheckConstraint(
                condition=Q(quantity=None) | Q(quantity__gte=0),
                name="reported_indicator_quantity_not_negative",
                violation_error_message="La cantidad no puede ser negativa.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.indicator.name}"


class ReportedEvent(models.Model):
    """An event as an entity reports it; while it is being written anything may be missing."""

    report = models.ForeignKey(
        EntityReport, on_delete=models.CASCADE, related_name="reported_events"
    )
    position = models.PositiveSmallIntegerField("lugar en el reporte")
    name = models.TextField("qué se realizó", blank=True)
    held_on = models.DateField("fecha", null=True, blank=True)
    region = models.CharField("región", max_length=3, choices=Region, blank=True)
    place = models.CharField("lugar", max_length=150, blank=True)
    supporter = models.CharField("institución de apoyo", max_length=200, blank=True)
    report_number = models.CharField(
        "informe", max_length=200, blank=True, help_text="Como se cita: Informe N° 013-2019-EEBs."
    )
    evidence = models.ManyToManyField(StoredFile, blank=True, related_name="reported_events")
    version = models.PositiveIntegerField("versión", default=1, editable=False)

    class Meta:
        verbose_name = "evento reportado"
        verbose_name_plural = "eventos reportados"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "position"],
                name="reported_event_position_unique",
                violation_error_message="Ese lugar en el reporte ya está ocupado.",
            )
        ]

    def __str__(self) -> str:
        return f"Evento {self.position} del {self.report}"


class ReportedContribution(models.Model):
    """What a reported event adds to an indicator; ``women`` and ``men`` where it counts persons."""

    event = models.ForeignKey(ReportedEvent, on_delete=models.CASCADE, related_name="contributions")
    indicator = models.ForeignKey(
        Indicator, verbose_name="indicador", on_delete=models.PROTECT, related_name="+"
    )
    quantity = models.DecimalField(
        "cantidad", max_digits=12, decimal_places=2, validators=[NOT_NEGATIVE]
    )
    women = models.PositiveIntegerField("mujeres", null=True, blank=True)
    men = models.PositiveIntegerField("hombres", null=True, blank=True)
    counts = models.BooleanField("cuenta para la meta", default=True)
    why_not = models.CharField("por qué no cuenta", max_length=250, blank=True)

    objects: ClassVar = models.Manager()

    class Meta:
        verbose_name = "aporte reportado"
        verbose_name_plural = "aportes reportados"
        constraints = [
            models.UniqueConstraint(
                fields=["event", "indicator"],
                name="reported_contribution_once",
                violation_error_message="Ese evento ya aporta a ese indicador.",
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=0),
                name="reported_contribution_not_negative",
                violation_error_message="La cantidad no puede ser negativa.",
            ),
            models.CheckConstraint(
                condition=Q(counts=True) | ~Q(why_not=""),
                name="reported_contribution_says_why_not",
                violation_error_message="Si no cuenta para la meta, diga por qué.",
            ),
            models.CheckConstraint(
                condition=Q(women=None, men=None)
                | Q(women__isnull=False, men__isnull=False, quantity=F("women") + F("men")),
                name="reported_contribution_sexes_add_up",
                violation_error_message="Mujeres y hombres tienen que sumar la cantidad.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event}: {self.quantity}"
