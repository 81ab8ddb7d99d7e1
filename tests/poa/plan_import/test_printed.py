"""The seed's Annex 1, with its repeats and misplacements, becomes 9 lines and 12 indicators."""

from decimal import Decimal

import pytest

from poa.models import ActionLine, Indicator, OperatingPlan, Participation, Strategy
from poa.plan_import.importing import carry_out, preview
from poa.plan_matrix import annex_block
from poa.progress import Summary
from tests.poa.grids import texts
from tests.poa.plan_import.emptying import remove_plans
from tests.poa.plan_import.printed import printed_table, printed_workbook, saved

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

LINES = ["1.3.3", "1.4.4", "1.4.5", "1.4.7", "1.4.9", "1.8.5", "2.1.1", "2.1.4", "2.1.7"]
SHARE = "\N{NO-BREAK SPACE}%"


@pytest.fixture
def imported(demo):
    expected = texts(annex_block(demo).table.body, 20)
    remove_plans()
    return carry_out(saved(printed_workbook()), 2019), expected


def test_the_seed_prints_fifteen_indicators_in_twelve_rows():
    _, table, _ = printed_table()
    rows = table[3:]
    assert len(rows) == 12
    assert sum(2 if " 2. " in row[11] else 1 for row in rows) == 15


def test_nine_lines_and_twelve_indicators(imported):
    found, _ = imported
    assert not found.errors
    plan = OperatingPlan.objects.get(year=2019)
    assert [line.prefix for line in ActionLine.objects.order_by(*_ORDER)] == LINES
    assert plan.indicators.of_lines().count() == 12
    assert plan.indicators.of_objectives().count() == 2
    assert plan.state == "draft"


_ORDER = ("strategy__objective__number", "strategy__number", "number")


def test_each_line_is_where_its_code_says(imported):
    strategies = {one.code: one.axis.code for one in Strategy.objects.select_related("axis")}
    assert strategies == {"E 1.3": "EE 2", "E 1.4": "EE 3", "E 1.8": "EE 5", "E 2.1": "EE 1"}


def test_the_figures_are_the_commission_s(imported):
    plan = OperatingPlan.objects.get(year=2019)
    summary = Summary.of(one.measure for one in plan.indicators.of_lines().with_progress())
    assert (summary.met, summary.total, summary.reported) == (7, 12, 10)
    assert summary.printed_mean == f"73{SHARE}"


def test_the_matrix_reads_as_the_demo_s(imported):
    """All but Observaciones, which the demo writes from events and the sheet has as prose."""
    _, expected = imported
    body = texts(annex_block(OperatingPlan.objects.get(year=2019)).table.body, 20)
    assert [row[:19] for row in body] == [row[:19] for row in expected]
    assert all(row[19] for row in body)


def test_remarks_keep_their_words(imported):
    body = texts(annex_block(OperatingPlan.objects.get(year=2019)).table.body, 20)
    line = next(row for row in body if row[9] == "LA 2.1.4")
    assert line[19].endswith(
        "Sesión de la Comisión Intergubernamental del Sector Trabajo y "
        "Promoción del Empleo (CIGTPE)."
    )
    assert line[19].count("Ucayali") == 1


def test_notes_below_the_table(imported):
    plan = OperatingPlan.objects.get(year=2019)
    assert plan.abbreviations == "TF=Trabajo forzoso."
    (note,) = plan.footnotes.all()
    assert note.mark == "a/"
    assert note.text.startswith("Considera el número de víctimas")
    own = plan.indicators.of_objectives().first()
    assert (own.goal, own.goal_kind, own.footnote) == (Decimal(0), "not_due", note)


def test_the_first_institution_is_responsible(imported):
    responsible = {
        str(one.entity.list_name) for one in Participation.objects.filter(role="responsible")
    }
    assert responsible == {"SUNAFIL", "Secretaría Técnica de la CNLCTF-MTPE"}


def test_each_warning_says_where_and_what_was_done(imported):
    found, _ = imported
    said = {(one.cell, one.problem, one.mend) for one in found.warnings}
    moved = {("J7", "1.4.4"), ("J8", "1.4.5"), ("J9", "1.4.7"), ("J10", "1.4.9")}
    assert {
        (cell, f"LA {line} no corresponde a E 1.3.", "Por su código, se importa en E 1.4.")
        for cell, line in moved
    } <= said
    assert (
        "J14",
        "LA 2.1.1 no corresponde a E 1.8.",
        "Por su código, se importa en E 2.1.",
    ) in said
    repeats = {("L11", "L9", "1.4.7-1"), ("L12", "L10", "1.4.9-1"), ("L16", "L15", "2.1.4-2")}
    assert {
        (
            cell,
            f"Repetida: ¿es la misma que la de {first}?",
            f"Se importa una sola vez como indicador {label}.",
        )
        for cell, first, label in repeats
    } <= said
    lost = {cell for cell, problem, _ in said if "negrita" in problem}
    assert lost == {"O6", "O7", "O8", "O9", "O10", "O13", "O15"}
    assert {cell for cell, problem, _ in said if "se realizó actividad" in problem} == {"P13"}
    astray = {cell for cell, problem, _ in said if "fuera de la tabla" in problem}
    assert astray == {"X7"}
    assert len(said) == 5 + 3 + 7 + 1 + 1


def test_a_second_time_nothing_changes(imported):
    again = preview(saved(printed_workbook()), 2019)
    assert (again.changes.said, again.writes, again.changes.unchanged) == ([], False, 14)


def test_over_the_demo_only_what_events_write_differs(demo):
    found = preview(saved(printed_workbook()), 2019)
    assert not found.errors
    assert not found.writes
    assert {one.what for one in found.skipped} == {
        f"Observaciones de LA {line}" for line in LINES if line not in ("1.4.4", "2.1.1")
    }


def test_the_lines_of_a_cell_may_be_lines_too(demo):
    """As Word writes them: Alt+Intro between two indicators, and a goal a line."""
    remove_plans()
    workbook = printed_workbook()
    for cell in ("L7", "M7", "N7"):
        sheet = workbook.worksheets[0]
        text = (
            sheet[cell]
            .value.replace(" 2. ", "\n2. ")
            .replace("inspectiva Acta", "inspectiva\nActa")
        )
        sheet[cell] = text.replace("30 4", "30\n4")
    found = carry_out(saved(workbook), 2019)
    assert not found.errors
    goals = Indicator.objects.filter(line__strategy__number=4, line__number=4).order_by("number")
    assert [(one.unit.name, one.goal) for one in goals] == [
        ("Actuación inspectiva", 30),
        ("Acta", 4),
    ]
