"""A plan's annex in Excel, and openpyxl writing the same cells."""

from collections.abc import Callable
from copy import copy
from functools import partial
from io import BytesIO
from typing import Any
from unittest import mock

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from cnlctf.lib import xlsx
from poa.models import OperatingPlan
from poa.plan_workbook import plan_workbook


def ours(year: int) -> bytes:
    """From the tables to the file."""
    return plan_workbook(OperatingPlan.objects.get(year=year))


def writer_only(year: int) -> Callable[[], bytes]:
    """Our file once more, its cells ready."""
    with mock.patch.object(xlsx, "write", wraps=xlsx.write) as write:
        ours(year)
    return partial(xlsx.write, *write.call_args.args, **write.call_args.kwargs)


def sheet_of(content: bytes) -> Worksheet:
    return load_workbook(BytesIO(content), rich_text=True).worksheets[0]


def bare(sheet: Worksheet) -> Callable[[], bytes]:
    """The same values at the same places, and nothing else."""
    cells = [
        (cell.row, cell.column, cell.value)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]

    def write() -> bytes:
        workbook = Workbook()
        page = workbook.worksheets[0]
        for row, column, value in cells:
            page.cell(row, column, value)
        return _saved(workbook)

    return write


def styled(sheet: Worksheet) -> Callable[[], bytes]:
    """The same values, fonts, borders, fills, alignments, formats, merges, widths and heights.

    One object a style is shared by all its cells, as openpyxl's manual advises.
    """
    looks: dict[int, tuple[Any, ...]] = {}
    cells = []
    for row in sheet.iter_rows():
        for cell in row:
            parts = (cell.font, cell.border, cell.fill, cell.alignment, cell.number_format)
            look = looks.setdefault(cell.style_id, tuple(map(copy, parts)))
            cells.append((cell.row, cell.column, cell.value, look))
    merged = [each.coord for each in sheet.merged_cells.ranges]
    widths = {key: each.width for key, each in sheet.column_dimensions.items()}
    heights = {key: each.height for key, each in sheet.row_dimensions.items()}

    def write() -> bytes:
        workbook = Workbook()
        page = workbook.worksheets[0]
        for row, column, value, (font, border, fill, alignment, number_format) in cells:
            cell: Any = page.cell(row, column, value)
            cell.font, cell.border, cell.fill = font, border, fill
            cell.alignment, cell.number_format = alignment, number_format
        for coordinates in merged:
            page.merge_cells(coordinates)
        for key, width in widths.items():
            page.column_dimensions[key].width = width
        for key, height in heights.items():
            page.row_dimensions[key].height = height
        return _saved(workbook)

    return write


def _saved(workbook: Workbook) -> bytes:
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()
