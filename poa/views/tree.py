"""The national plan's tree: read by all, kept by the Secretaría."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, permission_required
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cnlctf.lib.calendar import today
from poa.forms.tree import FORMS
from poa.models import ActionLine, Axis, NationalPlan, Objective, Strategy
from poa.national_tree import KINDS, Kind, plan_of, remove_node, tree
from poa.views.plan_edit import reads_and_writes

keeps_the_tree = permission_required("poa.change_nationalplan", raise_exception=True)
# From each node up to its national plan.
PATHS: dict[Any, list[str]] = {
    NationalPlan: [],
    Objective: ["plan"],
    Axis: ["plan"],
    Strategy: ["objective__plan"],
    ActionLine: ["strategy__objective__plan"],
}


@login_not_required
@require_safe
def plan_tree(request: HttpRequest) -> HttpResponse:
    """The national plan in force, or ``?plan=`` another by its acronym."""
    plans = list(NationalPlan.objects.all())
    asked = request.GET.get("plan")
    if asked is None:
        plan = next((one for one in plans if one.is_in_force(today())), plans[0] if plans else None)
    else:
        plan = next((one for one in plans if one.acronym == asked), None)
        if plan is None:
            raise Http404
    context: dict[str, Any] = {"plan": plan, "plans": plans}
    if plan:
        context |= {"objectives": tree(plan), "axes": plan.axes.all()}
    return render(request, "poa/plan_tree.html", context)


@keeps_the_tree
@reads_and_writes
def node_create(request: HttpRequest, kind: str) -> HttpResponse:
    """``?en=`` is the row of the node above: an objective's for a strategy."""
    level = _kind(kind)
    node: Any = level.model()
    if level.parent:
        above = level.model._meta.get_field(level.parent).related_model
        setattr(node, level.parent, _row(above, request.GET.get("en", "")))
    return _node_page(request, level, node)


@keeps_the_tree
@reads_and_writes
def node_update(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    level = _kind(kind)
    return _node_page(request, level, _row(level.model, str(pk)))


@keeps_the_tree
@reads_and_writes
def node_remove(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    level = _kind(kind)
    node = _row(level.model, str(pk))
    plan = plan_of(node)
    if request.method == "POST":
        try:
            remove_node(node)
        except ValidationError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, "Se quitó del árbol.")
        return redirect("plan_tree") if level.word == "plan" else _back(plan)
    return render(request, "poa/node_remove.html", {"plan": plan, "node": node, "kind": level})


def _node_page(request: HttpRequest, level: Kind, node: Any) -> HttpResponse:
    form = FORMS[level.word](request.POST or None, instance=node)
    if form.is_valid():
        saved = form.save()
        messages.success(request, f"Se guardó {getattr(saved, 'code', saved)}.")
        return _back(plan_of(saved))
    context = {
        "form": form,
        "kind": level,
        "node": node,
        "plan": None if level.word == "plan" else plan_of(node),
    }
    return render(request, "poa/node_edit.html", context)


def _kind(word: str) -> Kind:
    if word not in KINDS:
        raise Http404
    return KINDS[word]


def _row(model: Any, pk: str) -> models.Model:
    if not (pk.isdecimal() and len(pk) < 19):
        raise Http404
    return get_object_or_404(model._default_manager.select_related(*PATHS[model]), pk=pk)


def _back(plan: NationalPlan) -> HttpResponse:
    return redirect(reverse("plan_tree", query={"plan": plan.acronym}))
