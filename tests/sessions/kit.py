"""A commission in small: plain rows for the tests of the sessions."""

import datetime
from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone

from cnlctf.documents.models import IssuedDocument
from members.choices import Capacity, EntityKind, Gender, Role
from members.models import Entity, Membership, Person, User
from sessions.choices import Office, SessionState
from sessions.models import Acta, Agreement, Attendance, QuorumRule, Session, SessionOffice

DAY = datetime.date(2020, 1, 16)


def entity(acronym: str, **fields: Any) -> Entity:
    return Entity.objects.create(
        acronym=acronym,
        slug=acronym.lower(),
        name=f"Entidad {acronym}",
        kind=EntityKind.MINISTRY,
        **fields,
    )


def members(*acronyms: str) -> list[Entity]:
    """Entities with a seat, in this order."""
    rows = [entity(acronym, protocol_order=n) for n, acronym in enumerate(acronyms, 1)]
    Membership.objects.bulk_create(Membership(entity=row) for row in rows)
    return rows


def rule(**fields: Any) -> QuorumRule:
    return QuorumRule.objects.create(citation="Ley N° 27444, artículo 99", **fields)


def person(name: str, surnames: str = "Ñahui") -> Person:
    return Person.objects.create(given_names=name, surnames=surnames, gender=Gender.FEMININE)


def session(number: int = 120, **fields: Any) -> Session:
    return Session.objects.create(
        **{"number": number, "state": SessionState.HELD, "held_on": DAY, **fields}
    )


def attend(
    session: Session, entity: Entity, name: str, capacity: str = Capacity.HOLDER, **fields: Any
) -> Attendance:
    return Attendance.objects.create(
        session=session,
        entity=entity,
        person=person(name, f"{entity.acronym} {session.number}"),
        capacity=capacity,
        position=session.attendances.count() + 1,
        **fields,
    )


def chair(session: Session, name: str) -> SessionOffice:
    return SessionOffice.objects.create(
        session=session, office=Office.CHAIR, person=person(name, session.slug), charge="Directora"
    )


def acta(session: Session, approved: bool = True) -> Acta:
    acta = Acta.objects.create(session=session)
    if approved:
        approve(acta)
    return acta


def approve(acta: Acta) -> None:
    """Close it on any document: what it says is not what is tried here."""
    now = timezone.now()
    issued = IssuedDocument.objects.issue(
        name=acta.document_name, title=str(acta), content=b"%PDF", data={"": ""}, at=now, by=None
    )
    acta.submit(at=now, by=None)
    acta.approve(issued=issued, at=now, by=None)


def agreement(
    session: Session, number: int = 1, responsibles: list[Entity] | None = None, **fields: Any
) -> Agreement:
    row = Agreement.objects.create(
        **{"session": session, "number": number, "text": f"Aprobar lo que sea, {number}.", **fields}
    )
    row.responsibles.set(responsibles or [])
    return row


def user(role: Role, person: Person | None = None, **fields: Any) -> User:
    account = User.objects.create_user(role.name.lower(), person=person, **fields)
    account.groups.add(Group.objects.get(name=role))
    return account
