from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from poa.forms.filters import SlideFilter
from poa.legend import wordings
from poa.models import OperatingPlan
from poa.slides import is_discussed, shown_on, slides
from poa.standing import standings


@login_not_required
@require_safe
def plan_projector(request: HttpRequest, year: int) -> HttpResponse:
    """A plan on the wall of a session, a slide a page."""
    plan = get_object_or_404(OperatingPlan.objects.visible_to(request.user), year=year)
    legend = wordings(plan)
    form = SlideFilter(request.GET, plan=plan, legend=legend)
    chosen = form.chosen(standings(plan))
    if not form.shows_all:
        chosen = [one for one in chosen if is_discussed(one)]
    page = Paginator(slides(chosen, form.asked_by, form), 1).get_page(request.GET.get("lamina"))
    slide = page.object_list[0] if page.object_list else None
    return render(
        request,
        "poa/plan_projector.html",
        {
            "plan": plan,
            "legend": legend,
            "form": form,
            "page_obj": page,
            "slide": slide,
            "shown": shown_on(slide) if slide else [],
        },
    )
