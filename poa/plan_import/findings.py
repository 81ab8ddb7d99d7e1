"""What is wrong or doubtful in a workbook: always where, what and how to mend it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from cnlctf.lib.workbook_reading import ReadCell, address
from poa.progress import NO_BREAK_SPACE

MAX_VALUE = 80


class Severity(StrEnum):
    """An error refuses the workbook; a warning can be accepted by whoever read it."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Finding:
    """``cell`` is empty where it is of the sheet as a whole; ``mend`` of a warning says what the
    import will do."""

    severity: Severity
    sheet: str
    cell: str
    value: str
    problem: str
    mend: str

    @property
    def is_error(self) -> bool:
        return self.severity == Severity.ERROR

    @property
    def where(self) -> str:
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet

    def __str__(self) -> str:
        value = f" «{self.value}»" if self.value else ""
        word = "Error" if self.is_error else "Aviso"
        return f"{word} en {self.where}{value}: {self.problem} {self.mend}".rstrip()


@dataclass
class Findings:
    """Gathers them while a workbook is read and compared."""

    found: list[Finding] = field(default_factory=list)
    known: set[tuple[str, str, str]] = field(default_factory=set)

    def error(self, sheet: str, cell: ReadCell | None, problem: str, mend: str = "") -> None:
        self._add(Severity.ERROR, sheet, cell, problem, mend)

    def warning(self, sheet: str, cell: ReadCell | None, problem: str, mend: str = "") -> None:
        self._add(Severity.WARNING, sheet, cell, problem, mend)

    def _add(
        self, severity: Severity, sheet: str, cell: ReadCell | None, problem: str, mend: str
    ) -> None:
        place = address(cell.row, cell.column) if cell else ""
        value = shown(cell) if cell else ""
        # Two indicators that share a cell share its problem.
        if (known := (sheet, place, problem)) not in self.known:
            self.known.add(known)
            self.found.append(Finding(severity, sheet, place, value, problem, mend))

    @property
    def errors(self) -> list[Finding]:
        return [one for one in self.found if one.is_error]

    @property
    def warnings(self) -> list[Finding]:
        return [one for one in self.found if not one.is_error]


def comments(findings: Iterable[Finding]) -> dict[tuple[str, str], str]:
    """What to write into each (sheet, cell), errors first."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in sorted(findings, key=lambda each: not each.is_error):
        if one.sheet:
            word = "Error" if one.is_error else "Aviso"
            text = f"{word}: {one.problem} {one.mend}".rstrip()
            found.setdefault((one.sheet, one.cell), []).append(text)
    return {place: "\n".join(texts) for place, texts in found.items()}


def shown(cell: ReadCell) -> str:
    """A cell's value as one reads it in the sheet, cut short where it is long."""
    value: Any = cell.value
    if isinstance(value, str):
        text = " ".join(value.split())
    elif isinstance(value, bool):
        text = "VERDADERO" if value else "FALSO"
    elif hasattr(value, "strftime"):
        text = f"{value:%d/%m/%Y}"
    elif "%" in cell.number_format:
        text = f"{value * 100:f}".rstrip("0").rstrip(".") + f"{NO_BREAK_SPACE}%"
    else:
        text = f"{value:f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    return text if len(text) <= MAX_VALUE else f"{text[: MAX_VALUE - 1].rstrip()}…"
