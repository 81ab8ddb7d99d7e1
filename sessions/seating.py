"""Who sat for each member entity in a session, and the quorum that those seats make."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects

from members.choices import Capacity, MembershipKind
from members.models import Entity, Membership
from sessions.models import Attendance, QuorumRule, Session
from sessions.quorum import Quorum, in_the_room, seats, seats_present


@dataclass(frozen=True)
class Seat:
    """A member entity's seat: who held it, who else came for it, who was expected and did not."""

    entity: Entity
    holder: Attendance | None
    companions: tuple[Attendance, ...]
    absent: tuple[Attendance, ...]


@dataclass(frozen=True)
class Seating:
    """`quorum` is None where the session has no date, or no rule was in force on it."""

    seats: tuple[Seat, ...]
    observers: tuple[Attendance, ...]
    guests: tuple[Attendance, ...]
    without_seat: tuple[Attendance, ...]
    quorum: Quorum | None
    recorded: bool

    @property
    def missing(self) -> int:
        return sum(seat.holder is None for seat in self.seats)


def seatings(sessions: Iterable[Session], at: datetime.time | None = None) -> dict[int, Seating]:
    """The seating of each session by its pk, in three queries however many they are.

    At a time, the seats of who was there then. Without one, the seats of all who came, and the
    quorum of each session's start, which is the one that its acta verifies.
    """
    sessions = list(sessions)
    people = Attendance.objects.select_related("entity", "person")
    prefetch_related_objects(sessions, Prefetch("attendances", people))
    memberships = list(
        Membership.objects.filter(kind=MembershipKind.MEMBER)
        .select_related("entity")
        .order_by("entity__protocol_order", "entity__acronym")
    )
    rules = list(QuorumRule.objects.all())
    return {session.pk: _seating(session, memberships, rules, at) for session in sessions}


def seating_now(session: Session) -> Seating:
    """Who sits while the session is being held: whoever has come and has not left."""
    return seatings([session], at=datetime.time.max)[session.pk]


def _seating(
    session: Session,
    memberships: list[Membership],
    rules: list[QuorumRule],
    at: datetime.time | None,
) -> Seating:
    day = session.held_on
    members = [m.entity for m in memberships if day and m.is_in_force(day)]
    rule = next((rule for rule in rules if day and rule.is_in_force(day)), None)
    listed = list(session.attendances.all())
    voices = {Capacity.OBSERVER, Capacity.GUEST}
    of_members = {entity.pk for entity in members}
    seated = [a for a in listed if a.capacity not in voices and a.entity_id in of_members]
    came = [a.as_attendee() for a in seated]
    holders = {a.entity: a.who for a in seats(in_the_room(came, at) if at else came)}
    verified = at or session.starts_at
    present = seats_present(in_the_room(came, verified) if verified else came)
    return Seating(
        seats=tuple(_seat(entity, holders.get(entity.acronym), seated) for entity in members),
        observers=tuple(a for a in listed if a.capacity == Capacity.OBSERVER),
        guests=tuple(a for a in listed if a.capacity == Capacity.GUEST),
        without_seat=tuple(
            a for a in listed if a.capacity not in voices and a.entity_id not in of_members
        ),
        quorum=(
            Quorum(len(members), present, rule.as_arithmetic(), session.call) if rule else None
        ),
        recorded=bool(listed),
    )


def _seat(entity: Entity, holder: object, seated: list[Attendance]) -> Seat:
    own = [a for a in seated if a.entity_id == entity.pk]
    return Seat(
        entity=entity,
        holder=next((a for a in own if a is holder), None),
        companions=tuple(a for a in own if a.is_present and a is not holder),
        absent=tuple(a for a in own if not a.is_present),
    )
