"""Which column of a sheet is which: headings match whatever their case and accents."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import islice

from cnlctf.lib.folding import fold
from cnlctf.lib.workbook_reading import ReadCell, ReadSheet
from poa.plan_columns import COLUMNS
from poa.plan_template import EXECUTION_COLUMNS, PLAN_COLUMNS

ANNEX, PLAN, EXECUTION = "annex", "plan", "execution"
# Rows from the top among which a head is looked for, and how deep the annex's own is.
HEAD_WITHIN = 40
HEAD_DEPTH = 3
ALIKE = 0.82
_REQUIRED = {
    ANNEX: ("objective-code", "strategy-code", "line-code", "indicator", "unit", "goal"),
    PLAN: tuple(column.name for column in PLAN_COLUMNS if column.required),
    EXECUTION: tuple(column.name for column in EXECUTION_COLUMNS if column.required),
}


@dataclass(frozen=True)
class Layout:
    """``columns``: by name, numbered from 1; the table's body begins at the row ``body``."""

    kind: str
    sheet: ReadSheet
    columns: Mapping[str, int]
    head: int
    body: int
    unknown: tuple[ReadCell, ...] = ()

    @property
    def missing(self) -> list[str]:
        return [name for name in _REQUIRED[self.kind] if name not in self.columns]

    @property
    def missing_headings(self) -> list[str]:
        return [_HEADINGS[self.kind][name] for name in self.missing]


_HEADINGS = {
    ANNEX: {column.name: column.heading for column in COLUMNS},
    PLAN: {column.name: column.heading for column in PLAN_COLUMNS},
    EXECUTION: {column.name: column.heading for column in EXECUTION_COLUMNS},
}


@lru_cache(maxsize=20_000)
def key(text: str) -> str:
    """The letters and digits alone; most texts of a plan come again and again."""
    return re.sub(r"[^a-z0-9%]", "", fold(text) or "")


def find_layout(sheet: ReadSheet) -> Layout | None:
    """The layout of a sheet, None where it has no head of ours."""
    for row in islice(sorted(sheet.rows), HEAD_WITHIN):
        texts = {cell.column: key(cell.text) for cell in sheet.rows[row].values()}
        if len(texts) < 3:
            continue
        for kind, columns in ((PLAN, PLAN_COLUMNS), (EXECUTION, EXECUTION_COLUMNS)):
            found = _by_heading(texts, [(one.name, one.heading) for one in columns])
            # Of the template's headings, those that the annex does not know.
            if {"number", "code"} & found.keys():
                return Layout(kind, sheet, found, row, row + 1)
        if layout := _annex(sheet, row):
            return layout
    return None


def _by_heading(texts: Mapping[int, str], headings: Iterable[tuple[str, str]]) -> dict[str, int]:
    by_key = {key(heading): name for name, heading in headings}
    found: dict[str, int] = {}
    for column, text in texts.items():
        if text in by_key:
            found.setdefault(by_key[text], column)
    return found


def _annex(sheet: ReadSheet, row: int) -> Layout | None:
    """In the annex several columns are called alike: their order tells which is which."""
    deepest = row
    for below in range(row, row + HEAD_DEPTH):
        if any(key(cell.text) == "abs" for cell in sheet.rows.get(below, {}).values()):
            deepest = below
    places = {
        cell.column
        for below in range(row, deepest + 1)
        for cell in sheet.rows.get(below, {}).values()
    }
    columns: dict[str, int] = {}
    unknown: list[ReadCell] = []
    position = 0
    for column in sorted(places):
        cell = _heading(sheet, row, deepest, column)
        if cell is None:
            continue
        text = key(cell.text) or ("%" if "%" in cell.text else "")
        for index in range(position, len(COLUMNS)):
            if _alike(text, key(COLUMNS[index].heading)):
                columns[COLUMNS[index].name] = column
                position = index + 1
                break
        else:
            unknown.append(cell)
    if len(columns) < len(_REQUIRED[ANNEX]):
        return None
    return Layout(ANNEX, sheet, columns, row, deepest + 1, tuple(unknown))


def _heading(sheet: ReadSheet, first: int, last: int, column: int) -> ReadCell | None:
    """The lowest words of a column's head: «Abs.», not «EJECUCIÓN DE METAS» above it."""
    for row in range(last, first - 1, -1):
        if cell := sheet.rows.get(row, {}).get(column):
            return cell
    return None


def _alike(text: str, heading: str) -> bool:
    if text == heading:
        return True
    if min(len(text), len(heading)) < 5:
        return False
    return (
        text.startswith(heading)
        or SequenceMatcher(None, text, heading).ratio() >= ALIKE
        or (len(text) >= 12 and heading.startswith(text))
    )
