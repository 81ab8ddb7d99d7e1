"""A plan of 2020 with two lines, three events and a session where it may be evaluated."""

from datetime import UTC, date, datetime

from poa.choices import EvaluationKind
from poa.evaluating.approving import approve
from poa.models import Evaluation, OperatingPlan
from sessions.models import Letterhead, Session
from tests.poa.plans import make_plan
from tests.sessions import kit

AT = datetime(2021, 1, 14, 17, 0, tzinfo=UTC)
CUT_OFF = date(2020, 12, 31)
# Of the three events, those of 1, 2 and 3 January, the first alone.
FIRST = date(2020, 1, 1)


def plan_in_force(lines: int = 2, events: int = 3) -> OperatingPlan:
    Letterhead.objects.create(
        commission="Comisión de Prueba",
        acronym="CP",
        country_mark="PERÚ",
        ministry_mark="Ministerio",
        alliance_mark="Alianza",
    )
    return make_plan(lines=lines, events=events, year=2020)


def session(number: int = 125, held_on: date = date(2021, 1, 14)) -> Session:
    return kit.session(number, held_on=held_on)


def start(plan: OperatingPlan, kind=EvaluationKind.FINAL, on: date = CUT_OFF, **values):
    return Evaluation.objects.start(plan, kind=kind, cut_off_on=on, at=AT, by=None, **values)


def approved(plan: OperatingPlan, **values) -> Evaluation:
    """The plan's evaluation of the year, unless said."""
    evaluation = start(plan, **values)
    seen_in = Session.objects.filter(number=125).first() or session()
    approve(evaluation, session=seen_in, at=AT, by=None)
    return Evaluation.objects.get(pk=evaluation.pk)


def addendum(plan: OperatingPlan, **values) -> Evaluation:
    plan.refresh_from_db()
    return start(plan, EvaluationKind.ADDENDUM, reasons="Llegó tarde.", **values)
