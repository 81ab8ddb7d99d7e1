"""The matrix of the POA 2019 against Annex 1 of SO 120 (seed, L205–228), and of other plans."""

from decimal import Decimal

import pytest

from cnlctf.lib.text import to_plain
from poa.models import Execution, Indicator, LegendEntry, Objective
from poa.plan_columns import COLUMNS, HEAD
from poa.plan_matrix import annex_block, placed_rows, plan_parts, plan_places, plan_table
from poa.standing import standings
from tests.poa.annex import SEED
from tests.poa.grids import filled, texts
from tests.poa.plans import make_plan, own_indicator

SEED_TEXT = SEED.read_text(encoding="utf-8")
NAMES = [column.name for column in COLUMNS]
FIGURES = ["unit", "goal", "executed", "percent", "pending", "pending-percent"]

# Objective, axis, strategy, line, indicator's number; unit, goal, executed, %, pending, %; state.
POA_2019 = [
    ("OE 1", "EE 2", "E 1.3", "LA 1.3.3", 1, "Evento", "2", "2", "100 %", "0", "0 %", "met"),
    ("OE 1", "EE 3", "E 1.4", "LA 1.4.4", 1, "Actuación inspectiva", "30", *[""] * 4, "no_report"),
    ("OE 1", "EE 3", "E 1.4", "LA 1.4.4", 2, "Acta", "4", *[""] * 4, "no_report"),
    ("OE 1", "EE 3", "E 1.4", "LA 1.4.5", 1, "Evento", "2", "2", "100 %", "0", "0 %", "met"),
    ("OE 1", "EE 3", "E 1.4", "LA 1.4.7", 1, "Evento", "2", "2", "100 %", "0", "0 %", "met"),
    ("OE 1", "EE 3", "E 1.4", "LA 1.4.9", 1, "Evento", "2", "3", "150 %", "0", "0 %", "met"),
    ("OE 1", "EE 5", "E 1.8", "LA 1.8.5", 1, "Región", "3", "0", "0 %", "3", "100 %", "active"),
    ("OE 1", "EE 5", "E 1.8", "LA 1.8.5", 2, "Región", "2", "0", "0 %", "2", "100 %", "active"),
    ("OE 2", "EE 1", "E 2.1", "LA 2.1.1", 1, "Plan", "1", "1", "100 %", "0", "0 %", "met"),
    ("OE 2", "EE 1", "E 2.1", "LA 2.1.4", 1, "Evento", "1", "3", "300 %", "0", "0 %", "met"),
    ("OE 2", "EE 1", "E 2.1", "LA 2.1.4", 2, "Persona", "80", "21", "26 %", "59", "74 %", "active"),
    ("OE 2", "EE 1", "E 2.1", "LA 2.1.7", 1, "Persona", "80", "173", "216 %", "0", "0 %", "met"),
]


def spaced(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


def of(row, *names):
    return [spaced(row[NAMES.index(name)].text) for name in names]


@pytest.fixture(scope="module")
def block(demo):
    return annex_block(demo)


@pytest.fixture(scope="module")
def grid(block):
    return filled(block.table.body, len(COLUMNS))


def test_the_head_is_the_original_s():
    lines = SEED_TEXT.splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("ITEM\t"))
    headings = [[cell for cell in line.split("\t") if cell] for line in lines[start : start + 3]]
    assert [[cell.text for cell in row.cells] for row in HEAD] == headings
    assert texts(HEAD, 20)[2][15:] == ["Abs.", "%", "Abs.", "%", "Observaciones"]


def test_every_indicator_in_its_place(grid):
    found = []
    for row in grid:
        [axis] = of(row, "axis")
        [indicator] = of(row, "indicator")
        found.append(
            (
                *of(row, "objective-code"),
                axis.partition(":")[0],
                *of(row, "strategy-code", "line-code"),
                int(indicator.partition(".")[0]),
                *of(row, *FIGURES),
                row[NAMES.index("percent")].state,
            )
        )
    assert found == POA_2019


def test_every_word_is_the_original_s(grid):
    """But the Observaciones, which have their own test, and the two goals of the objectives."""
    words = " ".join(SEED_TEXT.split())
    written = {
        to_plain(cell.text)
        for row in grid
        for column, cell in zip(COLUMNS, row, strict=True)
        if column.name not in ("remarks", "own-goal", *FIGURES)
    }
    assert len(written) == 58
    assert {text for text in written if text not in words} == set()


def test_the_objectives_own_indicators(grid):
    names = ["own-unit", "own-goal", "own-responsible"]
    assert {tuple(of(row, "objective-code", *names)) for row in grid} == {
        ("OE 1", "Persona", "0 a/", "Secretaría Técnica de la CNLCTF-MTPE"),
        ("OE 2", "Persona", "150", "Secretaría Técnica de la CNLCTF-MTPE"),
    }


def test_what_is_merged(block):
    spans = [[cell.rowspan for cell in row.cells if cell.rowspan > 1] for row in block.table.body]
    assert spans == [
        [8, 8, 8, 8, 8, 8],  # the objective and its indicator
        [5, 5, 5, 2, 2, 2, 2],  # E 1.4; LA 1.4.4 with its institutions and Observaciones
        [],
        [],
        [],
        [],
        [2] * 7,  # E 1.8 and its only line
        [],
        [4] * 9,
        [2] * 4,
        [],
        [],
    ]


def test_the_responsible_in_bold(grid):
    assert of(grid[1], "institutions") == ["**SUNAFIL**/ MTPE/ GORES."]


def test_numbers_for_the_spreadsheet(grid):
    percent, goal = grid[9][NAMES.index("percent")], grid[0][NAMES.index("own-goal")]
    assert (percent.number, percent.number_format) == (Decimal(3), '0"\N{NO-BREAK SPACE}"%')
    assert (goal.number, goal.number_format) == (Decimal(0), '#,##0" a/"')
    assert grid[1][NAMES.index("percent")].number is None


def test_the_remarks_are_of_the_line(grid):
    remarks = of(grid[0], "remarks")[0].splitlines()
    assert remarks[0].startswith("* Diciembre: Conversatorio:")
    assert of(grid[9], "remarks") == of(grid[10], "remarks")


def test_heading_legend_and_notes(block):
    heading = block.heading
    assert f"ANEXO 1: {heading}" in SEED_TEXT
    assert [(item.state, item.shape, item.wording) for item in block.legend] == [
        ("met", "●", "Meta alcanzada o superada"),
        ("active", "▲", "Meta no alcanzada pero actividad realizada"),
        ("not_done", "■", "Actividad no realizada"),
        ("no_report", "○", "Sin reporte"),
        ("not_applicable", "—", "No aplica"),
    ]
    assert len(block.notes) == 2
    assert all(note in SEED_TEXT for note in block.notes)


def test_queries(demo, django_assert_num_queries):
    with django_assert_num_queries(8):
        annex_block(demo)


# --- Other plans ----------------------------------------------------------------------------


def test_queries_of_a_larger_plan(db, django_assert_num_queries):
    plan = make_plan(lines=30, events=3)
    own_indicator(Objective.objects.get(plan=plan.national_plan), plan)
    with django_assert_num_queries(8):
        block = annex_block(plan)
    assert len(block.table.body) == 30
    assert of(filled(block.table.body, 20)[29], "executed", "percent") == ["3", "30 %"]


def test_no_cell_is_merged_beyond_the_given_lines(db):
    plan = make_plan(lines=5)
    table = plan_table(plan, plan_parts(plan)[1:3])
    assert [len(row.cells) for row in table.body] == [20, 11]
    assert of(filled(table.body, 20)[1], "objective-code", "line-code") == ["OE 1", "LA 1.1.3"]


def test_more_indicators_of_the_objective_than_of_its_lines(db):
    plan = make_plan(lines=2)
    objective = Objective.objects.get(plan=plan.national_plan)
    for number in (1, 2, 3):
        own_indicator(objective, plan, number)
    rows = filled(plan_table(plan, plan_parts(plan)).body, 20)
    assert [of(row, "own", "line-code") for row in rows] == [
        ["1. Propio 1", "LA 1.1.1"],
        ["2. Propio 2", "LA 1.1.1"],
        ["3. Propio 3", "LA 1.1.2"],
    ]


def test_an_objective_without_lines_is_there_too(db):
    plan = make_plan(lines=1)
    idle = Objective.objects.create(plan=plan.national_plan, number=2, name="Otro")
    own_indicator(idle, plan)
    rows = filled(plan_table(plan, plan_parts(plan)).body, 20)
    assert [of(row, "objective-code", "own", "line-code", "percent") for row in rows] == [
        ["OE 1", "", "LA 1.1.1", ""],
        ["OE 2", "1. Propio 1", "", ""],
    ]


def test_the_places_of_a_plan_are_its_parts(db):
    """Also an objective without lines this year, which stands where its number says."""
    plan = make_plan(lines=2)
    national = plan.national_plan
    for number in (2, 3):
        objective = Objective.objects.create(plan=national, number=number, name="Otro")
        own_indicator(objective, plan)
    whole = plan_places(plan, standings(plan), whole=True)
    assert [place.objective for place in whole] == [1, 1, 2, 3]
    assert plan_parts(plan, whole) == plan_parts(plan)
    assert plan_parts(plan, whole[1:3]) == plan_parts(plan)[1:3]
    assert plan_places(plan, [], whole=False) == []


def test_only_some_indicators(db):
    plan = make_plan(lines=3)
    chosen = [one for one in standings(plan) if one.prefix == "1.1.2"]
    places = plan_places(plan, chosen, whole=False)
    [row] = filled(plan_table(plan, plan_parts(plan, places)).body, 20)
    assert of(row, "line-code") == ["LA 1.1.2"]


@pytest.mark.parametrize(
    ("goal", "declared", "expected", "number", "number_format"),
    [
        (4000, "1", ["4,000", "1", "<1 %", "3,999", ">99 %"], "0.00025", '"<1\xa0%"'),
        ("2.50", "1.25", ["2.50", "1.25", "50 %", "1.25", "50 %"], "0.5", '0"\xa0"%'),
        (200, "199", ["200", "199", "99 %", "1", "1 %"], "0.99", '0"\xa0"%'),
        (None, "7", ["Por definir", "7", "—", "—", "—"], None, ""),
        (None, None, ["Por definir", "—", "—", "—", "—"], None, ""),
    ],
)
def test_figures(db, goal, declared, expected, number, number_format):
    plan = make_plan()
    Indicator.objects.filter(plan=plan).update(
        goal=goal, goal_kind="to_be_defined" if goal is None else "numeric"
    )
    Execution.objects.create(indicator=Indicator.objects.get(plan=plan), declared=declared)
    [row] = filled(plan_table(plan, plan_parts(plan)).body, 20)
    assert of(row, "goal", "executed", "percent", "pending", "pending-percent") == expected
    percent = row[NAMES.index("percent")]
    assert percent.number == (None if number is None else Decimal(number))
    assert percent.number_format == number_format


def test_almost_all_pending_is_a_number_too(db):
    plan = make_plan()
    Indicator.objects.filter(plan=plan).update(goal=4000)
    Execution.objects.create(indicator=Indicator.objects.get(plan=plan), declared=1)
    [row] = filled(plan_table(plan, plan_parts(plan)).body, 20)
    pending = row[NAMES.index("pending-percent")]
    assert (pending.number, pending.number_format) == (Decimal("0.99975"), '">99\xa0%"')


def test_names_are_never_markup(db):
    plan = make_plan()
    Indicator.objects.filter(plan=plan).update(name="**Número** de [actas](https://x.pe)")
    [[*_, indicator, _, _, _, _, _, _, _, _]] = filled(plan_table(plan, plan_parts(plan)).body, 20)
    assert to_plain(indicator.text) == "1. **Número** de [actas](https://x.pe)"


def test_the_legend_is_of_the_plan_s_day(db):
    plan = make_plan(year=2018)
    LegendEntry.objects.all().delete()
    for starts_on, ends_on, wording in [(None, "2018-12-31", "Logrado"), ("2019-01-01", None, "")]:
        LegendEntry.objects.create(
            state="met",
            wording=wording or "Meta alcanzada",
            colour="#92D050",
            position=1,
            starts_on=starts_on,
            ends_on=ends_on,
        )
    assert [item.wording for item in annex_block(plan).legend] == ["Logrado"]


def test_a_plan_without_indicators(db):
    plan = make_plan(lines=0)
    assert placed_rows(plan, plan_parts(plan)) == []
    assert annex_block(plan).table.body == ()
