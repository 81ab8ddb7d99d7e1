"""What an evaluation says: only what was done by its cut-off, and the reason of each colour."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cnlctf.documents.models import IssuedDocument
from cnlctf.lib.frozen import freeze, thaw
from poa.choices import EvaluationKind, GoalKind, NoReportCause, PlanState
from poa.evaluating.collecting import collect
from poa.evaluating.content import FIGURES, WHOLE, EvaluationContent, changes
from poa.models import Contribution, Execution, Footnote, InformationRequest
from poa.plan_matrix import annex_block
from poa.progress import State
from poa.reporting.causes import no_report_causes, with_causes
from poa.standing import standings
from tests.poa.evaluating.evaluated import AT, CUT_OFF, FIRST, plan_in_force, start
from tests.poa.plans import entity, make_plan
from tests.poa.reporting.reported import actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return plan_in_force()


def rows(plan, on=CUT_OFF):
    evaluation = plan.evaluations.first() or start(plan, on=on)
    evaluation.cut_off_on = on
    return collect(evaluation).rows


@pytest.mark.parametrize(
    ("on", "executed"), [(CUT_OFF, "3"), (date(2020, 1, 2), "2"), (FIRST, "1"), (None, "")]
)
def test_only_what_was_done_by_the_cut_off_counts(plan, on, executed):
    """That day included; before the first event there is no report, which is not 0."""
    if on is None:
        plan.events.update(held_on=date(2020, 1, 5))
        on = date(2020, 1, 4)
    found = rows(plan, on)
    assert [row.executed for row in found] == [executed] * 2
    assert [row.state for row in found] == [State.ACTIVE if executed else State.NO_REPORT] * 2


def test_the_matrix_is_that_day_s_too(plan):
    evaluation = start(plan, on=FIRST)
    block = collect(evaluation).block
    cells = [cell.text for row in block.table.body for cell in row.cells]
    assert sum("Evento 1 (01/01/2020)" in text for text in cells) == 2
    assert not any("02/01/2020" in text for text in cells)
    evaluation.cut_off_on = CUT_OFF
    assert collect(evaluation).block == annex_block(plan)


def test_a_quantity_declared_has_no_day(plan):
    first = plan.indicators.in_order().first()
    Execution.objects.create(indicator=first, declared=10)
    assert rows(plan, FIRST)[0].executed == "10"


def set_up(indicator, goal, executed, done=None, note=None, kind=GoalKind.NUMERIC):
    Contribution.objects.filter(indicator=indicator).delete()
    indicator.goal, indicator.goal_kind, indicator.footnote = goal, kind, note
    indicator.save()
    if executed is not None or done is not None:
        Execution.objects.create(indicator=indicator, declared=executed, activity_done=done)


@pytest.mark.parametrize(
    ("goal", "executed", "done", "why"),
    [
        (2, 2, None, "Ejecutado: 2 de 2 eventos (100 %). La meta se alcanzó."),
        (2, 3, None, "Ejecutado: 3 de 2 eventos (150 %). La meta se superó."),
        (1, 3, None, "Ejecutado: 3 de 1 evento (300 %). La meta se superó."),
        (
            80,
            21,
            None,
            "Ejecutado: 21 de 80 eventos (26 %). Hubo actividad y la meta no se alcanzó.",
        ),
        (
            3,
            0,
            True,
            (
                "Ejecutado: 0 de 3 eventos (0 %). La meta no avanzó, pero se declaró que hubo "
                "actividad."
            ),
        ),
        (3, 0, False, "Ejecutado: 0 de 3 eventos (0 %). No consta que se realizara actividad."),
        (3, None, None, "Sin reporte: no se pidió."),
        (
            None,
            None,
            None,
            "No tiene una meta con la cual compararse: está por definir.",
        ),
    ],
)
def test_each_colour_has_its_reason(plan, goal, executed, done, why):
    kind = GoalKind.TO_BE_DEFINED if goal is None else GoalKind.NUMERIC
    set_up(plan.indicators.in_order().first(), goal, executed, done, kind=kind)
    assert rows(plan)[0].why.replace("\N{NO-BREAK SPACE}", " ") == why


def test_a_goal_that_is_not_due_is_told_by_its_note(plan):
    note = Footnote.objects.create(plan=plan, mark="a/", text="Desde 2021.")
    set_up(plan.indicators.in_order().first(), 0, None, note=note, kind=GoalKind.NOT_DUE)
    row = rows(plan)[0]
    assert (row.goal, row.why) == ("0 a/", "No tiene meta exigible este año. a/ Desde 2021.")


# --- Why there is no report -------------------------------------------------------------------


def ask(plan, deadline, asked_on=date(2020, 2, 3), state="sent", extended_to=None):
    issued = IssuedDocument.objects.issue(
        name="oficio", title="Oficio", content=b"%PDF", data={"a": 1}, at=AT, by=None
    )
    request = InformationRequest.objects.create(
        plan=plan,
        number=plan.requests.count() + 1,
        letter=f"Oficio {plan.requests.count()}",
        period_from=FIRST,
        period_to=CUT_OFF,
        deadline=deadline,
        body="Informe.",
        state=state,
        asked_on=asked_on,
        issued=issued,
        created_at=AT,
        created_by=actor(f"ana{plan.requests.count()}"),
    )
    row = request.requested.create(entity=entity("SUNAFIL"), extended_to=extended_to)
    row.indicators.set(plan.indicators.all())
    return row


@pytest.mark.parametrize(
    ("asking", "on", "cause"),
    [
        ({"deadline": date(2020, 2, 10)}, date(2020, 2, 10), NoReportCause.IN_TIME),
        ({"deadline": date(2020, 2, 10)}, date(2020, 2, 11), NoReportCause.OVERDUE),
        ({"deadline": date(2020, 2, 10)}, date(2020, 2, 2), NoReportCause.NOT_ASKED),
        (
            {"deadline": date(2020, 2, 10), "extended_to": date(2020, 2, 20)},
            date(2020, 2, 11),
            NoReportCause.IN_TIME,
        ),
        (
            {"deadline": date(2020, 2, 10), "state": "withdrawn"},
            date(2020, 2, 11),
            NoReportCause.NOT_ASKED,
        ),
    ],
)
def test_the_cause_is_that_of_the_requerimientos_as_of_the_day(plan, asking, on, cause):
    Contribution.objects.all().delete()
    ask(plan, **asking)
    indicators = plan.indicators.of_lines().with_progress(on)
    assert set(no_report_causes(plan, indicators, on).values()) == {cause}


def test_the_dashboard_says_the_same_cause(plan):
    Contribution.objects.all().delete()
    ask(plan, date(2020, 2, 10))
    [first, _] = with_causes(plan, standings(plan), date(2020, 2, 11))
    assert first.cause == NoReportCause.OVERDUE


def test_without_requerimientos_what_was_stored_stands(plan):
    Contribution.objects.all().delete()
    first = plan.indicators.in_order().first()
    Execution.objects.create(indicator=first, no_report_cause=NoReportCause.OVERDUE)
    indicators = plan.indicators.of_lines().with_progress()
    causes = list(no_report_causes(plan, indicators, CUT_OFF).values())
    assert causes == [NoReportCause.OVERDUE, NoReportCause.NOT_ASKED]


def test_what_is_reported_has_no_cause(plan, django_assert_num_queries):
    indicators = list(plan.indicators.of_lines().with_progress())
    with django_assert_num_queries(1):
        assert no_report_causes(plan, indicators, CUT_OFF) == {}


# --- Two of them ------------------------------------------------------------------------------


def test_what_changed_is_told_line_by_line(plan):
    evaluation = start(plan)
    before = collect(evaluation)
    first, second = plan.indicators.in_order()
    first.goal = 3
    first.save()
    Contribution.objects.filter(indicator=second).delete()
    found = [
        (one.row.place, one.column, one.before, one.after)
        for one in changes(before, collect(evaluation))
    ]
    space = "\N{NO-BREAK SPACE}"
    assert found == [
        (FIGURES, "Metas alcanzadas", "0 de 2", "1 de 2"),
        (FIGURES, "Avance promedio", f"30{space}%", f"100{space}%"),
        (FIGURES, "Con reporte", "2 de 2", "1 de 2"),
        ("LA 1.1.1, indicador 1", "Meta física", "10", "3"),
        ("LA 1.1.1, indicador 1", "% ejecutado", f"30{space}%", f"100{space}%"),
        ("LA 1.1.1, indicador 1", "Estado", "active", "met"),
        ("LA 1.1.2, indicador 1", "Ejecutado", "3", ""),
        ("LA 1.1.2, indicador 1", "% ejecutado", f"30{space}%", ""),
        ("LA 1.1.2, indicador 1", "Estado", "active", "no_report (no se pidió)"),
    ]


def test_an_indicator_that_comes_or_goes_is_told_whole(plan):
    evaluation = start(plan)
    before = collect(evaluation)
    first = plan.indicators.in_order().first()
    first.contributions.all().delete()
    first.delete()
    after = collect(evaluation)
    gone = [one for one in changes(before, after) if one.column == WHOLE]
    come = [one for one in changes(after, before) if one.column == WHOLE]
    assert [(one.before, one.after) for one in gone] == [("Meta 10. active", "")]
    assert [(one.before, one.after) for one in come] == [("", "Meta 10. active")]


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    on=st.dates(FIRST, CUT_OFF),
    goals=st.tuples(st.integers(1, 400), st.integers(1, 400)),
    quantity=st.decimals(0, 999, places=2),
)
def test_evaluating_the_same_data_twice_says_the_same(plan, on, goals, quantity):
    for indicator, goal in zip(plan.indicators.in_order(), goals, strict=True):
        indicator.goal = goal
        indicator.save()
    Contribution.objects.filter(event=plan.events.first()).update(quantity=Decimal(quantity))
    evaluation = plan.evaluations.first() or start(plan, kind=EvaluationKind.PARTIAL, on=on)
    evaluation.cut_off_on = on
    content = collect(evaluation)
    assert collect(evaluation) == content
    assert thaw(freeze(content), EvaluationContent) == content
    assert list(changes(content, content)) == []


def test_as_many_queries_for_two_lines_as_for_twenty(plan, django_assert_num_queries):
    for one, queries in ((plan, 13), (make_plan(lines=20, events=2, year=2022), 13)):
        evaluation = start(one, on=date(one.year, 12, 31))
        with django_assert_num_queries(queries):
            assert collect(evaluation).version is None
    assert plan.state == PlanState.IN_FORCE
