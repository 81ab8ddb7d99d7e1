"""A plan's matrix: from its objectives down to each indicator, merged as in the acta's annex."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from django.db.models import Prefetch, prefetch_related_objects

from cnlctf.lib.grid import Block, Cell, LegendItem, Row, Table
from cnlctf.lib.text import escape
from poa.legend import legend_entries
from poa.models import Indicator, Objective, OperatingPlan, Participation
from poa.models.indicator import IndicatorQuerySet
from poa.observations import lines_observations
from poa.plan_columns import COLUMNS, HEAD, Column, Entry
from poa.progress import DASH, State
from poa.standing import Spot, Standing

# What each colour says, for whoever does not see it; pages and PDF draw the same shapes.
SHAPES = {
    State.MET: "●",
    State.ACTIVE: "▲",
    State.NOT_DONE: "■",
    State.NO_REPORT: "○",
    State.NOT_APPLICABLE: DASH,
}


@dataclass(frozen=True)
class Part:
    """What no page of the matrix splits: the indicators of one line of action.

    ``own`` are those of its objective. An objective with no lines this year is a part as well,
    without ``indicators``.
    """

    objective: Objective
    own: tuple[Indicator, ...]
    indicators: tuple[Indicator, ...]


class Place(NamedTuple):
    """A part before it is read: its objective's number and its indicators' primary keys."""

    objective: int
    indicators: tuple[int, ...]


@dataclass(frozen=True)
class Placed:
    """A cell, and what it was made from."""

    column: Column
    entry: Entry
    cell: Cell


def annex_block(plan: OperatingPlan, on: datetime.date | None = None) -> Block:
    """The whole matrix as an acta's annex, in a constant number of queries.

    As of the day ``on``: what was done later is not in it.
    """
    return Block(
        heading=annex_heading(plan),
        table=plan_table(plan, plan_parts(plan, on=on), on),
        legend=plan_legend(plan, on),
        notes=plan_notes(plan),
    )


def annex_heading(plan: OperatingPlan) -> str:
    return (
        "EVALUACIÓN DEL CUMPLIMIENTO DE LAS ACTIVIDADES REALIZADAS DEL PLAN OPERATIVO "
        f"ANUAL {plan.year}"
    )


def plan_legend(plan: OperatingPlan, on: datetime.date | None = None) -> tuple[LegendItem, ...]:
    """Of an indicator's states: a partial report is a line's."""
    return tuple(
        LegendItem(entry.state, SHAPES[State(entry.state)], escape(entry.wording))
        for entry in legend_entries(plan, on)
        if entry.state in SHAPES
    )


def plan_notes(plan: OperatingPlan) -> tuple[str, ...]:
    notes = [plan.abbreviations, *(str(footnote) for footnote in plan.footnotes.all())]
    return tuple(escape(note) for note in notes if note)


def plan_indicators(plan: OperatingPlan, on: datetime.date | None = None) -> IndicatorQuerySet:
    """Those of the lines of action, with all that the columns ask of each but institutions."""
    return plan.indicators.of_lines().with_progress(on).select_related("line__strategy__axis")


def plan_places(
    plan: OperatingPlan, chosen: Sequence[Standing | Spot], *, whole: bool
) -> list[Place]:
    """The parts of the plan in its order, before anything of them is read but where they stand.

    Those of the indicators ``chosen``; of the ``whole`` plan also the objectives without lines.
    """
    places = [
        Place(int(prefix.partition(".")[0]), tuple(one.pk for one in group))
        for prefix, group in groupby(chosen, attrgetter("prefix"))
    ]
    if whole:
        own = plan.indicators.of_objectives().values_list("objective__number", flat=True)
        with_lines = {place.objective for place in places}
        places += [Place(number, ()) for number in dict.fromkeys(own) if number not in with_lines]
    return sorted(places, key=attrgetter("objective"))


def plan_parts(
    plan: OperatingPlan,
    places: Sequence[Place] | None = None,
    on: datetime.date | None = None,
) -> list[Part]:
    """The whole plan in its order, or only some of its ``plan_places``."""
    objectives = plan.indicators.of_objectives().with_progress(on)
    indicators = plan_indicators(plan, on)
    if places is not None:
        objectives = objectives.filter(objective__number__in={one.objective for one in places})
        indicators = indicators.filter(pk__in=[pk for one in places for pk in one.indicators])
    own = {one: tuple(group) for one, group in groupby(objectives, attrgetter("objective"))}
    parts = [
        Part(line.strategy.objective, own.get(line.strategy.objective, ()), tuple(group))
        for line, group in groupby(indicators, attrgetter("line"))
    ]
    wanted = {one.objective for one in places or () if not one.indicators}
    lineless = own.keys() - {part.objective for part in parts}
    parts += [
        Part(objective, own[objective], ())
        for objective in lineless
        if places is None or objective.number in wanted
    ]
    return sorted(parts, key=attrgetter("objective.number"))


def plan_table(
    plan: OperatingPlan, parts: Sequence[Part], on: datetime.date | None = None
) -> Table:
    return Table(
        caption=f"Matriz del Plan Operativo Anual {plan.year}",
        widths=tuple(column.width for column in COLUMNS),
        head=HEAD,
        body=tuple(
            Row(tuple(placed.cell for placed in row)) for row in placed_rows(plan, parts, on)
        ),
    )


def placed_rows(
    plan: OperatingPlan, parts: Sequence[Part], on: datetime.date | None = None
) -> list[list[Placed]]:
    """The rows with their merged cells; nothing merges beyond the ``parts`` given."""
    lines = {one.line for part in parts for one in part.indicators if one.line}
    entries = list(_entries(parts, lines_observations(plan, *lines, on=on)))
    rows: list[list[Placed]] = [[] for _ in entries]
    for column in COLUMNS:
        top = 0
        for _, group in groupby(entries, column.same):
            entry, *others = group
            cell = replace(column.cell(entry), rowspan=1 + len(others))
            rows[top].append(Placed(column, entry, cell))
            top += cell.rowspan
    return rows


def _entries(parts: Sequence[Part], remarks: Mapping[Any, str]) -> Iterator[Entry]:
    institutions = Prefetch("participations", Participation.objects.select_related("entity"))
    prefetch_related_objects(
        [indicator for part in parts for indicator in (*part.own, *part.indicators)], institutions
    )
    for objective, group in groupby(parts, attrgetter("objective")):
        of_objective = list(group)
        own = of_objective[0].own
        indicators = [one for part in of_objective for one in part.indicators]
        height = max(len(own), len(indicators))
        for row in range(height):
            indicator = _spread(indicators, row, height)
            yield Entry(
                objective,
                _spread(own, row, height),
                indicator,
                remarks.get(indicator.line_id, "") if indicator else "",
            )


def _spread(items: Sequence[Indicator], row: int, height: int) -> Indicator | None:
    """The one that stands in a row when they share the height evenly."""
    return items[row * len(items) // height] if items else None
