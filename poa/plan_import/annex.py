"""The annex's matrix: what merging, page breaks and copying from Word leave blank is filled in."""

import re
from collections.abc import Iterable

from cnlctf.lib.folding import fold
from cnlctf.lib.workbook_reading import ReadCell, ReadSheet, address
from poa.plan_import.cells import marked, tokens, words
from poa.plan_import.findings import Findings
from poa.plan_import.layouts import Layout, key
from poa.plan_import.raw import Code, Named, RawIndicator, RawPlan, dotted
from poa.plan_matrix import SHAPES

MAX_CODE = 9999
OBJECTIVE = re.compile(r"O\.?\s*E\.?\s*(\d{1,4})\b.*", re.IGNORECASE | re.DOTALL)
AXIS = re.compile(r"E\.?\s*E\.?\s*(\d{1,4})\s*[:.–-]?\s*(.*)", re.IGNORECASE | re.DOTALL)
STRATEGY = re.compile(r"(?:E\.?\s*)?(\d{1,4})\s*\.\s*(\d{1,4})\.?", re.IGNORECASE)
LINE = re.compile(
    r"(?:L\.?\s*A\.?\s*)?(\d{1,4})\s*\.\s*(\d{1,4})\s*\.\s*(\d{1,4})\.?", re.IGNORECASE
)
_NUMBERED = re.compile(r"(\d{1,3})\s*[.)]\s*(?=\S)")
_FOOTNOTE = re.compile(r"([a-z]{1,2}/|\([a-z0-9]\)|\d/)\s*(.+)", re.DOTALL)
_YEAR = re.compile(r"\bplan operativo anual\s+(20\d\d)\b")
_FIGURES = ("executed", "percent", "pending", "pending-percent")
_OWN = {"own": "name", "own-unit": "unit", "own-goal": "goal", "own-responsible": "responsible"}
_LINES = {"indicator": "name", "unit": "unit", "goal": "goal"} | {one: one for one in _FIGURES}
_TAIL_SIGNS = frozenset(SHAPES.values())


def read_annex(
    layout: Layout, raw: RawPlan, findings: Findings, *, legend: Iterable[str], year: int
) -> None:
    """Add to ``raw`` what a sheet in the annex's layout says; ``legend`` are its wordings."""
    raw.has_plan = raw.has_notes = True
    raw.has_figures = "executed" in layout.columns
    _Annex(layout, raw, findings, {key(wording) for wording in legend}).read(year)


class _Annex:
    """Walks the table downwards, knowing what stands above."""

    def __init__(self, layout: Layout, raw: RawPlan, findings: Findings, legend: set[str]) -> None:
        self.layout, self.raw, self.findings, self.legend = layout, raw, findings, legend
        self.sheet: ReadSheet = layout.sheet
        self.title = layout.sheet.title
        self.objective: int | None = None
        self.axis: int | None = None
        self.strategy: Code | None = None
        self.line: Code | None = None
        self.numbers: dict[Code, int] = {}
        self.misplaced: set[Code] = set()

    def read(self, year: int) -> None:
        self._check_title(year)
        in_tail = False
        for number in sorted(self.sheet.rows):
            if number < self.layout.body:
                continue
            cells = self._cells(number)
            if not in_tail and self._is_heading(cells):
                continue
            in_tail = in_tail or self._is_tail(number, cells)
            if in_tail:
                self._tail(number)
            else:
                self._row(number, cells)

    def _cells(self, row: int) -> dict[str, ReadCell]:
        """The row's own cells: what a merged range covers belongs to its corner."""
        by_column = self.sheet.rows[row]
        return {
            name: by_column[column]
            for name, column in self.layout.columns.items()
            if column in by_column and (row, column) not in self.sheet.covered
        }

    def _check_title(self, year: int) -> None:
        for number in range(1, self.layout.head):
            for cell in self.sheet.rows.get(number, {}).values():
                found = _YEAR.search(fold(words(cell)) or "")
                if found and int(found[1]) != year:
                    self.findings.warning(
                        self.title,
                        cell,
                        f"El título es del POA {found[1]} y se importa el POA {year}.",
                        f"Se importa en el {year}.",
                    )

    def _is_heading(self, cells: dict[str, ReadCell]) -> bool:
        """A head repeated where a page began."""
        heads = [cells[name] for name in ("objective-code", "strategy-code") if name in cells]
        if len(heads) == 2 and all(key(words(cell)) == "item" for cell in heads):
            return True
        return cells.keys() <= set(_FIGURES) and all(
            key(words(cell)) in ("abs", "%", "ejecutado", "pendiente") for cell in cells.values()
        )

    def _is_tail(self, row: int, cells: dict[str, ReadCell]) -> bool:
        """Notes and legend: words in the first columns where a row would have its code."""
        code = cells.get("objective-code")
        if code is not None:
            return not OBJECTIVE.fullmatch(words(code))
        only = self.sheet.rows[row].values()
        return all(key(words(cell)).rstrip(".") in self.legend for cell in only)

    # --- The table ----------------------------------------------------------------------------

    def _row(self, row: int, cells: dict[str, ReadCell]) -> None:
        self._place_objective(cells)
        if self.objective is None:
            cell = next(iter(cells.values()), None)
            if cell:
                self.findings.error(
                    self.title,
                    cell,
                    "La fila no está bajo ningún objetivo específico.",
                    "Escriba su código (OE 1) en la primera columna.",
                )
            return
        self._place_axis(cells)
        self._place_strategy(cells)
        self._place_line(cells)
        own = {_OWN[name]: cell for name, cell in cells.items() if name in _OWN}
        if own:
            self._indicators((self.objective,), own)
        ours = {_LINES[name]: cell for name, cell in cells.items() if name in _LINES}
        institutions = self.layout.columns.get("institutions")
        if ours and institutions and (cell := self.sheet.at(row, institutions)):
            ours["institutions"] = cell
        if ours:
            if self.line is None:
                self.findings.error(
                    self.title,
                    next(iter(ours.values())),
                    "El indicador no está en ninguna línea de acción.",
                    "Escriba el código de la línea (LA 1.3.3) a su izquierda.",
                )
            else:
                self._indicators(self.line, ours)
        remarks = cells.get("remarks") or self._astray(row)
        if remarks and self.line:
            self.raw.remarks.setdefault(self.line, []).append((self.title, remarks))

    def _astray(self, row: int) -> ReadCell | None:
        """Remarks that an empty cell too many has pushed out of the table."""
        last = self.layout.columns.get("remarks")
        beyond = [cell for column, cell in self.sheet.rows[row].items() if last and column > last]
        if not beyond:
            return None
        self.findings.warning(
            self.title,
            beyond[0],
            "El texto está fuera de la tabla, a la derecha de Observaciones.",
            "Se importa como observaciones de su línea.",
        )
        return beyond[0]

    def _place_objective(self, cells: dict[str, ReadCell]) -> None:
        cell = cells.get("objective-code")
        if cell and (match := OBJECTIVE.fullmatch(words(cell))):
            number = int(match[1])
            if number != self.objective:
                self.objective, self.axis, self.strategy, self.line = number, None, None, None
        if self.objective and (name := cells.get("objective")):
            self._name((self.objective,), name)

    def _place_axis(self, cells: dict[str, ReadCell]) -> None:
        cell = cells.get("axis")
        if cell is None:
            return
        match = AXIS.fullmatch(words(cell))
        if match is None:
            self._bad_code(cell, "un eje estratégico", "EE 2: Detección")
            return
        self.axis = int(match[1])
        if match[2]:
            self.raw.axes.setdefault(self.axis, Named(self.title, cell, match[2].strip(" .")))

    def _place_strategy(self, cells: dict[str, ReadCell]) -> None:
        if cell := cells.get("strategy-code"):
            match = None if not isinstance(cell.value, str) else STRATEGY.fullmatch(words(cell))
            if match is None:
                self._bad_code(cell, "una estrategia", "E 1.3")
                return
            self.strategy, self.line = (int(match[1]), int(match[2])), None
            if self.strategy[0] != self.objective:
                self.findings.warning(
                    self.title,
                    cell,
                    f"E {dotted(self.strategy)} no corresponde a OE {self.objective}.",
                    f"Por su código, se importa en OE {self.strategy[0]}.",
                )
            if self.axis:
                self.raw.axis_of.setdefault(self.strategy, self.axis)
        if self.strategy and (name := cells.get("strategy")):
            self._name(self.strategy, name)

    def _place_line(self, cells: dict[str, ReadCell]) -> None:
        if cell := cells.get("line-code"):
            match = LINE.fullmatch(words(cell))
            if match is None:
                self._bad_code(cell, "una línea de acción", "LA 1.3.3")
                self.line = None
                return
            self.line = tuple(map(int, match.groups()))
            under = self.strategy
            if under and self.line[:2] != under and self.line not in self.misplaced:
                self.misplaced.add(self.line)
                self.findings.warning(
                    self.title,
                    cell,
                    f"LA {dotted(self.line)} no corresponde a E {dotted(under)}.",
                    f"Por su código, se importa en E {dotted(self.line[:2])}.",
                )
        if self.line and (name := cells.get("line")):
            self._name(self.line, name)

    def _name(self, code: Code, cell: ReadCell) -> None:
        """Keep the first name of a node; another one further down is said, not followed."""
        name = words(cell)
        kept = self.raw.nodes.setdefault(code, Named(self.title, cell, name))
        if key(kept.name) != key(name):
            self.findings.warning(
                self.title,
                cell,
                "El mismo código tiene otro texto más arriba, en "
                f"{address(kept.cell.row, kept.cell.column)}.",
                "Se conserva el primero.",
            )

    def _bad_code(self, cell: ReadCell, what: str, example: str) -> None:
        number = "" if isinstance(cell.value, str) else " Excel lo guardó como número."
        self.findings.error(
            self.title,
            cell,
            f"No se reconoce el código de {what}.{number}",
            f"Escríbalo como texto: «{example}».",
        )

    # --- Indicators ---------------------------------------------------------------------------

    def _indicators(self, code: Code, cells: dict[str, ReadCell]) -> None:
        if "name" not in cells:
            if cells.keys() - {"institutions"}:
                self.findings.error(
                    self.title,
                    next(iter(cells.values())),
                    "Hay unidad, meta o ejecución sin el nombre del indicador.",
                    "Escriba el indicador, o borre lo que sobra.",
                )
            return
        names = self._names(cells)
        columns = {
            what: tokens(cell, len(names), of=what)
            for what, cell in cells.items()
            if what != "name"
        }
        for what, parts in columns.items():
            if parts is None:
                self.findings.error(
                    self.title,
                    cells[what],
                    f"La celda del indicador tiene {len(names)} y aquí no se distinguen "
                    f"{len(names)} valores.",
                    "Escriba cada uno en su línea (Alt+Intro), o un indicador por fila.",
                )
                return
        for index, (number, name) in enumerate(names):
            mine = {what: parts[index] for what, parts in columns.items() if parts}
            mine["name"] = cells["name"]
            known = number if number is not None else self.numbers.get(code, 0) + 1
            self.numbers[code] = known
            self.raw.indicators.append(
                RawIndicator(
                    self.title,
                    code,
                    known,
                    name,
                    {what: cell for what, cell in mine.items() if _holds(cell)},
                )
            )

    def _names(self, cells: dict[str, ReadCell]) -> list[tuple[int | None, str]]:
        """«1. … 2. …» as two, where the other cells can hold two as well."""
        text = words(cells["name"])
        first = _NUMBERED.match(text)
        if first is None:
            return [(None, text)]
        names, start, number = [], first.end(), int(first[1])
        goal = cells.get("goal")
        # One number, one indicator: the name may well hold a «2.» of its own.
        while goal is not None and isinstance(goal.value, str):
            following = re.compile(rf"(?<=[.;:)])\s+{number + 1}\s*[.)]\s+(?=\S)")
            match = following.search(text, start)
            if match is None:
                break
            names.append((number, text[start : match.start()].strip()))
            start, number = match.end(), number + 1
        names.append((number, text[start:].strip()))
        goals = tokens(goal, len(names), of="goal") if goal else None
        if len(names) > 1 and goals is None:
            return [(int(first[1]), text[first.end() :].strip())]
        return names  # type: ignore[return-value]

    # --- Below the table ----------------------------------------------------------------------

    def _tail(self, row: int) -> None:
        for cell in self.sheet.rows[row].values():
            text = str(cell.value).strip()
            if not text or text in _TAIL_SIGNS or key(text).rstrip(".") in self.legend:
                continue
            if note := _FOOTNOTE.fullmatch(marked(text)):
                self.raw.footnotes.setdefault(note[1], Named(self.title, cell, note[2].strip()))
            else:
                self.raw.abbreviations.append(Named(self.title, cell, " ".join(text.split())))


def _holds(cell: ReadCell) -> bool:
    """Also a formula without a value holds something, and has been said."""
    return cell.is_formula or bool(words(cell))
