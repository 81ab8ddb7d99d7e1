"""The national plan's tree with a year's indicators in their places, as one writes the plan."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from poa.models import ActionLine, Indicator, Objective, OperatingPlan, Participation, Strategy


@dataclass(frozen=True)
class OutlineLine:
    line: ActionLine
    indicators: list[Indicator]


@dataclass(frozen=True)
class OutlineStrategy:
    """``used`` are the lines with indicators this year, ``unused`` those that wait for one."""

    strategy: Strategy
    used: list[OutlineLine]
    unused: list[ActionLine]


@dataclass(frozen=True)
class OutlineObjective:
    objective: Objective
    own: list[Indicator]
    strategies: list[OutlineStrategy]


def plan_outline(plan: OperatingPlan) -> list[OutlineObjective]:
    """In a fixed number of queries, however large the plan."""
    indicators = (
        plan.indicators.order_by("number")
        .select_related("unit", "footnote")
        .prefetch_related(
            Prefetch("participations", Participation.objects.select_related("entity"))
        )
    )
    of_line: dict[Any, list[Indicator]] = defaultdict(list)
    of_objective: dict[Any, list[Indicator]] = defaultdict(list)
    for indicator in indicators:
        if indicator.line_id:
            of_line[indicator.line_id].append(indicator)
        else:
            of_objective[indicator.objective_id].append(indicator)
    objectives = plan.national_plan.objectives.prefetch_related(
        Prefetch("strategies", Strategy.objects.select_related("axis").order_by("number")),
        Prefetch("strategies__lines", ActionLine.objects.order_by("number")),
    )
    return [
        OutlineObjective(
            objective,
            _placed(of_objective[objective.pk], objective=objective),
            [_strategy(objective, one, of_line) for one in objective.strategies.all()],
        )
        for objective in objectives
    ]


def _strategy(
    objective: Objective, strategy: Strategy, of_line: dict[Any, list[Indicator]]
) -> OutlineStrategy:
    # Known already: a code asks for what is above it.
    strategy.objective = objective
    used, unused = [], []
    for line in strategy.lines.all():
        line.strategy = strategy
        if indicators := of_line.get(line.pk):
            used.append(OutlineLine(line, _placed(indicators, line=line)))
        else:
            unused.append(line)
    return OutlineStrategy(strategy, used, unused)


def _placed(indicators: list[Indicator], **place: Any) -> list[Indicator]:
    for indicator in indicators:
        for name, node in place.items():
            setattr(indicator, name, node)
    return indicators
