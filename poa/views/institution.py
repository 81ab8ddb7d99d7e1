from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from members.models import Entity
from poa.institution import indicators_of, institution_progress
from poa.legend import wordings
from poa.models import OperatingPlan

ROWS_PER_PAGE = 25


@login_not_required
@require_safe
def plan_institution(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """An institution in a year's plan: its figures, its indicators and what was done for them."""
    plan = get_object_or_404(OperatingPlan.objects.visible_to(request.user), year=year)
    entity = get_object_or_404(Entity.objects.select_related("parent"), slug=slug)
    progress = institution_progress(plan, entity)
    page = Paginator(progress.taking_part, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "poa/plan_institution.html",
        {
            "plan": plan,
            "entity": entity,
            "progress": progress,
            "page_obj": page,
            "rows": indicators_of(list(page.object_list)),
            "legend": wordings(plan),
        },
    )
