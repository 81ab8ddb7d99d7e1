"""An acta from draft to approved and back: each step with its page of confirmation."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cnlctf.lib.pdf import PdfError
from members.models import User
from sessions.approval import approval_summary, approve_reviewed
from sessions.choices import ActaStep
from sessions.forms.acta_step import ReasonForm
from sessions.models import Acta
from sessions.views.acta import cannot, get_acta

WITH_REASON = (ActaStep.REJECTED, ActaStep.REOPENED)
NAMES = {
    ActaStep.SUBMITTED: "Enviar a revisión",
    ActaStep.REJECTED: "Devolver a borrador",
    ActaStep.APPROVED: "Aprobar y publicar",
    ActaStep.REOPENED: "Reabrir el acta",
}
DONE = {
    ActaStep.SUBMITTED: "El acta está en revisión.",
    ActaStep.REJECTED: "El acta volvió a borrador.",
    ActaStep.APPROVED: "El acta está aprobada y es pública.",
    ActaStep.REOPENED: "El acta se reabrió; la versión aprobada sigue a la vista del público.",
}


@permission_required("cnlctf_sessions.change_acta", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def acta_step(request: HttpRequest, slug: str, step: ActaStep) -> HttpResponse:
    acta = get_acta(request, slug, without=("issued__content", "issued__data"))
    try:
        acta.check_may(step)
    except ValidationError as error:
        raise PermissionDenied(error.message) from error
    data = request.POST if request.method == "POST" else None
    form = ReasonForm(data) if step in WITH_REASON else forms.Form(data)
    if form.is_valid():
        try:
            _take(acta, step, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except (ValidationError, PdfError) as error:
            form.add_error(None, error if isinstance(error, ValidationError) else str(error))
        else:
            messages.success(request, DONE[step])
            return redirect(acta)
    context: dict[str, Any] = {"acta": acta, "form": form, "name": NAMES[step]}
    if step == ActaStep.APPROVED:
        try:
            context["summary"] = approval_summary(acta)
        except ValidationError as error:
            return cannot(request, acta, error.messages)
        context["next_version"] = acta.next_version
    return render(request, f"sessions/acta_{step}.html", context)


def _take(acta: Acta, step: ActaStep, *, by: User, reason: str = "") -> None:
    now = timezone.now()
    match step:
        case ActaStep.SUBMITTED:
            acta.submit(at=now, by=by)
        case ActaStep.REJECTED:
            acta.reject(at=now, by=by, reason=reason)
        case ActaStep.APPROVED:
            approve_reviewed(acta, at=now, by=by)
        case ActaStep.REOPENED:
            acta.reopen(at=now, by=by, reason=reason)
