"""People known before, as one looks for them to add an observer or a guest to a session."""

from dataclasses import dataclass

from django.db.models import Q, Value
from django.db.models.functions import Concat

from members.choices import Capacity, MembershipKind
from members.models import Designation, Entity, Membership, Person
from sessions.choices import Answer
from sessions.models import Attendance, Invitation, Session

# More people of one name than these nobody tells apart in a list.
MOST = 8
SHORTEST = 2


@dataclass(frozen=True)
class KnownPerson:
    """With the entity that they last came for, or sit for, and the quality that this gives."""

    person: Person
    entity: Entity | None
    capacity: Capacity
    is_listed: bool


def known_people(typed: str, session: Session) -> list[KnownPerson]:
    """Those whose names contain every word typed, whatever its accents; few letters find nobody."""
    words = typed.split()
    if len("".join(words)) < SHORTEST:
        return []
    people = Person.objects.all()
    for word in words:
        people = people.filter(Q(given_names__folded=word) | Q(surnames__folded=word))
    found = list(people[:MOST])
    sitting = list(
        Designation.objects.in_force_on(session.day)
        .filter(person__in=found)
        .select_related("entity")
    )
    came = list(
        Attendance.objects.filter(person__in=found)
        .select_related("entity")
        .order_by("session__held_on")
    )
    # The later of two wins, and to have come for an entity wins over sitting for it.
    entities = {row.person_id: row.entity for row in sitting} | {
        row.person_id: row.entity for row in came
    }
    listed = {row.person_id for row in came if row.session_id == session.pk}
    observers = {entity.pk for entity in observers_of(session)}
    return [
        KnownPerson(
            person=person,
            entity=entities.get(person.pk),
            capacity=(
                Capacity.OBSERVER
                if person.pk in entities and entities[person.pk].pk in observers
                else Capacity.GUEST
            ),
            is_listed=person.pk in listed,
        )
        for person in found
    ]


@dataclass(frozen=True)
class InvitedGuest:
    """A guest whom the convocatoria names; ``person`` is who bears that name or that address."""

    invitation: Invitation
    person: Person | None
    given_names: str
    surnames: str


def invited_guests(session: Session) -> list[InvitedGuest]:
    """Those who did not decline and are not in the attendance; first those who confirmed."""
    invited = list(
        session.invitations.filter(person=None).exclude(answer=Answer.NO).select_related("entity")
    )
    if not invited:
        return []
    listed = {row.person.full_name for row in session.attendances.select_related("person")}
    people = Person.objects.annotate(name=Concat("given_names", Value(" "), "surnames")).filter(
        Q(name__in=[row.guest_name for row in invited])
        | Q(email__in=[row.guest_email for row in invited])
    )
    known = {key: person for person in people for key in (person.full_name, person.email) if key}
    found = []
    for row in invited:
        person = known.get(row.guest_email) or known.get(row.guest_name)
        if (person.full_name if person else row.guest_name) not in listed:
            found.append(InvitedGuest(row, person, *name_parts(row.guest_name)))
    return sorted(found, key=lambda guest: guest.invitation.answer != Answer.YES)


def name_parts(name: str) -> tuple[str, str]:
    """Given names and surnames as most people here have them: two of these, and the rest before."""
    words = name.split()
    given = max(len(words) - 2, 1)
    return " ".join(words[:given]), " ".join(words[given:])


def observers_of(session: Session) -> list[Entity]:
    observing = Membership.objects.in_force_on(session.day).filter(kind=MembershipKind.OBSERVER)
    return [membership.entity for membership in observing.select_related("entity")]
