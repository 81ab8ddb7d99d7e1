"""What is read of a workbook, and what is not: limits, lies and bonds to other files."""

import time
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.utils.datetime import MAC_EPOCH

from cnlctf.lib.workbook_reading import Run, UnreadableWorkbook, address, read
from tests.lib.workbooks import SHEET, plain, rewritten, saved, sheet_of_rows


def cells(content: bytes) -> dict[str, object]:
    (sheet,) = read(content)
    return {
        address(row, column): cell.value
        for row, by_column in sheet.rows.items()
        for column, cell in by_column.items()
    }


def sheet_with(data: str) -> bytes:
    """A workbook whose only sheet has this between its ``<sheetData>``."""
    return rewritten(
        plain(["x"]),
        {
            SHEET: (
                '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
                f"<sheetData>{data}</sheetData></worksheet>"
            ).encode()
        },
    )


def test_values_are_those_that_excel_shows():
    content = plain(["OE 1", 0.26, 30, date(2019, 11, 18), True, None, "línea\notra", -1234.5])
    assert cells(content) == {
        "A1": "OE 1",
        "B1": Decimal("0.26"),
        "C1": Decimal(30),
        "D1": date(2019, 11, 18),
        "E1": True,
        "G1": "línea\notra",
        "H1": Decimal("-1234.5"),
    }


def test_dates_of_a_book_that_counts_from_1904():
    workbook = Workbook()
    workbook.epoch = MAC_EPOCH
    workbook.worksheets[0]["A1"] = date(2019, 11, 18)
    assert cells(saved(workbook)) == {"A1": date(2019, 11, 18)}


def test_bold_words_and_bold_cells():
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet["A1"] = CellRichText(TextBlock(InlineFont(b=True), "SUNAFIL"), "/ MTPE")
    sheet["A2"] = "MTPE"
    sheet["A2"].font = Font(bold=True)
    (read_sheet,) = read(saved(workbook))
    rich, whole = read_sheet.rows[1][1], read_sheet.rows[2][1]
    assert (rich.value, rich.runs) == (
        "SUNAFIL/ MTPE",
        (Run("SUNAFIL", True), Run("/ MTPE", False)),
    )
    assert (whole.value, whole.bold, whole.runs) == ("MTPE", True, ())


def test_the_number_format_comes_with_the_number():
    workbook = Workbook()
    workbook.worksheets[0]["A1"] = 0
    workbook.worksheets[0]["A1"].number_format = '#,##0" a/"'
    (sheet,) = read(saved(workbook))
    assert sheet.rows[1][1].number_format == '#,##0" a/"'


def test_a_merged_range_shows_its_corner():
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet["B2"] = "OE 1"
    sheet.merge_cells("B2:C4")
    (found,) = read(saved(workbook))
    assert found.at(4, 3).value == found.at(2, 2).value == "OE 1"
    assert found.at(5, 3) is None
    assert (2, 2) not in found.covered


def test_a_formula_gives_its_saved_value():
    content = sheet_with(
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>NOW()</f></c>'
        '<c r="C1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        '<c r="D1" t="str"><f>A1&amp;"x"</f><v>2x</v></c></row>'
    )
    (sheet,) = read(content)
    row = sheet.rows[1]
    assert [(row[n].value, row[n].is_formula, row[n].error) for n in (1, 2, 3, 4)] == [
        (Decimal(2), True, False),
        ("", True, False),
        ("#DIV/0!", True, True),
        ("2x", True, False),
    ]


def test_cells_without_an_address_follow_one_another():
    content = sheet_with("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")
    assert cells(content) == {"A1": 1, "B1": 2, "A2": 3}


def test_inline_text_and_prefixes():
    content = rewritten(
        plain(["x"]),
        {
            SHEET: (
                b'<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
                b'<x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>hola</x:t></x:is>'
                b"</x:c></x:row></x:sheetData></x:worksheet>"
            )
        },
    )
    assert cells(content) == {"A1": "hola"}


def test_hidden_sheets_are_not_read():
    workbook = Workbook()
    workbook.create_sheet("Listas").sheet_state = "hidden"
    workbook.create_sheet("Muy oculta").sheet_state = "veryHidden"
    assert [sheet.title for sheet in read(saved(workbook))] == ["Sheet"]


# --- Limits ---------------------------------------------------------------------------------


def test_a_hundred_thousand_rows_are_refused_early():
    content = rewritten(plain(["x"]), {SHEET: sheet_of_rows(100_000)})
    start = time.process_time()
    with pytest.raises(UnreadableWorkbook, match="más abajo de la fila 20,000"):
        read(content)
    # Reading it all takes several times as long.
    assert time.process_time() - start < 5


def test_a_last_row_far_below_is_not_filled_in():
    content = sheet_with('<row r="1048576"><c r="A1048576"><v>1</v></c></row>')
    with pytest.raises(UnreadableWorkbook, match="fila 20,000"):
        read(content)


def test_too_many_columns():
    with pytest.raises(UnreadableWorkbook, match="columna GR"):
        read(sheet_with('<row r="1"><c r="XFD1"><v>1</v></c></row>'))


def test_too_many_sheets():
    workbook = Workbook()
    for _ in range(20):
        workbook.create_sheet()
    with pytest.raises(UnreadableWorkbook, match="21 hojas"):
        read(saved(workbook))


def test_a_merged_range_of_the_whole_sheet():
    workbook = Workbook()
    workbook.worksheets[0]["A1"] = "x"
    workbook.worksheets[0].merge_cells("A1:XFD2")
    content = rewritten(
        saved(workbook), {SHEET: lambda part: part.replace(b"A1:XFD2", b"A1:XFD1048576")}
    )
    with pytest.raises(UnreadableWorkbook, match="combinadas"):
        read(content)


def test_a_cell_longer_than_excel_s():
    text = "a" * 40_000
    content = sheet_with(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row>')
    with pytest.raises(UnreadableWorkbook, match="32,767"):
        read(content)


# --- Lies -----------------------------------------------------------------------------------


def test_entities_are_refused():
    bomb = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'
    with pytest.raises(UnreadableWorkbook, match="entidades"):
        read(rewritten(plain(["x"]), {SHEET: bomb}))


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ("xl/externalLinks/externalLink1.xml", "vínculos a otros libros"),
        ("xl/connections.xml", "conexiones"),
        ("xl/vbaProject.bin", "macros"),
        ("xl/macrosheets/sheet1.xml", "macros"),
        ("xl/activeX/activeX1.xml", "ActiveX"),
    ],
)
def test_bonds_to_the_outside_are_refused(part, reason):
    with pytest.raises(UnreadableWorkbook, match=reason):
        read(rewritten(plain(["x"]), {part: b"<x/>"}))


@pytest.mark.parametrize(
    "data",
    [
        '<row r="1"><c r="A1" t="s"><v>99</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>-1</v></c></row>',
        '<row r="1"><c r="¿?"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></row>',
        '<row r="uno"><c><v>1</v></c></row>',
        '<row r="1"><c r="A1" s="uno"><v>1</v></c></row>',
    ],
)
def test_damaged_sheets_are_refused(data):
    with pytest.raises(UnreadableWorkbook, match="dañado"):
        read(sheet_with(data))


@pytest.mark.parametrize("value", ["1e999", "NaN", "-inf", "1e300", "hola", "--1"])
def test_numbers_that_are_none_stay_words(value):
    content = sheet_with(f'<row r="1"><c r="A1"><v>{value}</v></c></row>')
    assert cells(content) == {"A1": value}


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"hola", plain(["x"])[:500]])
def test_what_is_no_workbook(content):
    with pytest.raises(UnreadableWorkbook):
        read(content)


@pytest.mark.parametrize("missing", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
def test_a_part_that_is_missing(missing):
    with pytest.raises(UnreadableWorkbook, match="dañado"):
        read(rewritten(plain(["x"]), {missing: b"<x/>"[:0] or b"<"}))
