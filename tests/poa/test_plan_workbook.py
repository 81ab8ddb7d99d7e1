"""The Excel file, reopened: the same grid as the matrix, with numbers as numbers."""

from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText

from cnlctf.lib.text import to_plain
from poa.models import Execution, Indicator, LegendEntry
from poa.plan_matrix import annex_block
from poa.plan_workbook import plan_workbook
from tests.poa.grids import filled
from tests.poa.plans import make_plan

# Goal, executed, %, pending, %: columns N and P to S.
FIGURES = [
    (2, 2, 1, 0, 0),
    (30, None, "○", None, None),
    (4, None, "○", None, None),
    (2, 2, 1, 0, 0),
    (2, 2, 1, 0, 0),
    (2, 3, 1.5, 0, 0),
    (3, 0, 0, 3, 1),
    (2, 0, 0, 2, 1),
    (1, 1, 1, 0, 0),
    (1, 3, 3, 0, 0),
    (80, 21, 0.26, 59, 0.74),
    (80, 173, 2.16, 0, 0),
]
TABLE = 3  # the row of the sheet where the table's head begins, after the heading
BODY = TABLE + 3


def reopened(plan):
    return load_workbook(BytesIO(plan_workbook(plan)), rich_text=True).worksheets[0]


@pytest.fixture(scope="module")
def sheet(demo):
    return reopened(demo)


def test_the_figures_are_the_original_s(sheet):
    rows = [[sheet[f"{column}{row}"].value for column in "NPQRS"] for row in range(BODY, BODY + 12)]
    assert [tuple(row) for row in rows] == FIGURES


def test_the_same_cells_are_merged(demo, sheet):
    table = annex_block(demo).table
    spans = [
        (cell.rowspan, cell.colspan) for row in (*table.head, *table.body) for cell in row.cells
    ]
    areas = [area for area in sheet.merged_cells.ranges if TABLE <= area.min_row < BODY + 12]
    sizes = [(area.size["rows"], area.size["columns"]) for area in areas]
    assert sorted(sizes) == sorted(span for span in spans if span != (1, 1))


def test_each_value_stands_in_the_corner_of_its_cell(demo, sheet):
    table = annex_block(demo).table
    corners = {}
    for down, row in enumerate(filled(table.body, 20), BODY):
        for right, cell in enumerate(row, 1):
            corners.setdefault(id(cell), (down, right, cell))
    for down, right, cell in corners.values():
        value = sheet.cell(down, right).value
        if cell.number is not None:
            assert value == pytest.approx(float(cell.number))
        elif not cell.state:
            assert (str(value) if value else "") == to_plain(cell.text)


def test_formats_show_what_the_matrix_prints(sheet):
    assert sheet["Q6"].number_format == '"● "0"\N{NO-BREAK SPACE}"%'
    assert sheet["S6"].number_format == '0"\N{NO-BREAK SPACE}"%'
    assert sheet["E6"].number_format == '#,##0" a/"'
    assert sheet["E6"].value == 0


def test_colours_are_those_of_the_legend(sheet):
    fills = [sheet.cell(row, 17).fill.start_color.rgb[2:] for row in range(BODY, BODY + 12)]
    met, active, no_report = "92D050", "FFEB66", "D9D9D9"
    assert fills == [met, no_report, no_report, *[met] * 3, *[active] * 2, met, met, active, met]


def test_the_responsible_in_bold(sheet):
    rich = sheet["O7"].value
    assert isinstance(rich, CellRichText)
    bold, rest = rich
    assert (bold.text, bold.font.b) == ("SUNAFIL", True)
    assert rest == "/ MTPE/ GORES."


def test_legend_and_notes_follow_the_table(sheet):
    below = [
        [str(cell.value) for cell in row if cell.value is not None]
        for row in sheet.iter_rows(min_row=BODY + 12)
    ]
    below = [row for row in below if row]
    assert below[:5] == [
        ["●", "Meta alcanzada o superada"],
        ["▲", "Meta no alcanzada pero actividad realizada"],
        ["■", "Actividad no realizada"],
        ["○", "Sin reporte"],
        ["—", "No aplica"],
    ]
    assert below[5] == ["TF=Trabajo forzoso."]
    assert below[6][0].startswith("a/ Considera el número de víctimas")


def test_it_prints_on_landscape_pages_with_the_head_on_each(sheet):
    assert sheet.title == "POA 2019"
    assert sheet["A1"].value.endswith("PLAN OPERATIVO ANUAL 2019")
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == f"${TABLE}:${BODY - 1}"
    assert sheet.oddFooter.center.text == "Página &P de &N"
    assert sheet.freeze_panes == f"B{BODY}"


def test_the_same_data_give_the_same_bytes(demo):
    assert plan_workbook(demo) == plan_workbook(demo)


def test_queries(demo, django_assert_num_queries):
    with django_assert_num_queries(9):
        plan_workbook(demo)


# --- Other plans ----------------------------------------------------------------------------


def test_queries_of_a_larger_plan(db, django_assert_num_queries):
    plan = make_plan(lines=30, events=3)
    with django_assert_num_queries(9):
        plan_workbook(plan)


def test_less_than_one_per_cent_is_a_number_too(db):
    plan = make_plan()
    Indicator.objects.filter(plan=plan).update(goal=4000)
    Execution.objects.create(indicator=Indicator.objects.get(plan=plan), declared=1)
    LegendEntry.objects.create(
        state="active", wording="Actividad realizada", colour="#FFEB66", position=1
    )
    cell = reopened(plan)["Q6"]
    assert cell.value == 0.00025
    assert cell.number_format == '"▲ <1\N{NO-BREAK SPACE}%"'


# --- The command ----------------------------------------------------------------------------


def test_the_command_writes_the_file(demo, tmp_path):
    path, out = tmp_path / "anexo.xlsx", StringIO()
    call_command("poa_xlsx", "2019", "-o", str(path), stdout=out)
    assert path.read_bytes() == plan_workbook(demo)
    assert out.getvalue() == f"{path}: Plan Operativo Anual 2019.\n"


@pytest.mark.parametrize("year", ["1999", "dos mil", "99999999999999999999", "-1", ""])
def test_an_unknown_year_is_one_clear_line(demo, tmp_path, year):
    with pytest.raises(CommandError) as error:
        call_command("poa_xlsx", "--output", str(tmp_path / "a.xlsx"), "--", year)
    assert str(error.value) == f"No hay un plan operativo del año «{year}»."
    assert error.value.returncode == 1


def test_a_file_that_cannot_be_written_is_one_clear_line(demo, tmp_path):
    path = tmp_path / "no existe" / "anexo.xlsx"
    with pytest.raises(CommandError) as error:
        call_command("poa_xlsx", "2019", "-o", str(path))
    assert str(error.value) == f"No se puede escribir «{path}»: la carpeta no existe."
