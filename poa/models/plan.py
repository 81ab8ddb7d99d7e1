import datetime
from itertools import product
from string import ascii_lowercase
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse

from cnlctf.lib.calendar import numeric_date
from cnlctf.lib.natural import NaturalKeyModel, NaturalKeyQuerySet
from members.models import User
from poa.choices import PLAN_TRANSITIONS, ChangeState, ParticipationRole, PlanState, PlanStep
from poa.models.national import NationalPlan
from sessions.models import Agreement, Session

# The marks of footnotes: a/ … z/, and then aa/ … zz/.
LETTERS = [*ascii_lowercase, *(one + other for one, other in product(ascii_lowercase, repeat=2))]

# What comes first, by the state that a plan is in, where a step would skip it.
FIRST = {
    PlanState.DRAFT: "El plan está en borrador: primero tiene que aprobarse.",
    PlanState.ADJUSTING: "El plan tiene ajustes en curso: primero tienen que consolidarse.",
    PlanState.IN_FORCE: "El plan está vigente: primero tiene que evaluarse.",
}


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
    based_on = models.ForeignKey(
        "self",
        verbose_name="hecho a partir de",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="followers",
    )
    approved_in = models.ForeignKey(
        Session,
        verbose_name="aprobado en",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plans_approved",
    )
    approved_by = models.ForeignKey(
        Agreement,
        verbose_name="acuerdo que lo aprueba",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plans_approved",
    )
    adjust_until = models.DateField(
        "ajustes hasta",
        null=True,
        blank=True,
        help_text="Último día en que los sectores pueden proponer ajustes.",
    )
    adjusts_goals = models.BooleanField("se ajusta la columna de metas", default=False)
    adjusts_participation = models.BooleanField(
        "se ajusta la columna de participación", default=False
    )
    changes_need_agreement = models.BooleanField(
        "todo cambio requiere un acuerdo",
        default=False,
        help_text="Una vez vigente, ni las metas ni la participación cambian sin acuerdo.",
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
            models.CheckConstraint(
                condition=~Q(state=PlanState.ADJUSTING)
                | Q(adjust_until__isnull=False)
                & (Q(adjusts_goals=True) | Q(adjusts_participation=True)),
                name="operating_plan_adjusting_says_what",
                violation_error_message=(
                    "Un plan con cargo a ajustes dice hasta cuándo y qué columnas se ajustan."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"Plan Operativo Anual {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("plan_detail", args=[self.year])

    @property
    def is_draft(self) -> bool:
        return self.state == PlanState.DRAFT

    @property
    def is_adjusting(self) -> bool:
        return self.state == PlanState.ADJUSTING

    @property
    def is_in_force(self) -> bool:
        return self.state == PlanState.IN_FORCE

    def takes_proposals(self, on: datetime.date) -> bool:
        """Whether the sectors may propose adjustments that day; the last day is still in time."""
        return self.is_adjusting and self.adjust_until is not None and on <= self.adjust_until

    def check_draft(self) -> None:
        """Raise ValidationError where its rows no longer change by being edited."""
        if not self.is_draft:
            raise ValidationError(
                "El plan ya está aprobado: sus metas y participaciones cambian por ajustes, cada "
                "uno con su motivo."
            )

    def why_not_approvable(self) -> list[str]:
        """All that the plan lacks to be approved."""
        indicators = self.indicators.select_related("objective", "line__strategy__objective")
        if not indicators:
            return ["El plan no tiene indicadores."]
        responsible = indicators.filter(participations__role=ParticipationRole.RESPONSIBLE)
        lacking = indicators.exclude(pk__in=responsible.values("pk")).in_order()
        return [f"{one.place}: le falta la institución responsable." for one in lacking]

    def check_may(self, step: PlanStep) -> None:
        """Raise ValidationError where its state does not allow the step."""
        start = PLAN_TRANSITIONS[step][0]
        if self.state == start:
            return
        order, state = list(PlanState), PlanState(self.state)
        if order.index(state) < order.index(start):
            raise ValidationError(FIRST[state])
        raise ValidationError(f"El plan ya está {state.label.lower()}.")

    def approve(
        self,
        *,
        at: datetime.datetime,
        by: User | None,
        agreement: Agreement,
        adjust_until: datetime.date | None = None,
        goals: bool = False,
        participation: bool = False,
        changes_need_agreement: bool = False,
    ) -> None:
        """Put it in force, or leave it open to the sectors' adjustments until a day."""
        step = PlanStep.APPROVED_TO_ADJUST if adjust_until else PlanStep.APPROVED
        self._take(
            step,
            at=at,
            by=by,
            agreement=agreement,
            approved_by=agreement,
            approved_in=agreement.session,
            adjust_until=adjust_until,
            adjusts_goals=goals,
            adjusts_participation=participation,
            changes_need_agreement=changes_need_agreement,
        )

    def extend_adjustments(
        self,
        *,
        at: datetime.datetime,
        by: User | None,
        until: datetime.date,
        reason: str,
        agreement: Agreement | None = None,
    ) -> None:
        """Give the sectors more time; raise ValidationError where the day is no later."""
        if self.adjust_until and until <= self.adjust_until:
            raise ValidationError(
                f"El nuevo plazo es posterior al actual, {numeric_date(self.adjust_until)}."
            )
        self._take(
            PlanStep.EXTENDED,
            at=at,
            by=by,
            reason=reason,
            agreement=agreement,
            adjust_until=until,
        )

    def consolidate(
        self,
        *,
        at: datetime.datetime,
        by: User | None,
        reason: str = "",
        agreement: Agreement | None = None,
    ) -> None:
        """Close the adjustments, all of them decided, in one version."""
        self._take(PlanStep.CONSOLIDATED, at=at, by=by, reason=reason, agreement=agreement)

    def evaluate(
        self,
        *,
        at: datetime.datetime,
        by: User | None,
        cut_off_on: datetime.date,
        session: Session | None = None,
        agreement: Agreement | None = None,
    ) -> None:
        self._take(
            PlanStep.EVALUATED,
            at=at,
            by=by,
            agreement=agreement,
            cut_off_on=cut_off_on,
            evaluated_in=session,
        )

    def close(self, *, at: datetime.datetime, by: User | None, reason: str = "") -> None:
        self._take(PlanStep.CLOSED, at=at, by=by, reason=reason)

    @transaction.atomic
    def _take(
        self,
        step: PlanStep,
        *,
        at: datetime.datetime,
        by: User | None,
        reason: str = "",
        agreement: Agreement | None = None,
        **columns: Any,
    ) -> None:
        """Go where the step leads, record it, and keep the version that it makes.

        Raise ValidationError where the state does not allow it, and where something is lacking.
        """
        # Locked, so that no adjustment is accepted meanwhile.
        OperatingPlan.objects.select_for_update().get(pk=self.pk).check_may(step)
        event = self.steps.model(
            plan=self, step=step, at=at, by=by, reason=reason.strip(), agreement=agreement
        )
        event.full_clean(exclude={"by"})
        if lacking := self._why_not(step):
            raise ValidationError(lacking)
        self.state = PLAN_TRANSITIONS[step][1]
        for name, value in columns.items():
            setattr(self, name, value)
        self.full_clean()
        self.save(update_fields=["state", *columns])
        event.save()
        if step in VERSIONED:
            why = event.reason or step.label
            self.versions.take(self, at=at, by=by, reason=why, agreement=agreement)

    def _why_not(self, step: PlanStep) -> list[str]:
        match step:
            case PlanStep.APPROVED | PlanStep.APPROVED_TO_ADJUST:
                return self.why_not_approvable()
            case PlanStep.CONSOLIDATED:
                waiting = self.indicators.filter(changes__state=ChangeState.SENT).count()
                asked = f"Ajustes por decidir: {waiting}. Acéptelos o no los acepte."
                return [asked] if waiting else []
            case PlanStep.CLOSED if self.evaluations.drafts().exists():
                return ["Hay una evaluación en borrador: apruébela o descártela."]
        return []


# The steps after which a plan says something that it did not say before.
VERSIONED = (PlanStep.APPROVED_TO_ADJUST, PlanStep.APPROVED, PlanStep.CONSOLIDATED)


class PlanEvent(models.Model):
    """A step of a plan from draft to closed, with who took it, when, why and by what agreement."""

    plan = models.ForeignKey(OperatingPlan, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField("paso", max_length=12, choices=PlanStep)
    at = models.DateTimeField("cuándo")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="quién",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reason = models.TextField("por qué", blank=True)
    agreement = models.ForeignKey(
        Agreement,
        verbose_name="acuerdo",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plan_steps",
    )

    class Meta:
        verbose_name = "paso del plan"
        verbose_name_plural = "pasos del plan"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(step__in=[PlanStep.APPROVED, PlanStep.APPROVED_TO_ADJUST])
                | Q(agreement__isnull=False),
                name="plan_event_approval_has_agreement",
                violation_error_message="Un plan se aprueba por un acuerdo: indíquelo.",
            ),
            models.CheckConstraint(
                condition=~Q(step=PlanStep.EXTENDED) | ~Q(reason=""),
                name="plan_event_extension_says_why",
                violation_error_message="Diga por qué se amplía el plazo.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan}: {self.get_step_display().lower()}"


class FootnoteQuerySet(NaturalKeyQuerySet["Footnote"]):
    def worded(self, plan: OperatingPlan, text: str) -> "Footnote":
        """The plan's note that says so, made with the next mark where there is none."""
        if same := plan.footnotes.filter(text=text).first():
            return same
        taken = set(plan.footnotes.values_list("mark", flat=True))
        marks = (f"{letter}/" for letter in LETTERS)
        return plan.footnotes.create(mark=next(one for one in marks if one not in taken), text=text)


class Footnote(NaturalKeyModel):
    """A note that a goal carries: «0 a/»."""

    plan = models.ForeignKey(OperatingPlan, on_delete=models.CASCADE, related_name="footnotes")
    mark = models.CharField("llamada", max_length=5)
    text = models.TextField("texto")

    objects: ClassVar = FootnoteQuerySet.as_manager()
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
