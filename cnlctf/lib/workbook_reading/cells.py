"""What is read of a workbook, and how much of it at most."""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from openpyxl.utils import get_column_letter

MAX_SHEETS = 20
MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_CELLS = 400_000
MAX_MERGED = 200_000
MAX_TEXT = 32_767  # Excel's own
MAX_SHARED = 64 * 1024 * 1024

Value = str | Decimal | date | bool


class UnreadableWorkbook(ValueError):  # noqa: N818 - it says what happened to the file
    """The workbook was not read; the message says why in Spanish."""


class Run(NamedTuple):
    """A stretch of a cell's text that is bold or not from end to end."""

    text: str
    bold: bool


class ReadCell(NamedTuple):
    """One cell that holds something; ``error`` is Excel's own, «#REF!», in place of a value.

    ``runs`` tells bold words from others, and is empty where the whole cell looks the same.
    """

    row: int
    column: int
    value: Value
    number_format: str = ""
    bold: bool = False
    runs: tuple[Run, ...] = ()
    is_formula: bool = False
    error: bool = False

    @property
    def text(self) -> str:
        return self.value if isinstance(self.value, str) else str(self.value)


@dataclass
class ReadSheet:
    """``rows``: by number from 1, then by column from 1; cells that hold nothing are left out."""

    title: str
    rows: dict[int, dict[int, ReadCell]] = field(default_factory=dict)
    # Every place covered by a merged range but its corner → the corner.
    covered: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    def at(self, row: int, column: int) -> ReadCell | None:
        """The cell that one sees there: of a merged range, that of its corner."""
        row, column = self.covered.get((row, column), (row, column))
        return self.rows.get(row, {}).get(column)


def address(row: int, column: int) -> str:
    """``C7`` for row 7 and column 3."""
    return f"{get_column_letter(column)}{row}"


_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


def position(reference: str) -> tuple[int, int]:
    """Row 7 and column 3 for ``C7``; KeyError where it is none."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise KeyError(reference)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column
