"""A session on its day: who conducts it, and whether it is installed or fails for lack of quorum.

Its call, its state and its start are of the session; the acta only takes the words proposed.
"""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from cnlctf.lib.calendar import clock, long_date
from members.choices import Capacity
from members.models import Designation, Person
from sessions.choices import Office, SessionState
from sessions.models import Acta, Letterhead, Session, SessionOffice
from sessions.quorum import CALLS, in_the_room

# A session may be installed later than it was found without quorum, and a mistake be mended.
HOLDABLE = (SessionState.SCHEDULED, SessionState.HELD, SessionState.FAILED)
CHAIRS = (Capacity.PRESIDENT, Capacity.ALTERNATE_PRESIDENT)


# --- Who conducts ---------------------------------------------------------------------------


def take_office(session: Session, office: Office, person: Person | None, charge: str = "") -> None:
    """Give somebody an office of this session, in place of whoever had it; nobody to free it.

    Without a charge, that of the designation in force; raise ValidationError where none says it.
    """
    row = session.offices.filter(office=office).first()
    if person is None:
        if row:
            row.delete()
        return
    row = row or SessionOffice(session=session, office=office)
    row.person, row.charge = person, charge or _charge_of(person, session.day)
    if not row.charge:
        raise ValidationError(
            f"Escriba el cargo de {person}: ninguna designación vigente ese día lo dice."
        )
    row.full_clean()
    row.save()


def _charge_of(person: Person, day: datetime.date) -> str:
    said = Designation.objects.in_force_on(day).filter(person=person).exclude(charge="").first()
    return said.charge if said else ""


def _check_chair(session: Session, at: datetime.time) -> None:
    """Whoever conducts is there: the Presidencia, its alternate, or who was chosen instead."""
    listed = session.attendances.select_related("person", "entity")
    there = [row for row in listed if in_the_room([row.as_attendee()], at)]
    chair = session.offices.filter(office=Office.CHAIR).select_related("person").first()
    if chair is None:
        presiding = [row for row in there if row.capacity in CHAIRS]
        if not presiding:
            raise ValidationError("Elija quién conduce la sesión entre quienes están presentes.")
        take_office(session, Office.CHAIR, presiding[0].person)
    elif chair.person_id not in {row.person_id for row in there}:
        raise ValidationError(
            f"En la conducción figura {chair.person}, que no está presente a las {clock(at)}: "
            "elija quién conduce la sesión."
        )


# --- Installing it, or not ------------------------------------------------------------------


@transaction.atomic
def install(session: Session, *, at: datetime.time, on: datetime.date) -> None:
    """Hold the session from that time on.

    Raise ValidationError before its day, without quorum at that time, and with nobody to conduct.
    """
    _check_day(session, on)
    quorum = session.quorum(at=at)
    if not quorum.met:
        raise ValidationError(
            f"A las {clock(at)} no hay quórum: {quorum.present} de los {quorum.required} asientos "
            "necesarios."
        )
    _check_chair(session, at)
    _set(session, SessionState.HELD, at)


@transaction.atomic
def fail(session: Session, *, at: datetime.time, on: datetime.date) -> str:
    """Record that at that time there was no quorum; return the opening proposed for the acta.

    The acta takes it where nobody has written its opening yet. Raise ValidationError before the
    session's day, with quorum, and where agreements were adopted.
    """
    _check_day(session, on)
    if session.state == SessionState.HELD and session.quorum().met:
        raise ValidationError("La sesión se instaló con quórum: no puede constar como sin él.")
    if session.quorum(at=at).met:
        raise ValidationError(f"A las {clock(at)} sí hay quórum: la sesión puede instalarse.")
    if session.agreements.exists():
        raise ValidationError("La sesión tiene acuerdos: no puede constar como sin quórum.")
    _set(session, SessionState.FAILED, at)
    opening = failed_opening(session)
    Acta.objects.get_or_create(session=session)
    Acta.objects.filter(session=session, edited_at=None).update(
        opening=opening, version=F("version") + 1
    )
    return opening


def _check_day(session: Session, on: datetime.date) -> None:
    if session.state not in HOLDABLE:
        raise ValidationError(f"La sesión consta como {session.get_state_display().lower()}.")
    if session.day > on:
        raise ValidationError(f"La sesión es el {long_date(session.day)}: aún no se instala.")


def _set(session: Session, state: SessionState, at: datetime.time) -> None:
    session.state, session.starts_at = state, at
    session.full_clean()
    session.save(update_fields=["state", "starts_at"])


def failed_opening(session: Session) -> str:
    """What the acta of a session without quorum says in its section III."""
    quorum = session.quorum()
    letterhead = Letterhead.objects.in_force_on(session.day).first()
    commission = f" de la {letterhead.commission} ({letterhead.acronym})" if letterhead else ""
    when = f"Siendo las {clock(session.starts_at)} del " if session.starts_at else "El "
    attended = "se encontraba presente" if quorum.present == 1 else "se encontraban presentes"
    return (
        f"{when}{long_date(session.day)}, en {CALLS[session.call]}, se verificó la asistencia: "
        f"{attended} {quorum.present} de las {quorum.members} entidades miembros, y el quórum "
        f"requerido es de {quorum.required}. Al no haber quórum, no se instaló la "
        f"{session.long_name}{commission}."
    )
