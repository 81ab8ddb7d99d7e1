"""What a report lacks before it can be sent, and what another institution told already."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from members.choices import EntityKind
from members.models import Entity
from poa.choices import PlanState
from poa.models import RequestedEntity
from poa.reporting import filling
from poa.reporting.acceptance import accept
from tests.poa.plans import make_plan
from tests.poa.reporting.reported import AT, ON, actor, add_event, make_report

pytestmark = pytest.mark.django_db

PERIOD = "(01/01/2021 a 30/06/2021)"


@pytest.fixture
def plan():
    return make_plan(lines=2)


@pytest.fixture
def report(plan):
    return filling.start(
        plan,
        Entity.objects.get(acronym="SUNAFIL"),
        first=date(2021, 1, 1),
        last=date(2021, 6, 30),
    )


def missing(report):
    return [problem.text for problem in filling.problems(report, *filling.full(report))]


def set_row(report, number, **values):
    report.indicators.filter(indicator__line__number=number).update(**values)


def test_a_report_begins_with_the_rows_of_its_entity(plan, report):
    assert [said.indicator for said in filling.full(report)[0]] == list(plan.indicators.of_lines())
    again = filling.start(plan, report.entity, first=report.period_from, last=report.period_to)
    assert (report.number, again.number) == (1, 2)


def test_who_takes_no_part_has_nothing_to_report(plan):
    other = Entity.objects.create(
        acronym="X", slug="x", name="X", kind=EntityKind.MINISTRY, short_name="X"
    )
    with pytest.raises(ValidationError, match="X no participa en indicadores"):
        filling.start(plan, other, first=date(2021, 1, 1), last=date(2021, 6, 30))


def test_a_plan_that_is_a_draft_takes_no_report(plan):
    plan.state = PlanState.DRAFT
    plan.save()
    with pytest.raises(ValidationError, match="ya no recibe reportes"):
        filling.start(
            plan,
            Entity.objects.get(acronym="SUNAFIL"),
            first=date(2021, 1, 1),
            last=date(2021, 6, 30),
        )


def test_every_indicator_is_answered(report):
    answer = "registre sus eventos o una cantidad; si no hubo nada, declare 0."
    assert missing(report) == [
        f"LA 1.1.1, indicador 1: {answer}",
        f"LA 1.1.2, indicador 1: {answer}",
    ]
    set_row(report, 1, quantity=3)
    set_row(report, 2, quantity=0)
    assert missing(report) == [
        "LA 1.1.2, indicador 1: la cantidad es 0, diga si se realizó alguna actividad."
    ]
    set_row(report, 2, activity_done=False)
    assert missing(report) == []


def test_a_quantity_beside_events_would_add_up_twice(report):
    first, second = (said.indicator for said in filling.full(report)[0])
    add_event(report, (first, 1), (second, 1))
    assert missing(report) == []
    set_row(report, 1, quantity=3)
    twice = "tiene eventos y además una cantidad sin detallar, que se sumarían dos veces"
    assert missing(report) == [f"LA 1.1.1, indicador 1: {twice}: deje una de las dos."]


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"name": " "}, "diga qué se realizó."),
        ({"held_on": None}, "falta la fecha."),
        (
            {"held_on": date(2021, 7, 1)},
            f"su fecha, 01/07/2021, está fuera del periodo que se reporta {PERIOD}.",
        ),
    ],
)
def test_an_event_is_told_whole(report, values, problem):
    first, second = (said.indicator for said in filling.full(report)[0])
    add_event(report, (first, 1), (second, 1), **values)
    assert missing(report) == [f"Evento 1: {problem}"]


def test_an_event_that_adds_nothing_is_pointed_at(report):
    add_event(report)
    assert missing(report)[0] == "Evento 1: diga cuánto aporta, por lo menos a un indicador."


def test_what_is_missing_is_not_sent(report):
    with pytest.raises(ValidationError) as refusal:
        filling.send(report, at=AT, on=ON, by=actor())
    assert len(refusal.value.messages) == 2
    set_row(report, 1, quantity=1)
    set_row(report, 2, quantity=1)
    filling.send(report, at=AT, on=ON, by=actor())
    assert report.state == "sent"


def test_the_sums_are_of_what_counts(report):
    first, second = (said.indicator for said in filling.full(report)[0])
    add_event(report, (first, 3), (second, 1))
    add_event(report, (first, 4), position=2)
    out = add_event(report, (second, 9), position=3)
    out.contributions.update(counts=False, why_not="Anterior")
    assert filling.sums(filling.full(report)[1]) == {first.pk: Decimal(7), second.pk: Decimal(1)}


def test_women_and_men_add_up_apart(report):
    first, second = (said.indicator for said in report.indicators.all()[:2])
    for position, (women, men) in enumerate(((3, 2), (4, 0), (9, 9)), 1):
        event = add_event(report, (first, women + men), (second, 1), position=position)
        event.contributions.filter(indicator=first).update(women=women, men=men)
    event.contributions.update(counts=False, why_not="Anterior.")
    _, events = filling.full(report)
    assert filling.sexes(events) == {first.pk: (7, 2)}


def test_answering_a_request_twice_is_one_report(plan):
    request = plan.requests.create(
        number=1,
        letter="Oficio 1",
        period_from=date(2021, 1, 1),
        period_to=date(2021, 6, 30),
        deadline=date(2021, 7, 15),
        body="Informen.",
        created_at=AT,
        created_by=actor(),
    )
    requested = RequestedEntity.objects.create(
        request=request, entity=Entity.objects.get(acronym="SUNAFIL")
    )
    requested.indicators.set(plan.indicators.filter(line__number=2))
    report = filling.answer(requested)
    assert filling.answer(requested) == report
    assert [said.indicator.line.number for said in report.indicators.all()] == [2]
    assert (report.period_from, report.period_to) == (request.period_from, request.period_to)


# --- The same event told by two ---------------------------------------------------------------

DAY = date(2021, 3, 8)


@pytest.mark.parametrize(
    ("mine", "theirs", "is_repeat"),
    [
        ({"region": "UCA"}, {"region": "UCA"}, True),
        ({"region": "UCA"}, {"region": "ARE"}, False),
        ({"region": "UCA", "place": "Pucallpa"}, {"region": "", "place": "pucallpa "}, True),
        ({"region": "", "place": "Lima"}, {"region": "", "place": "Callao"}, False),
        ({"region": "UCA"}, {"region": "UCA", "held_on": date(2021, 3, 9)}, False),
    ],
)
def test_a_repeat_is_the_same_day_in_the_same_place(plan, report, mine, theirs, is_repeat):
    indicator = plan.indicators.first()
    event = add_event(report, (indicator, 1), **mine)
    other = make_report(plan, "MINSA")
    twin = add_event(other, (indicator, 1), **theirs)
    events = filling.full(report)[1]
    assert filling.repeats(report, events) == []
    other.take("sent", at=AT, on=ON, by=actor())
    expected = [filling.Repeat(event, twin, "MINSA, por aceptar")] if is_repeat else []
    assert filling.repeats(report, events) == expected
    accept(other, at=AT, on=ON, by=actor())
    assert [one.by for one in filling.repeats(report, events)] == ["MINSA"] * is_repeat


def test_the_secretarias_own_events_are_looked_at_as_well(plan, report):
    plan.events.create(key="uno", held_on=DAY, region="UCA")
    add_event(report)
    found = filling.repeats(report, filling.full(report)[1])
    assert [one.by for one in found] == ["la Secretaría Técnica"]


def test_an_entity_does_not_repeat_itself(plan, report):
    add_event(report)
    own = make_report(plan, number=7)
    add_event(own)
    own.take("sent", at=AT, on=ON, by=actor())
    assert filling.repeats(report, filling.full(report)[1]) == []
