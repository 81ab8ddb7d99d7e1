"""A workbook to be filled in: headings that cannot be changed, lists to choose from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from cnlctf.lib.xlsx import FONT, HEADER_FILL, LINE_COLOUR, MAX_TEXT, UNDATED, packed

LISTS = "Listas"
HEAD_HEIGHT = 42
# To how many rows below the head a list is offered.
MAX_ROWS = 5_000

Value = str | Decimal | date | None

_LINE = Side(style="thin", color=LINE_COLOUR)
_FRAME = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_OPEN = Protection(locked=False)


@dataclass(frozen=True)
class FormColumn:
    """``choices`` names a list of the workbook; ``strict``: nothing else may be written.

    ``hint`` is read by pointing at the heading.
    """

    heading: str
    width: int
    hint: str = ""
    choices: str = ""
    strict: bool = True


@dataclass(frozen=True)
class FormSheet:
    title: str
    columns: Sequence[FormColumn]
    rows: Sequence[Sequence[Value]]


def write_form(
    sheets: Sequence[FormSheet], *, lists: Mapping[str, Sequence[str]], title: str = ""
) -> bytes:
    """The same input gives the same bytes; ``lists`` by the names that the columns give."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    workbook.properties.title = title or None
    workbook.properties.created = workbook.properties.modified = UNDATED
    pages = [(workbook.create_sheet(sheet.title), sheet) for sheet in sheets]
    places = _write_lists(workbook.create_sheet(LISTS), lists)
    for page, sheet in pages:
        _write(page, sheet, places)
    # Against a slip of the hand, not against anyone: there is no password.
    workbook.security = WorkbookProtection(lockStructure=True)
    return packed(workbook)


def _write_lists(page: Worksheet, lists: Mapping[str, Sequence[str]]) -> dict[str, str]:
    places = {}
    for column, (name, values) in enumerate(lists.items(), 1):
        for row, value in enumerate(values, 1):
            _put(page, row, column, value)
        letter = get_column_letter(column)
        places[name] = f"{LISTS}!${letter}$1:${letter}${max(len(values), 1)}"
    page.sheet_state = "hidden"
    return places


def _write(page: Worksheet, sheet: FormSheet, places: Mapping[str, str]) -> None:
    for column, spec in enumerate(sheet.columns, 1):
        letter = get_column_letter(column)
        dimension = page.column_dimensions[letter]
        dimension.width = spec.width
        dimension.protection = _OPEN
        dimension.alignment = Alignment(vertical="top", wrap_text=True)
        head = _put(page, 1, column, spec.heading)
        head.font = Font(name=FONT, size=9, bold=True)
        head.fill = PatternFill("solid", start_color=HEADER_FILL)
        head.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        head.border = _FRAME
        if spec.hint:
            head.comment = Comment(spec.hint, "CNLCTF", height=60, width=220)
        if spec.choices:
            choice = DataValidation(
                type="list",
                formula1=f"={places[spec.choices]}",
                allow_blank=True,
                errorStyle="stop" if spec.strict else "information",
                errorTitle="No está en la lista",
                error=(
                    "Elija un valor de la lista."
                    if spec.strict
                    else "Puede escribir varios separados por «/»."
                ),
                showErrorMessage=spec.strict,
            )
            choice.add(f"{letter}2:{letter}{MAX_ROWS}")
            page.add_data_validation(choice)
    for row, values in enumerate(sheet.rows, 2):
        for column, value in enumerate(values, 1):
            cell = _put(page, row, column, value)
            cell.font = Font(name=FONT, size=9)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            cell.border = _FRAME
            cell.protection = _OPEN
    page.row_dimensions[1].height = HEAD_HEIGHT
    page.freeze_panes = "A2"
    page.page_setup.orientation = "landscape"
    page.print_title_rows = "1:1"
    page.protection.sheet = True
    for allowed in _ALLOWED:
        setattr(page.protection, allowed, False)


# What the protection of a sheet leaves free.
_ALLOWED = (
    "formatCells",
    "formatColumns",
    "formatRows",
    "insertRows",
    "deleteRows",
    "sort",
    "autoFilter",
)


def _put(page: Worksheet, row: int, column: int, value: Value) -> Any:
    cell: Any = page.cell(row, column)
    if isinstance(value, str):
        if value:
            cell.value = value[:MAX_TEXT]
            # Text is never a formula, whatever it starts with.
            cell.data_type = "s"
    elif value is not None:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = "DD/MM/YYYY"
    return cell
