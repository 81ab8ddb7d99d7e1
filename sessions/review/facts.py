"""What the reviewer knows of an acta: plain values, each with the place where it is read."""

import datetime
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from sessions.voting import Tally


class Section(NamedTuple):
    """``anchor`` is that of ``_acta_body.html``."""

    anchor: str
    title: str


DATA = Section("datos", "I. Datos de la sesión")
PEOPLE = Section("participantes", "II. Participantes")
QUORUM = Section("quorum", "III. Verificación del quórum")
REPORTS = Section("informes", "IV. Informes")
PETITIONS = Section("pedidos", "V. Pedidos")
AGENDA = Section("orden-del-dia", "VI. Orden del día")
AGREEMENTS = Section("acuerdos", "VII. Acuerdos")
SIGNATURES = Section("suscripcion", "VIII. Suscripción del acta")
SECTIONS = (DATA, PEOPLE, QUORUM, REPORTS, PETITIONS, AGENDA, AGREEMENTS, SIGNATURES)


@dataclass(frozen=True)
class Block:
    """A place of the acta: where it is read, what it is called, and the page where it is written.

    The page is named as in the URLs, and ``numbers`` are what its address has besides the session;
    that of the acta has the same anchors.
    """

    section: Section
    anchor: str
    name: str
    page: str = "acta_edit"
    numbers: tuple[int, ...] = ()


class Kind(StrEnum):
    """Titles may end without a full stop; set phrases may be said again."""

    TITLE = "title"
    SET_PHRASE = "set phrase"
    TEXT = "text"


@dataclass(frozen=True)
class Line:
    """A paragraph or a bullet, without its markup."""

    words: str
    is_bullet: bool = False


@dataclass(frozen=True)
class Passage:
    """A text of the acta; ``attribution`` is what stands before it, on the same line.

    ``leads_on`` where something else follows it, so that it may end in a colon.
    """

    block: Block
    kind: Kind
    lines: tuple[Line, ...]
    attribution: str = ""
    leads_on: bool = False

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """As they are read: the first with who said it."""
        words = [line.words for line in self.lines] or [""]
        return (f"{self.attribution} {words[0]}".strip(), *words[1:])

    @property
    def whole(self) -> str:
        return "\n".join(self.paragraphs)


@dataclass(frozen=True)
class Attendee:
    """Somebody of the attendance list; ``title`` is the quality in words."""

    name: str
    title: str
    entity: str
    capacity: str
    is_present: bool
    arrived_at: datetime.time | None
    left_at: datetime.time | None
    order: int
    of_member: bool
    signs: bool

    def __str__(self) -> str:
        return f"{self.name} ({self.entity})"


@dataclass(frozen=True)
class Turn:
    """What somebody said; ``entity`` and the one it belongs to are acronyms, empty if not told."""

    passage: Passage
    speaker: Attendee | None
    entity: str
    parent: str


@dataclass(frozen=True)
class Petition:
    """A pedido with its sub-items and its conclusion."""

    block: Block
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Vote:
    """``displaced`` are those who voted without sitting then; ``ungrounded``, abstained untold."""

    at: datetime.time
    tally: Tally
    displaced: tuple[str, ...] = ()
    ungrounded: tuple[str, ...] = ()


@dataclass(frozen=True)
class Agreement:
    """``session_on`` is the day of the session that it fixes, if it fixes one."""

    number: int
    passage: Passage
    on_agenda: bool
    off_agenda_reason: str
    adoption: str
    responsibles: tuple[str, ...]
    due_on: datetime.date | None
    condition: str
    session_on: datetime.date | None
    vote: Vote | None = None

    @property
    def block(self) -> Block:
        return self.passage.block


@dataclass(frozen=True)
class OpenRemark:
    """What a reader of the draft said of it; ``author`` as the acta names them."""

    block: Block
    number: int
    author: str
    words: str


@dataclass(frozen=True)
class Facts:
    """``required`` is the quorum by the rule of that day; None where no rule was in force.

    ``offices`` are, by capacity, the names of the office that hold in this session; ``acronyms``
    those of every entity known.
    """

    data: Block
    people: Block
    quorum: Block
    reports: Block
    agenda: Block
    agreement_list: Block
    signatures: Block
    day: datetime.date | None
    starts_at: datetime.time | None
    ends_at: datetime.time | None
    failed: bool
    members: int
    required: int | None
    attendees: tuple[Attendee, ...]
    opening: Passage
    closing: Passage
    passages: tuple[Passage, ...]
    turns: tuple[Turn, ...]
    petitions: tuple[Petition, ...]
    agreements: tuple[Agreement, ...]
    empty_points: tuple[Block, ...]
    annexes: frozenset[int]
    acronyms: frozenset[str]
    offices: dict[str, tuple[str, ...]]
    open_remarks: tuple[OpenRemark, ...] = ()
    kind: str = ""
    number: int | None = None
