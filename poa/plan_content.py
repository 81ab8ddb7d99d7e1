"""What a version of a plan keeps, as frozen data, and what two versions say differently."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cnlctf.lib.calendar import numeric_date
from poa.choices import Counting, Direction, GoalKind, ParticipationRole


@dataclass(frozen=True)
class Institution:
    """``acronym`` names it for ever; ``name`` is how the plan's lists called it that day."""

    acronym: str
    name: str
    role: ParticipationRole


@dataclass(frozen=True)
class Goal:
    """An annual goal as it is printed: «0 a/» with its note, or still to be defined."""

    kind: GoalKind
    quantity: Decimal | None
    mark: str = ""
    note: str = ""

    def __str__(self) -> str:
        if self.quantity is None:
            return "Por definir"
        return f"{quantity_text(self.quantity)} {self.mark}".strip()


@dataclass(frozen=True)
class PlanRow:
    """An indicator of the plan; ``indicator`` is its number in the database, ``code`` «1.4.4-2»."""

    indicator: int
    code: str
    place: str
    objective: str
    axis: str
    strategy: str
    line: str
    name: str
    unit: str
    goal: Goal
    institutions: tuple[Institution, ...]
    milestones: tuple[Decimal | None, ...]
    counting: Counting
    counts_from: date | None
    definition: str
    method: str
    source: str
    base_line: str
    direction: Direction


@dataclass(frozen=True)
class PlanContent:
    rows: tuple[PlanRow, ...]

    def row(self, indicator: int) -> PlanRow | None:
        return next((row for row in self.rows if row.indicator == indicator), None)


@dataclass(frozen=True)
class Difference:
    """One column of one indicator, before and after; empty on the side where it is not."""

    row: PlanRow
    column: str
    before: str
    after: str


def quantity_text(quantity: Decimal) -> str:
    """``1,500`` or ``2.50``, as the pages and the annex write it."""
    return f"{quantity:,.0f}" if quantity == quantity.to_integral_value() else f"{quantity:,.2f}"


def _goal(row: PlanRow) -> str:
    return str(row.goal)


def _note(row: PlanRow) -> str:
    return row.goal.note


def _goal_kind(row: PlanRow) -> str:
    return str(row.goal.kind.label)


def _institutions(row: PlanRow) -> str:
    return ", ".join(
        f"{one.name} (responsable)" if one.role == ParticipationRole.RESPONSIBLE else one.name
        for one in row.institutions
    )


def _milestones(row: PlanRow) -> str:
    numerals = ("I", "II", "III", "IV")
    return ", ".join(
        f"{numeral}: {quantity_text(goal)}"
        for numeral, goal in zip(numerals, row.milestones, strict=True)
        if goal is not None
    )


# Every column that two versions are compared by: its heading, and how a row says it.
COLUMNS: tuple[tuple[str, Callable[[PlanRow], str]], ...] = (
    ("Indicador", lambda row: row.name),
    ("Unidad de medida", lambda row: row.unit),
    ("Clase de meta", _goal_kind),
    ("Meta física", _goal),
    ("Nota al pie", _note),
    ("Instituciones", _institutions),
    ("Hitos trimestrales", _milestones),
    ("Cómo se cuenta", lambda row: str(row.counting.label)),
    ("Se cuenta desde", lambda row: numeric_date(row.counts_from) if row.counts_from else ""),
    ("Definición", lambda row: row.definition),
    ("Método de cálculo", lambda row: row.method),
    ("Fuente", lambda row: row.source),
    ("Línea de base", lambda row: row.base_line),
    ("Sentido esperado", lambda row: str(row.direction.label)),
)
WHOLE = "Todo el indicador"


def differences(before: PlanContent, after: PlanContent) -> Iterator[Difference]:
    """What ``after`` says otherwise, in its order; what it no longer has comes last."""
    old = {row.indicator: row for row in before.rows}
    for row in after.rows:
        was = old.pop(row.indicator, None)
        if was is None:
            yield Difference(row, WHOLE, "", f"{row.name} (meta {row.goal})")
            continue
        for heading, say in COLUMNS:
            if say(was) != say(row):
                yield Difference(row, heading, say(was), say(row))
    for row in old.values():
        yield Difference(row, WHOLE, f"{row.name} (meta {row.goal})", "")
