from poa.models.change import PlanChange
from poa.models.evaluation import EditedObservations, Evaluation
from poa.models.execution import Contribution, Event, Execution, Observation
from poa.models.indicator import Indicator, Participation, Unit
from poa.models.legend import LegendEntry
from poa.models.milestone import Milestone
from poa.models.national import ActionLine, Axis, NationalPlan, Objective, Strategy
from poa.models.plan import Footnote, OperatingPlan, PlanEvent
from poa.models.report import (
    EntityReport,
    ReportedContribution,
    ReportedEvent,
    ReportedIndicator,
    ReportEvent,
)
from poa.models.request import InformationRequest, RequestedEntity
from poa.models.terms import NonWorkingDay, ReportingRule
from poa.models.upload import PlanUpload
from poa.models.version import PlanVersion

__all__ = [
    "ActionLine",
    "Axis",
    "Contribution",
    "EditedObservations",
    "EntityReport",
    "Evaluation",
    "Event",
    "Execution",
    "Footnote",
    "Indicator",
    "InformationRequest",
    "LegendEntry",
    "Milestone",
    "NationalPlan",
    "NonWorkingDay",
    "Objective",
    "Observation",
    "OperatingPlan",
    "Participation",
    "PlanChange",
    "PlanEvent",
    "PlanUpload",
    "PlanVersion",
    "ReportEvent",
    "ReportedContribution",
    "ReportedEvent",
    "ReportedIndicator",
    "ReportingRule",
    "RequestedEntity",
    "Strategy",
    "Unit",
]
