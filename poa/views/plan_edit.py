"""The plan of a year while it is a draft: started, and its indicators written line by line."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cnlctf.lib.calendar import today
from poa.forms.indicator import IndicatorForm, part_forms
from poa.forms.plan import EmptyPlanForm, FollowingPlanForm
from poa.models import (
    ActionLine,
    Indicator,
    NationalPlan,
    Objective,
    OperatingPlan,
    Participation,
)
from poa.plan_draft import remove_indicator, save_indicator, start_plan
from poa.plan_outline import plan_outline

keeps_the_plan = permission_required("poa.change_operatingplan", raise_exception=True)
reads_and_writes = require_http_methods(["GET", "HEAD", "POST"])
EMPTY = "vacio"


def open_draft(year: int) -> OperatingPlan:
    """The plan to write; 404 without one, and 403 with the reason where it is approved."""
    plan = get_object_or_404(OperatingPlan.objects.select_related("national_plan"), year=year)
    try:
        plan.check_draft()
    except ValidationError as error:
        raise PermissionDenied(error.message) from error
    return plan


@keeps_the_plan
@reads_and_writes
def plan_create(request: HttpRequest) -> HttpResponse:
    """From the lines of another year's plan, ``?desde=2019``, or empty, ``?desde=vacio``."""
    plans = list(OperatingPlan.objects.select_related("national_plan"))
    asked = request.GET.get("desde", "")
    base = _base(plans, asked)
    data = request.POST if request.method == "POST" else None
    initial = {"year": max((plan.year for plan in plans), default=today().year - 1) + 1}
    form: Any = (
        FollowingPlanForm(data, base=base, initial=initial)
        if base
        else EmptyPlanForm(data, initial=initial)
    )
    if form.is_valid() and (plan := _started(form, base)):
        messages.success(request, f"Se creó el borrador del plan operativo de {plan.year}.")
        return redirect("plan_edit", plan.year)
    return render(
        request,
        "poa/plan_create.html",
        {
            "form": form,
            "base": base,
            "plans": plans,
            "has_tree": base is not None or NationalPlan.objects.exists(),
        },
    )


def _base(plans: list[OperatingPlan], asked: str) -> OperatingPlan | None:
    """The plan asked for, or else the last one; None to start empty."""
    if asked == EMPTY or not plans:
        return None
    if not asked:
        return plans[0]
    try:
        return next(plan for plan in plans if str(plan.year) == asked)
    except StopIteration as error:
        raise Http404 from error


def _started(form: Any, base: OperatingPlan | None) -> OperatingPlan | None:
    """The new draft; None where another was started that instant, which the form then says."""
    asked = form.cleaned_data
    try:
        return start_plan(
            year=asked["year"],
            national_plan=base.national_plan if base else asked["national_plan"],
            indicators=form.indicators() if base else (),
            based_on=base,
            copies_goals=asked.get("goals") == "copied",
        )
    except ValidationError as error:
        form.add_error(None, error.messages)
        return None


@keeps_the_plan
@require_http_methods(["GET", "HEAD"])
def plan_edit(request: HttpRequest, year: int) -> HttpResponse:
    """The whole tree with the plan's indicators in their places, to add, change and remove."""
    plan = open_draft(year)
    context = {"plan": plan, "outline": plan_outline(plan), "lacking": plan.why_not_approvable()}
    return render(request, "poa/plan_edit.html", context)


@keeps_the_plan
@reads_and_writes
def indicator_create(request: HttpRequest, year: int, place: str) -> HttpResponse:
    """``place`` is a line's code, 1.3.3, or an objective's number."""
    plan = open_draft(year)
    return _indicator_page(request, plan, Indicator(plan=plan, **_place(plan, place)))


@keeps_the_plan
@reads_and_writes
def indicator_update(request: HttpRequest, year: int, code: str) -> HttpResponse:
    plan = open_draft(year)
    return _indicator_page(request, plan, find_indicator(plan, code))


@keeps_the_plan
@reads_and_writes
def indicator_remove(request: HttpRequest, year: int, code: str) -> HttpResponse:
    plan = open_draft(year)
    indicator = find_indicator(plan, code)
    if request.method == "POST":
        try:
            remove_indicator(indicator)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, "El indicador se quitó del plan.")
        return redirect("plan_edit", year)
    return render(request, "poa/indicator_remove.html", {"plan": plan, "indicator": indicator})


def find_indicator(plan: OperatingPlan, code: str) -> Indicator:
    """That of the plan called ``1.3.3-1``, or 404."""
    indicators = Indicator.objects.select_related(
        "plan", "unit", "footnote", "objective", "line__strategy__objective"
    ).prefetch_related(Prefetch("participations", Participation.objects.select_related("entity")))
    try:
        return indicators.get_by_natural_key(plan.year, code)
    except (Indicator.DoesNotExist, ValueError) as error:
        raise Http404 from error


def _place(plan: OperatingPlan, place: str) -> dict[str, Any]:
    national_plan = plan.national_plan_id
    if "." in place:
        lines = ActionLine.objects.coded(place).select_related("strategy__objective")
        return {"line": get_object_or_404(lines, strategy__objective__plan=national_plan)}
    if not (place.isdecimal() and len(place) <= 4):
        raise Http404
    return {"objective": get_object_or_404(Objective, plan=national_plan, number=place)}


def _indicator_page(
    request: HttpRequest, plan: OperatingPlan, indicator: Indicator
) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = IndicatorForm(data, instance=indicator)
    parts = part_forms(indicator, data)
    if data and all((form.is_valid(), parts.is_valid())):
        try:
            save_indicator(
                form.instance,
                note=form.cleaned_data["note"],
                parts=parts.parts(),
                milestones=form.milestones,
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, f"Se guardó {indicator.place}.")
            anchor = indicator.code.replace(".", "-")
            return redirect(f"{reverse('plan_edit', args=[plan.year])}#indicador-{anchor}")
    context = {"plan": plan, "indicator": indicator, "form": form, "parts": parts}
    return render(request, "poa/indicator_edit.html", context)
