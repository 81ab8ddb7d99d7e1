"""What an evaluation says, as plain data: worked out while it is a draft, and then frozen."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cnlctf.lib.grid import Block
from poa.choices import EvaluationKind
from poa.progress import State
from sessions.acta_data import Heading

WHOLE = "Todo el indicador"
FIGURES = "Cifras del plan"


@dataclass(frozen=True)
class Figures:
    """The three that go together, as they are printed."""

    met: int
    total: int
    printed_mean: str
    reported: int


@dataclass(frozen=True)
class EvaluatedRow:
    """An indicator: its figures as printed, its state as worded that day, and the reason of it.

    ``indicator`` is its number in the database; ``cause`` why nothing is reported, if so.
    """

    indicator: int
    code: str
    place: str
    name: str
    unit: str
    goal: str
    executed: str
    percent: str
    state: State
    wording: str
    cause: str
    why: str

    @property
    def prefix(self) -> str:
        """Its line's, as the address of its page has it: «1.3.3»."""
        return self.code.partition("-")[0]

    @property
    def standing(self) -> str:
        """``Sin reporte (no se pidió)``."""
        return f"{self.wording} ({self.cause.lower()})" if self.cause else self.wording


@dataclass(frozen=True)
class Subject:
    """What changed: an indicator, or one of the plan's own figures."""

    place: str
    name: str


@dataclass(frozen=True)
class Changed:
    row: Subject
    column: str
    before: str
    after: str


@dataclass(frozen=True)
class EvaluationContent:
    """``version`` is the number of the plan's; ``follows`` names what it is compared with.

    ``colours`` are the fills of the spreadsheet, by state.
    """

    title: str
    kind: EvaluationKind
    is_draft: bool
    heading: Heading
    year: int
    cut_off_on: date
    session: str
    version: int | None
    follows: str
    reasons: str
    figures: Figures
    rows: tuple[EvaluatedRow, ...]
    block: Block
    colours: dict[str, str]
    changes: tuple[Changed, ...] = ()


# What two evaluations are compared by: its heading, and how a row says it.
COLUMNS = (
    ("Meta física", lambda row: row.goal),
    ("Ejecutado", lambda row: row.executed),
    ("% ejecutado", lambda row: row.percent),
    ("Estado", lambda row: row.standing),
)


def changes(before: EvaluationContent, after: EvaluationContent) -> Iterator[Changed]:
    """What ``after`` says otherwise: the three figures first, and then line by line."""
    for name, old, new in zip(
        ("Metas alcanzadas", "Avance promedio", "Con reporte"),
        _figures(before.figures),
        _figures(after.figures),
        strict=True,
    ):
        if old != new:
            yield Changed(Subject(FIGURES, ""), name, old, new)
    was = {row.indicator: row for row in before.rows}
    for row in after.rows:
        one = was.pop(row.indicator, None)
        if one is None:
            yield Changed(_subject(row), WHOLE, "", f"Meta {row.goal}. {row.standing}")
            continue
        for heading, say in COLUMNS:
            if say(one) != say(row):
                yield Changed(_subject(row), heading, say(one), say(row))
    for row in was.values():
        yield Changed(_subject(row), WHOLE, f"Meta {row.goal}. {row.standing}", "")


def _subject(row: EvaluatedRow) -> Subject:
    return Subject(row.place, row.name)


def _figures(figures: Figures) -> tuple[str, str, str]:
    return (
        f"{figures.met} de {figures.total}",
        figures.printed_mean,
        f"{figures.reported} de {figures.total}",
    )
