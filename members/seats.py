"""The places that an entity has in the commission, the vacant ones too."""

from dataclasses import dataclass

from members.choices import Capacity, MembershipKind
from members.models import Designation


@dataclass(frozen=True)
class Seat:
    """A place of an entity in the commission, and who sits there today, if anybody."""

    capacity: Capacity
    designation: Designation | None

    @property
    def label(self) -> str:
        if self.designation and self.designation.person:
            return self.designation.title
        return str(self.capacity.label)


OFFICES = (Capacity.PRESIDENT, Capacity.ALTERNATE_PRESIDENT, Capacity.SECRETARY)
ORDINARY = (Capacity.HOLDER, Capacity.ALTERNATE)


def seats(kind: str, designations: list[Designation]) -> list[Seat]:
    """The places of an entity by who sits there, the vacant ones too.

    An entity that presides needs no holder besides: its seat is the Presidencia's.
    """
    by_capacity = {Capacity(row.capacity): row for row in designations}
    if kind == MembershipKind.OBSERVER:
        return [Seat(Capacity.OBSERVER, by_capacity.get(Capacity.OBSERVER))]
    presides = any(office in by_capacity for office in OFFICES)
    needed = () if presides else ORDINARY
    return [
        Seat(capacity, by_capacity.get(capacity))
        for capacity in (*OFFICES, *ORDINARY)
        if capacity in by_capacity or capacity in needed
    ]
