"""What people do to the annex's table, one thing at a time, over the demo's plan."""

import re
from decimal import Decimal
from functools import partial
from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from poa.choices import PlanState
from poa.models import Execution, Indicator, OperatingPlan, Participation
from poa.plan_import.importing import carry_out, preview
from poa.plan_workbook import plan_workbook
from tests.lib.workbooks import SHEET, rewritten, saved

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

# Of the exported sheet: LA 1.3.3 is row 6, LA 1.4.4 rows 7 and 8, LA 2.1.4 rows 15 and 16.
NAME = (
    "Número de eventos de capacitación a inspectores, policías y fiscales en la detección del TF."
)


@pytest.fixture
def draft(demo):
    OperatingPlan.objects.update(state=PlanState.DRAFT)
    return OperatingPlan.objects.get(year=2019)


@pytest.fixture
def book(draft):
    return load_workbook(BytesIO(plan_workbook(draft)), rich_text=True)


def found(book, **cells):
    sheet = book.worksheets[0]
    for place, value in cells.items():
        sheet[place] = value
    return preview(saved(book), 2019)


def errors(book, **cells) -> list[tuple[str, str, str]]:
    return [(one.cell, one.problem, one.mend) for one in found(book, **cells).errors]


def fields(preview) -> list[tuple[str, str, str, str]]:
    return [
        (one.what, field.label, field.old, field.new)
        for one in preview.updated
        for field in one.fields
    ]


# --- Understood -----------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["1 234,50", "1.234,50", "1,234.50", "1234.5"])
def test_a_goal_as_people_type_it(book, text):
    preview = found(book, N6=text, P6=None, Q6=None, R6=None, S6=None)
    assert not preview.errors
    assert ("Indicador 1.3.3-1", "meta física", "2", "1,234.50") in fields(preview)


def test_changes_field_by_field(book, draft):
    unit, name = "Personas", "1. Número de personas capacitadas."
    preview = found(book, M6=unit, L6=name)
    assert fields(preview) == [
        (
            "Indicador 1.3.3-1",
            "indicador",
            NAME,
            "Número de personas capacitadas.",
        ),
        ("Indicador 1.3.3-1", "unidad", "Evento", "Persona"),
    ]
    done = carry_out(saved(book), 2019)
    assert not done.errors
    changed = Indicator.objects.get_by_natural_key(2019, "1.3.3-1")
    assert (changed.name, changed.unit.name) == ("Número de personas capacitadas.", "Persona")
    assert not preview_again(book).writes


def preview_again(book):
    return preview(saved(book), 2019)


def test_the_bold_ones_are_responsible(book):
    bold = InlineFont(b=True)
    cell = CellRichText("SUNAFIL/ ", TextBlock(bold, "MTPE"), "/ GORES.")
    assert not carry_out(saved(with_cells(book, O7=cell)), 2019).errors
    for code in ("1.4.4-1", "1.4.4-2"):
        indicator = Indicator.objects.get_by_natural_key(2019, code)
        roles = [
            (one.entity.acronym, one.role)
            for one in Participation.objects.filter(indicator=indicator).order_by("position")
        ]
        assert roles == [("SUNAFIL", "involved"), ("MTPE", "responsible"), ("GORES", "involved")]


def with_cells(book, **cells):
    for place, value in cells.items():
        book.worksheets[0][place] = value
    return book


def test_an_executed_quantity_is_declared(book):
    preview = found(book, P7=12, Q7="40%", R7=18, S7=0.6)
    assert not preview.errors
    assert [one.what for one in preview.changes.writes] == ["Ejecución de 1.4.4-1"]
    carry_out(saved(book), 2019)
    execution = Execution.objects.get(indicator__line__number=4, indicator__number=1)
    assert (execution.declared, execution.no_report_cause) == (Decimal(12), "")


def test_a_blank_figure_erases_nothing(book):
    preview = found(book, P6=None, Q6=None, R6=None, S6=None)
    assert not preview.writes
    assert [(one.what, one.reason) for one in preview.skipped] == [
        ("Ejecución de 1.3.3-1", "El libro no trae lo ejecutado: se conserva 2.")
    ]


def test_headings_in_any_case_without_accents_and_broken(book):
    cells = {"K3": "Línea  de\naccion", "M3": "unidad de\nmedida", "L3": "Indicador "}
    assert not found(book, **cells).findings.found


def test_columns_of_ones_own_are_said_and_left_out(book):
    preview = found(book, U3="COMENTARIOS")
    assert [(one.cell, one.problem) for one in preview.warnings] == [
        ("U3", "La columna no es de las del plan.")
    ]


def test_a_formula_gives_the_value_that_excel_saved(book):
    book.worksheets[0]["P6"] = "=1+1"
    computed = partial(re.sub, rb"<f>1\+1</f><v ?/?>(</v>)?", b"<f>1+1</f><v>2</v>")
    content = rewritten(saved(book), {SHEET: computed})
    preview_ = preview(content, 2019)
    assert (preview_.errors, preview_.writes) == ([], False)
    (warning,) = preview_.warnings
    assert (warning.cell, warning.problem) == (
        "P6",
        "Hay una fórmula en la columna en lugar de valores.",
    )


# --- Refused --------------------------------------------------------------------------------


def test_a_formula_that_was_never_computed(book):
    assert errors(book, P6="=1+1") == [
        (
            "P6",
            "La fórmula no tiene un valor guardado.",
            "Ábralo en Excel y guárdelo, o escriba el valor en lugar de la fórmula.",
        )
    ]


def test_a_percentage_that_does_not_agree(book):
    ((cell, problem, mend),) = errors(book, Q16="28 %")
    assert (cell, problem) == ("Q16", "28 % no coincide con 21/80.")
    assert mend.startswith("Debe decir 26\N{NO-BREAK SPACE}%")


@pytest.mark.parametrize(
    ("cells", "problem", "mend"),
    [
        ({"M6": "Evnto"}, "No hay una unidad de medida «Evnto».", "¿Quiso decir «Evento»?"),
        (
            {"O6": "SUNAFL"},
            "No hay una institución «SUNAFL».",
            "¿Quiso decir «SUNAFIL»?",
        ),
        (
            {"O6": "XYZW"},
            "No hay una institución «XYZW».",
            "Corríjalo, o regístrelo antes en el programa.",
        ),
        ({"N6": -1}, "La cantidad es negativa.", "Escriba 0 o más."),
        ({"N6": "1.234"}, None, "Escriba solo la cantidad: 1234.50."),
        ({"N6": "dos"}, "El valor no es un número.", None),
        ({"N6": 10**12}, "La cantidad es demasiado grande.", None),
        ({"N6": "1,255.555"}, "La cantidad tiene más de dos decimales.", "Redondéela."),
        ({"N6": True}, "El valor no es un número.", None),
        ({"M6": None}, "Falta la unidad de medida.", None),
        ({"L6": None}, "Hay unidad, meta o ejecución sin el nombre del indicador.", None),
        ({"J6": "LA 1.3"}, "No se reconoce el código de una línea de acción.", None),
        ({"H6": 1.3}, None, "Escríbalo como texto: «E 1.3»."),
        ({"P6": None}, "Hay un porcentaje o un pendiente sin la cantidad ejecutada.", None),
        ({"R6": 7}, "El pendiente 7 no coincide con 2/2.", "Debe decir 0."),
        ({"P6": "#¡DIV/0!"}, "El valor no es un número.", None),
    ],
)
def test_what_is_wrong_says_how_to_mend_it(book, cells, problem, mend):
    said = errors(book, **cells)
    assert any(
        (problem is None or problem == one) and (mend is None or mend == other)
        for _, one, other in said
    ), said


def test_a_goal_of_zero_without_its_note(book):
    cells = {"N6": 0, "P6": None, "Q6": None, "R6": None, "S6": None}
    assert errors(book, **cells)[0][1] == "Una meta 0 lleva una nota al pie que la explica."


def test_a_mark_without_its_note(book):
    cells = {"N6": "0 z/", "P6": None, "Q6": None, "R6": None, "S6": None}
    assert errors(book, **cells)[0][1] == (
        "La meta lleva la nota «z/» y el libro no dice su texto."
    )


def test_a_line_nobody_knows(book):
    ((_, problem, _),) = errors(book, J6="LA 1.3.9", K6=None)
    assert problem == "LA 1.3.9 no está en el plan nacional ni el libro dice su nombre."


def test_missing_columns(book):
    ((cell, problem, _),) = errors(book, M3="x", D3="y")
    assert (cell, problem) == ("", "Faltan las columnas «UNIDAD DE MEDIDA».")


def test_errors_change_nothing_at_all(book, draft):
    with_cells(book, L6="1. Otro nombre.", M9="Evnto")
    done = carry_out(saved(book), 2019)
    assert done.errors
    assert Indicator.objects.get_by_natural_key(2019, "1.3.3-1").name.startswith("Número de")


# --- States ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "word"),
    [(PlanState.IN_FORCE, "vigente"), (PlanState.EVALUATED, "evaluado")],
)
def test_an_approved_plan_changes_by_adjustments(book, state, word):
    OperatingPlan.objects.update(state=state)
    ((cell, problem, mend),) = errors(book, N7=31)
    assert cell == "L7"
    assert problem == (
        f"El POA 2019 está «{word}» y cambiaría: Indicador 1.4.4-1 (meta física: 30 → 31)."
    )
    assert mend.startswith("Un plan aprobado cambia por ajustes con su motivo")


def test_in_force_what_was_done_is_taken(book):
    OperatingPlan.objects.update(state=PlanState.IN_FORCE)
    assert not carry_out(saved(with_cells(book, P7=3, Q7="10%", R7=27, S7="90%")), 2019).errors
    assert Execution.objects.get(indicator__line__number=4, indicator__number=1).declared == 3


@pytest.mark.parametrize("state", [PlanState.EVALUATED, PlanState.CLOSED])
def test_once_evaluated_nothing_is(book, state):
    OperatingPlan.objects.update(state=state)
    ((_, _, mend),) = errors(book, P7=3, Q7="10%", R7=27, S7="90%")
    assert mend == "La ejecución se importa mientras el plan está vigente."
