"""The words of the states of progress, as the commission had them on the day of a plan."""

import datetime

from django.db.models import QuerySet

from poa.models import LegendEntry, OperatingPlan
from poa.progress import State


def legend_entries(plan: OperatingPlan, on: datetime.date | None = None) -> QuerySet[LegendEntry]:
    """Those in force on the day, or else at the plan's cut-off, or else at its year's end."""
    day = on or plan.cut_off_on or datetime.date(plan.year, 12, 31)
    return LegendEntry.objects.in_force_on(day)


def wordings(plan: OperatingPlan, on: datetime.date | None = None) -> dict[State, str]:
    """What to call each state; its bare code where the commission has not worded it yet."""
    worded = {State(entry.state): entry.wording for entry in legend_entries(plan, on)}
    return {state: worded.get(state, state.value) for state in State}
