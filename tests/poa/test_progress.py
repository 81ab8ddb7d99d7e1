from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poa.progress import (
    CeplanLevel,
    Measure,
    NoReportCause,
    State,
    Summary,
    ceplan_level,
    counted,
    line_state,
    met_in,
    no_report_cause,
    pending,
    percent,
    planned,
    printed_pending_percent,
    printed_percent,
    state,
    two_decimals,
)

MET, ACTIVE, NOT_DONE = State.MET, State.ACTIVE, State.NOT_DONE
NO_REPORT, NOT_APPLICABLE = State.NO_REPORT, State.NOT_APPLICABLE

# Annex 1 of the seed (L210–221): goal, executed, activity done.
POA_2019 = [
    (2, 2, True),  # LA 1.3.3
    (30, None, None),  # LA 1.4.4
    (4, None, None),
    (2, 2, True),  # LA 1.4.5
    (2, 2, True),  # LA 1.4.7
    (2, 3, True),  # LA 1.4.9
    (3, 0, True),  # LA 1.8.5
    (2, 0, True),
    (1, 1, True),  # LA 2.1.1
    (1, 3, True),  # LA 2.1.4
    (80, 21, True),
    (80, 173, True),  # LA 2.1.7
]

quantities = st.decimals(min_value=0, max_value=10**9, places=2)
goals = st.decimals(min_value=Decimal("0.01"), max_value=10**9, places=2)
measures = st.builds(
    Measure,
    goal=st.none() | quantities,
    executed=st.none() | quantities,
    activity_done=st.none() | st.booleans(),
    due=st.booleans(),
)


def signed(text):
    return text.replace(" ", "\N{NO-BREAK SPACE}")


@pytest.mark.parametrize(
    ("goal", "executed", "activity_done", "done", "left", "left_percent", "expected"),
    [
        (2, 2, True, "100 %", 0, "0 %", MET),
        (2, 3, True, "150 %", 0, "0 %", MET),
        (3, 0, True, "0 %", 3, "100 %", ACTIVE),
        (3, 0, False, "0 %", 3, "100 %", NOT_DONE),
        (3, 0, None, "0 %", 3, "100 %", NOT_DONE),
        (3, 1, False, "33 %", 2, "67 %", ACTIVE),
        (1, 1, True, "100 %", 0, "0 %", MET),
        (1, 3, True, "300 %", 0, "0 %", MET),
        (80, 21, True, "26 %", 59, "74 %", ACTIVE),
        (80, 173, True, "216 %", 0, "0 %", MET),
        (8, 1, True, "13 %", 7, "87 %", ACTIVE),
        (200, 29, True, "15 %", 171, "85 %", ACTIVE),
        (200, 199, True, "99 %", 1, "1 %", ACTIVE),
        (400, 1, True, "<1 %", 399, ">99 %", ACTIVE),
        (200, 1, True, "1 %", 199, "99 %", ACTIVE),
        (Decimal("0.5"), Decimal("0.25"), True, "50 %", Decimal("0.25"), "50 %", ACTIVE),
        (30, None, None, "", None, "", NO_REPORT),
        (4, None, True, "", None, "", NO_REPORT),
        (0, None, None, "—", None, "—", NOT_APPLICABLE),
        (0, 5, True, "—", None, "—", NOT_APPLICABLE),
        (None, 5, True, "—", None, "—", NOT_APPLICABLE),
    ],
)
def test_vectors(goal, executed, activity_done, done, left, left_percent, expected):
    assert printed_percent(executed, goal) == signed(done)
    assert pending(goal, executed) == left
    assert printed_pending_percent(goal, executed) == signed(left_percent)
    assert state(goal, executed, activity_done, due=True) == expected


def test_percent_is_exact_and_never_capped():
    assert percent(173, 80) == Decimal("216.25")
    assert percent(Decimal("0.1"), Decimal("0.3")) == Decimal(100) / 3
    assert percent(None, 80) is None
    assert percent(5, 0) is None
    assert percent(5, None) is None


def test_a_printed_figure_carries_its_number_for_the_spreadsheet():
    assert printed_percent(173, 80).number == 216
    assert printed_pending_percent(80, 21).number == 74
    assert printed_percent(1, 400).number is None
    assert printed_pending_percent(400, 1).number is None
    assert printed_percent(None, 30).number is None
    assert printed_percent(5, 0).number is None


def test_a_goal_not_yet_due_is_outside_every_figure():
    early = Measure(goal=10, executed=4, activity_done=True, due=False)
    assert early.state == NOT_APPLICABLE
    assert (early.percent, early.pending, early.printed_percent) == (None, None, "—")
    assert early.printed_pending_percent == "—"
    assert not early.reported


def test_a_measure_says_what_the_functions_say():
    measure = Measure(goal=80, executed=21, activity_done=True)
    assert measure.percent == Decimal("26.25")
    assert measure.pending == 59
    assert measure.printed_percent == signed("26 %")
    assert measure.printed_pending_percent == signed("74 %")
    assert measure.state == ACTIVE
    assert measure.reported


def test_only_what_counts_counts():
    before_the_decree = [(40, False), (48, False), (47, False)]
    after = [(69, True), (68, True), (36, True)]
    assert counted(before_the_decree + after) == 173
    assert counted(before_the_decree) == 0
    assert counted([]) is None


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ([MET, MET], MET),
        ([MET, NOT_APPLICABLE], MET),
        ([NO_REPORT, NO_REPORT], NO_REPORT),
        ([NOT_DONE, NOT_DONE], NOT_DONE),
        ([NOT_DONE, NO_REPORT], State.PARTIAL_REPORT),
        ([NOT_DONE, NO_REPORT, NOT_APPLICABLE], State.PARTIAL_REPORT),
        ([MET, NO_REPORT], ACTIVE),
        ([MET, NOT_DONE], ACTIVE),
        ([MET, ACTIVE], ACTIVE),
        ([ACTIVE, ACTIVE], ACTIVE),
        ([ACTIVE, NO_REPORT, NOT_DONE], ACTIVE),
        ([NOT_APPLICABLE], NOT_APPLICABLE),
        ([], NOT_APPLICABLE),
    ],
)
def test_line_state_in_any_order(states, expected):
    assert {line_state(order) for order in permutations(states)} == {expected}


def test_a_line_is_not_made_of_lines():
    with pytest.raises(ValueError, match="not of other lines"):
        line_state([MET, State.PARTIAL_REPORT])


@pytest.mark.parametrize(
    ("asked_on", "deadline", "expected"),
    [
        (None, None, NoReportCause.NOT_ASKED),
        (None, date(2020, 1, 10), NoReportCause.NOT_ASKED),
        (date(2020, 1, 17), date(2020, 1, 23), NoReportCause.NOT_ASKED),
        (date(2020, 1, 2), None, NoReportCause.IN_TIME),
        (date(2020, 1, 2), date(2020, 1, 16), NoReportCause.IN_TIME),
        (date(2020, 1, 2), date(2020, 1, 15), NoReportCause.OVERDUE),
    ],
)
def test_no_report_cause(asked_on, deadline, expected):
    assert no_report_cause(asked_on, deadline, on=date(2020, 1, 16)) == expected


@pytest.mark.parametrize(
    ("percentage", "expected"),
    [
        (Decimal("95.01"), CeplanLevel.HIGH),
        (Decimal(95), CeplanLevel.MEDIUM),
        (Decimal(75), CeplanLevel.MEDIUM),
        (Decimal("74.99"), CeplanLevel.LOW),
        (Decimal(0), CeplanLevel.LOW),
        (None, None),
    ],
)
def test_ceplan_level(percentage, expected):
    assert ceplan_level(percentage) == expected


def test_the_summary_of_the_poa_2019():
    summary = Summary.of(Measure(*row) for row in POA_2019)
    assert (summary.met, summary.total) == (7, 12)
    assert summary.mean == Decimal("72.625")
    assert (summary.printed_mean, summary.printed_mean.number) == (signed("73 %"), 73)
    assert (summary.reported, summary.total) == (10, 12)
    assert summary.counts == {MET: 7, ACTIVE: 3, NOT_DONE: 0, NO_REPORT: 2, NOT_APPLICABLE: 0}


def test_what_does_not_apply_is_outside_the_summary():
    rows = [Measure(2, 2), Measure(0, None), Measure(None, 4), Measure(5, 0, due=False)]
    summary = Summary.of(rows)
    assert (summary.met, summary.reported, summary.total, summary.mean) == (1, 1, 1, 100)
    assert summary.counts[NOT_APPLICABLE] == 3


def test_a_summary_without_reports_has_no_mean():
    summary = Summary.of([Measure(30, None), Measure(4, None)])
    assert (summary.met, summary.reported, summary.total) == (0, 0, 2)
    assert summary.mean is None
    assert (summary.printed_mean, summary.printed_mean.number) == ("—", None)
    assert Summary.of([]).total == 0


def test_the_mean_rounds_once():
    # Three thirds are one whole: 100 ÷ 8 = 12.5, where sums of rounded thirds fall short of it.
    summary = Summary.of([Measure(3, 1)] * 3 + [Measure(3, 0)] * 5)
    assert summary.printed_mean == signed("13 %")


@pytest.mark.parametrize("value", [1.0, float("nan"), True, "1"])
def test_only_exact_quantities(value):
    calls = [
        lambda: percent(value, 1),
        lambda: percent(1, value),
        lambda: pending(value, 1),
        lambda: printed_percent(value, 1),
        lambda: printed_pending_percent(1, value),
        lambda: state(1, value, None, due=False),
        lambda: counted([(value, False)]),
        lambda: ceplan_level(value),
        lambda: Measure(value, 1),
        lambda: Measure(None, value),
    ]
    for call in calls:
        with pytest.raises(TypeError, match="A quantity is a Decimal or an int"):
            call()


@pytest.mark.parametrize("value", [-1, Decimal("-0.01"), Decimal("NaN"), Decimal("Infinity")])
def test_quantities_out_of_range(value):
    for call in (
        lambda: percent(value, 0),
        lambda: pending(1, value),
        lambda: state(value, None, None, due=True),
        lambda: Measure(1, value, due=False),
    ):
        with pytest.raises(ValueError, match=f"A quantity is 0 or more, not {value}"):
            call()


@given(goals, quantities)
def test_an_unmet_goal_has_something_pending_and_never_prints_100(goal, executed):
    number = printed_percent(executed, goal).number
    met = executed >= goal
    assert (pending(goal, executed) == 0) == met
    assert pending(goal, executed) >= 0
    assert (number is not None and number >= 100) == met
    assert (number == 0) == (executed == 0)


@given(goals, quantities, quantities)
def test_more_executed_is_never_less_progress(goal, one, other):
    less, more = sorted([one, other])
    assert percent(less, goal) <= percent(more, goal)
    assert pending(goal, less) >= pending(goal, more)
    low, high = (printed_percent(q, goal).number or 0 for q in (less, more))
    assert low <= high


@given(measures)
def test_no_combination_divides_by_zero(measure):
    assert measure.reported == (measure.percent is not None)
    assert measure.reported == (measure.state in {MET, ACTIVE, NOT_DONE})


@given(st.lists(measures, max_size=8).flatmap(lambda m: st.tuples(st.just(m), st.permutations(m))))
def test_a_summary_does_not_depend_on_the_order(orders):
    listed, shuffled = (Summary.of(order) for order in orders)
    assert listed == shuffled
    assert listed.met <= listed.reported <= listed.total
    assert listed.mean is None or 0 <= listed.mean <= 100
    assert (listed.mean is None) == (listed.reported == 0)


@given(st.lists(measures, max_size=8))
def test_a_mean_is_the_total_of_what_each_puts_in_by_how_many(listed):
    summary = Summary.of(listed)
    put_in = [one.capped for one in listed if one.capped is not None]
    assert len(put_in) == summary.reported
    assert summary.exact_total == sum(put_in)
    assert all(0 <= one <= 100 for one in put_in)


def test_the_arithmetic_of_the_poa_2019():
    summary = Summary.of(Measure(*row) for row in POA_2019)
    assert summary.exact_total == Fraction(2905, 4)
    assert two_decimals(summary.exact_total) == "726.25"
    assert two_decimals(summary.exact_mean) == "72.63"


@pytest.mark.parametrize(
    ("exact", "shown"),
    [
        (None, ""),
        (Fraction(0), "0"),
        (Fraction(100), "100"),
        (Fraction(1, 2), "0.50"),
        (Fraction(1, 200), "0.01"),
        (Fraction(100_000), "100,000"),
    ],
)
def test_two_decimals(exact, shown):
    assert two_decimals(exact) == shown


@pytest.mark.parametrize(
    ("goal", "reached", "period"),
    [
        (2, [0, 1, 2, 3], 3),
        (2, [5], 1),
        (2, [1, Decimal("1.99")], None),
        (2, [], None),
        (0, [1], None),
        (None, [1], None),
    ],
)
def test_met_in(goal, reached, period):
    assert met_in(goal, reached) == period


@pytest.mark.parametrize(
    ("milestones", "due"),
    [
        ({}, {1: 10, 6: 60, 12: 120}),
        ({2: 30}, {1: 5, 3: 15, 6: 30, 9: 75, 12: 120}),
        ({1: 30, 4: 90}, {1: 10, 3: 30, 12: 90}),
    ],
)
def test_planned(milestones, due):
    assert {month: planned(120, month, milestones) for month in due} == due
