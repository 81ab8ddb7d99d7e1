"""Drawings of the dashboard, as plain strings ready for SVG; each has a table that says the same.

Colours are given as attributes, since on paper no style sheet reaches into an SVG; on the screen
style sheets give others, for light and dark.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

from poa.months import Course
from poa.progress import Quantity, State, Summary

# From the best to the worst, as the bars are drawn.
DRAWN = (State.MET, State.ACTIVE, State.NOT_DONE, State.NO_REPORT)
# On paper: what fills a state's part, and what is written in it.
INKS = {
    State.MET: ("#2b6f44", "#ffffff"),
    State.ACTIVE: ("#e0ad45", "#1a1614"),
    State.NOT_DONE: ("#b3361c", "#ffffff"),
    State.NO_REPORT: ("#e9e2d9", "#1a1614"),
}


@dataclass(frozen=True)
class Segment:
    """A state's part of a bar; lengths in per cent of the bar."""

    state: str
    count: int
    x: str
    width: str
    middle: str
    fill: str
    ink: str


def segments(summary: Summary) -> list[Segment]:
    found, before = [], 0
    for state in DRAWN:
        count = summary.counts[state]
        if count:
            x, width = (100 * part / summary.total for part in (before, count))
            ends = (f"{x:.2f}%", f"{width:.2f}%", f"{x + width / 2:.2f}%")
            found.append(Segment(state, count, *ends, *INKS[state]))
        before += count
    return found


@dataclass(frozen=True)
class Mark:
    """Words at a place of the drawing."""

    x: str
    y: str
    text: str


@dataclass(frozen=True)
class StepChart:
    """What was reached as steps, a month each, and what was planned as a broken line."""

    course: Course
    reached: str
    planned: str
    baseline: str
    values: list[Mark]
    months: list[Mark]
    scale: list[Mark]
    goal: Mark


# Within a drawing of 760 by 240.
LEFT, RIGHT, TOP, BOTTOM = 56, 704, 26, 206


def step_chart(course: Course) -> StepChart:
    highest = max(
        course.goal, course.final, *(month.reached for month in course.months), Decimal(1)
    )
    column = (RIGHT - LEFT) / 12

    def y(quantity: Quantity) -> str:
        return f"{BOTTOM - float(quantity) / float(highest) * (BOTTOM - TOP):.1f}"

    def x(months: float) -> str:
        return f"{LEFT + column * months:.1f}"

    steps = [f"M{LEFT},{BOTTOM}"]
    values = []
    before: Quantity = 0
    for number, month in enumerate(course.months, 1):
        steps.append(f"V{y(month.reached)}H{x(number)}")
        if month.reached != before:
            height = f"{float(y(month.reached)) - 7:.1f}"
            values.append(Mark(x(number - 0.5), height, whole(month.reached)))
        before = month.reached
    line = [f"M{x(0)},{y(0)}"]
    line += [
        f"L{x(number)},{y(month.planned)}"
        for number, month in enumerate(course.months, 1)
        if month.planned is not None
    ]
    return StepChart(
        course=course,
        reached="".join(steps),
        planned="".join(line) if len(line) > 1 else f"M{x(0)},{y(course.goal)}H{x(12)}",
        baseline=f"M{LEFT},{BOTTOM}H{RIGHT}",
        values=values,
        months=[
            Mark(x(number - 0.5), str(BOTTOM + 19), month.short)
            for number, month in enumerate(course.months, 1)
        ],
        scale=[
            Mark(str(LEFT - 8), f"{float(y(quantity)) + 4:.1f}", whole(quantity))
            for quantity in (0, highest)
        ],
        goal=Mark(str(RIGHT + 8), f"{float(y(course.goal)) + 4:.1f}", whole(course.goal)),
    )


def whole(quantity: Quantity) -> str:
    return f"{quantity:,.2f}".removesuffix(".00")


@dataclass(frozen=True)
class Shade:
    """A step of the map's scale: from so many events to so many."""

    level: int
    least: int
    most: int


def shades(counts: Sequence[int], levels: int = 4) -> list[Shade]:
    """Equal steps from 1 to the highest count, no more than there are whole numbers."""
    highest = max(counts, default=0)
    step = ceil(highest / levels)
    return [
        Shade(level, step * (level - 1) + 1, step * level)
        for level in range(1, levels + 1)
        if step * (level - 1) < highest
    ]
