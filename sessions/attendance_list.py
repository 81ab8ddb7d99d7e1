"""The attendance list while it is filled in: who is listed, who is expected, in what order."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from members.choices import Capacity, MembershipKind
from members.models import Designation, Entity
from members.seats import seats as places_of
from sessions.models import Attendance, Ballot, Session, Signatory, Vote
from sessions.models.attendance import SpokenTurn
from sessions.quorum import in_the_room, seats_present
from sessions.seating import Seating, seating_now

VOICES = (Capacity.OBSERVER, Capacity.GUEST)


@dataclass(frozen=True)
class EntityPeople:
    """Who is listed or expected for a member entity; ``unfilled`` says what place has nobody."""

    entity: Entity
    people: tuple[Attendance, ...]
    unfilled: tuple[str, ...]


@dataclass(frozen=True)
class AttendanceList:
    """Whoever is expected and not listed yet has no pk and no presence: a person marks that."""

    members: tuple[EntityPeople, ...]
    voices: tuple[Attendance, ...]
    without_seat: tuple[Attendance, ...]
    seating: Seating

    def __iter__(self) -> Iterator[Attendance]:
        for group in self.members:
            yield from group.people
        yield from self.voices
        yield from self.without_seat

    @property
    def present(self) -> list[Attendance]:
        return in_order(row for row in self if row.pk and row.is_present)

    def seats_at(self, moment: datetime.time) -> int:
        """How many member entities had somebody there at that time."""
        seated = (row.as_attendee() for group in self.members for row in group.people if row.pk)
        return seats_present(in_the_room(seated, moment))


def attendance_list(session: Session) -> AttendanceList:
    """The list of a session by the designations in force on its day, in four queries."""
    seating = seating_now(session)
    designations = list(
        Designation.objects.in_force_on(session.day).select_related("person", "entity")
    )
    listed = list(session.attendances.all())
    everybody = in_order([*listed, *_expected(session, listed, designations)])
    designated, seated = defaultdict(list), defaultdict(list)
    for row in designations:
        designated[row.entity_id].append(row)
    for attendance in everybody:
        if attendance.capacity not in VOICES:
            seated[attendance.entity_id].append(attendance)
    members = tuple(
        EntityPeople(
            entity=seat.entity,
            people=tuple(seated.pop(seat.entity.pk, ())),
            unfilled=tuple(_unfilled(designated[seat.entity.pk], listed)),
        )
        for seat in seating.seats
    )
    return AttendanceList(
        members=members,
        voices=tuple(row for row in everybody if row.capacity in VOICES),
        without_seat=tuple(row for rows in seated.values() for row in rows if row.pk),
        seating=seating,
    )


def _expected(
    session: Session, listed: Iterable[Attendance], designations: Iterable[Designation]
) -> Iterator[Attendance]:
    known = {row.person_id for row in listed}
    for row in sorted(designations, key=lambda row: _rank(row.capacity)):
        if row.person_id and row.person_id not in known:
            known.add(row.person_id)
            yield Attendance(
                session=session,
                person=row.person,
                entity=row.entity,
                capacity=row.capacity,
                position=0,
                presence="",
            )


def _unfilled(designations: list[Designation], listed: Iterable[Attendance]) -> Iterator[str]:
    taken = {(row.entity_id, row.capacity) for row in listed}
    for place in places_of(MembershipKind.MEMBER, designations):
        if place.designation is None:
            yield f"{place.capacity.label}: vacante"
        elif (
            place.designation.person_id is None
            and (place.designation.entity_id, place.capacity) not in taken
        ):
            yield f"{place.capacity.label}: por identificar"


# --- The order of the acta ------------------------------------------------------------------


def _rank(capacity: str) -> int:
    return list(Capacity).index(Capacity(capacity))


def in_order(attendances: Iterable[Attendance]) -> list[Attendance]:
    """As the acta lists them: by quality, and within it in protocol order (seed L22–47)."""
    return sorted(
        attendances,
        key=lambda row: (
            _rank(row.capacity),
            row.entity.protocol_order,
            row.entity.acronym,
            # Whoever has no place yet comes after those who have one.
            row.position or float("inf"),
        ),
    )


def put_in_order(session: Session) -> None:
    """Number the list from 1 in the order of the acta; inside a transaction."""
    listed = in_order(Attendance.objects.filter(session=session).select_related("entity"))
    beyond = max([len(listed), *(row.position for row in listed)])
    moved = [(row, place) for place, row in enumerate(listed, 1) if row.position != place]
    # No two rows share a place even for an instant: those that move first go beyond the last one.
    for step in (beyond, 0):
        for row, place in moved:
            row.position = place + step
        Attendance.objects.bulk_update([row for row, _ in moved], ["position"])


# --- Changing it ----------------------------------------------------------------------------


def save(attendance: Attendance) -> None:
    """Store a row, a new one at its place in the order; raise ValidationError where it is wrong."""
    session = attendance.session
    if attendance.pk is None:
        last = Attendance.objects.filter(session=session).order_by("position").last()
        attendance.position = last.position + 1 if last else 1
    attendance.full_clean()
    attendance.save()
    put_in_order(session)


def remove(attendance: Attendance) -> None:
    """Take out a row added by mistake; raise ValidationError where the acta needs it."""
    try:
        attendance.delete()
    except ProtectedError as error:
        raise ValidationError(
            f"No se puede quitar a {attendance.person.full_name} de la asistencia: "
            f"{_why(error.protected_objects)}."
        ) from error
    put_in_order(attendance.session)


def _why(citing: Iterable[Any]) -> str:
    reasons = []
    if any(isinstance(row, SpokenTurn) for row in citing):
        reasons.append("habla en el acta")
    if any(isinstance(row, Signatory) for row in citing):
        reasons.append("firma el acta")
    if any(isinstance(row, Ballot | Vote) for row in citing):
        reasons.append("votó un acuerdo")
    return " y ".join(reasons) or "otros registros de la sesión lo nombran"
