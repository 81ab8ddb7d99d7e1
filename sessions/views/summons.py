"""The convocatoria of a session: who is convened, what is sent and what they answer."""

from csp.decorators import csp_exempt
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cnlctf.lib.pdf import PdfError
from sessions import summons_document
from sessions.forms.summons import GuestForm, SummonsForm
from sessions.models import Invitation, Session
from sessions.summoning import Summoning, resend, send
from sessions.views.acting import act_of

reads_and_writes = require_http_methods(["GET", "HEAD", "POST"])
# The page shows private addresses: so it takes both.
convenes = permission_required(
    ("cnlctf_sessions.change_session", "members.view_person"), raise_exception=True
)


@reads_and_writes
@never_cache
@convenes
def session_summons(request: HttpRequest, slug: str) -> HttpResponse:
    """The page, and a guest added to it."""
    session = _session(slug)
    summoning = Summoning(session, act_of(request))
    form = GuestForm(request.POST or None, instance=Invitation(session=session))
    if form.is_valid():
        _add_guest(request, form, summoning)
        return redirect("session_summons", slug)
    context = {"session": session, "summoning": summoning, "form": form}
    return render(request, "sessions/summons_detail.html", context)


def _add_guest(request: HttpRequest, form: GuestForm, summoning: Summoning) -> None:
    if not summoning.takes_guests:
        messages.error(request, "A esta sesión ya no se convoca a nadie.")
        return
    try:
        with transaction.atomic():
            guest = form.save()
    except IntegrityError:
        # Two clicks at once: the form saw none of that address yet.
        messages.error(request, "Ya hay un invitado con ese correo electrónico.")
    else:
        messages.success(request, f"{guest.name} está entre las personas por convocar.")


@convenes
@require_POST
def guest_remove(request: HttpRequest, slug: str, guest: int) -> HttpResponse:
    guests = _session(slug).invitations.filter(person=None)
    invitation = get_object_or_404(guests, pk=guest)
    if invitation.dispatches.exists():
        messages.error(request, f"A {invitation.name} ya se le escribió: queda en el registro.")
    else:
        invitation.delete()
        messages.success(request, f"{invitation.name} ya no está entre las personas por convocar.")
    return redirect("session_summons", slug)


@reads_and_writes
@never_cache
@convenes
def summons_send(request: HttpRequest, slug: str) -> HttpResponse:
    """What is to be sent and to how many, to confirm; then sending it."""
    session = _session(slug)
    summoning = Summoning(session, act_of(request))
    if summoning.draft is None:
        messages.error(request, "No hay nada que enviar.")
        return redirect("session_summons", slug)
    form = SummonsForm(
        request.POST or None,
        needs_reason=summoning.needs_reason,
        initial={
            "kind": summoning.kind,
            "reason": session.remarks if summoning.is_cancelled else "",
        },
    )
    if form.is_valid():
        reason = form.cleaned_data.get("reason", "")
        try:
            summons = send(
                session, act_of(request), expected=form.cleaned_data["kind"], reason=reason
            )
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        except PdfError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"{summons}: emitida. Abajo está qué fue de cada mensaje.")
        return redirect("session_summons", slug)
    context = {"session": session, "summoning": summoning, "form": form}
    return render(request, "sessions/summons_send.html", context)


@convenes
@require_POST
def summons_resend(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        count = resend(_session(slug), act_of(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        sent = "1 mensaje" if count == 1 else f"{count} mensajes"
        messages.success(
            request, f"{sent} en camino: vea abajo." if count else "No había nada por enviar."
        )
    return redirect("session_summons", slug)


# Chrome shows a PDF by a page of its own, to which it applies the policy that came with the file.
@csp_exempt()  # type: ignore[arg-type]
@require_safe
@never_cache
@convenes
def summons_pdf(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    summons = get_object_or_404(
        _session(slug).summonses.select_related("issued").defer("issued__data"), number=number
    )
    return _pdf(summons.issued.name, number, bytes(summons.issued.content))


@csp_exempt()  # type: ignore[arg-type]
@require_safe
@never_cache
@convenes
def summons_preview(request: HttpRequest, slug: str) -> HttpResponse:
    """What would be sent now, marked as a draft."""
    draft = Summoning(_session(slug), act_of(request)).draft
    if draft is None:
        messages.error(request, "No hay nada que enviar.")
        return redirect("session_summons", slug)
    try:
        content = summons_document.render(draft)
    except PdfError as error:
        messages.error(request, str(error))
        return redirect("session_summons", slug)
    return _pdf(draft.name, draft.number, content)


def _session(slug: str) -> Session:
    return get_object_or_404(Session.objects.named(slug))


def _pdf(name: str, number: int, content: bytes) -> HttpResponse:
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}-{number}.pdf"'},
    )
