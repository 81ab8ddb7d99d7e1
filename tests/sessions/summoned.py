"""A commission about to be convened, in small: plain rows and the acts on them."""

import datetime
from typing import Any

from django.utils import timezone

from members.choices import Capacity, MembershipKind, Role
from members.models import Designation, Entity, Membership, Person, User
from sessions.choices import SessionState
from sessions.models import AgendaItem, Letterhead, Session, SummonsRule
from sessions.summoning import Act
from tests.sessions import kit

TODAY = datetime.date(2020, 2, 3)
# Ten days after the day that the tests take for today.
DAY = datetime.date(2020, 2, 13)
NOW = datetime.datetime(2020, 2, 3, 15, 30, tzinfo=datetime.UTC)
SITE = "https://cnlctf.example"


def designate(entity: Entity, capacity: str, name: str, email: str = "", **fields: Any) -> Person:
    person = kit.person(name, f"de {entity.acronym}")
    person.email = email
    person.save()
    Designation.objects.create(entity=entity, capacity=capacity, person=person, **fields)
    return person


def commission() -> dict[str, Entity]:
    """MTPE presides, MINAM has both, INEI only an alternate without an address; DP observes."""
    mtpe, minam, inei = kit.members("MTPE", "MINAM", "INEI")
    observer = kit.entity("DP", protocol_order=12)
    Membership.objects.create(entity=observer, kind=MembershipKind.OBSERVER)
    designate(mtpe, Capacity.PRESIDENT, "Paz", "paz@mtpe.example")
    designate(mtpe, Capacity.SECRETARY, "Sara", "sara@mtpe.example")
    designate(minam, Capacity.HOLDER, "Tita", "tita@minam.example")
    designate(minam, Capacity.ALTERNATE, "Alma", "alma@minam.example")
    designate(inei, Capacity.ALTERNATE, "Ana")
    designate(observer, Capacity.OBSERVER, "Olga", "olga@dp.example")
    kit.rule()
    SummonsRule.objects.create(citation="Ley N° 27444, artículo 98", days=2)
    Letterhead.objects.create(
        commission="Comisión Nacional",
        acronym="CNLCTF",
        place="Lima",
        country_mark="PERÚ",
        ministry_mark="Ministerio",
        alliance_mark="Alianza",
    )
    return {"MTPE": mtpe, "MINAM": minam, "INEI": inei, "DP": observer}


def coming(*titles: str, **fields: Any) -> Session:
    """Ordinary session 121, complete, with those points."""
    session = kit.session(
        121,
        **{
            "state": SessionState.SCHEDULED,
            "held_on": DAY,
            "starts_at": datetime.time(9),
            "venue": "Sala A.",
            **fields,
        },
    )
    for position, title in enumerate(titles or ("Aprobar el plan",), 1):
        AgendaItem.objects.create(session=session, position=position, title=title)
    return session


def act(on: datetime.date = TODAY) -> Act:
    by = User.objects.filter(username="secretary").first() or kit.user(Role.SECRETARY)
    return Act(by=by, at=NOW, on=on, site=SITE)


def at(day: datetime.date, hour: int) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour)))
