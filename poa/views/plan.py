from typing import Any

from csp.decorators import csp_exempt
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from cnlctf.lib import calendar
from cnlctf.lib.pdf import PdfError
from poa import dashboard_document
from poa.dashboard import dashboard
from poa.forms.filters import PlanFilter
from poa.legend import wordings
from poa.models import OperatingPlan
from poa.reporting.preliminary import preliminary
from sessions.views.issued import pdf_response


@login_not_required
@require_safe
def plan_latest(request: HttpRequest) -> HttpResponse:
    """Go to the plan of this year, or else to the nearest one."""
    plan = OperatingPlan.objects.visible_to(request.user).latest_for(calendar.today())
    return redirect(plan) if plan else render(request, "poa/plan_latest.html")


@login_not_required
@require_safe
def plan_detail(request: HttpRequest, year: int) -> HttpResponse:
    """The dashboard of a year's plan, or of the part of it that the address asks for."""
    board = _board(request, year)
    board["to_accept"] = len(preliminary(board["plan"]))
    return render(request, "poa/plan_detail.html", board)


# Browsers apply the policy to their own viewer of PDF.
@csp_exempt()  # type: ignore[arg-type]
@login_not_required
@require_safe
def plan_pdf(request: HttpRequest, year: int) -> HttpResponse:
    """The same on paper; back to the page where what is asked for is wrong, or cannot be set."""
    board = _board(request, year)
    plan = board["plan"]
    if not board["form"].is_valid():
        return redirect(f"{plan.get_absolute_url()}{board['form'].address()}")
    try:
        content = dashboard_document.render(
            plan,
            board["dashboard"],
            form=board["form"],
            legend=board["legend"],
            today=board["today"],
        )
        return pdf_response(content, f"tablero-poa-{plan.year}")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except PdfError as error:
        messages.error(request, str(error))
    return redirect(plan)


def _board(request: HttpRequest, year: int) -> dict[str, Any]:
    visible = OperatingPlan.objects.visible_to(request.user)
    plan = get_object_or_404(
        visible.select_related("national_plan", "approved_in", "evaluated_in"), year=year
    )
    legend = wordings(plan)
    form = PlanFilter(request.GET, plan=plan, legend=legend)
    day = calendar.today()
    return {
        "plan": plan,
        "legend": legend,
        "form": form,
        "dashboard": dashboard(plan, form, day, visible),
        "today": day,
    }
