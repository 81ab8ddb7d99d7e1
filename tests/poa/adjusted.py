"""A plan of two indicators, MINAM's and SUNAFIL's, in the state that a test asks for."""

from datetime import UTC, date, datetime

from django.contrib.auth.models import Group

from members.choices import Capacity, Role
from members.models import Designation, Entity, Person, User
from poa.choices import ChangeSubject, GoalKind, ParticipationRole, PlanState
from poa.models import OperatingPlan, Participation, PlanChange
from sessions.models import Agreement
from tests.poa.plans import entity, make_plan
from tests.sessions import kit

AT = datetime(2020, 1, 16, 16, 25, tzinfo=UTC)
LAST_DAY = date(2020, 1, 23)


def draft(year: int = 2020) -> OperatingPlan:
    """SUNAFIL is responsible for both indicators; MINAM takes part in the first, MINSA in both."""
    plan = make_plan(lines=2, year=year)
    OperatingPlan.objects.filter(pk=plan.pk).update(state=PlanState.DRAFT)
    plan.refresh_from_db()
    first = plan.indicators.in_order().first()
    Participation.objects.create(
        indicator=first, entity=entity("MINAM"), role=ParticipationRole.INVOLVED, position=9
    )
    return plan


def agreement() -> Agreement:
    return Agreement.objects.filter(session__number=120).first() or kit.agreement(
        kit.session(120), 2
    )


def adjusting(**columns: bool) -> OperatingPlan:
    """Open to adjustments until 23 January 2020, of both columns unless said."""
    plan = draft()
    columns = columns or {"goals": True, "participation": True}
    plan.approve(at=AT, by=None, agreement=agreement(), adjust_until=LAST_DAY, **columns)
    return plan


def in_force() -> OperatingPlan:
    plan = draft()
    plan.approve(at=AT, by=None, agreement=agreement())
    return plan


def secretary() -> User:
    user = User.objects.create_user("sonia")
    user.groups.add(Group.objects.get(name=Role.SECRETARY))
    return user


def representative(of: str = "MINAM") -> User:
    """An account that stands for an entity."""
    person = Person.objects.create(given_names="Cris", surnames=f"de {of}", gender="M")
    Designation.objects.create(entity=entity(of), capacity=Capacity.HOLDER, person=person)
    user = User.objects.create_user(of.lower(), person=person)
    user.groups.add(Group.objects.get(name=Role.REPRESENTATIVE))
    return user


def goal_change(plan: OperatingPlan, goal: int = 12, sector: str = "MINAM", **values) -> PlanChange:
    """Another goal for the first indicator, still to be proposed."""
    return PlanChange(
        **{
            "indicator": plan.indicators.in_order().first(),
            "subject": ChangeSubject.GOAL,
            "goal_kind": GoalKind.NUMERIC,
            "goal": goal,
            "reason": "Es muy baja.",
            "sector": entity(sector) if sector else None,
            "at": AT,
            **values,
        }
    )


def part_change(plan: OperatingPlan, subject: ChangeSubject, acronym: str, role="", **values):
    return goal_change(
        plan,
        **{
            "subject": subject,
            "goal_kind": "",
            "goal": None,
            "entity": entity(acronym),
            "role": role,
            **values,
        },
    )


def organ(acronym: str, of: str) -> Entity:
    made = entity(acronym)
    made.parent = entity(of)
    made.save()
    return made
