"""Whoever is convened to a session: who sits that day by their designations, and the guests."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from members.choices import Capacity, MembershipKind
from members.models import Designation, Membership
from members.seats import seats
from sessions.choices import Answer
from sessions.models import Invitation, QuorumRule, Session
from sessions.quorum import Attendee, Quorum, seats_present

# The order of the acta's lists.
ORDER = (
    Capacity.PRESIDENT,
    Capacity.ALTERNATE_PRESIDENT,
    Capacity.SECRETARY,
    Capacity.HOLDER,
    Capacity.ALTERNATE,
    Capacity.OBSERVER,
)


@dataclass(frozen=True)
class Vacancy:
    """A place in the commission for which there is nobody to convene."""

    entity: str
    seat: str


class Convened:
    """The commission on the day of a session, as far as it is to be convened to it."""

    def __init__(self, session: Session, invited: Iterable[Invitation]) -> None:
        self.session = session
        self.invited = list(invited)

    @cached_property
    def _memberships(self) -> list[Membership]:
        if self.session.held_on is None:
            return []
        rows = Membership.objects.in_force_on(self.session.held_on).select_related("entity")
        return list(rows.order_by("entity__protocol_order", "entity__acronym"))

    @cached_property
    def _designations(self) -> list[Designation]:
        if self.session.held_on is None:
            return []
        of_entities = [membership.entity_id for membership in self._memberships]
        rows = Designation.objects.in_force_on(self.session.held_on)
        return sorted(
            rows.filter(entity__in=of_entities).select_related("person", "entity"),
            key=lambda row: (ORDER.index(Capacity(row.capacity)), row.entity.protocol_order),
        )

    @cached_property
    def invitations(self) -> list[Invitation]:
        """One a person, in the order of the acta, not saved yet for whom nothing was sent to."""
        known = {row.person_id: row for row in self.invited}
        people: dict[int, Invitation] = {}
        for designation in self._designations:
            person = designation.person
            if person is None or person.pk in people:
                continue
            row = known.get(person.pk) or Invitation(session=self.session, person=person)
            row.entity, row.capacity = designation.entity, designation.capacity
            people[person.pk] = row
        return [*people.values(), *(row for row in self.invited if row.person_id is None)]

    @cached_property
    def former(self) -> list[Invitation]:
        """Those who were written to and, by their designations, no longer sit that day."""
        sitting = {row.person_id for row in self.invitations}
        return [
            row
            for row in self.invited
            if row.person_id and row.person_id not in sitting and row.dispatches.all()
        ]

    @cached_property
    def vacancies(self) -> list[Vacancy]:
        return [
            Vacancy(membership.entity.acronym, seat.label.lower())
            for membership in self._memberships
            for seat in seats(
                membership.kind,
                [row for row in self._designations if row.entity_id == membership.entity_id],
            )
            if not (seat.designation and seat.designation.person)
        ]

    @cached_property
    def quorum(self) -> Quorum | None:
        """The quorum if whoever said yes comes and nobody else; None where no rule is in force."""
        day = self.session.held_on
        rule = QuorumRule.objects.in_force_on(day).first() if day else None
        if rule is None:
            return None
        members = {
            row.entity.acronym for row in self._memberships if row.kind == MembershipKind.MEMBER
        }
        coming = [
            Attendee(row.entity.acronym, row.capacity, order=row.entity.protocol_order)
            for row in self.invitations
            if row.entity and row.entity.acronym in members and row.answer == Answer.YES
        ]
        present = seats_present(coming)
        return Quorum(len(members), present, rule.as_arithmetic(), self.session.call)
