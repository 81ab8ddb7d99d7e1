"""A plan being written: started empty or from another year's, and its indicators kept in order."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from members.models import Entity
from poa.choices import GoalKind, ParticipationRole
from poa.models import ActionLine, Indicator, NationalPlan, Objective, OperatingPlan, Participation
from poa.models.indicator import IndicatorQuerySet
from poa.models.milestone import check_milestones

Parts = Sequence[tuple[Entity, ParticipationRole]]

# What another year's indicator passes on besides its goal and its institutions.
COPIED = (
    "line",
    "objective",
    "number",
    "name",
    "unit",
    "counting",
    "definition",
    "method",
    "source",
    "base_line",
    "direction",
)


@transaction.atomic
def start_plan(
    *,
    year: int,
    national_plan: NationalPlan,
    indicators: Iterable[Indicator] = (),
    based_on: OperatingPlan | None = None,
    copies_goals: bool = False,
) -> OperatingPlan:
    """A draft for a year, with those ``indicators`` of another year's plan."""
    plan = OperatingPlan(year=year, national_plan=national_plan, based_on=based_on)
    if based_on:
        plan.abbreviations = based_on.abbreviations
    plan.full_clean()
    plan.save()
    for indicator in indicators:
        _copy(indicator, plan, copies_goals=copies_goals)
    return plan


def _copy(indicator: Indicator, plan: OperatingPlan, *, copies_goals: bool) -> None:
    copy = Indicator(plan=plan, **{name: getattr(indicator, name) for name in COPIED})
    if copies_goals:
        copy.goal_kind, copy.goal = indicator.goal_kind, indicator.goal
        if note := indicator.footnote:
            copy.footnote = plan.footnotes.worded(plan, note.text)
    else:
        copy.goal_kind, copy.goal = GoalKind.TO_BE_DEFINED, None
    copy.full_clean()
    copy.save()
    Participation.objects.bulk_create(
        Participation(indicator=copy, entity_id=one.entity_id, role=one.role, position=one.position)
        for one in indicator.participations.all()
    )
    if copies_goals:
        for milestone in indicator.milestones.all():
            copy.milestones.create(quarter=milestone.quarter, goal=milestone.goal)


def append_indicator(indicator: Indicator) -> None:
    """Give it the next number of its line, or of its objective."""
    siblings = _siblings(indicator.plan, indicator.line, indicator.objective)
    indicator.number = (siblings.aggregate(last=Max("number"))["last"] or 0) + 1


@transaction.atomic
def save_indicator(
    indicator: Indicator, *, note: str, parts: Parts, milestones: Sequence[Decimal | None]
) -> None:
    """The indicator of a draft with all that its form says; ValidationError where it does not go.

    ``milestones`` are the four quarters', ``parts`` the institutions in the order of the list.
    """
    plan = OperatingPlan.objects.select_for_update().get(pk=indicator.plan_id)
    plan.check_draft()
    check_milestones(milestones, indicator.goal)
    if indicator._state.adding:
        append_indicator(indicator)
    before = indicator.footnote
    indicator.footnote = plan.footnotes.worded(plan, note) if note else None
    indicator.full_clean()
    indicator.save()
    if before and before != indicator.footnote and not before.indicators.exists():
        before.delete()
    indicator.participations.all().delete()
    for position, (entity, role) in enumerate(parts, 1):
        indicator.participations.create(entity=entity, role=role, position=position)
    indicator.milestones.all().delete()
    for quarter, goal in enumerate(milestones, 1):
        if goal is not None:
            indicator.milestones.create(quarter=quarter, goal=goal)


@transaction.atomic
def remove_indicator(indicator: Indicator) -> None:
    """Out of a draft; those after it in the line take the number before theirs."""
    plan = OperatingPlan.objects.select_for_update().get(pk=indicator.plan_id)
    plan.check_draft()
    note, number = indicator.footnote, indicator.number
    following = _siblings(plan, indicator.line, indicator.objective).filter(number__gt=number)
    indicator.delete()
    if note and not note.indicators.exists():
        note.delete()
    # One by one and from below: at no moment do two have the same number.
    for sibling in following.order_by("number"):
        sibling.number -= 1
        sibling.save(update_fields=["number"])


def _siblings(
    plan: OperatingPlan, line: ActionLine | None, objective: Objective | None
) -> IndicatorQuerySet:
    return plan.indicators.filter(line=line, objective=objective)
