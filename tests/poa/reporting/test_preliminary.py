"""What was received and is not accepted yet is known, and in no figure."""

from decimal import Decimal

import pytest

from poa.reporting.acceptance import accept
from poa.reporting.preliminary import preliminary
from tests.poa.plans import make_plan
from tests.poa.reporting.reported import AT, ON, actor, add_event, make_report, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return make_plan(lines=2)


def test_what_was_received_adds_up_until_it_is_accepted(plan):
    first, second = plan.indicators.of_lines()
    one, other = make_report(plan), make_report(plan, "MINSA")
    add_event(one, (first, 3), (second, 1))
    left_out = add_event(one, (first, 9), position=2)
    left_out.contributions.update(counts=False, why_not="Anterior.")
    say(other, first, quantity=4)
    assert preliminary(plan) == {}
    for report in (one, other):
        report.take("sent", at=AT, on=ON, by=actor())
    assert preliminary(plan) == {first.pk: Decimal(7), second.pk: Decimal(1)}
    assert preliminary(plan, [second.pk]) == {second.pk: Decimal(1)}
    accept(one, at=AT, on=ON, by=actor())
    assert preliminary(plan) == {first.pk: Decimal(4)}
