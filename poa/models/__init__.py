from poa.models.execution import Contribution, Event, Execution, Observation
from poa.models.indicator import Indicator, Participation, Unit
from poa.models.national import ActionLine, Axis, NationalPlan, Objective, Strategy
from poa.models.plan import Footnote, LegendEntry, OperatingPlan

__all__ = [
    "ActionLine",
    "Axis",
    "Contribution",
    "Event",
    "Execution",
    "Footnote",
    "Indicator",
    "LegendEntry",
    "NationalPlan",
    "Objective",
    "Observation",
    "OperatingPlan",
    "Participation",
    "Strategy",
    "Unit",
]
