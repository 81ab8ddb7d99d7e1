from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from poa.forms.filters import PlanFilter
from poa.legend import wordings
from poa.models import OperatingPlan
from poa.reckoning import SHOWN_EVENTS, Reckoning, events_in, reckoned
from poa.standing import standings, summed

ROWS_PER_PAGE = 50


@login_not_required
@require_safe
def plan_reckoning(request: HttpRequest, year: int) -> HttpResponse:
    """How the figures of what the address asks for were worked out, indicator by indicator."""
    plan = get_object_or_404(OperatingPlan.objects.visible_to(request.user), year=year)
    legend = wordings(plan)
    form = PlanFilter(request.GET, plan=plan, legend=legend)
    every = standings(plan)
    chosen = form.chosen(every)
    page = Paginator(chosen, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    region = form.region_code
    events, shown = (0, []) if region is None else events_in(plan, chosen, region)
    return render(
        request,
        "poa/plan_reckoning.html",
        {
            "plan": plan,
            "legend": legend,
            "form": form,
            "left_out": len(every) - len(chosen),
            "own": plan.indicators.of_objectives().count(),
            "reckoning": Reckoning(summed(chosen)),
            "page_obj": page,
            "rows": reckoned(list(page.object_list)),
            "region": region,
            "events": shown,
            "event_count": events,
            "shown_events": SHOWN_EVENTS,
        },
    )
