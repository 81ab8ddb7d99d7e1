"""What a workbook says, before anyone asks whether it is true."""

from dataclasses import dataclass, field
from typing import NamedTuple

from cnlctf.lib.workbook_reading import ReadCell

# The numbers of OE 1, E 1.3 and LA 1.3.3.
Code = tuple[int, ...]


def dotted(code: Code) -> str:
    return ".".join(map(str, code))


class Named(NamedTuple):
    """A name that a sheet gives to a node of the tree, and where."""

    sheet: str
    cell: ReadCell
    name: str


class RawIndicator(NamedTuple):
    """One indicator of one row; ``code`` of one number is that of an objective.

    ``cells`` by what they are: name, unit, goal, kind, footnote, institutions, responsible,
    involved, executed, percent, pending, pending-percent, and those of ``technical``. Those that
    hold nothing are missing.
    """

    sheet: str
    code: Code
    number: int | None
    name: str
    cells: dict[str, ReadCell]


class RawEvent(NamedTuple):
    """A row of the template's execution: an event, or without a day a quantity declared."""

    sheet: str
    cells: dict[str, ReadCell]


@dataclass
class RawPlan:
    nodes: dict[Code, Named] = field(default_factory=dict)
    axes: dict[int, Named] = field(default_factory=dict)
    axis_of: dict[Code, int] = field(default_factory=dict)
    indicators: list[RawIndicator] = field(default_factory=list)
    remarks: dict[Code, list[tuple[str, ReadCell]]] = field(default_factory=dict)
    # By their mark, «a/».
    footnotes: dict[str, Named] = field(default_factory=dict)
    abbreviations: list[Named] = field(default_factory=list)
    events: list[RawEvent] = field(default_factory=list)
    has_plan: bool = False
    has_figures: bool = False
    # Of the annex alone: who has read the marks of the template has the whole of them.
    has_notes: bool = False
