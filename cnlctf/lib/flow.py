"""A long text as a sequence of plain parts: what a word processor and a text file take.

Every text is in the markup of ``cnlctf.lib.text``.
"""

from dataclasses import dataclass

from cnlctf.lib.grid import Table


@dataclass(frozen=True)
class Heading:
    """``level`` is 1, 2 or 3."""

    level: int
    text: str


@dataclass(frozen=True)
class Prose:
    """Paragraphs and bullets, one a line."""

    text: str


@dataclass(frozen=True)
class Numbered:
    """A numbered paragraph, «1.» or at level 2 «1.1.»; another «1.» starts another list.

    Lines after the first belong to it and bear no number.
    """

    number: str
    text: str
    level: int = 1


@dataclass(frozen=True)
class Grid:
    """A table; its caption is for who does not see it.

    ``row_height`` is the least of a row of its body, in millimetres: to be signed by hand.
    """

    table: Table
    row_height: int = 0


@dataclass(frozen=True)
class Landscape:
    """From here on the sheets are turned, and a new one starts."""


Part = Heading | Prose | Numbered | Grid | Landscape


@dataclass(frozen=True)
class Flow:
    """A whole text: ``marks`` head it, and ``overline``, who issues it, goes over the title.

    ``notice`` marks every sheet with what the text still is («Borrador»).
    """

    title: str
    overline: str
    marks: tuple[str, ...]
    notice: str
    parts: tuple[Part, ...]
