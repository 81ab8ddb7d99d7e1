"""A session before it is held: who is expected to conduct it, and all that it starts with."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from members.choices import Capacity, Gender
from members.models import Designation, User
from sessions.carry_over import Carried
from sessions.choices import EXPECTED_OFFICES, Office, SessionState
from sessions.models import Acta, Letterhead, Session, SessionOffice
from sessions.wording import adapted, first_closing, first_opening

# Whoever conducts is the Presidencia or who stands in for it (seed L15, L23).
CHAIRS = (Capacity.PRESIDENT, Capacity.ALTERNATE_PRESIDENT)
# Those of the acta's data; others may come up in the session itself.
EXPECTED = (Office.CHAIR, Office.PRESIDENT, Office.SECRETARY)
# More creations at the same moment than these are no accident.
ATTEMPTS = 10


# --- Who is expected ------------------------------------------------------------------------


@dataclass(frozen=True)
class Officer:
    """Who holds an office in a session, with the charge of that day."""

    person_id: int
    charge: str


def designated_on(day: datetime.date) -> list[Designation]:
    """Who may hold an office that day, once each: the Presidencia first, then by protocol order."""
    order = {capacity: place for place, capacity in enumerate(Capacity)}
    in_force = (
        Designation.objects.in_force_on(day)
        .filter(person__isnull=False)
        .exclude(capacity=Capacity.OBSERVER)
        .select_related("person", "entity")
    )
    by_person: dict[int | None, Designation] = {}
    for row in sorted(
        in_force,
        key=lambda d: (
            min(order[Capacity(d.capacity)], order[Capacity.HOLDER]),
            d.entity.protocol_order,
            order[Capacity(d.capacity)],
        ),
    ):
        by_person.setdefault(row.person_id, row)
    return list(by_person.values())


def expected_officers(designated: Iterable[Designation]) -> dict[Office, Officer]:
    """Who presides, who keeps the acta, and who conducts: who did it last, if it may be them."""
    by_capacity = {Capacity(row.capacity): row for row in reversed(list(designated))}
    presidency = [by_capacity[capacity] for capacity in CHAIRS if capacity in by_capacity]
    last_chair = (
        SessionOffice.objects.filter(office=Office.CHAIR, session__state=SessionState.HELD)
        .order_by("-session__held_on")
        .first()
    )
    again = [row for row in presidency if last_chair and row.person_id == last_chair.person_id]
    expected = {
        Office.CHAIR: next(iter(again or presidency), None),
        Office.PRESIDENT: by_capacity.get(Capacity.PRESIDENT),
        Office.SECRETARY: by_capacity.get(Capacity.SECRETARY),
    }
    return {
        office: Officer(row.person_id, row.charge)  # type: ignore[arg-type]
        for office, row in expected.items()
        if row
    }


# --- Creating it ----------------------------------------------------------------------------


def proposal(kind: str) -> dict[str, Any]:
    """What a new session is proposed to be: the next of its kind, where the last one was."""
    last = Session.objects.exclude(venue="").order_by("-held_on", "-number").first()
    where = {"venue": last.venue, "modality": last.modality} if last else {}
    return {"number": Session.objects.next_number(kind), **where}


@transaction.atomic
def schedule(
    session: Session, *, officers: Mapping[Office, Officer], carried: Iterable[Carried]
) -> None:
    """Store a new session with its officers, its agenda and an acta in draft.

    Where its number has just been taken, it gets the next one.
    """
    _insert(session)
    set_officers(session, officers)
    for position, point in enumerate(carried, 1):
        item = point.as_item(session)
        item.position = position
        item.full_clean()
        item.save()
    opening, closing = _proposed_sentences(session)
    acta = Acta(session=session, opening=opening, closing=closing)
    acta.full_clean()
    acta.save()


def _insert(session: Session) -> None:
    for _ in range(ATTEMPTS):
        try:
            with transaction.atomic():
                session.save(force_insert=True)
        except IntegrityError:
            taken = Session.objects.filter(kind=session.kind, number=session.number)
            if not taken.exists():
                raise
            session.number = Session.objects.next_number(session.kind)
        else:
            return
    raise IntegrityError(f"No number was free for a session in {ATTEMPTS} attempts")


@transaction.atomic
def reschedule(session: Session, *, officers: Mapping[Office, Officer]) -> None:
    """Store what was changed of a session; ValidationError where its number has just been taken."""
    try:
        with transaction.atomic():
            session.save()
    except IntegrityError:
        # Nobody had it when the form looked: the constraint says whether somebody has it now.
        session.validate_constraints()
        raise
    set_officers(session, officers)


@transaction.atomic
def set_officers(session: Session, officers: Mapping[Office, Officer]) -> None:
    session.offices.filter(office__in=EXPECTED_OFFICES).exclude(office__in=officers).delete()
    held = {row.office: row for row in session.offices.all()}
    for office, officer in officers.items():
        row = held.get(office) or SessionOffice(session=session, office=office)
        row.person_id, row.charge = officer.person_id, officer.charge
        row.full_clean()
        row.save()


def _proposed_sentences(session: Session) -> tuple[str, str]:
    before = Acta.objects.exclude(opening="", closing="").select_related("session")
    last = before.filter(session__held_on__isnull=False).order_by("-session__held_on").first()
    if last:
        sentences = (last.opening, last.closing)
        opening, closing = (adapted(text, last.session, session) for text in sentences)
        return opening, closing
    letterhead = Letterhead.objects.in_force_on(session.held_on).first()  # type: ignore[arg-type]
    commission = f"{letterhead.commission} (en adelante {letterhead.acronym})" if letterhead else ""
    opening = first_opening(session, chair=chair_of(session), commission=commission)
    return opening, first_closing(session, place=letterhead.place if letterhead else "")


def chair_of(session: Session) -> str:
    """Whoever conducts, as the opening names them: «el Presidente Alterno»."""
    row = session.offices.filter(office=Office.CHAIR).select_related("person").first()
    if row is None:
        return "la Presidencia"
    presiding = (
        Designation.objects.in_force_on(session.held_on)  # type: ignore[arg-type]
        .filter(person=row.person, capacity__in=CHAIRS)
        .first()
    )
    feminine = row.person.gender == Gender.FEMININE
    if presiding is None:
        return f"{'la señora' if feminine else 'el señor'} {row.person.full_name}"
    title = Capacity(presiding.capacity).title_for(row.person.gender).title()
    return f"{'la' if feminine else 'el'} {title}"


# --- Points that others propose for it ------------------------------------------------------


def why_no_proposals(session: Session, user: User | AnonymousUser, *, on: datetime.date) -> str:
    """Why the user cannot propose a point for it that day; empty where they can."""
    if session.state != SessionState.SCHEDULED or session.held_on < on:  # type: ignore[operator]
        return f"La {session} ya no está por realizarse: no se proponen puntos para ella."
    if not isinstance(user, User) or user.entity_on(on) is None:
        return (
            "Propone puntos quien representa a una entidad, y su cuenta no tiene hoy una "
            "designación vigente."
        )
    return ""


# --- Cancelling it --------------------------------------------------------------------------


def check_cancellable(session: Session) -> None:
    """Raise ValidationError, saying why, where there is nothing left to cancel."""
    if session.state != SessionState.SCHEDULED:
        raise ValidationError(
            f"La {session} ya no está programada, sino «{session.get_state_display().lower()}»: "
            "solo se cancela la que todavía no se ha realizado."
        )


@transaction.atomic
def cancel(session: Session, *, reason: str) -> None:
    session.refresh_from_db(from_queryset=Session.objects.select_for_update())
    check_cancellable(session)
    session.state = SessionState.CANCELLED
    session.remarks = "\n".join(filter(None, [session.remarks, reason]))
    session.full_clean()
    session.save(update_fields=["state", "remarks"])
