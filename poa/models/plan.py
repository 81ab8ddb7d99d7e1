import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from cnlctf.lib.natural import NaturalKeyModel, NaturalKeyQuerySet
from members.models import Validity, ValidityQuerySet
from poa.choices import PlanState
from poa.models.national import NationalPlan
from poa.progress import State
from sessions.models import Session


class OperatingPlanQuerySet(NaturalKeyQuerySet["OperatingPlan"]):
    def visible_to(self, user: object) -> Self:
        """The public sees a plan's progress once the plan is approved."""
        if user.has_perm("poa.change_operatingplan"):  # type: ignore[attr-defined]
            return self
        return self.exclude(state=PlanState.DRAFT)

    def latest_for(self, day: datetime.date) -> "OperatingPlan | None":
        """The plan of the day's year, or else the nearest before it, or else the first."""
        past = self.filter(year__lte=day.year).order_by("-year").first()
        return past or self.order_by("year").first()


class OperatingPlan(NaturalKeyModel):
    """The Plan Operativo Anual: the lines, indicators and goals of one year."""

    year = models.PositiveSmallIntegerField(
        "año",
        unique=True,
        error_messages={"unique": "Ya hay un plan operativo de ese año."},
    )
    national_plan = models.ForeignKey(
        NationalPlan,
        verbose_name="plan nacional",
        on_delete=models.PROTECT,
        related_name="operating_plans",
    )
    state = models.CharField("estado", max_length=10, choices=PlanState, default=PlanState.DRAFT)
    approved_in = models.ForeignKey(
        Session,
        verbose_name="aprobado en",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plans_approved",
    )
    evaluated_in = models.ForeignKey(
        Session,
        verbose_name="evaluado en",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plans_evaluated",
    )
    cut_off_on = models.DateField(
        "fecha de corte", null=True, blank=True, help_text="Último día que cuenta la evaluación."
    )
    abbreviations = models.CharField(
        "abreviaturas", max_length=250, blank=True, help_text="Al pie del anexo."
    )

    objects: ClassVar = OperatingPlanQuerySet.as_manager()
    natural_key_fields = ("year",)

    class Meta:
        verbose_name = "plan operativo"
        verbose_name_plural = "planes operativos"
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=[PlanState.EVALUATED, PlanState.CLOSED])
                | Q(cut_off_on__isnull=False),
                name="operating_plan_evaluated_has_cut_off",
                violation_error_message="Un plan evaluado tiene fecha de corte.",
            ),
            models.CheckConstraint(
                condition=Q(year__gte=2007, year__lte=2100),
                name="operating_plan_year_sensible",
                violation_error_message="El año va de 2007, cuando se creó la comisión, a 2100.",
            ),
        ]

    def __str__(self) -> str:
        return f"Plan Operativo Anual {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("plan_detail", args=[self.year])


class Footnote(NaturalKeyModel):
    """A note that a goal carries: «0 a/»."""

    plan = models.ForeignKey(OperatingPlan, on_delete=models.CASCADE, related_name="footnotes")
    mark = models.CharField("llamada", max_length=5)
    text = models.TextField("texto")

    natural_key_fields = ("plan__year", "mark")

    class Meta:
        verbose_name = "nota al pie"
        verbose_name_plural = "notas al pie"
        ordering = ["mark"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "mark"],
                name="footnote_mark_unique",
                violation_error_message="El plan ya tiene una nota con esa llamada.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.mark} {self.text}"


class LegendEntry(NaturalKeyModel, Validity):
    """How the commission words and colours a state of progress, from when to when."""

    state = models.CharField(
        "estado",
        max_length=16,
        choices=[(state.value, state.value) for state in State],
    )
    wording = models.CharField("leyenda", max_length=100)
    colour = models.CharField("color", max_length=7, help_text="Del relleno en Excel: #C6E0B4.")
    position = models.PositiveSmallIntegerField("lugar")

    objects: ClassVar = ValidityQuerySet.as_manager()
    natural_key_fields = ("state", "starts_on")

    class Meta(Validity.Meta):
        verbose_name = "entrada de la leyenda"
        verbose_name_plural = "leyenda"
        ordering = ["position"]
        constraints = [
            *Validity.Meta.constraints,
            models.UniqueConstraint(
                fields=["state"],
                condition=Q(ends_on=None),
                name="legend_entry_one_open",
                violation_error_message="Ese estado ya tiene leyenda vigente: ciérrela primero.",
            ),
            models.CheckConstraint(
                condition=Q(colour__regex=r"^#[0-9A-Fa-f]{6}$"),
                name="legend_entry_colour_is_hex",
                violation_error_message="El color se escribe como #C6E0B4.",
            ),
        ]

    def __str__(self) -> str:
        return self.wording
