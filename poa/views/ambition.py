from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from poa.ambition import PASSED_BY, UNCHANGED_YEARS, reasons
from poa.forms.filters import AmbitionForm
from poa.institution import indicators_of
from poa.legend import wordings
from poa.models import OperatingPlan

ROWS_PER_PAGE = 25


@permission_required("poa.view_operatingplan", raise_exception=True)
@require_safe
def plan_ambition(request: HttpRequest, year: int) -> HttpResponse:
    """What the next plan should look at again, by reason, one of them in full."""
    visible = OperatingPlan.objects.visible_to(request.user)
    plan = get_object_or_404(visible, year=year)
    commission = {"supera": PASSED_BY, "anios": UNCHANGED_YEARS}
    form = AmbitionForm(commission | {word: value for word, value in request.GET.items() if value})
    # What cannot be is said beside its field, and the rest stands.
    form.is_valid()
    passed_by = form.cleaned_data.get("passed_by", PASSED_BY)
    years = form.cleaned_data.get("years", UNCHANGED_YEARS)
    found = reasons(plan, visible, passed_by=passed_by, years=years)
    word = request.GET.get("motivo")
    reason = next((one for one in found if one.word == word), None) or next(
        (one for one in found if one.findings), found[0]
    )
    page = Paginator(reason.findings, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "poa/plan_ambition.html",
        {
            "plan": plan,
            "legend": wordings(plan),
            "form": form,
            "is_changed": (passed_by, years) != (PASSED_BY, UNCHANGED_YEARS),
            "reasons": found,
            "reason": reason,
            "page_obj": page,
            "rows": list(
                zip(
                    page.object_list,
                    indicators_of([one.standing for one in page.object_list]),
                    strict=True,
                )
            ),
        },
    )
