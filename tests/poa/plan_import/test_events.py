"""The template's two sheets: what is planned, and event by event what was done."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from poa.choices import GoalKind, PlanState
from poa.models import Contribution, Event, Execution, Indicator, OperatingPlan
from poa.observations import lines_observations
from poa.plan_import.importing import carry_out, preview
from poa.plan_template import EXECUTION_COLUMNS, PLAN_COLUMNS, template_workbook
from tests.lib.workbooks import saved

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


@pytest.fixture
def plan(demo):
    OperatingPlan.objects.update(state=PlanState.IN_FORCE)
    return OperatingPlan.objects.select_related("national_plan").get(year=2019)


@pytest.fixture
def book(plan):
    return load_workbook(BytesIO(template_workbook(2019, plan.national_plan, plan)))


def add(book, **values):
    """A row at the end of the sheet of execution."""
    names = [column.name.replace("-", "_") for column in EXECUTION_COLUMNS]
    book["Ejecución"].append([values.get(name) for name in names])
    return saved(book)


def test_an_event_written_as_people_do(book, plan):
    content = add(
        book,
        code="LA 2.1.4-2",
        date="18 de diciembre de 2019",
        name="Taller en Ica",
        region="ica",
        quantity="12",
        wording="Se capacitaron 12 personas.",
    )
    found = carry_out(content, 2019)
    assert [str(one) for one in found.errors] == []
    event = Event.objects.get(held_on=date(2019, 12, 18))
    assert (event.key, event.region) == ("taller-en-ica-ica-2019-12-18", "ICA")
    part = Contribution.objects.get(event=event)
    assert (part.quantity, part.counts, part.indicator.code) == (Decimal(12), True, "2.1.4-2")
    line = part.indicator.line
    assert "(18/12/2019): Ica – Se capacitaron 12 personas." in lines_observations(plan)[line.pk]
    again = preview(content, 2019)
    assert (again.writes, [str(one) for one in again.errors]) == (False, [])


def test_one_event_feeds_two_indicators(book):
    day = date(2019, 12, 20)
    add(book, code="2.1.4-1", date=day, name="Taller", region="Ica", quantity=1)
    content = add(book, code="2.1.4-2", date=day, name="Taller", region="Ica", quantity=9)
    assert not carry_out(content, 2019).errors
    event = Event.objects.get(held_on=day)
    assert sorted(event.contributions.values_list("quantity", flat=True)) == [1, 9]


def test_a_changed_quantity_is_shown_and_saved(book):
    sheet = book["Ejecución"]
    row = next(row for row in sheet.iter_rows(min_row=2) if row[2].value and row[6].value == 5)
    row[6].value = 6
    found = carry_out(saved(book), 2019)
    assert [(one.fields[0].old, one.fields[0].new) for one in found.updated] == [("5", "6")]


def test_a_declared_quantity_with_its_answer(book):
    found = carry_out(add(book, code="1.4.4-1", quantity=0, activity="Sí"), 2019)
    assert not found.errors
    execution = Execution.objects.get(indicator__line__number=4, indicator__number=1)
    assert (execution.declared, execution.activity_done) == (0, True)
    assert execution.no_report_cause == ""


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"code": "9.9.9-1", "quantity": 1}, "El plan no tiene un indicador «9.9.9-1»."),
        ({"code": "hola", "quantity": 1}, "El plan no tiene un indicador «hola»."),
        ({"code": None}, "Falta el código."),
        ({"date": "31/02/2019"}, "La fecha no es un día del calendario."),
        ({"date": "pronto"}, "La fecha no es una fecha (día/mes/año)."),
        ({"date": date(2020, 1, 1)}, "La fecha no es del año 2019."),
        ({"date": date(2019, 1, 1), "region": "Limma"}, "No hay una región «Limma»."),
        ({"quantity": -1}, "La cantidad no vale."),
        ({"quantity": "muchos"}, "El valor no es un número."),
        ({"quantity": None, "date": date(2019, 1, 1)}, "Falta la cantidad."),
        ({"date": date(2019, 1, 1), "counts": "No"}, "No cuenta para la meta."),
        ({"date": date(2019, 1, 1), "counts": "quizá"}, "No es ni «Sí» ni «No»."),
    ],
)
def test_what_is_wrong_with_an_event(book, values, problem):
    row = {"code": "2.1.4-2", "quantity": 1, **values}
    found = preview(add(book, **row), 2019)
    assert [one.problem for one in found.errors] == [problem]


def test_the_same_event_twice(book):
    day = date(2019, 12, 20)
    add(book, code="2.1.4-1", date=day, name="Taller", quantity=1)
    found = preview(add(book, code="2.1.4-1", date=day, name="Taller", quantity=1), 2019)
    assert [one.problem for one in found.errors] == [
        "El mismo evento ya está más arriba para 2.1.4-1: ¿es el mismo?"
    ]


def test_a_plan_of_another_year_from_its_template(book, plan):
    """The lines are there to be filled in; those that are not stay out."""
    blank = load_workbook(BytesIO(template_workbook(2021, plan.national_plan, None)))
    sheet = blank["Plan"]
    columns = {column.name: number for number, column in enumerate(PLAN_COLUMNS, 1)}
    for name, value in {
        "indicator": "=Número de talleres",
        "unit": "Evento",
        "goal-kind": "No corresponde este año",
        "goal": 0,
        "footnote": "a/ Desde el año 2022.",
        "responsible": "SUNAFIL / MTPE",
        "involved": "MINSA",
    }.items():
        sheet.cell(2, columns[name]).value = value
        sheet.cell(2, columns[name]).data_type = "s" if isinstance(value, str) else "n"
    found = carry_out(saved(blank), 2021)
    assert [str(one) for one in found.errors] == []
    indicator = Indicator.objects.get(plan__year=2021)
    assert (indicator.name, indicator.goal_kind) == ("=Número de talleres", GoalKind.NOT_DUE)
    assert str(indicator.footnote) == "a/ Desde el año 2022."
    assert [
        (one.entity.acronym, one.role) for one in indicator.participations.order_by("position")
    ] == [("SUNAFIL", "responsible"), ("MTPE", "responsible"), ("MINSA", "involved")]


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("strategy-code", "E 1.8", "LA 1.3.3 no corresponde a E 1.8."),
        (
            "line-code",
            "LA uno",
            "No se reconoce el código de la línea de acción ni el del objetivo.",
        ),
        ("number", "dos", "No es el número de un indicador."),
        ("goal-kind", "Otra", "No es una clase de meta."),
        ("footnote", "sin llamada", "La nota no empieza con su llamada."),
        ("indicator", None, "La fila no tiene indicador."),
    ],
)
def test_what_is_wrong_with_a_row_of_the_plan(book, name, value, problem):
    columns = {column.name: number for number, column in enumerate(PLAN_COLUMNS, 1)}
    sheet = book["Plan"]
    row = next(row for row in range(2, 20) if sheet.cell(row, columns["line-code"]).value)
    sheet.cell(row, columns[name]).value = value
    assert problem in [one.problem for one in preview(saved(book), 2019).errors]
