import hashlib
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from cnlctf.lib.grid import Align, Block, Cell, LegendItem, Row, Table
from cnlctf.lib.xlsx import HEADER_FILL, Sheet, write

TABLE = Table(
    caption="Evaluación",
    widths=(1, 3, 2),
    head=(
        Row((Cell("ITEM", rowspan=2, header=True), Cell("EJECUCIÓN", colspan=2, header=True))),
        Row((Cell("Abs.", header=True), Cell("%", header=True))),
    ),
    body=(
        Row(
            (
                Cell("LA **1.3.3**", rowspan=2),
                Cell("=1+1", bold=True),
                Cell("1.5", number=Decimal("1.5"), number_format="0.00", align=Align.END),
            )
        ),
        Row((Cell("#N/A\x07 a_b\n- uno"), Cell("100 %", state="met", align=Align.CENTER))),
        Row((Cell(), Cell("**Todo**", bold=True, colspan=2))),
    ),
)
BLOCK = Block(
    heading="ANEXO 1",
    prose="Una _línea_.\n- Otra.",
    table=TABLE,
    legend=(LegendItem("met", "✓", "Meta alcanzada o superada."),),
    notes=("TF=Trabajo forzoso.", "a/ **_x_**\n- y"),
)
CREATED = datetime(2020, 1, 16, 16, 25, tzinfo=UTC)


def content() -> bytes:
    return write(
        [Sheet("POA 2019", BLOCK, fills={"met": "#C6EFCE"}, frozen_columns=1)],
        title="POA 2019",
        author="CNLCTF",
        created=CREATED,
    )


@pytest.fixture
def sheet():
    return load_workbook(BytesIO(content()), rich_text=True)["POA 2019"]


def test_grid(sheet):
    values = [[None if v is None else str(v) for v in row] for row in sheet.values]
    assert values == [
        ["ANEXO 1", None, None],
        [None, None, None],
        ["Una línea.", None, None],
        ["- Otra.", None, None],
        [None, None, None],
        ["ITEM", "EJECUCIÓN", None],
        [None, "Abs.", "%"],
        ["LA 1.3.3", "=1+1", "1.5"],
        [None, "#N/A a_b\n- uno", "100 %"],
        [None, "Todo", None],
        [None, None, None],
        ["✓", "Meta alcanzada o superada.", None],
        [None, None, None],
        ["TF=Trabajo forzoso.", None, None],
        ["a/ x\n- y", None, None],
    ]


def test_types(sheet):
    assert [sheet[place].data_type for place in ("A8", "B8", "C8", "B9", "A10")] == list("ssnsn")
    assert sheet["C8"].value == 1.5
    assert sheet["C8"].number_format == "0.00"


def test_merged_ranges_are_framed_on_all_sides(sheet):
    assert sorted(map(str, sheet.merged_cells.ranges)) == [
        "A14:C14",
        "A15:C15",
        "A1:C1",
        "A3:C3",
        "A4:C4",
        "A6:A7",
        "A8:A9",
        "B10:C10",
        "B12:C12",
        "B6:C6",
    ]
    # openpyxl dresses merged ranges anew on reading, Excel does not: look at the file.
    xml = ZipFile(BytesIO(content())).read("xl/worksheets/sheet1.xml").decode()
    styles = dict(re.findall(r'<c r="(\w+)" s="(\d+)"', xml))
    assert styles["A6"] == styles["A7"] == styles["B6"] == styles["C6"]
    assert styles["A8"] == styles["A9"]
    assert re.findall(r'<mergeCell ref="(\w+):', xml) == [
        *("A1", "A3", "A4", "A6", "A8", "A14", "A15"),
        *("B6", "B10", "B12"),
    ]
    assert sheet["A9"].border.bottom.style == sheet["C6"].border.right.style == "thin"
    assert sheet["A1"].border.left.style is None


def test_looks(sheet):
    assert sheet["A6"].font.bold
    assert sheet["A6"].fill.start_color.rgb == f"00{HEADER_FILL}"
    assert sheet["A6"].alignment.horizontal == "center"
    assert sheet["A6"].alignment.wrap_text
    assert sheet["B8"].font.bold
    assert not sheet["B9"].font.bold
    assert sheet["B9"].alignment.vertical == "top"
    assert sheet["C8"].alignment.horizontal == "right"
    assert sheet["C9"].fill.start_color.rgb == sheet["A12"].fill.start_color.rgb == "00C6EFCE"
    assert sheet["B9"].fill.fill_type is None


def test_bold_words_inside_a_cell(sheet):
    def parts(place):
        return [
            (part, False, False)
            if isinstance(part, str)
            else (part.text, bool(part.font.b), bool(part.font.i))
            for part in sheet[place].value
        ]

    assert parts("A8") == [("LA ", False, False), ("1.3.3", True, False)]
    assert parts("A3") == [("Una ", False, False), ("línea", False, True), (".", False, False)]
    assert parts("A15") == [
        ("a/ ", False, False),
        ("x", True, True),
        ("\n- ", False, False),
        ("y", False, False),
    ]
    # In a bold cell there is nothing to tell apart.
    assert sheet["B10"].value == "Todo"


def test_page(sheet):
    assert sheet.freeze_panes == "B8"
    assert sheet.print_title_rows == "$6:$7"
    assert sheet.page_setup.orientation == "landscape"
    assert int(sheet.page_setup.paperSize) == 8
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.oddFooter.center.text == "Página &P de &N"
    assert [sheet.column_dimensions[letter].width for letter in "ABC"] == [40, 120, 80]


def test_properties():
    properties = load_workbook(BytesIO(content())).properties
    assert (properties.title, properties.creator) == ("POA 2019", "CNLCTF")
    assert properties.created == properties.modified == CREATED.replace(tzinfo=None)


def test_rows_grow_with_their_text():
    table = Table(
        "",
        (1, 1),
        (),
        (
            Row((Cell("palabra " * 40, rowspan=2), Cell("corto"))),
            Row((Cell("corto"),)),
            Row((Cell("a"), Cell("uno\ndos\ntres"))),
        ),
    )
    [sheet] = load_workbook(BytesIO(write([Sheet("a", Block("", table=table), width=40)])))
    heights = [sheet.row_dimensions[row].height for row in (1, 2, 3)]
    assert heights[0] == heights[1] > 90
    assert 36 < heights[2] < 45
    assert sheet.freeze_panes is None


def test_a_block_without_table():
    block = Block("Anexo", legend=(LegendItem("met", "✓", "Alcanzada"),), notes=("Nota",))
    [sheet] = load_workbook(BytesIO(write([Sheet("a", block)])))
    assert [*sheet.values] == [("Anexo", None), ("✓", "Alcanzada"), (None, None), ("Nota", None)]


def test_a_high_head_is_not_frozen():
    block = Block("", prose="línea\n" * 40, table=TABLE)
    [sheet] = load_workbook(BytesIO(write([Sheet("a", block, frozen_columns=2)])))
    assert sheet.freeze_panes == "C1"


@pytest.mark.parametrize(
    "rows",
    [
        (Row((Cell("a"), Cell("b"), Cell("c"))),),
        (Row((Cell("a"), Cell("b", rowspan=2))),),
        (Row((Cell("a"), Cell("b", rowspan=2))), Row((Cell("c", colspan=2),))),
    ],
)
def test_cells_that_do_not_fit_are_refused(rows):
    with pytest.raises(ValueError, match="does not fit"):
        write([Sheet("a", Block("", table=Table("", (1, 1), (), rows)))])


def test_texts_beyond_excels_limit_are_cut():
    table = Table("", (1,), (), (Row((Cell("**a** " + "b" * 40_000),)),))
    [sheet] = load_workbook(BytesIO(write([Sheet("a", Block("", table=table))])))
    assert len(sheet["A1"].value) == 32_767
    assert sheet.row_dimensions[1].height == 409


def test_same_bytes_in_another_process():
    program = (
        "import sys, hashlib; from tests.lib.test_xlsx import content;"
        "sys.stdout.write(hashlib.sha256(content()).hexdigest())"
    )
    for seed in ("1", "2"):
        result = subprocess.run(  # noqa: S603  (our own interpreter and program)
            [sys.executable, "-c", program],
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo"},
            capture_output=True,
            text=True,
            check=True,
            cwd=Path(__file__).parents[2],
        )
        assert result.stdout == hashlib.sha256(content()).hexdigest()
    dates = {member.date_time for member in ZipFile(BytesIO(content())).infolist()}
    assert dates == {(1980, 1, 1, 0, 0, 0)}
