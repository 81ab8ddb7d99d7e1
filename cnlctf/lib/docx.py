"""A flow of plain parts → a DOCX: true headings, lists and tables; same input, same bytes."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from cnlctf.lib import text
from cnlctf.lib.docx_styles import (
    BRAND,
    BULLETS,
    DECIMALS,
    FIELD,
    FONT,
    LANGUAGE,
    MARGIN,
    NARROW_MARGIN,
    define_lists,
    put_in_list,
    set_page,
    set_styles,
    start_list,
    style_name,
    watermark,
)
from cnlctf.lib.flow import Flow, Grid, Heading, Landscape, Numbered, Part, Prose
from cnlctf.lib.grid import Align, Cell, Row, Table

HEADER_FILL = "F6F1EA"
# Above so many columns a table is set in small type.
MANY_COLUMNS = 6

_ALIGNMENTS = {
    Align.START: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTER: WD_ALIGN_PARAGRAPH.CENTER,
    Align.END: WD_ALIGN_PARAGRAPH.RIGHT,
}
# What XML 1.0 cannot hold.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write(
    flow: Flow,
    *,
    author: str,
    subject: str,
    created: datetime,
    fills: Mapping[str, str] | None = None,
) -> bytes:
    """The text on A4; ``fills`` gives each cell state its colour, "C6EFCE".

    ``created`` must be aware; it is the document's only date.
    """
    if created.tzinfo is None:
        raise ValueError("created needs a time zone")
    writer = _Writer(fills or {})
    writer.head(flow)
    for part in flow.parts:
        writer.add(part)
    writer.describe(flow.title, author, subject, created.astimezone(UTC).replace(tzinfo=None))
    return writer.content()


class _Writer:
    def __init__(self, fills: Mapping[str, str]) -> None:
        self.document = Document()
        self.fills = fills
        self.numbering = self.document.part.numbering_part.element
        self.list_id = DECIMALS
        define_lists(self.numbering)
        set_styles(self.document.styles)
        set_page(self.document.sections[0], MARGIN)

    # --- What is around the text

    def head(self, flow: Flow) -> None:
        section = self.document.sections[0]
        running = section.header.paragraphs[0]
        running.text = " · ".join(filter(None, (flow.notice.upper(), flow.title)))
        if flow.notice:
            running._p.append(watermark(flow.notice.upper()))
        footer = section.footer.paragraphs[0]
        footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        for words, field in (("Página ", "PAGE"), (" de ", "NUMPAGES")):
            footer.add_run(words)
            footer._p.append(parse_xml(FIELD.format(ns=nsdecls("w"), field=field)))
        self.document.add_paragraph(_clean(" · ".join(flow.marks)), style="Caption")
        self.document.add_paragraph(_clean(flow.overline), style="Subtitle")
        self.document.add_paragraph(_clean(flow.title), style="Title")

    def describe(self, title: str, author: str, subject: str, created: datetime) -> None:
        properties = self.document.core_properties
        # The format takes 255 characters.
        properties.title, properties.author, properties.subject = (
            _clean(words)[:255] for words in (title, author, subject)
        )
        properties.last_modified_by = properties.author
        properties.comments = properties.keywords = properties.category = ""
        properties.language = LANGUAGE
        properties.revision = 1
        properties.created = properties.modified = created

    def content(self) -> bytes:
        """The file, without the instant of its making."""
        package = self.document.part.package
        for key, relation in list(package.rels.items()):
            # A picture of the empty template.
            if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
                del package.rels[key]
        made, fixed = BytesIO(), BytesIO()
        self.document.save(made)
        with ZipFile(made) as source, ZipFile(fixed, "w", ZIP_DEFLATED) as target:
            for name in source.namelist():
                entry = ZipInfo(name)
                entry.compress_type = ZIP_DEFLATED
                target.writestr(entry, source.read(name))
        return fixed.getvalue()

    # --- The text

    def add(self, part: Part) -> None:
        match part:
            case Heading(level, words):
                self._runs(self.document.add_paragraph(style=f"Heading {level}"), words)
            case Prose(words):
                self._lines(text.parse(words), depth=0)
            case Numbered():
                self._numbered(part)
            case Grid(table, row_height):
                self._table(table, row_height)
            case Landscape():
                section = self.document.add_section(WD_SECTION.NEW_PAGE)
                set_page(section, NARROW_MARGIN, turned=True)

    def _numbered(self, part: Numbered) -> None:
        if part.level == 1 and part.number == "1.":
            self.list_id += 1
            start_list(self.numbering, self.list_id)
        first, *others = text.parse(part.text)
        paragraph = self.document.add_paragraph(style=style_name("List Number", part.level))
        put_in_list(paragraph, self.list_id, part.level - 1)
        self._write(paragraph, first.runs)
        self._lines(others, depth=part.level)

    def _lines(self, lines: Iterable[text.Line], depth: int) -> None:
        """Paragraphs and bullets, ``depth`` levels inside a list."""
        for line in lines:
            if not any(run.text.strip() for run in line.runs):
                continue
            if isinstance(line, text.Bullet):
                level = depth + line.level
                style = style_name("List Bullet", min(level, 3))
                paragraph = self.document.add_paragraph(style=style)
                put_in_list(paragraph, BULLETS, level - 1)
            else:
                style = style_name("List Continue", depth) if depth else "Normal"
                paragraph = self.document.add_paragraph(style=style)
            self._write(paragraph, line.runs)

    def _runs(self, paragraph: Paragraph, markup: str, *, bold: bool = False) -> None:
        for number, line in enumerate(text.parse(markup)):
            if number:
                paragraph.add_run().add_break()
            if sign := text.bullet_sign(line):
                paragraph.add_run(sign)
            self._write(paragraph, line.runs, bold=bold)

    def _write(self, paragraph: Paragraph, runs: Iterable[text.Run], *, bold: bool = False) -> None:
        for each in runs:
            run = paragraph.add_run(_clean(each.text))
            # None leaves it to the style.
            run.bold = True if each.bold or bold else None
            run.italic = True if each.italic else None
            if each.href:
                run.style = "Hyperlink"
                link = OxmlElement("w:hyperlink")
                relation = paragraph.part.relate_to(
                    _clean(each.href), RELATIONSHIP_TYPE.HYPERLINK, is_external=True
                )
                link.set(qn("r:id"), relation)
                run._r.addprevious(link)
                link.append(run._r)

    # --- Tables

    def _table(self, table: Table, row_height: int) -> None:
        rows = (*table.head, *table.body)
        columns = len(table.widths)
        section: Any = self.document.sections[-1]
        width = section.page_width - section.left_margin - section.right_margin
        made = self.document.add_table(len(rows), columns, style="Table Grid")
        made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        _describe(made, table.caption)
        shares = [Emu(width * share // sum(table.widths)) for share in table.widths]
        for column, share in zip(made.columns, shares, strict=True):
            column.width = share
        grid = [row.cells for row in made.rows]
        for cells in grid:
            for cell, share in zip(cells, shares, strict=True):
                cell.width = share
        crowded = columns > MANY_COLUMNS
        _set_padding(made, 30 if crowded else 90)
        size = 6 if crowded else 9.5
        for cell, row, column in _places(rows):
            corner = grid[row][column]
            if cell.rowspan > 1 or cell.colspan > 1:
                corner = corner.merge(grid[row + cell.rowspan - 1][column + cell.colspan - 1])
            self._cell(corner, cell, size, head=row < len(table.head), crowded=crowded)
        for number, row in enumerate(made.rows):
            properties = row._tr.get_or_add_trPr()
            properties.append(OxmlElement("w:cantSplit"))
            if number < len(table.head):
                properties.append(OxmlElement("w:tblHeader"))
            elif row_height:
                row.height = Mm(row_height)
        # Word wants something after a table, and the next text some air.
        self.document.add_paragraph().paragraph_format.space_after = Pt(2)

    def _cell(self, corner: Any, cell: Cell, size: float, *, head: bool, crowded: bool) -> None:
        # A merged cell keeps the empty paragraphs of those it took in.
        first, *others = corner.paragraphs
        for paragraph in others:
            paragraph._p.getparent().remove(paragraph._p)
        first.alignment = _ALIGNMENTS[Align.CENTER if head and crowded else cell.align]
        first.paragraph_format.space_after = Pt(0)
        self._runs(first, cell.text, bold=head or cell.header or cell.bold)
        for run in first.runs:
            run.font.name, run.font.size = FONT, Pt(size)
            if head:
                run.font.color.rgb = RGBColor(255, 255, 255)
        fill = BRAND if head else self.fills.get(cell.state, HEADER_FILL if cell.header else "")
        if fill:
            shade = OxmlElement("w:shd")
            for name, value in (("val", "clear"), ("color", "auto"), ("fill", fill)):
                shade.set(qn(f"w:{name}"), value)
            corner._tc.get_or_add_tcPr().append(shade)


def _places(rows: Iterable[Row]) -> Iterable[tuple[Cell, int, int]]:
    """Each cell with its row and column; places covered from above are left out, as in HTML."""
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        column = 0
        for cell in row.cells:
            while (number, column) in taken:
                column += 1
            yield cell, number, column
            taken |= {
                (number + down, column + right)
                for down in range(cell.rowspan)
                for right in range(cell.colspan)
            }


def _set_padding(table: Any, twentieths: int) -> None:
    """The room at both sides of a cell's text, in twentieths of a point."""
    sides = "".join(f'<w:{side} w:w="{twentieths}" w:type="dxa"/>' for side in ("left", "right"))
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    look.addprevious(parse_xml(f"<w:tblCellMar {nsdecls('w')}>{sides}</w:tblCellMar>"))


def _describe(table: Any, caption: str) -> None:
    properties = table._tbl.tblPr
    title = OxmlElement("w:tblCaption")
    title.set(qn("w:val"), _clean(caption))
    properties.append(title)


def _clean(words: str) -> str:
    return _UNPRINTABLE.sub("", words)
