"""What changes in an approved plan: proposed by the sectors, decided or made by the Secretaría."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cnlctf.lib.calendar import today
from members.models import Entity, User
from poa.choices import ChangeSubject
from poa.forms.change import ChangeForm, GoalChangeForm, PartChangeForm
from poa.models import Indicator, OperatingPlan, Participation, PlanChange
from poa.models.change import PlanChangeQuerySet
from poa.views.plan_edit import find_indicator, reads_and_writes

takes_part = permission_required("poa.add_planchange", raise_exception=True)
decides = permission_required("poa.change_planchange", raise_exception=True)


@takes_part
@require_safe
def plan_changes(request: HttpRequest, year: int) -> HttpResponse:
    """To a representative, the rows of its sector; to the Secretaría, what waits for an answer."""
    plan = _plan(request, year)
    sector = _sector(request)
    changes = _changes(plan)
    if sector is None:
        context = {
            "waiting": [one for one in changes if one.is_waiting],
            "decided": [one for one in changes if not one.is_waiting],
            "indicators": _indicators(plan) if plan.is_adjusting or plan.is_in_force else [],
        }
        return render(request, "poa/plan_changes.html", {"plan": plan, **context})
    proposed = Prefetch("changes", changes.filter(sector=sector), to_attr="proposed")
    indicators = list(_indicators(plan).concerning(sector).prefetch_related(proposed))
    for indicator in indicators:
        indicator.goal_waits = any(
            one.is_waiting and one.subject == ChangeSubject.GOAL for one in indicator.proposed
        )
    context = {
        "sector": sector,
        "is_open": plan.takes_proposals(today()),
        "indicators": indicators,
    }
    return render(request, "poa/plan_changes_own.html", {"plan": plan, **context})


def _changes(plan: OperatingPlan) -> PlanChangeQuerySet:
    return PlanChange.objects.of_plan(plan).select_related(
        "indicator__objective",
        "indicator__line__strategy__objective",
        "indicator__unit",
        "entity",
        "sector",
        "proposed_by__person",
        "decided_by__person",
        "agreement__session",
    )


def _indicators(plan: OperatingPlan) -> Any:
    return (
        plan.indicators.in_order()
        .select_related("unit", "footnote", "objective", "line__strategy__objective")
        .prefetch_related(
            Prefetch("participations", Participation.objects.select_related("entity"))
        )
    )


@takes_part
@reads_and_writes
def change_create(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """One goal, or one institution's part: each has its form, and the button says which."""
    plan = _plan(request, year)
    sector = _sector(request)
    indicator = _indicator(plan, code, sector)
    _check_open(plan, sector)
    forms = _forms(request, indicator, sector)
    asked = forms.get(request.POST.get("subject", "")) if request.method == "POST" else None
    if asked and asked.is_valid() and _sent(request, asked):
        return redirect("plan_changes", year)
    context = {"plan": plan, "indicator": indicator, "sector": sector, "forms": forms}
    return render(request, "poa/change_create.html", context)


def _forms(
    request: HttpRequest, indicator: Indicator, sector: Entity | None
) -> dict[str, ChangeForm]:
    """Those of the columns that may change, by the name of their button."""
    plan = indicator.plan
    kinds: dict[str, type[ChangeForm]] = {}
    if sector is None or plan.adjusts_goals:
        kinds["meta"] = GoalChangeForm
    if sector is None or plan.adjusts_participation:
        kinds["participacion"] = PartChangeForm
    asked = request.POST.get("subject") if request.method == "POST" else None
    return {
        name: kind(
            request.POST if name == asked else None,
            indicator=indicator,
            sector=sector,
            today=today(),
            auto_id=f"{name}-%s",
        )
        for name, kind in kinds.items()
    }


def _sent(request: HttpRequest, form: ChangeForm) -> bool:
    user = cast(User, request.user)
    change = form.change()
    change.proposed_by, change.at = user, timezone.now()
    try:
        if change.sector:
            change.propose(on=today())
            said = "El ajuste quedó propuesto: la Secretaría Técnica le responderá en esta página."
        else:
            change.make(at=change.at, by=user, agreement=form.cleaned_data["agreement"])
            said = f"Se cambió {change.indicator.place}: {change.before} → {change.after}."
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    messages.success(request, said)
    return True


@decides
@require_POST
def change_decide(request: HttpRequest, year: int, change: int) -> HttpResponse:
    """Accepted or declined, by the button; a declined one says why."""
    proposed = _waiting(year, change)
    now, user = timezone.now(), cast(User, request.user)
    answer = request.POST.get("answer", "")
    try:
        if "accept" in request.POST:
            proposed.accept(at=now, by=user, answer=answer)
        else:
            proposed.decline(at=now, by=user, answer=answer)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        said = "se aceptó y ya está en el plan" if "accept" in request.POST else "no se aceptó"
        messages.success(request, f"El ajuste de {proposed.indicator.place} {said}.")
    return redirect("plan_changes", year)


@takes_part
@require_POST
def change_withdraw(request: HttpRequest, year: int, change: int) -> HttpResponse:
    """By the sector that proposed it; to any other it is not there."""
    proposed = _waiting(year, change)
    if proposed.sector is None or proposed.sector != _sector(request):
        raise Http404
    try:
        proposed.withdraw(at=timezone.now(), by=cast(User, request.user))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "Su propuesta quedó retirada.")
    return redirect("plan_changes", year)


def _plan(request: HttpRequest, year: int) -> OperatingPlan:
    return get_object_or_404(OperatingPlan.objects.visible_to(request.user), year=year)


def _sector(request: HttpRequest) -> Entity | None:
    """For whom the user proposes: None is the Secretaría; 403 for who stands for nobody."""
    user = cast(User, request.user)
    if user.has_perm("poa.change_planchange"):
        return None
    if entity := user.entity_on(today()):
        return entity
    raise PermissionDenied("Su cuenta no representa hoy a ninguna entidad.")


def _indicator(plan: OperatingPlan, code: str, sector: Entity | None) -> Indicator:
    """One where the sector takes part; the others are not there for it."""
    indicator = find_indicator(plan, code)
    if sector and not plan.indicators.concerning(sector).filter(pk=indicator.pk).exists():
        raise Http404
    return indicator


def _check_open(plan: OperatingPlan, sector: Entity | None) -> None:
    if sector:
        if not plan.takes_proposals(today()):
            raise PermissionDenied("El plan no está abierto a ajustes de los sectores.")
    elif not (plan.is_adjusting or plan.is_in_force):
        raise PermissionDenied(
            "Las metas cambian así en un plan vigente o con cargo a ajustes; este está "
            f"{plan.get_state_display().lower()}."
        )


def _waiting(year: int, change: int) -> PlanChange:
    changes = PlanChange.objects.filter(indicator__plan__year=year)
    return get_object_or_404(
        changes.select_related(
            "indicator__plan",
            "indicator__objective",
            "indicator__line__strategy__objective",
            "indicator__footnote",
            "entity",
            "sector",
        ),
        pk=change,
    )
