"""Plans in the states in which one writes and adjusts them, few rows or many."""

from datetime import date, datetime

from django.utils import timezone

from benchmarks import bulk
from poa.choices import PlanState
from poa.models import OperatingPlan, PlanVersion
from poa.plan_draft import start_plan
from sessions.models import Agreement

APPROVED_AT = datetime(2020, 1, 16, 16, 25, tzinfo=timezone.get_default_timezone())
# Later than any day that the tests take for today.
ADJUST_UNTIL = date(2022, 1, 21)


def follow_demo() -> None:
    """A draft of 2021 and a plan of 2022 open to adjustments, with the indicators of 2019."""
    base = OperatingPlan.objects.get(year=2019)
    for year in (2021, 2022):
        plan = start_plan(
            year=year,
            national_plan=base.national_plan,
            indicators=base.indicators.in_order(),
            based_on=base,
            copies_goals=True,
        )
    plan.approve(
        at=APPROVED_AT,
        by=None,
        agreement=Agreement.objects.get_by_natural_key("SO", 120, 2),
        adjust_until=ADJUST_UNTIL,
        goals=True,
        participation=True,
    )


def add_plans(indicators: int) -> None:
    """A draft of 2023 and a plan of 2024 open to adjustments, with so many indicators each."""
    draft = bulk.add_plan(2023, indicators=indicators, events=0)
    OperatingPlan.objects.filter(pk=draft.pk).update(state=PlanState.DRAFT)
    adjusting = bulk.add_plan(2024, indicators=indicators, events=0)
    OperatingPlan.objects.filter(pk=adjusting.pk).update(
        state=PlanState.ADJUSTING,
        adjust_until=ADJUST_UNTIL,
        adjusts_goals=True,
        adjusts_participation=True,
    )
    PlanVersion.objects.take(adjusting, at=APPROVED_AT, by=None, reason="Aprobado.")
