"""A flow of plain parts → a DOCX: true headings, lists and tables; same input, same bytes."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from io import BytesIO
from itertools import product
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from cnlctf.lib import text
from cnlctf.lib.flow import Flow, Grid, Heading, Landscape, Numbered, Part, Prose
from cnlctf.lib.grid import Align, Cell, Row, Table

# Faces that Word has, and LibreOffice its twins of the same width.
FONT = "Calibri"
SERIF = "Cambria"
BRAND = "741C2B"
HEADER_FILL = "F6F1EA"
LANGUAGE = "es-PE"
MARGIN = Mm(24)
NARROW_MARGIN = Mm(12)
# Above so many columns a table is set in small type.
MANY_COLUMNS = 6
BULLETS, DECIMALS = 1, 2
INDENT = 440  # twentieths of a point

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
        _define_lists(self.numbering)
        _set_styles(self.document.styles)
        _set_page(self.document.sections[0], MARGIN)

    # --- What is around the text

    def head(self, flow: Flow) -> None:
        section = self.document.sections[0]
        running = section.header.paragraphs[0]
        running.text = " · ".join(filter(None, (flow.notice.upper(), flow.title)))
        if flow.notice:
            running._p.append(_watermark(flow.notice.upper()))
        footer = section.footer.paragraphs[0]
        footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        for words, field in (("Página ", "PAGE"), (" de ", "NUMPAGES")):
            footer.add_run(words)
            footer._p.append(parse_xml(_FIELD.format(ns=nsdecls("w"), field=field)))
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
                _set_page(section, NARROW_MARGIN, turned=True)

    def _numbered(self, part: Numbered) -> None:
        if part.level == 1 and part.number == "1.":
            self.list_id += 1
            _start_list(self.numbering, self.list_id)
        first, *others = text.parse(part.text)
        paragraph = self.document.add_paragraph(style=_name("List Number", part.level))
        _put_in_list(paragraph, self.list_id, part.level - 1)
        self._write(paragraph, first.runs)
        self._lines(others, depth=part.level)

    def _lines(self, lines: Iterable[text.Line], depth: int) -> None:
        """Paragraphs and bullets, ``depth`` levels inside a list."""
        for line in lines:
            if not any(run.text.strip() for run in line.runs):
                continue
            if isinstance(line, text.Bullet):
                level = depth + line.level
                style = _name("List Bullet", min(level, 3))
                paragraph = self.document.add_paragraph(style=style)
                _put_in_list(paragraph, BULLETS, level - 1)
            else:
                style = _name("List Continue", depth) if depth else "Normal"
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


class _Look(NamedTuple):
    """Sizes and the room before and after are in points."""

    style: str
    font: str
    size: float
    before: float
    after: float
    bold: bool = False
    capitals: bool = False
    colour: str = "1A1614"


_LOOKS = (
    _Look("Normal", SERIF, 11, 0, 6),
    _Look("Caption", FONT, 9, 0, 10),
    _Look("Subtitle", FONT, 10, 10, 0, bold=True, capitals=True),
    _Look("Title", SERIF, 18, 4, 16, bold=True, capitals=True),
    _Look("Heading 1", FONT, 12.5, 18, 6, bold=True, capitals=True, colour=BRAND),
    _Look("Heading 2", FONT, 11.5, 12, 4, bold=True),
    _Look("Heading 3", SERIF, 11, 8, 3, bold=True),
    _Look("Header", FONT, 8, 0, 0, colour=BRAND),
    _Look("Footer", FONT, 8, 0, 0),
)

# --- Styles, lists and pages ------------------------------------------------------------------

_FIELD = (
    '<w:fldSimple {ns} w:instr="{field}"><w:r><w:rPr><w:noProof/></w:rPr><w:t>1</w:t></w:r>'
    "</w:fldSimple>"
)
_LEVEL = """
<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{sign}"/>
<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr></w:lvl>
"""
_WATERMARK = """
<w:r {ns} xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<w:rPr><w:noProof/></w:rPr><w:pict>
<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"
 path="m@7,l@8,m@5,21600l@6,21600e">
<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/>
<v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>
<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/>
<v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>
<v:path textpathok="t" o:connecttype="custom"
 o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>
<v:textpath on="t" fitshape="t"/></v:shapetype>
<v:shape id="PowerPlusWaterMarkObject1" o:spid="_x0000_s2049" type="#_x0000_t136"
 style="position:absolute;margin-left:0;margin-top:0;width:430pt;height:92pt;rotation:315;
 z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;
 mso-position-vertical:center;mso-position-vertical-relative:margin"
 o:allowincell="f" fillcolor="#e6cdd0" stroked="f"><v:fill opacity=".5"/>
<v:textpath style="font-family:&quot;Calibri&quot;;font-size:1pt" string="{words}"/>
</v:shape></w:pict></w:r>
"""


def _watermark(words: str) -> Any:
    return parse_xml(_WATERMARK.format(ns=nsdecls("w"), words=words))


def _define_lists(numbering: Any) -> None:
    """Instead of the template's lists, one of bullets and one of numbers, in levels."""
    for child in list(numbering):
        numbering.remove(child)
    signs = {
        BULLETS: [("bullet", sign) for sign in ("•", "–", "–")],
        DECIMALS: [("decimal", "%1."), ("decimal", "%1.%2.")],
    }
    for key, levels in signs.items():
        xml = "".join(
            _LEVEL.format(
                level=level,
                format=kind,
                sign=sign,
                left=INDENT * (level + 1) + (200 * level if key == DECIMALS else 0),
                hanging=INDENT if kind == "bullet" else INDENT + 200 * level,
            )
            for level, (kind, sign) in enumerate(levels)
        )
        numbering.append(
            parse_xml(
                f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{key}">'
                f'<w:multiLevelType w:val="multilevel"/>{xml}</w:abstractNum>'
            )
        )
    _start_list(numbering, BULLETS, of=BULLETS)
    _start_list(numbering, DECIMALS)


def _start_list(numbering: Any, list_id: int, of: int = DECIMALS) -> None:
    restart = "".join(
        f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="1"/></w:lvlOverride>'
        for level in (0, 1)
        if of == DECIMALS
    )
    numbering.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{list_id}"><w:abstractNumId w:val="{of}"/>'
            f"{restart}</w:num>"
        )
    )


def _put_in_list(paragraph: Paragraph, list_id: int, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = min(level, 2)
    properties.get_or_add_numId().val = list_id


def _set_styles(styles: Any) -> None:
    defaults = styles.element.find(qn("w:docDefaults"))
    next(defaults.iter(qn("w:lang"))).set(qn("w:val"), LANGUAGE)
    for look in _LOOKS:
        style = styles[look.style]
        # The template's letter spacing, rules and room around.
        _drop(style.element, "w:spacing", "w:pBdr")
        _set_font(style, look.font, look.size)
        style.font.bold, style.font.italic, style.font.all_caps = look.bold, False, look.capitals
        style.font.color.rgb = RGBColor.from_string(look.colour)
        style.paragraph_format.space_before = Pt(look.before)
        style.paragraph_format.space_after = Pt(look.after)
    for name in ("Title", "Subtitle"):
        styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for family, level in product(("List Bullet", "List Number", "List Continue"), (1, 2, 3)):
        style = styles[_name(family, level)]
        _drop(style.element, "w:numPr", "w:contextualSpacing")
        style.paragraph_format.space_after = Pt(4)
    link = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb = RGBColor.from_string(BRAND)
    link.font.underline = True


def _set_font(style: Any, font: str, size: float) -> None:
    style.font.name, style.font.size = font, Pt(size)
    faces = style.element.rPr.rFonts
    for attribute in list(faces.attrib):
        # The theme's face would win over the named one.
        if attribute.endswith("Theme"):
            del faces.attrib[attribute]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        faces.set(qn(f"w:{script}"), font)


def _drop(element: Any, *tags: str) -> None:
    for tag in tags:
        for found in list(element.iter(qn(tag))):
            found.getparent().remove(found)


def _set_page(section: Any, margin: int, *, turned: bool = False) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if turned else WD_ORIENT.PORTRAIT
    sides = (Mm(297), Mm(210)) if turned else (Mm(210), Mm(297))
    section.page_width, section.page_height = sides
    section.left_margin = section.right_margin = margin
    section.top_margin = section.bottom_margin = min(margin, Mm(22))


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


def _name(family: str, level: int) -> str:
    return family if level == 1 else f"{family} {level}"


def _clean(words: str) -> str:
    return _UNPRINTABLE.sub("", words)
