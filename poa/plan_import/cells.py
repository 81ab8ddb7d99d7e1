"""Single cells of a plan: what number, list of institutions or mark of a note they hold."""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from cnlctf.lib import typed_values
from cnlctf.lib.workbook_reading import ReadCell
from poa.plan_matrix import SHAPES
from poa.progress import DASH, State

_MARK = r"[a-z]{1,2}/|\([a-z0-9]\)|\d/"
_MARK_AT_END = re.compile(rf"(.*?)\s*({_MARK})", re.DOTALL)
_SUPERSCRIPT = re.compile(r"\^?\{([^{}]*)\}|\^(?=[a-z(])")
_QUOTED = re.compile(r'"([^"]*)"')
# What stands for «nothing» or for a state where a figure would be.
_SIGNS = frozenset(SHAPES.values())
_NOT_FIGURES = _SIGNS | {DASH, "-", "–"}
_BETWEEN_NAMES = re.compile(r"\s*[/;\n]\s*")


class Name(NamedTuple):
    text: str
    bold: bool


def words(cell: ReadCell) -> str:
    """The text of a cell on one line."""
    return " ".join(cell.text.split())


def marked(text: str) -> str:
    """«0 ^{a/}», as it comes out of a PDF, as «0 a/»."""
    return _SUPERSCRIPT.sub(r"\1", text)


def tokens(cell: ReadCell, count: int, *, of: str) -> list[ReadCell] | None:
    """The ``count`` values that one cell holds, as cells; None where they cannot be told apart.

    Institutions said once are those of all.
    """
    if count == 1:
        return [cell]
    if not isinstance(cell.value, str):
        return None
    if of in ("institutions", "responsible"):
        return _lists(cell, count)
    text = cell.value.strip()
    for parts in (text.split("\n"), re.split(r"\s+", text)):
        found = [part.strip() for part in parts if part.strip()]
        if len(found) == count:
            return [cell._replace(value=part, runs=()) for part in found]
    if of == "unit":
        return _units(cell, count)
    return None


def _units(cell: ReadCell, count: int) -> list[ReadCell] | None:
    """«Actuación inspectiva Acta»: each unit begins with a capital."""
    found = re.split(r"\s+(?=[A-ZÁÉÍÓÚÑ])", cell.text.strip())
    if len(found) != count:
        return None
    return [cell._replace(value=" ".join(part.split()), runs=()) for part in found]


def _lists(cell: ReadCell, count: int) -> list[ReadCell] | None:
    text = cell.text
    for ends in (r"\.\s+|\s*\n\s*\n\s*", r"\.\s+|\n"):
        cuts = [(0, 0), *((one.start(), one.end()) for one in re.finditer(ends, text))]
        stops = [*(start for start, _ in cuts[1:]), len(text)]
        spans = [
            (begin, stop)
            for (_, begin), stop in zip(cuts, stops, strict=True)
            if text[begin:stop].strip(" .\n")
        ]
        if len(spans) == count:
            return [_cut(cell, *span) for span in spans]
        if len(spans) == 1:
            return [cell] * count
    return None


def _cut(cell: ReadCell, start: int, end: int) -> ReadCell:
    """A piece of a cell with its bold words."""
    flags = _bold_flags(cell)[start:end]
    text = cell.text[start:end]
    runs = (
        tuple(
            type(cell.runs[0])("".join(sign for sign, _ in group), bold)
            for bold, group in groupby(zip(text, flags, strict=True), key=lambda pair: pair[1])
        )
        if cell.runs
        else ()
    )
    return cell._replace(value=text, runs=runs)


def _bold_flags(cell: ReadCell) -> list[bool]:
    return [run.bold for run in cell.runs for _ in run.text]


def institution_names(cell: ReadCell) -> list[Name]:
    """The institutions of a list in its order, and which are bold."""
    text, flags = cell.text, _bold_flags(cell)
    found, start = [], 0
    for end in [*(one.span() for one in _BETWEEN_NAMES.finditer(text)), (len(text), len(text))]:
        stop, following = end
        name = " ".join(text[start:stop].split()).rstrip(".").strip()
        if name:
            letters = flags[start:stop]
            found.append(Name(name, bool(letters) and sum(letters) * 2 > len(letters)))
        start = following
    return found


# --- Figures --------------------------------------------------------------------------------


def quantity(cell: ReadCell) -> tuple[Decimal | None, str]:
    """A cell's number, None for «—» or «Por definir», and the mark of its note, «a/».

    ValueError, with the reason in Spanish, where it is something else.
    """
    if isinstance(cell.value, Decimal):
        # The mark that the program's own workbook keeps in the format: 0" a/".
        literal = "".join(_QUOTED.findall(cell.number_format)).strip()
        mark = _MARK_AT_END.fullmatch(literal)
        return cell.value, mark[2] if mark else ""
    if not isinstance(cell.value, str):
        raise ValueError("no es un número")
    text = marked(" ".join(cell.value.split()))
    mark = _MARK_AT_END.fullmatch(text)
    rest, sign = (mark[1], mark[2]) if mark else (text, "")
    if not rest or rest in _NOT_FIGURES or rest.casefold() == "por definir":
        return None, sign
    return typed_values.number(rest), sign


def percentages(cell: ReadCell) -> Sequence[Decimal] | None:
    """What a cell may mean in per cent: of a plain 1, both 1 and 100. None where it has no figure.

    ValueError, with the reason in Spanish, where it is something else.
    """
    if isinstance(cell.value, Decimal):
        if "%" in cell.number_format:
            return (cell.value * 100,)
        return cell.value, cell.value * 100
    if not isinstance(cell.value, str):
        raise ValueError("no es un porcentaje")
    text = "".join(sign for sign in cell.value if sign not in _SIGNS).strip()
    if text in _NOT_FIGURES:
        return None
    text = text.removeprefix("<").removeprefix(">").strip()
    return (typed_values.percentage(text),) if text else None


def shape_state(cell: ReadCell) -> State | None:
    """The state that the program's own workbook draws beside a percentage."""
    signs = cell.text if isinstance(cell.value, str) else cell.number_format
    for state, shape in SHAPES.items():
        if shape in signs:
            return state
    return None
