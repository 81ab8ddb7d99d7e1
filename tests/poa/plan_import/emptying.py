"""The database without any plan: units, institutions and legend stay, the national plan's name."""

from poa.models import (
    ActionLine,
    Axis,
    Contribution,
    Event,
    Execution,
    Footnote,
    Indicator,
    Milestone,
    Objective,
    Observation,
    OperatingPlan,
    Participation,
    Strategy,
)

PLAN = (
    *(Contribution, Event, Observation, Execution, Participation, Milestone, Indicator),
    *(Footnote, OperatingPlan),
)
TREE = (ActionLine, Strategy, Axis, Objective)


def remove_plans(*, with_tree: bool = True) -> None:
    for model in (*PLAN, *(TREE if with_tree else ())):
        model.objects.all().delete()
