"""All the arithmetic of the POA's evaluation: the one place where a goal meets its execution.

Rules: domain.md § 3, «Calculation». Vectors: Annex 1 of the seed (L210–221). Quantities are exact,
`Decimal` or `int`, 0 or more, in the indicator's own unit of measure; percentages are worked out
as fractions, so that no printed figure depends on a rounding in between. Any function here raises
TypeError for a float (or bool) and ValueError for a negative, infinite or NaN quantity.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from math import floor
from typing import Self

Quantity = Decimal | int

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
WHOLE = Fraction(100)
DASH = "—"  # «No aplica»; a missing report prints nothing, as in the seed (L211).


class State(StrEnum):
    """The colour of the commission's legend (L226–228), never shown by colour alone."""

    MET = "met"
    ACTIVE = "active"
    NOT_DONE = "not_done"
    NO_REPORT = "no_report"
    PARTIAL_REPORT = "partial_report"  # of a line only
    NOT_APPLICABLE = "not_applicable"


class NoReportCause(StrEnum):
    """Why there is no report: SUNAFIL sent none «porque no hubo requerimiento» (L143)."""

    NOT_ASKED = "not_asked"
    IN_TIME = "in_time"
    OVERDUE = "overdue"


class CeplanLevel(StrEnum):
    """CEPLAN's levels, secondary to the commission's own legend."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Printed(str):
    """A figure as printed, and the whole number in it for a spreadsheet, None if it has none."""

    number: int | None

    def __new__(cls, text: str, number: int | None = None) -> Self:
        printed = super().__new__(cls, text)
        printed.number = number
        return printed


def percent(executed: Quantity | None, goal: Quantity | None) -> Decimal | None:
    """Return executed ÷ goal × 100, never capped, to 28 digits: 3 of 2 → 150 (L214).

    None without a report, or with nothing to divide by (goal 0 «a/», or still to be defined).
    """
    return _decimal(_percent(executed, goal))


def pending(goal: Quantity | None, executed: Quantity | None) -> Decimal | None:
    """Return max(goal − executed, 0), in the goal's unit; None where `percent` is None."""
    goal, executed = _quantity(goal), _quantity(executed)
    return None if not goal or executed is None else max(goal - executed, Decimal(0))


def printed_percent(executed: Quantity | None, goal: Quantity | None) -> Printed:
    """Return the whole percentage, half up: 173 of 80 → «216 %» (L221), 1 of 8 → «13 %».

    An unmet goal never prints 100 (199 of 200 → «99 %»), nor something executed 0 (1 of 400 →
    «<1 %»). «—» where no goal applies, nothing where there is no report.
    """
    exact = _percent(executed, goal)
    return _printed(exact) if exact is not None else Printed("" if _quantity(goal) else DASH)


def printed_pending_percent(goal: Quantity | None, executed: Quantity | None) -> Printed:
    """Return 100 − the printed percentage, 0 or more: 21 of 80 → «74 %» (L220).

    Beside «<1 %» stands «>99 %».
    """
    done = printed_percent(executed, goal)
    if done.number is None:
        return Printed(done.replace("<1", ">99"))
    return _signed(max(100 - done.number, 0))


def counted(contributions: Iterable[tuple[Quantity, bool]]) -> Decimal | None:
    """Return the executed total of (quantity, does it count) pairs; None when there are none.

    173 = 69 + 68 + 36: the 135 trained before DS 015-2019-TR are listed, not counted (L221).
    """
    pairs = [(_quantity(quantity), counts) for quantity, counts in contributions]
    return sum((q for q, counts in pairs if counts and q), Decimal(0)) if pairs else None


def state(
    goal: Quantity | None, executed: Quantity | None, activity_done: bool | None, due: bool
) -> State:
    """Return the state of one indicator, from raw values and «¿se realizó actividad?».

    Executed 0 of 3 with six regions visited is ACTIVE (L217). A goal of 0, not yet due or still to
    be defined is NOT_APPLICABLE whatever was executed: there is nothing to compare it with.
    """
    goal, executed = _quantity(goal), _quantity(executed)
    if not (goal and due):
        return State.NOT_APPLICABLE
    if executed is None:
        return State.NO_REPORT
    if executed >= goal:
        return State.MET
    return State.ACTIVE if executed or activity_done else State.NOT_DONE


def line_state(states: Iterable[State]) -> State:
    """Return the state of a line of action from those of its indicators, in any order.

    Not applicable ones are left out. ValueError for a PARTIAL_REPORT: it is a line's own, and
    higher levels are recomputed from indicators.
    """
    found = {State(one) for one in states} - {State.NOT_APPLICABLE}
    if State.PARTIAL_REPORT in found:
        raise ValueError("A line takes the states of indicators, not of other lines")
    if not found:
        return State.NOT_APPLICABLE
    if len(found) == 1:
        return found.pop()
    if found == {State.NOT_DONE, State.NO_REPORT}:
        return State.PARTIAL_REPORT
    return State.ACTIVE


def no_report_cause(asked_on: date | None, deadline: date | None, on: date) -> NoReportCause:
    """Return why nothing is reported as of the day `on`; the deadline itself is still in time."""
    if asked_on is None or asked_on > on:
        return NoReportCause.NOT_ASKED
    return NoReportCause.OVERDUE if deadline and on > deadline else NoReportCause.IN_TIME


def ceplan_level(percentage: Decimal | None) -> CeplanLevel | None:
    """Return CEPLAN's level of an unrounded percentage: > 95 high, 75–95 medium, < 75 low."""
    exact = _quantity(percentage)
    if exact is None:
        return None
    if exact > 95:
        return CeplanLevel.HIGH
    return CeplanLevel.MEDIUM if exact >= 75 else CeplanLevel.LOW


def met_in(goal: Quantity | None, reached: Iterable[Quantity]) -> int | None:
    """Return the first period, from 1 on, by whose end what is `reached` is the goal or more.

    None when none is, or when there is no goal to reach.
    """
    exact = _quantity(goal)
    if not exact:
        return None
    return next((period for period, one in enumerate(reached, 1) if one >= exact), None)


def planned(goal: Quantity, month: int, milestones: Mapping[int, Quantity]) -> Decimal:
    """Return what of a year's goal is due by the end of a month, 1 to 12, in the goal's unit.

    `milestones` are what is due by the end of a quarter, 1 to 4, added up from January; between
    them, and without any, the goal is taken as spread evenly over the months.
    """
    due = {0: Decimal(0), 12: _quantity(goal) or Decimal(0)}
    due |= {3 * quarter: _quantity(one) or Decimal(0) for quarter, one in milestones.items()}
    before = max(known for known in due if known <= month)
    if before == month:
        return due[month]
    after = min(known for known in due if known > month)
    return due[before] + (due[after] - due[before]) * (month - before) / (after - before)


def two_decimals(exact: Fraction | None) -> str:
    """Return the figure as a calculation shows it, half up: 2191/30 → «73.03»; empty for None."""
    if exact is None:
        return ""
    whole, cents = divmod(floor(exact * 100 + Fraction(1, 2)), 100)
    return f"{whole:,}.{cents:02}".removesuffix(".00")


@dataclass(frozen=True)
class Measure:
    """One indicator in one evaluation: its goal of the year and what was reported.

    `executed` None is no report, 0 a declared zero; `goal` None is still to be defined. Every
    figure is that of the function of the same name, and empty when the goal is not due.
    """

    goal: Quantity | None
    executed: Quantity | None
    activity_done: bool | None = None
    due: bool = True

    def __post_init__(self) -> None:
        _quantity(self.goal), _quantity(self.executed)

    @property
    def due_goal(self) -> Quantity | None:
        """The goal to compare with; None while it is 0, not due or to be defined."""
        return self.goal or None if self.due else None

    @property
    def reported(self) -> bool:
        return self.due_goal is not None and self.executed is not None

    # Kept, as is the next: a dashboard asks each indicator for both once a group that it is in.
    @cached_property
    def state(self) -> State:
        return state(self.goal, self.executed, self.activity_done, self.due)

    @cached_property
    def capped(self) -> Fraction | None:
        """What it puts into a mean: its percentage, 100 at most; None while it is outside."""
        if self.state == State.MET:
            return WHOLE
        return self.exact_percent

    @property
    def exact_percent(self) -> Fraction | None:
        return _percent(self.executed, self.due_goal)

    @property
    def percent(self) -> Decimal | None:
        return percent(self.executed, self.due_goal)

    @property
    def pending(self) -> Decimal | None:
        return pending(self.due_goal, self.executed)

    @property
    def printed_percent(self) -> Printed:
        return printed_percent(self.executed, self.due_goal)

    @property
    def printed_pending_percent(self) -> Printed:
        return printed_pending_percent(self.due_goal, self.executed)


@dataclass(frozen=True)
class Summary:
    """The three figures that go together, for any set of indicators at any level.

    The POA 2019: goals met 7 of 12 · mean progress 73 % · reported 10 of 12 (L210–221).
    """

    counts: Mapping[State, int] = field(hash=False)
    exact_mean: Fraction | None

    @classmethod
    def of(cls, measures: Iterable[Measure]) -> Self:
        """Return the summary of the indicators themselves, never of other summaries."""
        measures = list(measures)
        found = Counter(m.state for m in measures)
        capped = [m.capped for m in measures if m.capped is not None]
        mean = _sum(capped) / len(capped) if capped else None
        return cls({one: found[one] for one in State if one != State.PARTIAL_REPORT}, mean)

    @property
    def met(self) -> int:
        return self.counts[State.MET]

    @property
    def total(self) -> int:
        """The indicators with a goal due: those that do not apply are outside every figure."""
        return sum(self.counts.values()) - self.counts[State.NOT_APPLICABLE]

    @property
    def reported(self) -> int:
        return self.total - self.counts[State.NO_REPORT]

    @property
    def exact_total(self) -> Fraction:
        """What is divided by `reported` to give the mean: the capped percentages, added."""
        return (self.exact_mean or Fraction(0)) * self.reported

    @property
    def mean(self) -> Decimal | None:
        """The mean percentage of the reported ones, each capped at 100; None when none is."""
        return _decimal(self.exact_mean)

    @property
    def printed_mean(self) -> Printed:
        return Printed(DASH) if self.exact_mean is None else _printed(self.exact_mean)


def _quantity(value: Quantity | None) -> Decimal | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, Decimal | int):
        raise TypeError(f"A quantity is a Decimal or an int, not {type(value).__name__}")
    exact = Decimal(value)
    if not exact.is_finite() or exact < 0:
        raise ValueError(f"A quantity is 0 or more, not {value}")
    return exact


def _percent(executed: Quantity | None, goal: Quantity | None) -> Fraction | None:
    executed, goal = _quantity(executed), _quantity(goal)
    return None if not goal or executed is None else Fraction(executed) * 100 / Fraction(goal)


def _sum(exact: Iterable[Fraction]) -> Fraction:
    """The exact sum; those of one denominator first, which is many times as fast."""
    numerators: Counter[int] = Counter()
    for one in exact:
        numerators[one.denominator] += one.numerator
    return sum(
        (Fraction(*pair) for pair in zip(numerators.values(), numerators, strict=True)), Fraction(0)
    )


def _decimal(exact: Fraction | None) -> Decimal | None:
    return None if exact is None else Decimal(exact.numerator) / exact.denominator


def _printed(exact: Fraction) -> Printed:
    half_up = floor(exact + Fraction(1, 2))
    if half_up == 0 < exact:
        return Printed(f"<1{NO_BREAK_SPACE}%")
    return _signed(min(half_up, 99) if exact < 100 else half_up)


def _signed(number: int) -> Printed:
    return Printed(f"{number}{NO_BREAK_SPACE}%", number)
