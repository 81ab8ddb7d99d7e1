from csp.decorators import csp_exempt
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from cnlctf.lib.calendar import today
from cnlctf.lib.pdf import PdfError
from sessions.certificate import certificates_of, collect, issue
from sessions.models import Agreement, Session
from sessions.views.issued import private_pdf

certifier_required = permission_required("cnlctf_sessions.change_agreement", raise_exception=True)


@certifier_required
@require_http_methods(["GET", "HEAD", "POST"])
def certificate_issue(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Shows what it will say; issuing takes a POST."""
    agreement = _agreement(slug, number)
    day, now = today(), timezone.now()
    try:
        certificate = collect(agreement, day=day, at=now)
        if request.method == "POST":
            issued = issue(agreement, day=day, at=now, by=request.user)  # type: ignore[arg-type]
            messages.success(request, f"Se emitió el certificado, versión {issued.version}.")
            return redirect("certificate_issue", slug, number)
    except (ValidationError, PdfError) as error:
        for message in getattr(error, "messages", [str(error)]):
            messages.error(request, message)
        return redirect(agreement)
    return render(
        request,
        "sessions/certificate_issue.html",
        {
            "agreement": agreement,
            "certificate": certificate,
            "issued": list(certificates_of(agreement).select_related("issued_by__person")),
        },
    )


@csp_exempt()  # type: ignore[arg-type]
@certifier_required
@require_safe
def certificate_pdf(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The last one issued."""
    issued = certificates_of(_agreement(slug, number)).first()
    if issued is None:
        raise Http404
    return private_pdf(request, issued, issued.name)


def _agreement(slug: str, number: int) -> Agreement:
    agreements = Agreement.objects.select_related("session__acta__issued", "agenda_item").defer(
        "session__acta__issued__content", "session__acta__issued__data"
    )
    return get_object_or_404(agreements, session__in=Session.objects.named(slug), number=number)
