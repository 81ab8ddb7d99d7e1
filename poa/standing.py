"""Where each indicator of a plan stands: light, to sum up hundreds of them for one page."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import F, QuerySet

from members.models import Entity
from poa.choices import ParticipationRole
from poa.models import Indicator, OperatingPlan, Participation
from poa.models.indicator import IndicatorQuerySet
from poa.progress import Measure, Summary


@dataclass(frozen=True)
class Standing:
    """An indicator of a line: its measure, and by primary key or number what it belongs to."""

    pk: int
    prefix: str
    number: int
    objective: int
    axis: int
    unit: int
    cause: str
    is_declared: bool
    measure: Measure
    responsible: tuple[int, ...]
    involved: tuple[int, ...]

    @property
    def code(self) -> str:
        """``1.3.3-1``, as ``Indicator.code`` has it."""
        return f"{self.prefix}-{self.number}"

    @property
    def institutions(self) -> tuple[int, ...]:
        return self.responsible + self.involved


def standings(plan: OperatingPlan, entity: Entity | None = None) -> list[Standing]:
    """Those of the plan's lines of action, in its order, or only an institution's; two queries."""
    participations = Participation.objects.filter(indicator__plan=plan)
    indicators = _measured([plan])
    if entity is not None:
        its = participations.filter(entity=entity).values("indicator")
        participations = participations.filter(indicator__in=its)
        indicators = indicators.filter(pk__in=its)
    roles: dict[tuple[int, str], list[int]] = defaultdict(list)
    for indicator, role, taking_part in participations.order_by("position").values_list(
        "indicator", "role", "entity"
    ):
        roles[indicator, role].append(taking_part)
    return [
        _standing(
            indicator,
            tuple(roles[indicator.pk, ParticipationRole.RESPONSIBLE]),
            tuple(roles[indicator.pk, ParticipationRole.INVOLVED]),
        )
        for indicator in indicators.annotate(
            on_objective=F("line__strategy__objective__number"),
            on_axis=F("line__strategy__axis__number"),
            on_strategy=F("line__strategy__number"),
            on_line=F("line__number"),
        )
    ]


class Spot(NamedTuple):
    """Which indicator, and of which line: all that its place in the plan's order takes."""

    pk: int
    prefix: str


def spots(plan: OperatingPlan) -> list[Spot]:
    """Those of the plan's lines of action, in its order, in one query."""
    numbers = ("line__strategy__objective__number", "line__strategy__number", "line__number")
    rows = Indicator.objects.filter(plan=plan).of_lines().values_list("pk", *numbers)
    return [Spot(pk, f"{objective}.{strategy}.{line}") for pk, objective, strategy, line in rows]


def summary_of(plans: QuerySet[OperatingPlan]) -> Summary | None:
    """The three figures of the one plan there, in one query; None where there is none."""
    measures = [indicator.measure for indicator in _measured(plans).order_by()]
    return Summary.of(measures) if measures else None


def summed(of: Iterable[Standing]) -> Summary:
    return Summary.of(one.measure for one in of)


def _measured(plans: QuerySet[OperatingPlan] | list[OperatingPlan]) -> IndicatorQuerySet:
    return (
        Indicator.objects.filter(plan__in=plans)
        .of_lines()
        .with_executed()
        .only(
            "number",
            "unit_id",
            "goal",
            "goal_kind",
            "counting",
            "execution__indicator_id",
            "execution__declared",
            "execution__activity_done",
            "execution__no_report_cause",
        )
    )


def _standing(
    indicator: Indicator, responsible: tuple[int, ...], involved: tuple[int, ...]
) -> Standing:
    execution = getattr(indicator, "execution", None)
    at: dict = indicator.__dict__
    return Standing(
        pk=indicator.pk,
        prefix=f"{at['on_objective']}.{at['on_strategy']}.{at['on_line']}",
        number=indicator.number,
        objective=at["on_objective"],
        axis=at["on_axis"],
        unit=indicator.unit_id,
        cause=execution.no_report_cause if execution else "",
        is_declared=execution is not None and execution.declared is not None,
        measure=indicator.measure,
        responsible=responsible,
        involved=involved,
    )
