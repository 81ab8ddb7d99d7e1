"""The Observaciones of a line as the Secretaría edits them, beside what the program proposes."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from poa.edited_observations import Observed, check_open, observed, write
from poa.forms.observations import ObservationsForm
from poa.models import ActionLine, OperatingPlan
from poa.views.evaluation import evaluates, reads_and_writes


@evaluates
@reads_and_writes
@never_cache
def observations_edit(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """To write them, keep what was written though the data changed, or take the proposal."""
    plan = get_object_or_404(OperatingPlan, year=year)
    line = get_object_or_404(
        ActionLine.objects.coded(code)
        .filter(indicators__plan=plan)
        .select_related("strategy__objective")
        .distinct()
    )
    try:
        check_open(plan)
    except ValidationError as error:
        raise PermissionDenied(error.message) from error
    found = observed(plan, line)
    form = ObservationsForm(
        _data(request, found), initial={"text": found.text, "edits": found.edits}
    )
    if form.is_valid() and _written(request, found, form):
        messages.success(request, f"Se guardaron las observaciones de {line.code}.")
        return redirect("line_detail", year, line.prefix)
    context = {"plan": plan, "line": line, "found": found, "form": form}
    return render(request, "poa/observations_edit.html", context)


def _data(request: HttpRequest, found: Observed) -> Any:
    """What was sent; the buttons to keep and to take stand for the text that they name."""
    if request.method != "POST":
        return None
    data = request.POST.copy()
    match data.get("hacer"):
        case "conservar":
            data["text"] = found.text
        case "proponer":
            data["text"] = found.proposal
    return data


def _written(request: HttpRequest, found: Observed, form: forms.Form) -> bool:
    asked = form.cleaned_data
    try:
        write(
            found.plan,
            found.line,
            asked["text"],
            edits=asked["edits"],
            at=timezone.now(),
            by=request.user,  # type: ignore[arg-type]
        )
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    return True
