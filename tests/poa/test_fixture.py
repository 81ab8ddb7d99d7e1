"""The demo's POA 2019 against Annex 1 of SO 120 (seed L205–228; vectors of domain.md § 3)."""

from decimal import Decimal

import pytest

from poa.choices import GoalKind, ParticipationRole, PlanState
from poa.models import (
    ActionLine,
    Contribution,
    Event,
    Indicator,
    LegendEntry,
    NationalPlan,
    OperatingPlan,
    Participation,
)
from poa.progress import State, Summary
from tests.poa.annex import annex_rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

ROWS = annex_rows()

# Indicator, goal, executed, printed percentages executed and pending, state.
RESULTS = [
    ("1.3.3-1", 2, 2, "100 %", "0 %", State.MET),
    ("1.4.4-1", 30, None, "", "", State.NO_REPORT),
    ("1.4.4-2", 4, None, "", "", State.NO_REPORT),
    ("1.4.5-1", 2, 2, "100 %", "0 %", State.MET),
    ("1.4.7-1", 2, 2, "100 %", "0 %", State.MET),
    ("1.4.9-1", 2, 3, "150 %", "0 %", State.MET),
    ("1.8.5-1", 3, 0, "0 %", "100 %", State.ACTIVE),
    ("1.8.5-2", 2, 0, "0 %", "100 %", State.ACTIVE),
    ("2.1.1-1", 1, 1, "100 %", "0 %", State.MET),
    ("2.1.4-1", 1, 3, "300 %", "0 %", State.MET),
    ("2.1.4-2", 80, 21, "26 %", "74 %", State.ACTIVE),
    ("2.1.7-1", 80, 173, "216 %", "0 %", State.MET),
]

# The order of the plan, each with its strategy, axis and objective.
TREE = [
    ("LA 1.3.3", "E 1.3", "EE 2", "OE 1"),
    ("LA 1.4.4", "E 1.4", "EE 3", "OE 1"),
    ("LA 1.4.5", "E 1.4", "EE 3", "OE 1"),
    ("LA 1.4.7", "E 1.4", "EE 3", "OE 1"),
    ("LA 1.4.9", "E 1.4", "EE 3", "OE 1"),
    ("LA 1.8.5", "E 1.8", "EE 5", "OE 1"),
    ("LA 2.1.1", "E 2.1", "EE 1", "OE 2"),
    ("LA 2.1.4", "E 2.1", "EE 1", "OE 2"),
    ("LA 2.1.7", "E 2.1", "EE 1", "OE 2"),
]


def indicators_of(code):
    return [one for one in Indicator.objects.of_lines() if one.line.prefix == code]


def test_results_of_the_indicators():
    found = [
        (one.code, one.goal, one.executed, *printed(one.measure), one.measure.state)
        for one in Indicator.objects.of_lines().with_progress()
    ]
    assert found == RESULTS


def printed(measure):
    figures = measure.printed_percent, measure.printed_pending_percent
    return [figure.replace("\N{NO-BREAK SPACE}", " ") for figure in figures]


def test_results_of_the_objectives():
    """OE 1's goal is «0 a/»; of OE 2's nothing is reported."""
    first, second = Indicator.objects.of_objectives().with_progress()
    assert (first.code, first.goal, first.goal_kind) == ("1-1", 0, GoalKind.NOT_DUE)
    assert (first.footnote.mark, first.measure.state) == ("a/", State.NOT_APPLICABLE)
    assert (second.code, second.goal, second.goal_kind) == ("2-1", 150, GoalKind.NUMERIC)
    assert (second.executed, second.measure.state) == (None, State.NO_REPORT)


def test_the_three_figures():
    indicators = Indicator.objects.of_lines().with_progress()
    summary = Summary.of(one.measure for one in indicators)
    assert (summary.met, summary.total) == (7, 12)
    assert summary.printed_mean.number == 73
    assert summary.reported == 10


def test_the_tree_follows_the_codes():
    lines = ActionLine.objects.select_related("strategy__axis", "strategy__objective")
    found = [
        (one.code, one.strategy.code, one.strategy.axis.code, one.strategy.objective.code)
        for one in lines
    ]
    assert found == TREE


def test_an_indicator_is_found_by_its_code():
    for code, *_ in [*RESULTS, ("1-1",), ("2-1",)]:
        assert Indicator.objects.get_by_natural_key(2019, code).code == code
    with pytest.raises(Indicator.DoesNotExist):
        Indicator.objects.get_by_natural_key(2019, "1.3-1")


def test_the_plan_and_its_sessions(demo):
    assert demo == OperatingPlan.objects.get()
    assert (demo.state, demo.cut_off_on.isoformat()) == (PlanState.EVALUATED, "2019-12-31")
    assert (demo.approved_in.slug, demo.evaluated_in.slug) == ("so-119", "so-120")
    national = NationalPlan.objects.get()
    assert demo.national_plan == national
    assert str(national.norm_date) == str(national.starts_on) == "2019-09-18"


@pytest.mark.parametrize("code", [code.removeprefix("LA ") for code, *_ in TREE])
def test_a_line_says_what_the_annex_says(code):
    """Names, units, goals and institutions, to the letter, in each line's first, whole row."""
    name, found_indicators, units, goals, institutions, *_ = next(
        cells for row, cells in ROWS if row == code
    )
    indicators = indicators_of(code)
    assert indicators[0].line.name == name
    assert " ".join(map(str, indicators)) == found_indicators
    assert " ".join(one.unit.name for one in indicators) == units
    assert " ".join(f"{one.goal:.0f}" for one in indicators) == goals
    # L211 says the institutions once for the two indicators.
    lists = [
        "/ ".join(one.entity.list_name for one in indicator.participations.all()) + "."
        for indicator in indicators
    ]
    assert institutions in (" ".join(lists), *set(lists))


def test_the_first_institution_named_is_the_responsible_one():
    responsible = Participation.objects.filter(role=ParticipationRole.RESPONSIBLE)
    assert sorted(one.indicator.code for one in responsible) == sorted(
        [code for code, *_ in RESULTS] + ["1-1", "2-1"]
    )
    assert {one.position for one in responsible} == {1}


def test_every_row_of_the_annex_is_one_of_the_nine_lines():
    """Twelve rows as the text was read off the PDF; its repeats are of lines already there."""
    assert len(ROWS) == 12
    assert {f"LA {code}" for code, _ in ROWS} == {code for code, *_ in TREE}


def test_only_who_was_trained_after_the_norm_counts():
    """L221: 173 = 69 + 68 + 36; the 135 of before DS 015-2019-TR are listed with the reason."""
    listed = Contribution.objects.filter(indicator=indicators_of("2.1.7")[0])
    counted = listed.filter(counts=True)
    assert [one.quantity for one in counted] == [69, 68, 36]
    before = listed.filter(observation__position=2)
    assert [one.quantity for one in before] == [40, 48, 47]
    assert {(one.counts, one.why_not) for one in before} == {
        (False, "Anterior a la aprobación del III PNLCTF (DS 015-2019-TR, 18/09/2019).")
    }
    norm_date = NationalPlan.objects.get().norm_date
    assert all(one.event.held_on < norm_date for one in before)
    assert all(one.event.held_on >= norm_date for one in counted)


def test_one_event_feeds_three_indicators():
    """Ucayali, 18/11/2019: one event, five people trained, and five who passed the test (L219)."""
    event = Event.objects.get_by_natural_key(2019, "taller-ucayali-2019-11-18")
    assert [
        (one.indicator.code, one.quantity, one.counts) for one in event.contributions.all()
    ] == [("2.1.4-1", 1, True), ("2.1.4-2", 5, True), ("2.1.7-1", 5, False)]


def test_the_six_regions_visited_do_not_count():
    for indicator in indicators_of("1.8.5"):
        visits = indicator.contributions.select_related("event")
        assert [(one.event.get_region_display(), one.quantity, one.counts) for one in visits] == [
            (region, Decimal(1), False)
            for region in ("La Libertad", "Puno", "San Martín", "Ucayali", "Arequipa", "Cusco")
        ]


def test_the_legend_has_words_for_every_state():
    assert {one.state: one.wording for one in LegendEntry.objects.all()} == {
        State.MET: "Meta alcanzada o superada",
        State.ACTIVE: "Meta no alcanzada pero actividad realizada",
        State.NOT_DONE: "Actividad no realizada",
        State.NO_REPORT: "Sin reporte",
        State.PARTIAL_REPORT: "Reporte parcial",
        State.NOT_APPLICABLE: "No aplica",
    }


@pytest.mark.parametrize("state", list(State))
def test_black_text_is_readable_on_a_states_colour(state):
    colour = LegendEntry.objects.get(state=state).colour
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue)
    ]
    luminance = sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    assert (luminance + 0.05) / 0.05 >= 7
