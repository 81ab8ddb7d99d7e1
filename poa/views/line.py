from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cnlctf.lib.calendar import today
from poa.legend import wordings
from poa.models import (
    ActionLine,
    Contribution,
    Event,
    Indicator,
    OperatingPlan,
    Participation,
)
from poa.models.report import takes_reports
from poa.models.version import goal_of, original_goals
from poa.observations import lines_observations
from poa.progress import line_state
from poa.region_count import Part, why_not_again
from poa.reporting.causes import mark_causes
from poa.reporting.preliminary import preliminary
from poa.technical_sheet import technical_sheet


@dataclass(frozen=True)
class EventRow:
    """An event, and under each indicator of the line what it adds there, if anything."""

    event: Event
    cells: list[Contribution | None]
    again: dict[Part, str]

    @property
    def why_not(self) -> list[str]:
        """Why it does not count, each reason once."""
        told = [cell for cell in self.cells if cell]
        reasons = [cell.why_not for cell in told if not cell.counts]
        reasons += [self.again[cell] for cell in told if cell in self.again]
        return list(dict.fromkeys(reasons))


@login_not_required
@require_safe
def line_detail(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """A line of action in a year's plan: its indicators and every event that feeds them."""
    plan = get_object_or_404(OperatingPlan.objects.visible_to(request.user), year=year)
    line = get_object_or_404(
        ActionLine.objects.coded(code)
        .filter(strategy__objective__plan=plan.national_plan_id)
        .select_related("strategy__objective", "strategy__axis")
    )
    indicators = list(
        plan.indicators.filter(line=line)
        .with_progress()
        .prefetch_related(
            Prefetch("participations", Participation.objects.select_related("entity")),
            "milestones",
        )
        .order_by("number")
    )
    if not indicators:
        raise Http404
    mark_original_goals(plan, indicators)
    mark_causes(plan, indicators, today())
    to_accept = preliminary(plan, [one.pk for one in indicators])
    for one in indicators:
        one.to_accept = to_accept.get(one.pk)  # type: ignore[attr-defined]
        one.sheet = technical_sheet(one)  # type: ignore[attr-defined]
    return render(
        request,
        "poa/line_detail.html",
        {
            "plan": plan,
            "line": line,
            "indicators": indicators,
            "state": line_state(one.measure.state for one in indicators),
            "events": event_rows(indicators),
            "observations": lines_observations(plan, line).get(line.pk, ""),
            "may_edit_observations": request.user.has_perm("poa.change_evaluation")
            and takes_reports(plan),
            "legend": wordings(plan),
        },
    )


def mark_original_goals(plan: OperatingPlan, indicators: list[Indicator]) -> None:
    """``original_goal`` is the one first approved, on the indicators whose goal has changed."""
    original = original_goals(plan)
    for indicator in indicators:
        before = original.get(indicator.pk)
        changed = before != goal_of(indicator)
        indicator.original_goal = before if changed else None  # type: ignore[attr-defined]


def event_rows(indicators: list) -> list[EventRow]:
    contributions = list(
        Contribution.objects.filter(indicator__in=indicators)
        .select_related("event", "indicator__unit")
        .order_by("event__held_on", "event__pk")
    )
    again = why_not_again(contributions)
    rows = []
    for event, group in groupby(contributions, attrgetter("event")):
        by_indicator = {contribution.indicator_id: contribution for contribution in group}
        rows.append(EventRow(event, [by_indicator.get(one.pk) for one in indicators], again))
    return rows
