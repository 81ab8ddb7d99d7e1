"""How a vote by seat comes out: plain arithmetic over the names of who voted.

Rules: domain.md § 2, rules 1, 2 and 4; Ley 27444, original arts. 100 to 102 (109 to 111 of the TUO
approved by DS 004-2019-JUS): a vote a seat, nobody present keeps it back, the majority is of those
present when it is taken, and the chair's casting vote breaks a tie.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    """The side that a casting vote may take."""

    FAVOR = "favor"
    AGAINST = "against"


class Outcome(StrEnum):
    ADOPTED = "adopted"
    NOT_ADOPTED = "not adopted"
    TIE = "tie"
    INCOMPLETE = "incomplete"
    NO_QUORUM = "no quorum"


def majority(present: int) -> int:
    """Return the votes that a majority of the seats present needs: of 10 or 11 of them, 6.

    Units: seats in, votes out. ValueError for negative seats.
    """
    if present < 0:
        raise ValueError(f"The seats present cannot be negative: {present}")
    return present // 2 + 1


@dataclass(frozen=True)
class Tally:
    """A vote as cast: ``present`` seats, ``quorum`` those that may decide, and who voted how.

    Each name is an entity's, once. ``casting`` is the chair's side, and counts in a tie alone: what
    is on record from before the tie was corrected away changes nothing. ValueError for negatives,
    for an entity that votes twice, and for more votes than seats present.
    """

    present: int
    quorum: int = 0
    favor: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    abstentions: tuple[str, ...] = ()
    casting: Side | None = None

    def __post_init__(self) -> None:
        if self.present < 0 or self.quorum < 0:
            raise ValueError("Seats and quorum cannot be negative")
        names = (*self.favor, *self.against, *self.abstentions)
        if len(set(names)) != len(names):
            raise ValueError("An entity votes once")
        if len(names) > self.present:
            raise ValueError(f"{len(names)} votes of {self.present} seats present")

    @property
    def cast(self) -> int:
        return len(self.favor) + len(self.against) + len(self.abstentions)

    @property
    def missing(self) -> int:
        """The seats present that have not voted yet: none may keep its vote back (art. 101)."""
        return self.present - self.cast

    @property
    def majority(self) -> int:
        return majority(self.present)

    @property
    def tied(self) -> bool:
        """Whether the chair decides: as many on each side, and one vote more is a majority.

        With 4 against 4 and 3 abstentions of 11 seats it would not be, and nobody decides it.
        """
        sides = len(self.favor), len(self.against)
        return not self.missing and sides[0] == sides[1] and sides[0] + 1 >= self.majority

    @property
    def decided_by_chair(self) -> bool:
        return self.tied and self.casting is not None

    @property
    def outcome(self) -> Outcome:
        if self.present < max(self.quorum, 1):
            return Outcome.NO_QUORUM
        if self.missing:
            return Outcome.INCOMPLETE
        if self.tied and self.casting is None:
            return Outcome.TIE
        votes = len(self.favor) + (self.tied and self.casting == Side.FAVOR)
        return Outcome.ADOPTED if votes >= self.majority else Outcome.NOT_ADOPTED

    @property
    def adopted(self) -> bool:
        return self.outcome == Outcome.ADOPTED

    @property
    def unanimous(self) -> bool:
        """Whether every seat present voted in favour: a dissent or an abstention undoes it."""
        return self.adopted and len(self.favor) == self.present

    @property
    def count(self) -> str:
        """«8 votos a favor, 2 en contra y 1 abstención»."""
        return _enumerate(words for words, _ in self._sides())

    @property
    def verdict(self) -> str:
        """How it was adopted, or why it is not, in one phrase."""
        match self.outcome:
            case Outcome.NO_QUORUM:
                return "Votación sin quórum, que no adopta nada"
            case Outcome.INCOMPLETE if not self.cast:
                return "Votación sin votos registrados, que no adopta nada"
            case Outcome.INCOMPLETE:
                lacking = _count(self.missing, "falta 1 voto", "faltan {} votos")
                return f"Votación incompleta, que todavía no adopta nada ({lacking})"
            case Outcome.TIE:
                return "Votación empatada, sin que la Presidencia haya dirimido"
            case Outcome.NOT_ADOPTED if self.decided_by_chair:
                return "No adoptado, con el voto dirimente de la Presidencia en contra"
            case Outcome.NOT_ADOPTED:
                return "No adoptado por falta de mayoría"
            case _ if self.decided_by_chair:
                return "Adoptado por mayoría, con el voto dirimente de la Presidencia"
            case _:
                return f"Adoptado por {'unanimidad' if self.unanimous else 'mayoría'}"

    def sentence(self, at: str = "") -> str:
        """The whole of it in Spanish, with the sense of each vote; ``at`` is the hour in words."""
        present = _count(self.present, "1 asiento presente", "{} asientos presentes")
        when = f" a las {at}" if at else ""
        needed = _count(self.majority, "se requería 1 voto", "se requerían {} votos")
        named = _enumerate(
            f"{words} ({', '.join(names)})" if names else words for words, names in self._sides()
        )
        return f"{self.verdict}: {named}, de {present}{when} ({needed})."

    def _sides(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """What there is on each side; who is in favour and against is said also when nobody is."""
        yield _count(len(self.favor), "1 voto a favor", "{} votos a favor"), self.favor
        yield f"{len(self.against) or 'ninguno'} en contra", self.against
        if self.abstentions:
            yield _count(len(self.abstentions), "1 abstención", "{} abstenciones"), self.abstentions


def _count(number: int, one: str, many: str) -> str:
    return one if number == 1 else many.format(number)


def _enumerate(parts: Iterator[str]) -> str:
    *first, last = parts
    return f"{', '.join(first)} y {last}" if first else last
