import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Max, Q

from members.models import Entity, User
from poa.choices import ChangeState, ChangeSubject, GoalKind, ParticipationRole
from poa.models.indicator import NOT_NEGATIVE, Indicator, Participation
from poa.models.plan import OperatingPlan
from poa.models.version import goal_of
from poa.plan_content import Goal
from sessions.models import Agreement

NOBODY = "No participa"
# The columns that a sector may be asked to adjust, by what its proposal changes.
NOT_ADJUSTED = {
    True: "En este plan no se ajusta la columna de metas.",
    False: "En este plan no se ajusta la columna de participación.",
}


class PlanChangeQuerySet(models.QuerySet["PlanChange"]):
    def of_plan(self, plan: OperatingPlan) -> Self:
        return self.filter(indicator__plan=plan)

    def waiting(self) -> Self:
        return self.filter(state=ChangeState.SENT)


class PlanChange(models.Model):
    """A change of an approved plan: one goal, or one institution's part in an indicator.

    A sector's representative proposes it while the plan is open to adjustments, and the Secretaría
    accepts it or not; the Secretaría's own need no answer. An accepted one is in the indicator.
    """

    indicator = models.ForeignKey(
        Indicator, verbose_name="indicador", on_delete=models.PROTECT, related_name="changes"
    )
    subject = models.CharField("qué cambia", max_length=8, choices=ChangeSubject)
    before = models.TextField("antes", blank=True)
    goal_kind = models.CharField("clase de meta", max_length=15, choices=GoalKind, blank=True)
    goal = models.DecimalField(
        "meta física",
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[NOT_NEGATIVE],
    )
    note = models.TextField("nota al pie", blank=True)
    entity = models.ForeignKey(
        Entity,
        verbose_name="institución",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    role = models.CharField("participa como", max_length=11, choices=ParticipationRole, blank=True)
    reason = models.TextField(
        "motivo", error_messages={"blank": "Diga por qué: queda en la versión del plan."}
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="propuesto por",
        on_delete=models.PROTECT,
        related_name="+",
    )
    sector = models.ForeignKey(
        Entity,
        verbose_name="entidad que lo propone",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plan_changes",
        help_text="Vacío: la Secretaría Técnica.",
    )
    at = models.DateTimeField("propuesto")
    state = models.CharField("estado", max_length=10, choices=ChangeState, default=ChangeState.SENT)
    answer = models.TextField("respuesta", blank=True)
    decided_at = models.DateTimeField("decidido", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="decidido por",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    agreement = models.ForeignKey(
        Agreement,
        verbose_name="acuerdo",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plan_changes",
    )

    objects: ClassVar = PlanChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "cambio del plan"
        verbose_name_plural = "cambios del plan"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(subject=ChangeSubject.GOAL, entity=None, role="")
                & (
                    Q(goal_kind=GoalKind.TO_BE_DEFINED, goal=None)
                    | Q(
                        goal_kind__in=[GoalKind.NUMERIC, GoalKind.NOT_DUE],
                        goal__isnull=False,
                        goal__gte=0,
                    )
                )
                | ~Q(subject=ChangeSubject.GOAL) & Q(entity__isnull=False, goal=None, goal_kind=""),
                name="plan_change_has_its_subject",
                violation_error_message=(
                    "Un cambio es de una meta o de la participación de una institución: indique "
                    "cuál."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(subject=ChangeSubject.GOAL)
                | ~Q(note="")
                | (Q(goal=None) | Q(goal__gt=0)) & ~Q(goal_kind=GoalKind.NOT_DUE),
                name="plan_change_goal_zero_has_note",
                violation_error_message=(
                    "Una meta 0, o que no corresponde este año, lleva una nota al pie que lo "
                    "explica."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(subject__in=[ChangeSubject.ADDED, ChangeSubject.ROLE]) | ~Q(role=""),
                name="plan_change_says_the_role",
                violation_error_message="Indique como qué participa la institución.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="plan_change_says_why",
                violation_error_message="Diga por qué: queda en la versión del plan.",
            ),
            models.CheckConstraint(
                condition=Q(state=ChangeState.SENT, decided_at=None)
                | ~Q(state=ChangeState.SENT) & Q(decided_at__isnull=False),
                name="plan_change_decided_has_time",
                violation_error_message="Un cambio decidido tiene su fecha, y solo él.",
            ),
            models.CheckConstraint(
                condition=~Q(state=ChangeState.DECLINED) | ~Q(answer=""),
                name="plan_change_declined_says_why",
                violation_error_message="Diga por qué no se acepta: lo lee quien lo propuso.",
            ),
            models.UniqueConstraint(
                fields=["indicator", "sector"],
                condition=Q(state=ChangeState.SENT, subject=ChangeSubject.GOAL),
                name="plan_change_one_goal_waiting",
                violation_error_message=(
                    "La entidad ya propuso una meta para este indicador: retírela antes de "
                    "proponer otra."
                ),
            ),
            models.UniqueConstraint(
                fields=["indicator", "sector", "entity"],
                condition=Q(state=ChangeState.SENT) & ~Q(subject=ChangeSubject.GOAL),
                name="plan_change_one_part_waiting",
                violation_error_message=(
                    "La entidad ya propuso un cambio de esa institución en este indicador: "
                    "retírelo antes de proponer otro."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator.place}: {self.get_subject_display().lower()}"

    @property
    def after(self) -> str:
        """What it leaves, in the words of ``before``."""
        if self.subject == ChangeSubject.GOAL:
            return str(Goal(GoalKind(self.goal_kind), self.goal, note=self.note))
        if self.subject == ChangeSubject.REMOVED:
            return NOBODY
        return self.get_role_display()

    @property
    def is_waiting(self) -> bool:
        return self.state == ChangeState.SENT

    def clean(self) -> None:
        """Only one that waits has still to fit the indicator: others are history."""
        if not self.is_waiting or self.indicator_id is None:
            return
        if self.subject == ChangeSubject.GOAL:
            self._check_goal()
        elif self.entity_id is not None:
            self._check_part()

    def _check_goal(self) -> None:
        now = goal_of(self.indicator)
        if (now.kind, now.quantity, now.note) == (self.goal_kind, self.goal, self.note):
            raise ValidationError("La meta propuesta es la misma que tiene el indicador.")

    def _check_part(self) -> None:
        part = self._part()
        if self.subject == ChangeSubject.ADDED:
            if part:
                raise ValidationError("Esa institución ya participa en el indicador.")
            return
        if part is None:
            raise ValidationError("Esa institución no participa en el indicador.")
        if self.subject == ChangeSubject.ROLE and part.role == self.role:
            raise ValidationError("La institución ya participa así en el indicador.")
        others = self.indicator.participations.exclude(pk=part.pk)
        if not others.filter(role=ParticipationRole.RESPONSIBLE).exists() and (
            self.role != ParticipationRole.RESPONSIBLE
        ):
            raise ValidationError(
                "El indicador se quedaría sin institución responsable: indique antes otra."
            )

    def _part(self) -> Participation | None:
        return self.indicator.participations.filter(entity=self.entity_id).first()

    def _said_now(self) -> str:
        if self.subject == ChangeSubject.GOAL:
            return str(goal_of(self.indicator))
        part = self._part()
        return part.get_role_display() if part else NOBODY

    @transaction.atomic
    def propose(self, *, on: datetime.date) -> None:
        """Send a sector's adjustment; ValidationError where it is not for it or no longer open."""
        plan = self._lock_plan()
        self._check_proposable(plan, on)
        self.before = self._said_now()
        self.full_clean()
        self.save()

    def _check_proposable(self, plan: OperatingPlan, on: datetime.date) -> None:
        if not plan.takes_proposals(on):
            raise ValidationError("El plan no está abierto a ajustes de los sectores.")
        of_goal = self.subject == ChangeSubject.GOAL
        if not (plan.adjusts_goals if of_goal else plan.adjusts_participation):
            raise ValidationError(NOT_ADJUSTED[of_goal])
        concerning = Indicator.objects.concerning(self.sector)  # type: ignore[arg-type]
        if not concerning.filter(pk=self.indicator_id).exists():
            raise ValidationError("Su entidad no participa en ese indicador.")
        its_own = self.entity and self.sector_id in (self.entity.pk, self.entity.parent_id)
        if self.subject in (ChangeSubject.REMOVED, ChangeSubject.ROLE) and not its_own:
            raise ValidationError("De la participación de otra institución responde ella.")

    @transaction.atomic
    def accept(
        self,
        *,
        at: datetime.datetime,
        by: User,
        answer: str = "",
        agreement: Agreement | None = None,
    ) -> None:
        """Put it in the indicator; the plan's version is made when all are consolidated."""
        plan = self._lock_plan()
        self._check_waiting()
        if not plan.is_adjusting:
            raise ValidationError("El plan ya no está en ajustes.")
        self.full_clean()
        self._apply()
        self._decide(ChangeState.ACCEPTED, at=at, by=by, answer=answer, agreement=agreement)

    @transaction.atomic
    def decline(self, *, at: datetime.datetime, by: User, answer: str) -> None:
        self._lock_plan()
        self._check_waiting()
        self._decide(ChangeState.DECLINED, at=at, by=by, answer=answer)

    @transaction.atomic
    def withdraw(self, *, at: datetime.datetime, by: User) -> None:
        self._lock_plan()
        self._check_waiting()
        self._decide(ChangeState.WITHDRAWN, at=at, by=by)

    @transaction.atomic
    def make(self, *, at: datetime.datetime, by: User, agreement: Agreement | None = None) -> None:
        """The Secretaría's own: it applies at once, and a plan in force gets a version by it."""
        plan = self._lock_plan()
        if not (plan.is_adjusting or plan.is_in_force):
            raise ValidationError(
                "Una meta se cambia así en un plan vigente o con cargo a ajustes; este está "
                f"{plan.get_state_display().lower()}."
            )
        if plan.is_in_force and plan.changes_need_agreement and agreement is None:
            raise ValidationError({"agreement": "Los cambios de este plan requieren un acuerdo."})
        self.before = self._said_now()
        self.proposed_by, self.at, self.agreement = by, at, agreement
        self.full_clean()
        self._apply()
        self._decide(ChangeState.ACCEPTED, at=at, by=by, agreement=agreement)
        if plan.is_in_force:
            plan.versions.take(plan, at=at, by=by, reason=self.reason, agreement=agreement)

    def _lock_plan(self) -> OperatingPlan:
        """The plan as it is now; whoever else changes it waits."""
        return OperatingPlan.objects.select_for_update().get(pk=self.indicator.plan_id)

    def _check_waiting(self) -> None:
        """By its row as it is now: two may decide at once."""
        if not PlanChange.objects.waiting().filter(pk=self.pk).exists():
            raise ValidationError("Ese ajuste ya está decidido o retirado.")

    def _decide(
        self,
        state: ChangeState,
        *,
        at: datetime.datetime,
        by: User,
        answer: str = "",
        agreement: Agreement | None = None,
    ) -> None:
        self.state, self.answer = state, answer.strip()
        self.decided_at, self.decided_by, self.agreement = at, by, agreement
        self.full_clean()
        self.save()

    def _apply(self) -> None:
        indicator = self.indicator
        match self.subject:
            case ChangeSubject.GOAL:
                indicator.set_goal(GoalKind(self.goal_kind), self.goal, self.note)
            case ChangeSubject.ADDED:
                last = indicator.participations.aggregate(last=Max("position"))["last"] or 0
                indicator.participations.create(
                    entity_id=self.entity_id,  # type: ignore[misc]
                    role=self.role,
                    position=last + 1,
                )
            case ChangeSubject.REMOVED:
                indicator.participations.filter(entity=self.entity).delete()
            case ChangeSubject.ROLE:
                indicator.participations.filter(entity=self.entity).update(role=self.role)
