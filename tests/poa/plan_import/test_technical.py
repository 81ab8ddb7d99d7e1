"""The template carries an indicator's quarters and ficha técnica, there and back."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from poa.choices import Counting, Direction, PlanState
from poa.models import Indicator, OperatingPlan
from poa.plan_import.importing import carry_out, preview
from poa.plan_template import PLAN_COLUMNS, template_workbook
from tests.poa.plan_import.emptying import remove_plans
from tests.poa.plan_import.printed import saved

pytestmark = pytest.mark.django_db

COLUMNS = {column.name: number for number, column in enumerate(PLAN_COLUMNS, 1)}
SHEET = {
    "counting": Counting.PERSONS_REPEAT,
    "counts_from": date(2019, 9, 18),
    "definition": "Personas que asistieron.\nSe cuentan por lista.",
    "method": "Suma simple.",
    "source": "Listas de asistencia",
    "base_line": "60 personas en 2018",
    "direction": Direction.STEADY,
}


@pytest.fixture
def plan(demo):
    OperatingPlan.objects.filter(pk=demo.pk).update(state=PlanState.DRAFT)
    demo.refresh_from_db()
    return demo


@pytest.fixture
def row(plan):
    """LA 2.1.7, whose goal is 80 persons, with all that may be told of it."""
    indicator = plan.indicators.get(line__number=7, line__strategy__number=1)
    Indicator.objects.filter(pk=indicator.pk).update(**SHEET)
    for quarter, goal in ((2, 40), (4, 80)):
        indicator.milestones.create(quarter=quarter, goal=goal)
    return indicator


def workbook_of(plan):
    return load_workbook(BytesIO(template_workbook(2019, plan.national_plan, plan)))


def changed(plan, **cells):
    """The template with other values in the last row, that of LA 2.1.7."""
    workbook = workbook_of(plan)
    for name, value in cells.items():
        workbook["Plan"].cell(15, COLUMNS[name.replace("_", "-")]).value = value
    return saved(workbook)


def told(indicator):
    return (
        {name: getattr(indicator, name) for name in SHEET},
        list(indicator.milestones.values_list("quarter", "goal")),
    )


def test_the_template_is_the_same_and_makes_the_same(plan, row):
    content, before = saved(workbook_of(plan)), told(Indicator.objects.get(pk=row.pk))
    assert preview(content, 2019).changes.said == []
    remove_plans()
    assert carry_out(content, 2019).errors == []
    again = Indicator.objects.get(line__number=7, line__strategy__number=1)
    assert told(again) == before


def test_what_is_told_otherwise_changes_and_what_is_empty_stays(plan, row):
    content = changed(
        plan, method="Promedio.", direction="Sube", source=None, quarter_2=None, quarter_3="50,5"
    )
    found = carry_out(content, 2019)
    assert found.errors == []
    (change,) = found.updated
    assert [(one.label, one.old, one.new) for one in change.fields] == [
        ("sentido esperado", "Se mantiene", "Sube"),
        ("método de cálculo", "Suma simple.", "Promedio."),
        ("hitos trimestrales", "2.º: 40, 4.º: 80", "3.º: 50.50, 4.º: 80"),
    ]
    sheet, milestones = told(Indicator.objects.get(pk=row.pk))
    assert sheet == SHEET | {"method": "Promedio.", "direction": Direction.UP}
    assert milestones == [(3, Decimal("50.5")), (4, Decimal(80))]


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"counting": "A ojo"}, "No se entiende «A ojo»."),
        ({"direction": "De lado"}, "No se entiende «De lado»."),
        ({"counts_from": "ayer"}, "La fecha"),
        ({"quarter_1": "muchos"}, "El valor"),
        ({"quarter_1": 50}, "es menor que el anterior"),
        ({"quarter_4": 90}, "no pasan de la meta"),
    ],
)
def test_what_does_not_fit_is_refused_in_its_cell(plan, row, cells, problem):
    found = preview(changed(plan, **cells), 2019)
    assert [problem in one.problem for one in found.errors] == [True]
