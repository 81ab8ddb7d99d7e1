"""A region counts once, and whoever reads or writes is told why the second time adds nothing."""

from datetime import date

import pytest

from poa.choices import Counting
from poa.models import Contribution, Event
from poa.region_count import NO_REGION, why_not_again
from poa.reporting import filling
from poa.reporting.preliminary import preliminary
from tests.poa.plans import make_plan
from tests.poa.reporting.reported import AT, ON, actor, add_event, make_report, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    plan = make_plan(lines=1)
    plan.indicators.update(counting=Counting.DISTINCT_REGIONS)
    return plan


def contribute(plan, region, day, quantity=1):
    event = Event.objects.create(plan=plan, key=f"e{day}", held_on=day, region=region)
    indicator = plan.indicators.of_lines().get()
    return Contribution.objects.create(event=event, indicator=indicator, quantity=quantity)


def days(plan, *numbers):
    return [date(plan.year, 3, number) for number in numbers]


def test_the_second_of_a_region_says_which_was_the_first(plan):
    first, second, third, fourth = days(plan, 1, 2, 3, 4)
    contribute(plan, "UCA", first)
    again = contribute(plan, "UCA", second)
    nowhere = contribute(plan, "", third)
    contribute(plan, "LOR", fourth)
    said = why_not_again(Contribution.objects.select_related("event", "indicator"))
    assert said == {
        again: f"Ucayali ya cuenta por el evento del {first:%d/%m/%Y}; cada región cuenta una "
        "sola vez.",
        nowhere: NO_REGION,
    }


def test_where_quantities_are_added_nothing_is_said(plan):
    plan.indicators.update(counting=Counting.SUM)
    for day in days(plan, 1, 2):
        contribute(plan, "UCA", day)
    assert why_not_again(Contribution.objects.select_related("event", "indicator")) == {}


def test_a_report_adds_the_regions_that_the_plan_has_not(plan):
    indicator = plan.indicators.of_lines().get()
    contribute(plan, "UCA", *days(plan, 1))
    report = make_report(plan)
    for position, (region, quantity) in enumerate([("UCA", 1), ("LOR", 4), ("LOR", 1)], 1):
        (day,) = days(plan, position + 10)
        add_event(report, (indicator, quantity), position=position, region=region, held_on=day)
    _, events = filling.full(report)
    again = filling.regions_again(report, events)
    assert [part.event.position for part in again] == [1, 3]
    assert "del 01/03/" in again[events[0].contributions.all()[0]]
    assert filling.sums(events, again) == {indicator.pk: 1}
    report.take("sent", at=AT, on=ON, by=actor())
    assert preliminary(plan) == {indicator.pk: 1}


def test_regions_are_reported_one_by_one(plan):
    indicator = plan.indicators.of_lines().get()
    report = make_report(plan)
    add_event(report, (indicator, 1), region="")
    said = say(report, indicator, quantity=3)
    _, events = filling.full(report)
    alone, twice, by_region = filling.problems(report, [said], events)
    assert alone.text == ("Evento 1: indique la región; aporta a un indicador que cuenta regiones.")
    assert "se sumarían dos veces" in twice.text
    assert by_region.text == (
        f"{indicator.place}: cuenta regiones, y una cantidad no dice cuáles: registre un evento en "
        "cada región."
    )
