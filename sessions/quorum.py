"""Who holds a seat, whether the seats make a quorum, and who signs: plain arithmetic.

Rules: domain.md § 2, rules 1–3 and 6. Vector: the lists of SO 120 (seed L21–47 and L177–203).
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

# From the one who takes an entity's seat first to the one who takes it last.
SEATED = ("P", "PA", "T", "A", "ST")
VOICE_ONLY = ("O", "G")
CALLS = {1: "primera convocatoria", 2: "segunda convocatoria"}
PARTS = {2: "la mitad", 3: "la tercera parte", 4: "la cuarta parte"}


@dataclass(frozen=True)
class QuorumRule:
    """The parameters of a quorum and the norm they come from, as cited.

    First call: more than one `first_divisor`-th of the members. Second: one `second_divisor`-th,
    rounded up, and not under `second_minimum` seats. ValueError for a divisor under 1 and for a
    negative minimum.
    """

    name: str
    first_divisor: int = 2
    second_divisor: int = 3
    second_minimum: int = 3

    def __post_init__(self) -> None:
        if self.first_divisor < 1 or self.second_divisor < 1:
            raise ValueError("The divisors of a quorum rule must be 1 or more")
        if self.second_minimum < 0:
            raise ValueError(f"The minimum cannot be negative: {self.second_minimum}")


def required(members: int, rule: QuorumRule, call: int = 1) -> int:
    """Return the seats a quorum needs: of 11 members, 6 on the first call and 4 on the second.

    The second call's minimum holds even with fewer members than that (domain.md § 2, rule 3).
    Units: member entities in, seats out. ValueError for negative members and an unknown call.
    """
    if members < 0:
        raise ValueError(f"The members cannot be negative: {members}")
    if call not in CALLS:
        raise ValueError(f"The call must be 1 or 2, not {call!r}")
    if call == 1:
        return members // rule.first_divisor + 1
    return max(-(-members // rule.second_divisor), rule.second_minimum)


@dataclass(frozen=True)
class Quorum:
    """The verification of section III of the acta, in whole member entities and seats.

    ValueError for negatives and an unknown call. More seats than members is no error here: it is
    for the acta's reviewer to point at.
    """

    members: int
    present: int
    rule: QuorumRule
    call: int = 1

    def __post_init__(self) -> None:
        required(self.members, self.rule, self.call)
        if self.present < 0:
            raise ValueError(f"The seats present cannot be negative: {self.present}")

    @property
    def required(self) -> int:
        return required(self.members, self.rule, self.call)

    @property
    def met(self) -> bool:
        return self.present >= self.required

    @property
    def arithmetic(self) -> str:
        """How `required` comes about: «más de la mitad: 11 ÷ 2 = 5.5 → 6»."""
        first = self.call == 1
        divisor = self.rule.first_divisor if first else self.rule.second_divisor
        part = PARTS.get(divisor, f"1/{divisor}")
        words = f"más de {part}" if first else f"{part}, no menos de {self.rule.second_minimum}"
        exact = Decimal(self.members) / divisor
        shown = round(exact, 2)
        sign = "=" if shown == exact else "≈"
        return f"{words}: {self.members} ÷ {divisor} {sign} {shown.normalize():f} → {self.required}"

    @property
    def sentence(self) -> str:
        """The verification in Spanish, with the figures that the seed's acta left out (L53)."""
        return " · ".join(
            (
                _count(self.members, "entidad miembro", "entidades miembros") + " con asiento",
                f"quórum requerido {self.required} ({self.arithmetic})",
                _count(self.present, "asiento presente", "asientos presentes"),
                CALLS[self.call],
                "hay quórum" if self.met else "no hay quórum",
            )
        )


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


@dataclass(frozen=True)
class Attendee:
    """A row of the attendance list; `who` is whatever the caller wants back, a name or a record.

    `capacity` is P (Presidencia), PA (Presidente alterno), ST (Secretaría Técnica), T (titular),
    A (alterno), O (observador) or G (invitado), anything else a ValueError; `order` is the
    entity's place in the protocol order, ties staying as listed. `arrived` and `left` are times of
    the session's day: None for who was there from its start, and until its end.
    """

    entity: str
    capacity: str
    present: bool = True
    order: int = 0
    who: object = None
    arrived: datetime.time | None = None
    left: datetime.time | None = None

    def __post_init__(self) -> None:
        if self.capacity not in SEATED + VOICE_ONLY:
            raise ValueError(f"Unknown capacity: {self.capacity!r}")


def in_the_room(attendees: Iterable[Attendee], at: datetime.time) -> list[Attendee]:
    """Return who is there at that time of the session's day, for its quorum and its votes.

    Whoever arrives at 10:00 counts at 10:00; whoever leaves at 10:00 no longer does (rule 4).
    """
    return [
        a
        for a in attendees
        if a.present and (a.arrived is None or a.arrived <= at) and (a.left is None or a.left > at)
    ]


def seats(attendees: Iterable[Attendee]) -> list[Attendee]:
    """Return who holds each seat present, one a member entity, in protocol order.

    An alternate sits only while the holder is absent; the Presidencia and the Secretaría Técnica
    of one entity share its seat; observers and guests have none (rules 1 and 2).
    """
    holders: dict[str, Attendee] = {}
    sitting = (a for a in attendees if a.present and a.capacity in SEATED)
    for attendee in sorted(sitting, key=lambda a: SEATED.index(a.capacity)):
        holders.setdefault(attendee.entity, attendee)
    return sorted(holders.values(), key=lambda a: a.order)


def seats_present(attendees: Iterable[Attendee]) -> int:
    """Return the number of seats present: 11 in SO 120, where MINAM came with two people."""
    return len(seats(attendees))


def signatories(attendees: Iterable[Attendee]) -> list[Attendee]:
    """Return the rows of the signature table: the Presidencia, the secretary, the other seats.

    12 rows in SO 120 (L177–203): its 11 seats, and the secretary, who shares MTPE's.
    """
    attendees = list(attendees)
    secretaries = [a for a in attendees if a.present and a.capacity == "ST"]
    others = [a for a in seats(attendees) if a.capacity != "ST"]
    place = {"P": 0, "PA": 0, "ST": 1}
    return sorted(secretaries + others, key=lambda a: (place.get(a.capacity, 2), a.order))
