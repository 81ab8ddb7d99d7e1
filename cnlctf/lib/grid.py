"""Neutral blocks of plain cells: filled by whoever knows the figures, printed everywhere alike."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Align(StrEnum):
    START = "start"
    CENTER = "center"
    END = "end"


@dataclass(frozen=True)
class Cell:
    """One cell: ``text`` is in the markup of ``cnlctf.lib.text``, and is what people read.

    ``number`` is the value behind a numeric text, for spreadsheets; ``number_format`` is its
    spreadsheet format. ``state`` is the code of a state that colours the cell ("met", …).
    """

    text: str = ""
    rowspan: int = 1
    colspan: int = 1
    header: bool = False
    bold: bool = False
    align: Align = Align.START
    number: Decimal | None = None
    number_format: str = ""
    state: str = ""


@dataclass(frozen=True)
class Row:
    """A row's own cells, left to right; places covered from above are left out, as in HTML."""

    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """``widths``: each column's share of the width, any unit."""

    caption: str
    widths: tuple[int, ...]
    head: tuple[Row, ...]
    body: tuple[Row, ...]


@dataclass(frozen=True)
class LegendItem:
    """``shape`` says the same as ``state`` does by colour, for whoever does not see colours."""

    state: str
    shape: str
    wording: str


@dataclass(frozen=True)
class Block:
    """What an annex of an acta holds: heading, prose, table, legend and notes."""

    heading: str
    prose: str = ""
    table: Table | None = None
    legend: tuple[LegendItem, ...] = field(default=())
    notes: tuple[str, ...] = field(default=())
