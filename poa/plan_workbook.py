"""A plan's matrix as an Excel workbook, laid out like the acta's annex."""

from dataclasses import replace
from datetime import date, datetime, time

from cnlctf.lib import xlsx
from cnlctf.lib.grid import Block, Cell, Row
from poa.legend import legend_entries
from poa.models import OperatingPlan
from poa.plan_matrix import annex_block

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def plan_workbook(plan: OperatingPlan) -> bytes:
    """The bytes of the file: the same for the same data."""
    sheet = xlsx.Sheet(
        title=f"POA {plan.year}",
        block=with_shapes(annex_block(plan)),
        fills={entry.state: entry.colour for entry in legend_entries(plan)},
        frozen_columns=1,
    )
    # Not the moment of the export, which would make each file another.
    day = plan.cut_off_on or date(plan.year, 12, 31)
    return xlsx.write(
        [sheet],
        title=str(plan),
        author="Secretaría Técnica de la CNLCTF",
        created=datetime.combine(day, time()),
    )


def with_shapes(block: Block) -> Block:
    """Colour never speaks alone: the shape goes before the figure, which stays a number."""
    if block.table is None:
        return block
    shapes = {item.state: item.shape for item in block.legend}
    body = tuple(
        Row(tuple(_with_shape(cell, shapes.get(cell.state, "")) for cell in row.cells))
        for row in block.table.body
    )
    return replace(block, table=replace(block.table, body=body))


def _with_shape(cell: Cell, shape: str) -> Cell:
    if not shape:
        return cell
    if cell.number is None:
        return replace(cell, text=cell.text or shape)
    # Excel knows no quote within quotes: «<1 %», all literal, gets the shape inside its own.
    literal, rest = ("", cell.number_format)
    if rest.startswith('"'):
        literal, _, rest = rest[1:].partition('"')
    return replace(cell, number_format=f'"{shape} {literal}"{rest}')
