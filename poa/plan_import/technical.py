"""An indicator's ficha técnica and its quarters, as the template tells them.

What a cell leaves empty stays as it is: who fills in goals alone takes nothing away.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import TextChoices

from cnlctf.lib import typed_values
from cnlctf.lib.workbook_reading import ReadCell
from poa.choices import Counting, Direction
from poa.models import Indicator
from poa.plan_import.cells import words
from poa.plan_import.changes import FieldChange
from poa.plan_import.layouts import key
from poa.plan_import.words import said, shortened

QUARTERS = {f"quarter-{number}": number for number in range(1, 5)}
_TEXTS = {
    "definition": "definition",
    "method": "method",
    "source": "source",
    "base-line": "base_line",
}
_CHOICES: dict[str, type[TextChoices]] = {"counting": Counting, "direction": Direction}
LABELS = {
    "counting": "cómo se cuenta",
    "counts_from": "se cuenta desde",
    "definition": "definición",
    "method": "método de cálculo",
    "source": "fuente",
    "base_line": "línea de base",
    "direction": "sentido esperado",
}
COLUMNS = (*_CHOICES, "counts-from", *_TEXTS, *QUARTERS)

# Says of a column what is wrong, and how to mend it.
Refuse = Callable[[str, str, str], None]


@dataclass
class Technical:
    """``values`` by the field of the indicator; ``milestones`` by their quarter."""

    values: dict[str, Any] = field(default_factory=dict)
    milestones: dict[int, Decimal] = field(default_factory=dict)

    def changes(self, known: Indicator) -> list[tuple[str, FieldChange]]:
        """Which fields of an indicator are told otherwise, and how."""
        return [
            (name, FieldChange(LABELS[name], _shown(old), _shown(new)))
            for name, new in self.values.items()
            if _plain(old := getattr(known, name)) != _plain(new)
        ]

    def quarters(self, known: Indicator) -> FieldChange | None:
        before = {one.quarter: one.goal for one in known.milestones.all()}
        if not self.milestones or before == self.milestones:
            return None
        return FieldChange("hitos trimestrales", _listed(before), _listed(self.milestones))


def technical(cells: dict[str, ReadCell], refuse: Refuse) -> Technical:
    """But for the quarters: their figures are read as the goal's is."""
    found = Technical()
    for name, choices in _CHOICES.items():
        if cell := cells.get(name):
            by_label = {key(str(one.label)): one for one in choices}
            chosen = by_label.get(key(words(cell)))
            if chosen is None:
                refuse(name, f"No se entiende «{words(cell)[:80]}».", "Elíjalo de la lista.")
            else:
                found.values[name] = chosen
    if cell := cells.get("counts-from"):
        try:
            is_day = isinstance(cell.value, date)
            found.values["counts_from"] = cell.value if is_day else typed_values.day(words(cell))
        except ValueError as error:
            refuse("counts-from", f"La fecha {error}.", "Escríbala como 18/09/2019.")
    for name, column in _TEXTS.items():
        if cell := cells.get(name):
            lines = (" ".join(line.split()) for line in cell.text.split("\n"))
            found.values[column] = "\n".join(filter(None, lines))
    return found


def _plain(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value


def _shown(value: Any) -> str:
    label = getattr(value, "label", None)
    for choices in _CHOICES.values():
        if label is None and value in choices.values:
            label = choices(value).label
    return str(label) if label else shortened(said(value))


def _listed(goals: dict[int, Decimal]) -> str:
    return ", ".join(f"{quarter}.º: {said(goal)}" for quarter, goal in sorted(goals.items())) or "—"
