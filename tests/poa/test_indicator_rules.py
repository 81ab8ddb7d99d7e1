"""How an indicator counts, and what the database holds of its milestones and its plan's state."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from poa.choices import Counting, PlanState
from poa.models import Contribution, Event, Indicator, Milestone, OperatingPlan
from tests.poa.plans import make_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def indicator() -> Indicator:
    return make_plan(lines=1, year=2019).indicators.get()


def contribute(indicator: Indicator, region: str, quantity: int, counts: bool = True) -> None:
    key = f"evento-{Event.objects.count()}"
    event = Event.objects.create(
        plan=indicator.plan, key=key, held_on=date(2019, 11, 18), region=region
    )
    Contribution.objects.create(
        event=event,
        indicator=indicator,
        quantity=quantity,
        counts=counts,
        why_not="" if counts else "Anterior.",
    )


def executed(indicator: Indicator, counting: Counting) -> Decimal | None:
    Indicator.objects.update(counting=counting)
    return Indicator.objects.with_progress().get(pk=indicator.pk).executed


@pytest.mark.parametrize(
    ("counting", "total"),
    [(Counting.SUM, 10), (Counting.PERSONS_REPEAT, 10), (Counting.DISTINCT_REGIONS, 2)],
)
def test_regions_count_once_where_the_rule_says_so(indicator, counting, total):
    for region, quantity in (("UCA", 5), ("UCA", 3), ("LOR", 2), ("PUN", 0), ("", 0)):
        contribute(indicator, region, quantity)
    contribute(indicator, "ICA", 9, counts=False)
    assert executed(indicator, counting) == total


@pytest.mark.parametrize("counting", Counting)
def test_no_report_is_never_0(indicator, counting):
    assert executed(indicator, counting) is None


def test_what_was_done_before_the_norm_does_not_count(indicator):
    assert indicator.why_not_counted(date(2019, 1, 1)) == ""
    indicator.counts_from = date(2019, 9, 18)
    assert [indicator.why_not_counted(date(2019, 9, day)) for day in (17, 18)] == [
        "Es anterior al 18/09/2019, desde cuando se cuenta.",
        "",
    ]


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"quarter": 0}, "milestone_quarter_of_a_year"),
        ({"quarter": 5}, "milestone_quarter_of_a_year"),
        ({"goal": -1}, "milestone_goal_not_negative"),
        ({"quarter": 2}, None),
    ],
)
def test_a_milestone_is_refused(indicator, values, constraint):
    Milestone.objects.create(indicator=indicator, quarter=2, goal=1)
    milestone = Milestone(**{"indicator": indicator, "quarter": 1, "goal": 1} | values)
    with pytest.raises(ValidationError):
        milestone.full_clean()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        milestone.save()


@pytest.mark.parametrize("values", [{"adjusts_goals": True}, {"adjust_until": date(2020, 1, 23)}])
def test_a_plan_in_adjustments_says_until_when_and_of_what(indicator, values):
    plan = OperatingPlan(
        year=2030, national_plan=indicator.plan.national_plan, state=PlanState.ADJUSTING, **values
    )
    with pytest.raises(ValidationError, match="dice hasta cuándo y qué columnas se ajustan"):
        plan.full_clean()
    refused = pytest.raises(IntegrityError, match="operating_plan_adjusting_says_what")
    with refused, transaction.atomic():
        plan.save()
