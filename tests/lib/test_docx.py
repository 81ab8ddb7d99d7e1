import re
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn

from cnlctf.lib import docx
from cnlctf.lib.flow import Flow, Grid, Heading, Landscape, Numbered, Part, Prose
from cnlctf.lib.grid import Cell, Row, Table

AT = datetime(2020, 1, 16, 16, 25, tzinfo=UTC)
TABLE = Table(
    "Metas",
    (1, 3),
    (Row((Cell("Meta"), Cell("%"))),),
    (
        Row((Cell("OE 1", rowspan=2, header=True), Cell("▲ 50 %", state="active"))),
        Row((Cell("**Dos**\nlíneas"),)),
        Row((Cell("Todo", colspan=2),)),
    ),
)


def write(*parts: Part, notice: str = "") -> bytes:
    flow = Flow("Acta N° 1", "Comisión", ("PERÚ", "Alianza"), notice, parts)
    return docx.write(
        flow, author="Comisión", subject="Hoy", created=AT, fills={"active": "F8E6BD"}
    )


def opened(*parts: Part, notice: str = "") -> Document:
    return Document(BytesIO(write(*parts, notice=notice)))


def body(document: Document) -> list[tuple[str, str]]:
    """Style and words of each paragraph after the title."""
    return [(p.style.name, p.text) for p in document.paragraphs[3:]]


def list_of(paragraph) -> tuple[int, int]:
    numbering = paragraph._p.pPr.numPr
    return numbering.numId.val, numbering.ilvl.val


def test_what_heads_it() -> None:
    document = opened()
    assert [(p.style.name, p.text) for p in document.paragraphs] == [
        ("Caption", "PERÚ · Alianza"),
        ("Subtitle", "Comisión"),
        ("Title", "Acta N° 1"),
    ]
    assert document.sections[0].header.paragraphs[0].text == "Acta N° 1"
    footer = document.sections[0].footer._element.xml
    assert re.findall(r'w:instr="(\w+)"', footer) == ["PAGE", "NUMPAGES"]
    properties = document.core_properties
    assert (properties.title, properties.author, properties.created, properties.modified) == (
        "Acta N° 1",
        "Comisión",
        AT,
        AT,
    )


def test_headings_paragraphs_and_bullets() -> None:
    document = opened(
        Heading(1, "I. Uno"),
        Heading(2, "_Dos_"),
        Heading(3, "Tres"),
        Prose("Párrafo.\n\n- Viñeta\n  - Otra"),
    )
    assert body(document) == [
        ("Heading 1", "I. Uno"),
        ("Heading 2", "Dos"),
        ("Heading 3", "Tres"),
        ("Normal", "Párrafo."),
        ("List Bullet", "Viñeta"),
        ("List Bullet 2", "Otra"),
    ]
    bullets = document.paragraphs[-2:]
    assert [list_of(bullet) for bullet in bullets] == [(docx.BULLETS, 0), (docx.BULLETS, 1)]


def test_bold_italics_and_links() -> None:
    document = opened(Prose("Un **dos** _tres_ [cuatro](https://example.pe/a)."))
    paragraph = document.paragraphs[-1]
    assert [(run.text, run.bold, run.italic) for run in paragraph.runs] == [
        ("Un ", None, None),
        ("dos", True, None),
        (" ", None, None),
        ("tres", None, True),
        (" ", None, None),
        (".", None, None),
    ]
    (link,) = paragraph.hyperlinks
    assert (link.text, link.url) == ("cuatro", "https://example.pe/a")


def test_each_list_of_numbers_starts_at_one() -> None:
    document = opened(
        Numbered("1.", "Uno\nsigue\n- viñeta"),
        Numbered("1.1.", "Uno uno", level=2),
        Numbered("2.", "Dos"),
        Numbered("1.", "Otra lista"),
    )
    assert body(document) == [
        ("List Number", "Uno"),
        ("List Continue", "sigue"),
        ("List Bullet 2", "viñeta"),
        ("List Number 2", "Uno uno"),
        ("List Number", "Dos"),
        ("List Number", "Otra lista"),
    ]
    lists = [list_of(document.paragraphs[3 + place]) for place in (0, 3, 4, 5)]
    first, second = lists[0][0], lists[3][0]
    assert lists == [(first, 0), (first, 1), (first, 0), (second, 0)]
    assert first != second
    numbering = document.part.numbering_part.element
    for num in numbering.findall(qn("w:num"))[1:]:
        starts = [start.get(qn("w:val")) for start in num.iter(qn("w:startOverride"))]
        assert starts == ["1", "1"]


def test_a_table_with_merged_cells() -> None:
    (table,) = opened(Grid(TABLE)).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Meta", "%"],
        ["OE 1", "▲ 50 %"],
        ["OE 1", "Dos\nlíneas"],
        ["Todo", "Todo"],
    ]
    xml = table._tbl.xml
    assert xml.count("<w:tblHeader/>") == 1
    assert '<w:tblCaption w:val="Metas"/>' in xml
    assert re.findall(r'w:fill="(\w+)"', xml) == [
        docx.BRAND,
        docx.BRAND,
        docx.HEADER_FILL,
        "F8E6BD",
    ]


def test_a_wide_part_is_on_turned_sheets() -> None:
    upright, turned = opened(Prose("Uno"), Landscape(), Prose("Dos")).sections
    assert upright.page_height > upright.page_width
    assert (turned.page_width, turned.page_height) == (upright.page_height, upright.page_width)


def test_what_it_still_is_goes_across_every_sheet() -> None:
    draft = opened(Prose("Uno"), Landscape(), notice="Borrador")
    header = draft.sections[0].header
    assert header.paragraphs[0].text == "BORRADOR · Acta N° 1"
    assert 'string="BORRADOR"' in header._element.xml
    assert draft.sections[1].header.is_linked_to_previous
    assert "WaterMark" not in opened().sections[0].header._element.xml


def test_the_same_bytes_at_any_moment() -> None:
    parts = (Heading(1, "Uno"), Numbered("1.", "Dos"), Grid(TABLE), Landscape())
    content = write(*parts)
    assert content == write(*parts)
    with ZipFile(BytesIO(content)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert "docProps/thumbnail.jpeg" not in file.namelist()


def test_what_xml_cannot_hold_is_left_out() -> None:
    document = opened(Prose("a\x00b\ud800 <w:p> & =1+1"))
    assert document.paragraphs[-1].text == "ab <w:p> & =1+1"


def test_a_moment_needs_a_time_zone() -> None:
    with pytest.raises(ValueError, match="created needs a time zone"):
        docx.write(Flow("A", "B", (), "", ()), author="", subject="", created=datetime(2020, 1, 16))
