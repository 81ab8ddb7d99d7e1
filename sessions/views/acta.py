"""The acta to read and as a file: the frozen record of an approved one, or its writers' draft."""

from csp.decorators import csp_exempt
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cnlctf.lib.pdf import PdfError
from sessions.acta_data import outline
from sessions.acta_document import document_of, pdf_of, published_document
from sessions.errata import erratas_of
from sessions.models import Acta, ActaEvent, Session
from sessions.path import path_of
from sessions.views.issued import pdf_response, public_pdf


@login_not_required
@require_safe
def acta_detail(request: HttpRequest, slug: str) -> HttpResponse:
    acta = get_acta(request, slug, without=("issued__content",))
    shows_record = reads_record(request, acta)
    try:
        document = published_document(acta) if shows_record else document_of(acta)
    except ValidationError as error:
        return cannot(request, acta, error.messages)
    return render(
        request,
        "sessions/acta_detail.html",
        {
            "acta": acta,
            "document": document,
            "outline": outline(document),
            "shows_record": shows_record,
            "erratas": list(erratas_of(acta)) if shows_record else [],
            "last_step": None if shows_record else _last_step(acta),
            "path": None if shows_record else path_of(acta.session, request.user),
        },
    )


# Chrome shows a PDF by a page of its own, to which it applies the policy that came with the file:
# ours leaves it blank. X-Frame-Options stays.
@csp_exempt()  # type: ignore[arg-type]
@login_not_required
@require_safe
def acta_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    # Neither is read for whoever has the file already.
    acta = get_acta(request, slug, without=("issued__content", "issued__data"))
    if acta.issued and reads_record(request, acta):
        return public_pdf(request, acta.issued, acta.document_name)
    return _draft_pdf(request, acta)


@never_cache
def _draft_pdf(request: HttpRequest, acta: Acta) -> HttpResponse:
    try:
        return pdf_response(pdf_of(acta), acta.document_name)
    except ValidationError as error:
        return cannot(request, acta, error.messages)
    except PdfError as error:
        return cannot(request, acta, [str(error)])


def get_acta(request: HttpRequest, slug: str, *, without: tuple[str, ...] = ()) -> Acta:
    """The acta of that session, or 404 where the user may not read it."""
    visible = Acta.objects.visible_to(request.user).select_related("session", "issued")
    return get_object_or_404(visible.defer(*without), session__in=Session.objects.named(slug))


def reads_record(request: HttpRequest, acta: Acta) -> bool:
    """Whether to show the version in force: always, but for who mends a reopened acta."""
    return acta.is_approved or not request.user.has_perm("cnlctf_sessions.change_acta")


def _last_step(acta: Acta) -> ActaEvent | None:
    return acta.events.select_related("by__person").last()


def cannot(request: HttpRequest, acta: Acta, reasons: list[str]) -> HttpResponse:
    """Back to the session, with what the acta lacks."""
    for reason in reasons:
        messages.error(request, reason)
    return redirect(acta.session)
