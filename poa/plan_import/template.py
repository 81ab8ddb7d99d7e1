"""The program's own template, filled in: a row an indicator, and a row an event."""

import re

from cnlctf.lib.workbook_reading import ReadCell
from poa.plan_import.annex import AXIS, LINE, OBJECTIVE, STRATEGY
from poa.plan_import.cells import words
from poa.plan_import.findings import Findings
from poa.plan_import.layouts import Layout
from poa.plan_import.raw import Code, Named, RawEvent, RawIndicator, RawPlan, dotted
from poa.plan_import.technical import COLUMNS

_CELLS = {
    "indicator": "name",
    "unit": "unit",
    "goal": "goal",
    "goal-kind": "kind",
    "footnote": "footnote",
    "responsible": "responsible",
    "involved": "involved",
    **{name: name for name in COLUMNS},
}
_PLACE = {
    *("objective-code", "objective", "axis", "strategy-code", "strategy", "line-code", "line"),
    "number",
}


def read_plan(layout: Layout, raw: RawPlan, findings: Findings) -> None:
    raw.has_plan = True
    for cells in _rows(layout):
        _plan_row(layout.sheet.title, cells, raw, findings)


def read_execution(layout: Layout, raw: RawPlan) -> None:
    for cells in _rows(layout):
        # Codes and names come written in the template: they alone report nothing.
        if cells.keys() - {"code", "indicator"}:
            raw.events.append(RawEvent(layout.sheet.title, cells))


def _rows(layout: Layout) -> list[dict[str, ReadCell]]:
    found = []
    for number in sorted(layout.sheet.rows):
        if number >= layout.body:
            row = layout.sheet.rows[number]
            cells = {
                name: row[column]
                for name, column in layout.columns.items()
                if column in row and words(row[column])
            }
            if cells:
                found.append(cells)
    return found


def _plan_row(sheet: str, cells: dict[str, ReadCell], raw: RawPlan, findings: Findings) -> None:
    if cells.keys() <= _PLACE:
        # A line that the template offers and that this year has no indicator.
        return
    code = _code(sheet, cells, findings)
    if code is None or (len(code) == 3 and not _agrees(sheet, code, cells, findings)):
        return
    for depth, name in ((1, "objective"), (2, "strategy"), (3, "line")):
        if len(code) >= depth and (cell := cells.get(name)):
            raw.nodes.setdefault(code[:depth], Named(sheet, cell, words(cell)))
    if (cell := cells.get("axis")) and (match := AXIS.fullmatch(words(cell))):
        number = int(match[1])
        if match[2]:
            raw.axes.setdefault(number, Named(sheet, cell, match[2].strip(" .")))
        raw.axis_of.setdefault(code[:2], number)
    if "indicator" not in cells:
        cell = next(iter(cells.values()))
        findings.error(sheet, cell, "La fila no tiene indicador.", "Escríbalo.")
        return
    number_in_line = words(cells["number"]) if "number" in cells else "1"
    if not re.fullmatch(r"[0-9]{1,4}(\.0)?", number_in_line):
        findings.error(
            sheet, cells["number"], "No es el número de un indicador.", "Escriba 1, 2, 3…"
        )
        return
    raw.indicators.append(
        RawIndicator(
            sheet,
            code,
            int(number_in_line.partition(".")[0]),
            words(cells["indicator"]),
            {what: cells[name] for name, what in _CELLS.items() if name in cells},
        )
    )


def _code(sheet: str, cells: dict[str, ReadCell], findings: Findings) -> Code | None:
    cell = cells.get("line-code") or cells.get("objective-code")
    pattern = LINE if "line-code" in cells else OBJECTIVE
    if cell and (match := pattern.fullmatch(words(cell))):
        return tuple(map(int, match.groups()))
    findings.error(
        sheet,
        cell or next(iter(cells.values())),
        "No se reconoce el código de la línea de acción ni el del objetivo.",
        "Escriba «LA 1.3.3», o «OE 1» y la línea vacía si el indicador es del objetivo.",
    )
    return None


def _agrees(sheet: str, code: Code, cells: dict[str, ReadCell], findings: Findings) -> bool:
    """Whether objective and strategy are those that the line's code begins with."""
    for name, pattern, wanted in (
        ("objective-code", OBJECTIVE, f"OE {code[0]}"),
        ("strategy-code", STRATEGY, f"E {code[0]}.{code[1]}"),
    ):
        cell = cells.get(name)
        if cell is None:
            continue
        match = pattern.fullmatch(words(cell))
        found = tuple(map(int, match.groups())) if match else None
        if found is None or found != code[: len(found)]:
            findings.error(
                sheet,
                cell,
                f"LA {dotted(code)} no corresponde a {words(cell)}.",
                f"Escriba {wanted}, o corrija el código de la línea.",
            )
            return False
    return True
