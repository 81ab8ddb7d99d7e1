"""Only what the Secretaría accepts is in the figures, and reopening takes it out again."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from poa.models import Indicator, ReportedContribution, ReportedEvent, Unit
from poa.observations import lines_observations
from poa.progress import State
from poa.reporting.acceptance import accept, reopen, wording
from tests.poa.plans import make_plan
from tests.poa.reporting.reported import AT, ON, actor, add_event, make_report, say

pytestmark = pytest.mark.django_db

STEP = {"at": AT, "on": ON}


@pytest.fixture
def plan():
    return make_plan(lines=2)


@pytest.fixture
def report(plan):
    return make_report(plan)


def measures(plan):
    return [one.measure for one in plan.indicators.of_lines().with_progress()]


def sent(report):
    report.take("sent", by=actor(), **STEP)
    return report


def test_a_report_is_in_no_figure_before_it_is_accepted(plan, report):
    add_event(report, (plan.indicators.first(), 3))
    sent(report)
    assert [one.executed for one in measures(plan)] == [None, None]
    accept(report, by=actor(), **STEP)
    assert [one.executed for one in measures(plan)] == [3, None]


def test_one_event_feeds_two_indicators(plan, report):
    """As the workshop of Ucayali of 18/11/2019: 1 event, 5 persons (L219)."""
    first, second = plan.indicators.of_lines()
    add_event(report, (first, 1), (second, 5))
    accept(sent(report), by=actor(), **STEP)
    assert [one.executed for one in measures(plan)] == [1, 5]
    assert plan.events.filter(report=report).count() == 1


def test_what_does_not_count_is_listed_and_not_added(plan, report):
    indicator = plan.indicators.first()
    event = add_event(report, (indicator, 3))
    event.contributions.update(counts=False, why_not="Anterior al DS 015-2019-TR")
    accept(sent(report), by=actor(), **STEP)
    assert measures(plan)[0].executed == 0
    assert indicator.contributions.get().why_not == "Anterior al DS 015-2019-TR"


def test_a_quantity_without_events_is_one_of_the_whole_period(plan, report):
    say(report, plan.indicators.first(), quantity=10)
    accept(sent(report), by=actor(), **STEP)
    assert measures(plan)[0].state == State.MET
    assert plan.events.get().held_on == date(2021, 6, 30)


@pytest.mark.parametrize(
    ("done", "state"), [(True, State.ACTIVE), (False, State.NOT_DONE), (None, State.NOT_DONE)]
)
def test_a_declared_zero_is_a_report_and_says_whether_there_was_activity(plan, report, done, state):
    say(report, plan.indicators.first(), quantity=0, activity_done=done)
    accept(sent(report), by=actor(), **STEP)
    assert measures(plan)[0].executed == 0
    assert measures(plan)[0].state == state


def test_two_entities_add_up(plan, report):
    other = make_report(plan, "MINSA")
    for one, quantity in [(report, 4), (other, 6)]:
        add_event(one, (plan.indicators.first(), quantity))
        accept(sent(one), by=actor(), **STEP)
    assert measures(plan)[0].executed == 10


def test_reopening_takes_out_what_accepting_put_in_and_nothing_else(plan, report):
    indicator = plan.indicators.first()
    other = make_report(plan, "MINSA")
    for one, done in [(report, True), (other, False)]:
        add_event(one, (indicator, 1))
        say(one, indicator, activity_done=done)
        accept(sent(one), by=actor(), **STEP)
    assert indicator.execution.activity_done is True
    reopen(report, by=actor(), remarks="Se repite el evento de Ucayali.", **STEP)
    assert measures(plan)[0].executed == 1
    indicator.execution.refresh_from_db()
    assert indicator.execution.activity_done is False
    assert report.reported_events.count() == 1
    accept(sent(report), by=actor(), **STEP)
    assert measures(plan)[0].executed == 2


def test_nothing_is_posted_where_the_step_is_refused(plan, report):
    add_event(report, (plan.indicators.first(), 3))
    with pytest.raises(ValidationError):
        accept(report, by=actor(), **STEP)
    sent(report)
    with pytest.raises(ValidationError):
        reopen(report, by=actor(), remarks="No.", **STEP)
    assert plan.events.count() == 0


def test_an_event_without_a_date_is_not_accepted(plan, report):
    add_event(report, (plan.indicators.first(), 3), held_on=None)
    with pytest.raises(ValidationError, match="El evento 1 del reporte no tiene fecha"):
        accept(sent(report), by=actor(), **STEP)
    report.refresh_from_db()
    assert report.state == "sent"


def test_an_accepted_event_is_told_among_the_observations_of_its_line(plan, report):
    indicator = plan.indicators.first()
    add_event(report, (indicator, 2), supporter="la OIT")
    accept(sent(report), by=actor(), **STEP)
    assert lines_observations(plan, indicator.line)[indicator.line.pk].endswith(
        "* Marzo:\n• Evento 1 (08/03/2021): Ucayali – Taller con fiscales: 2 eventos, con apoyo "
        "de la OIT."
    )


@pytest.mark.parametrize(
    ("name", "quantity", "persons", "supporter", "expected"),
    [
        ("Taller con fiscales", 1, (), "", "Taller con fiscales."),
        ("Taller.", 1, (), "la OIT", "Taller, con apoyo de la OIT."),
        ("Taller", 5, (3, 2), "", "Taller: 5 personas (3 mujeres y 2 hombres)."),
        ("Charla", 1, (1, 0), "", "Charla: 1 persona (1 mujer y 0 hombres)."),
        ("", 1500, (), "", "1,500 personas."),
        ("", Decimal("2.5"), (), "", "2.50 personas."),
        ("", 1, (), "", ""),
        ("Feria **nacional**", 1, (), "", r"Feria \*\*nacional\*\*."),
    ],
)
def test_an_event_is_worded_as_the_commission_does(name, quantity, persons, supporter, expected):
    women, men = persons or (None, None)
    part = ReportedContribution(
        indicator=Indicator(unit=Unit(name="Persona", plural="Personas")),
        quantity=Decimal(quantity),
        women=women,
        men=men,
    )
    assert wording(ReportedEvent(name=name, supporter=supporter), [part]) == expected


def test_an_event_of_two_indicators_of_a_line_is_told_once(plan, report):
    events = plan.indicators.first()
    people = Indicator.objects.create(
        plan=plan,
        line=events.line,
        number=2,
        name="Personas",
        unit=Unit.objects.create(name="Persona", plural="Personas"),
        goal=80,
    )
    add_event(report, (events, 1), (people, 5))
    accept(sent(report), by=actor(), **STEP)
    text = lines_observations(plan, events.line)[events.line.pk]
    assert text.endswith("Ucayali – Taller con fiscales: 5 personas.")
    assert text.count("Taller con fiscales") == 1
