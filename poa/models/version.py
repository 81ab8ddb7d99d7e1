import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Max, Prefetch, Q
from django.utils.functional import cached_property

from cnlctf.lib.frozen import freeze, thaw
from members.models import User
from poa.choices import Counting, Direction, GoalKind, ParticipationRole
from poa.models.indicator import Indicator, Participation
from poa.models.plan import OperatingPlan
from poa.plan_content import Goal, Institution, PlanContent, PlanRow
from sessions.models import Agreement


class PlanVersionQuerySet(models.QuerySet["PlanVersion"]):
    def take(
        self,
        plan: OperatingPlan,
        *,
        at: datetime.datetime,
        by: User | None,
        reason: str,
        agreement: Agreement | None = None,
    ) -> "PlanVersion":
        """Keep the plan as it is now, as its next version."""
        last = plan.versions.aggregate(last=Max("number"))["last"] or 0
        version = self.model(
            plan=plan,
            number=last + 1,
            at=at,
            by=by,
            reason=reason,
            agreement=agreement,
            content=freeze(plan_content(plan)),
        )
        version.full_clean(exclude={"by"})
        version.save()
        return version

    def without_content(self) -> Self:
        return self.defer("content")


class PlanVersion(models.Model):
    """A plan's rows as they were approved or changed, with why and by what agreement.

    A row is written once; a trigger of the database refuses to change or delete it.
    """

    plan = models.ForeignKey(OperatingPlan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("número")
    at = models.DateTimeField("cuándo")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="quién",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reason = models.TextField("por qué", error_messages={"blank": "Diga por qué cambia el plan."})
    agreement = models.ForeignKey(
        Agreement,
        verbose_name="acuerdo",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plan_versions",
    )
    content = models.JSONField("contenido")

    objects: ClassVar = PlanVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "versión del plan"
        verbose_name_plural = "versiones del plan"
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"],
                name="plan_version_number_unique",
                violation_error_message="El plan ya tiene una versión con ese número.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="plan_version_says_why",
                violation_error_message="Diga por qué cambia el plan.",
            ),
        ]

    def __str__(self) -> str:
        return f"Versión {self.number} del {self.plan}"

    @cached_property
    def plan_content(self) -> PlanContent:
        return thaw(self.content, PlanContent)


def plan_content(plan: OperatingPlan) -> PlanContent:
    """The plan's rows as they are now, in four queries."""
    indicators = (
        plan.indicators.in_order()
        .select_related(
            "unit", "footnote", "objective", "line__strategy__objective", "line__strategy__axis"
        )
        .prefetch_related(
            "milestones",
            Prefetch("participations", Participation.objects.select_related("entity")),
        )
    )
    return PlanContent(tuple(_row(indicator) for indicator in indicators))


def _row(indicator: Indicator) -> PlanRow:
    strategy = indicator.line.strategy if indicator.line else None
    reached = {milestone.quarter: milestone.goal for milestone in indicator.milestones.all()}
    return PlanRow(
        indicator=indicator.pk,
        code=indicator.code,
        place=indicator.place,
        objective=str(strategy.objective if strategy else indicator.objective),
        axis=str(strategy.axis) if strategy else "",
        strategy=str(strategy or ""),
        line=str(indicator.line or ""),
        name=indicator.name,
        unit=indicator.unit.name,
        goal=goal_of(indicator),
        institutions=tuple(
            Institution(one.entity.acronym, one.entity.list_name, ParticipationRole(one.role))
            for one in indicator.participations.all()
        ),
        milestones=tuple(reached.get(quarter) for quarter in range(1, 5)),
        counting=Counting(indicator.counting),
        counts_from=indicator.counts_from,
        definition=indicator.definition,
        method=indicator.method,
        source=indicator.source,
        base_line=indicator.base_line,
        direction=Direction(indicator.direction),
    )


def goal_of(indicator: Indicator) -> Goal:
    note = indicator.footnote
    return Goal(
        GoalKind(indicator.goal_kind),
        indicator.goal,
        note.mark if note else "",
        note.text if note else "",
    )


def original_goals(plan: OperatingPlan) -> dict[int, Goal]:
    """The goals of the first version, by indicator; none where the plan has no versions."""
    first = plan.versions.first()
    return {row.indicator: row.goal for row in first.plan_content.rows} if first else {}
