from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe
from django.views.generic import DetailView

from cnlctf.lib import calendar
from poa.dashboard import dashboard
from poa.legend import wordings
from poa.models import OperatingPlan


@login_not_required
@require_safe
def plan_latest(request: HttpRequest) -> HttpResponse:
    """Go to the plan of this year, or else to the nearest one."""
    plan = OperatingPlan.objects.visible_to(request.user).latest_for(calendar.today())
    return redirect(plan) if plan else render(request, "poa/plan_latest.html")


@method_decorator(login_not_required, name="dispatch")
class PlanDetail(DetailView):
    """The dashboard of a year's plan."""

    template_name = "poa/plan_detail.html"
    slug_field = slug_url_kwarg = "year"
    context_object_name = "plan"

    def get_queryset(self) -> QuerySet[OperatingPlan]:
        return OperatingPlan.objects.visible_to(self.request.user).select_related(
            "national_plan", "approved_in", "evaluated_in"
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            dashboard=dashboard(self.object), legend=wordings(self.object), **kwargs
        )
