from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cnlctf.lib.calendar import today
from poa import plan_workbook as workbook
from poa.forms.filters import PlanFilter
from poa.legend import wordings
from poa.models import OperatingPlan
from poa.plan_columns import HEAD
from poa.plan_matrix import placed_rows, plan_notes, plan_parts, plan_places
from poa.reporting.causes import mark_causes
from poa.standing import spots, standings

LINES_PER_PAGE = 25


@login_not_required
@require_safe
def plan_matrix(request: HttpRequest, year: int) -> HttpResponse:
    """The plan's matrix, some lines of action a page, or those that the address asks for."""
    plan = get_object_or_404(OperatingPlan.objects.visible_to(request.user), year=year)
    legend = wordings(plan)
    form = PlanFilter(request.GET, plan=plan, legend=legend)
    chosen = form.chosen(standings(plan)) if form.is_used else spots(plan)
    places = plan_places(plan, chosen, whole=not form.is_used)
    page = Paginator(places, LINES_PER_PAGE).get_page(request.GET.get("page"))
    parts = plan_parts(plan, list(page.object_list))
    mark_causes(plan, (one for part in parts for one in part.indicators), today())
    return render(
        request,
        "poa/plan_matrix.html",
        {
            "plan": plan,
            "form": form,
            "page_obj": page,
            "head": HEAD,
            "rows": placed_rows(plan, parts),
            "legend": legend,
            "notes": plan_notes(plan),
        },
    )


@login_not_required
@require_safe
def plan_workbook(request: HttpRequest, year: int) -> HttpResponse:
    """The whole matrix in Excel, whatever the page shows of it."""
    plan = get_object_or_404(OperatingPlan.objects.visible_to(request.user), year=year)
    return HttpResponse(
        workbook.plan_workbook(plan),
        content_type=workbook.MEDIA_TYPE,
        headers={"Content-Disposition": f'attachment; filename="anexo-poa-{plan.year}.xlsx"'},
    )
