"""Blocks of plain cells → an XLSX workbook: the same input gives the same bytes."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from io import BytesIO
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, Literal, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from cnlctf.lib import text
from cnlctf.lib.grid import Align, Block, Cell, Row, Table

FONT = "Calibri"
SIZE = 9
HEADING_SIZE = 13
HEADER_FILL = "E4EAF0"
LINE_COLOUR = "8C9AA8"
# A letter's mean width at one point, in units of column width (a digit of 11 points); the rest of
# the line is what word wrapping leaves empty.
LETTER_WIDTH = 0.098
# Bold cells are mostly headings in capitals.
BOLD_LETTER_WIDTH = 0.125
LEADING = 1.35
# Excel refuses higher rows, in points, and longer texts.
MAX_ROW_HEIGHT = 409
MAX_TEXT = 32_767
# Above this height, in points, a frozen head would leave no room to scroll the body.
MAX_FROZEN_HEIGHT = 240
UNDATED = datetime(2000, 1, 1)

_PAPERS = {"A4": Worksheet.PAPERSIZE_A4, "A3": Worksheet.PAPERSIZE_A3}
_ALIGNMENTS = {Align.START: "left", Align.CENTER: "center", Align.END: "right"}
_THIN = Side(style="thin", color=LINE_COLOUR)
_FRAME = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
# What XML 1.0 cannot hold.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Sheet:
    """One worksheet: heading and prose, the table without its caption, then legend and notes.

    ``title`` is the tab's: at most 31 characters, none of ``[]:*?/\\``. ``fills`` gives each cell
    state its colour, "C6EFCE" or "#C6EFCE". ``width`` is that of all columns together, in digits.
    """

    title: str
    block: Block
    fills: Mapping[str, str] = field(default_factory=dict)
    width: int = 240
    paper: Literal["A4", "A3"] = "A3"
    frozen_columns: int = 0


def write(
    sheets: Sequence[Sheet], *, title: str = "", author: str = "", created: datetime = UNDATED
) -> bytes:
    """A workbook, landscape and fit to the paper's width, of one sheet or more.

    ``created`` is its date of creation and of last change, written without time zone. Raises
    ValueError for a table whose cells overlap or pass its last column or row.
    """
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    properties = workbook.properties
    properties.title, properties.creator = title or None, author or None
    properties.created = properties.modified = created.replace(tzinfo=None)
    for sheet in sheets:
        _Writer(workbook.create_sheet(sheet.title), sheet).write()
    return packed(workbook)


def packed(workbook: Workbook) -> bytes:
    """The file of a workbook, without the moment that Workbook.save would stamp."""
    content = BytesIO()
    ExcelWriter(workbook, _UndatedZip(content, "w", ZIP_DEFLATED)).save()
    return content.getvalue()


class _UndatedZip(ZipFile):
    """Every member has the first date that a ZIP can hold."""

    def writestr(self, name: str, data: Any, *_: Any) -> None:  # type: ignore[override]
        super().writestr(ZipInfo(name), data, ZIP_DEFLATED)

    def write(self, filename: str, arcname: str) -> None:  # type: ignore[override]
        self.writestr(arcname, Path(filename).read_bytes())


class _SortedRanges(MultiCellRange):
    """A plain set of ranges changes its order from process to process."""

    def __iter__(self) -> Iterator[CellRange]:
        return iter(self.sorted())


class _Look(NamedTuple):
    bold: bool = False
    size: int = SIZE
    framed: bool = True
    head: bool = False
    align: Align = Align.START
    state: str = ""
    number_format: str = ""


_PROSE = _Look(framed=False)


class _Writer:
    """Fills one worksheet from top to bottom; ``row`` is the next free one."""

    def __init__(self, worksheet: Worksheet, sheet: Sheet) -> None:
        # Its type stubs know no ``_style``, the one quick way to share styles.
        self.worksheet: Any = worksheet
        self.sheet = sheet
        self.row = 1
        self.heights: defaultdict[int, float] = defaultdict(lambda: SIZE * LEADING + 3)
        table = sheet.block.table
        shares = table.widths if table else (1,)
        # Each column's left edge, and the last one's right.
        self.edges = [sheet.width * part / sum(shares) for part in accumulate(shares, initial=0)]
        self.fills = {state: colour.lstrip("#") for state, colour in sheet.fills.items()}
        # One style a look: making them cell by cell costs more than all the rest.
        self.style = cache(self._style)
        worksheet.merged_cells = _SortedRanges()

    def write(self) -> None:
        block = self.sheet.block
        self._set_up_page()
        self._text(block.heading, _Look(bold=True, size=HEADING_SIZE, framed=False))
        self._paragraphs(block.prose.splitlines())
        if block.table:
            self._table(block.table)
        for item in block.legend:
            shape = Cell(item.shape, align=Align.CENTER, state=item.state)
            self._put(shape, self.row, 1, _look(shape))
            self._text(item.wording, column=2)
        self._paragraphs(block.notes)
        for row, height in self.heights.items():
            self.worksheet.row_dimensions[row].height = min(round(height, 1), MAX_ROW_HEIGHT)

    def _set_up_page(self) -> None:
        page = self.worksheet
        for column, (left, right) in enumerate(pairwise(self.edges), 1):
            page.column_dimensions[get_column_letter(column)].width = round(right - left, 2)
        page.sheet_view.showGridLines = False
        page.page_setup.orientation = "landscape"
        page.page_setup.paperSize = _PAPERS[self.sheet.paper]
        page.page_setup.fitToHeight = 0
        page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        page.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.6, footer=0.3)
        page.oddFooter.center.text = "Página &P de &N"

    def _paragraphs(self, lines: Iterable[str]) -> None:
        self.row += 1 if self.row > 1 and lines else 0
        for line in lines:
            self._text(line)

    def _text(self, markup: str, look: _Look = _PROSE, column: int = 1) -> None:
        """A row of text from ``column`` to the table's right edge."""
        if not markup:
            return
        cell = Cell(markup, colspan=max(len(self.edges) - column, 1))
        self.heights[self.row] = self._put(cell, self.row, column, look)
        self.row += 1

    def _table(self, table: Table) -> None:
        self.row += 1 if self.row > 1 else 0
        first = self.row
        body = first + len(table.head)
        end = body + len(table.body)
        needs = [
            (cell.rowspan, row, self._put(cell, row, column, _look(cell, head=rows is table.head)))
            for rows, start, stop in ((table.head, first, body), (table.body, body, end))
            for cell, row, column in _places(rows, start, stop, len(self.edges) - 1)
        ]
        self._set_heights(needs)
        if table.head:
            self.worksheet.print_title_rows = f"{first}:{body - 1}"
        above = sum(self.heights[row] for row in range(1, body))
        self.worksheet.freeze_panes = self.worksheet.cell(
            body if above <= MAX_FROZEN_HEIGHT else 1, self.sheet.frozen_columns + 1
        )
        self.row = end + 1

    def _set_heights(self, needs: list[tuple[int, int, float]]) -> None:
        """Rows as high as their own cells ask; what a tall cell still lacks, its rows share."""
        for rowspan, row, need in sorted(needs):
            rows = range(row, row + rowspan)
            lack = need - sum([self.heights[each] for each in rows])
            if lack > 0:
                for each in rows:
                    self.heights[each] += lack / rowspan

    def _put(self, cell: Cell, row: int, column: int, look: _Look) -> float:
        """Write and style a cell, and say the height in points that its text asks for."""
        content, lines = _content(cell.text, look)
        corner = self.worksheet.cell(row, column)
        corner._style = style = self.style(look)
        if cell.number is not None:
            corner.value = cell.number
        elif content:
            corner.value = content
            # Text is never a formula nor an error, whatever it starts with.
            corner.data_type = "s"
        right, bottom = column + cell.colspan - 1, row + cell.rowspan - 1
        if cell.rowspan > 1 or cell.colspan > 1:
            # Borders go round a merged range only when each of its cells has them.
            for covered_row in range(row, bottom + 1):
                for covered_column in range(column, right + 1):
                    self.worksheet.cell(covered_row, covered_column)._style = style
            # ``add`` would compare with every range there is.
            self.worksheet.merged_cells.ranges.add(CellRange(None, column, row, right, bottom))
        width = self.edges[min(right, len(self.edges) - 1)] - self.edges[column - 1]
        letter = (BOLD_LETTER_WIDTH if look.bold else LETTER_WIDTH) * look.size
        letters = max(width / letter, 1)
        return sum(length // letters + 1 for length in lines) * look.size * LEADING + 3

    def _style(self, look: _Look) -> Any:
        cell: Any = SheetCell(self.worksheet, row=1, column=1)
        cell.font = Font(name=FONT, size=look.size, bold=look.bold)
        cell.alignment = Alignment(
            horizontal=_ALIGNMENTS[look.align],
            vertical="top" if look.align is Align.START else "center",
            wrap_text=True,
        )
        if look.framed:
            cell.border = _FRAME
        colour = self.fills.get(look.state, HEADER_FILL if look.head else "")
        if colour:
            cell.fill = PatternFill("solid", start_color=colour)
        if look.number_format:
            cell.number_format = look.number_format
        return cell._style


def _places(
    rows: Sequence[Row], first: int, end: int, columns: int
) -> Iterator[tuple[Cell, int, int]]:
    """Each cell with the row and column of its top left corner."""
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(rows, first):
        column = 1
        for cell in cells.cells:
            while (row, column) in taken:
                column += 1
            if cell.rowspan == cell.colspan == 1 and column <= columns:
                yield cell, row, column
                column += 1
                continue
            covered = {
                (row + down, column + right)
                for down in range(cell.rowspan)
                for right in range(cell.colspan)
            }
            right, bottom = column + cell.colspan - 1, row + cell.rowspan - 1
            if right > columns or bottom >= end or covered & taken:
                raise ValueError(f"«{cell.text}» does not fit at {get_column_letter(column)}{row}")
            taken |= covered
            yield cell, row, column
            column += cell.colspan


def _look(cell: Cell, *, head: bool = False) -> _Look:
    return _Look(
        bold=cell.bold or head,
        head=head,
        align=Align.CENTER if head else cell.align,
        state=cell.state,
        number_format=cell.number_format,
    )


def _content(markup: str, look: _Look) -> tuple[str | CellRichText, list[int]]:
    """``markup`` as a cell's value, rich text only where it must be, and its lines' lengths."""
    source = _UNPRINTABLE.sub("", markup)
    if text.is_literal(source):
        return source[:MAX_TEXT], [len(source)]
    lines = [(text.Run(text.bullet_sign(line)), *line.runs) for line in text.parse(source)]
    plain = ["".join(run.text for run in line) for line in lines]
    lengths = [len(line) for line in plain]
    styled = any(run.italic or (run.bold and not look.bold) for line in lines for run in line)
    if not styled or sum(lengths) + len(lines) > MAX_TEXT:
        return "\n".join(plain)[:MAX_TEXT], lengths
    rich = CellRichText()
    for number, (sign, *line) in enumerate(lines):
        for run in (text.Run("\n" * (number > 0) + sign.text), *line):
            if run.bold or run.italic:
                rich.append(
                    TextBlock(_font(look.size, run.bold or look.bold, run.italic), run.text)
                )
            elif run.text:
                rich.append(run.text)
    return rich, lengths


@cache
def _font(size: int, bold: bool, italic: bool) -> InlineFont:
    return InlineFont(rFont=FONT, sz=size, b=bold, i=italic)
