"""A plan from draft to closed: each step with its page of confirmation."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from cnlctf.lib.calendar import today
from poa.choices import PlanStep
from poa.forms.plan_step import ApproveForm, CloseForm, ConsolidateForm, ExtendForm
from poa.models import OperatingPlan, PlanChange
from poa.models.version import plan_content
from poa.plan_content import differences
from poa.views.plan_edit import keeps_the_plan, reads_and_writes


@keeps_the_plan
@reads_and_writes
def plan_approve(request: HttpRequest, year: int) -> HttpResponse:
    """To the sectors' adjustments or into force: the form says which."""
    plan = _plan_at(year, PlanStep.APPROVED)
    form = ApproveForm(_data(request), plan=plan, today=today())
    return _step(
        request,
        plan,
        form,
        lambda **when: form.approve(**when),
        "poa/plan_approve.html",
        lacking=plan.why_not_approvable(),
        indicators=plan.indicators.count(),
        undefined=plan.indicators.filter(goal=None).count(),
    )


@keeps_the_plan
@reads_and_writes
def plan_extend(request: HttpRequest, year: int) -> HttpResponse:
    plan = _plan_at(year, PlanStep.EXTENDED)
    form = ExtendForm(_data(request), plan=plan, today=today())
    return _step(request, plan, form, lambda **when: form.extend(**when), "poa/plan_extend.html")


@keeps_the_plan
@reads_and_writes
def plan_consolidate(request: HttpRequest, year: int) -> HttpResponse:
    plan = _plan_at(year, PlanStep.CONSOLIDATED)
    form = ConsolidateForm(_data(request), plan=plan, today=today())
    approved = plan.versions.first()
    changed = differences(approved.plan_content, plan_content(plan)) if approved else ()
    return _step(
        request,
        plan,
        form,
        lambda **when: form.consolidate(**when),
        "poa/plan_consolidate.html",
        differences=list(changed),
        waiting=PlanChange.objects.of_plan(plan).waiting().count(),
        is_open=plan.takes_proposals(today()),
    )


@keeps_the_plan
@reads_and_writes
def plan_close(request: HttpRequest, year: int) -> HttpResponse:
    plan = _plan_at(year, PlanStep.CLOSED)
    form = CloseForm(_data(request))
    return _step(
        request,
        plan,
        form,
        lambda **when: plan.close(**when, **form.cleaned_data),
        "poa/plan_close.html",
    )


DONE = {
    "poa/plan_approve.html": "El plan está aprobado y es público.",
    "poa/plan_extend.html": "Los sectores tienen más plazo para proponer ajustes.",
    "poa/plan_consolidate.html": "El plan está vigente, con sus ajustes consolidados.",
    "poa/plan_close.html": "El plan está cerrado.",
}


def _plan_at(year: int, step: PlanStep) -> OperatingPlan:
    """The plan, or 404; 403 with the reason where its state does not allow the step."""
    plan = get_object_or_404(OperatingPlan.objects.select_related("national_plan"), year=year)
    try:
        plan.check_may(step)
    except ValidationError as error:
        raise PermissionDenied(error.message) from error
    return plan


def _data(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _step(
    request: HttpRequest,
    plan: OperatingPlan,
    form: forms.Form,
    take: Callable[..., None],
    template: str,
    **context: Any,
) -> HttpResponse:
    if form.is_valid():
        try:
            take(at=timezone.now(), by=request.user)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, DONE[template])
            return redirect(plan)
    return render(request, template, {"plan": plan, "form": form, **context})
