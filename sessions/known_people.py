"""People known before, as one looks for them to add an observer or a guest to a session."""

from dataclasses import dataclass

from django.db.models import Q

from members.choices import Capacity, MembershipKind
from members.models import Designation, Entity, Membership, Person
from sessions.models import Attendance, Session

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


def observers_of(session: Session) -> list[Entity]:
    observing = Membership.objects.in_force_on(session.day).filter(kind=MembershipKind.OBSERVER)
    return [membership.entity for membership in observing.select_related("entity")]
