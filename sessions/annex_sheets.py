"""An annex's wide table cut to landscape sheets of A4: plain arithmetic, no Django.

A renderer breaks a table anywhere and leaves merged cells empty on the next page. Here the cut
comes where it costs the fewest merged cells, and these say their words again on the next sheet.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from cnlctf.lib.grid import Cell, Row, Table

# The type area of the page, as css/acta_paper.css sets it: millimetres and lines of 6.4 points.
WIDTH = 277
LINES = 65
# A mean letter of the condensed face with its share of ragged line ends, and a cell's two sides.
LETTER = 1.04
PADDING = 1.8
# What the annex's own heading takes on the first sheet, and a row's padding and rule, in lines.
HEADING_LINES = 4.5
ROW_LINES = 0.6
# A sheet may stay this empty if that spares a merged cell.
LEAST_FULL = 0.55


def sheets(table: Table) -> tuple[Table, ...]:
    """The table in pieces of a sheet each, one at least; every piece keeps the head."""
    return tuple(replace(table, body=_piece(table, start, end)) for start, end in _cuts(table))


def column_shares(table: Table) -> list[str]:
    """Each column's share of the width, as a style sheet says it."""
    return [f"{100 * width / sum(table.widths):.3f}%" for width in table.widths]


def _cuts(table: Table) -> Iterator[tuple[int, int]]:
    """The rows of each sheet, as start and end."""
    grid = _grid(table)
    heights = _heights(table, grid)
    room = LINES - _head_lines(table)
    start, free = 0, room - HEADING_LINES
    while True:
        end, full = start, 0.0
        while end < len(heights) and (end == start or full + heights[end] <= free):
            full += heights[end]
            end += 1
        if end >= len(heights):
            yield start, len(heights)
            return
        full_enough = [
            row for row in range(start + 1, end + 1) if sum(heights[start:row]) >= LEAST_FULL * free
        ]
        best = min(full_enough or [end], key=lambda row: (_merged_across(grid, row), -row))
        yield start, best
        start, free = best, room


@dataclass(frozen=True)
class _Placed:
    cell: Cell
    row: int
    column: int

    @property
    def end(self) -> int:
        return self.row + self.cell.rowspan


def _grid(table: Table) -> list[_Placed]:
    """Each cell of the body with the place it takes, by the rules of HTML."""
    placed: list[_Placed] = []
    # Column → first row in which nothing from above covers it.
    free_from = [0] * len(table.widths)
    for number, row in enumerate(table.body):
        column = 0
        for cell in row.cells:
            while free_from[column] > number:
                column += 1
            placed.append(_Placed(cell, number, column))
            for covered in range(column, column + cell.colspan):
                free_from[covered] = number + cell.rowspan
            column += cell.colspan
    return placed


def _heights(table: Table, grid: list[_Placed]) -> list[float]:
    """The lines that each row takes; a merged cell stretches the last of its rows."""
    heights = [0.0] * len(table.body)
    for placed in sorted(grid, key=lambda placed: placed.end):
        needed = _lines(table, placed.cell, placed.column) + ROW_LINES
        above = sum(heights[placed.row : placed.end - 1])
        last = min(placed.end, len(heights)) - 1
        heights[last] = max(heights[last], needed - above)
    return heights


def _head_lines(table: Table) -> float:
    head = replace(table, body=table.head)
    return sum(_heights(head, _grid(head)))


def _lines(table: Table, cell: Cell, column: int) -> int:
    share = sum(table.widths[column : column + cell.colspan]) / sum(table.widths)
    letters = max((share * WIDTH - PADDING) / LETTER, 1)
    return sum(max(math.ceil(len(line) / letters), 1) for line in cell.text.split("\n"))


def _merged_across(grid: list[_Placed], row: int) -> int:
    return sum(placed.row < row < placed.end for placed in grid)


def _piece(table: Table, start: int, end: int) -> tuple[Row, ...]:
    grid = _grid(table)
    return tuple(
        Row(
            tuple(
                replace(placed.cell, rowspan=min(placed.end, end) - row)
                for placed in sorted(grid, key=lambda placed: placed.column)
                if max(placed.row, start) == row and placed.end > row
            )
        )
        for row in range(start, end)
    )
