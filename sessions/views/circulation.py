"""The Secretaría's side of circulating a draft: who reads it, until when, and what they say."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cnlctf.lib.calendar import now
from cnlctf.lib.pdf import PdfError
from sessions import circulating, remarks
from sessions.blocks import RefusedError
from sessions.circulating import Circulating, circulation_of
from sessions.forms.circulation import CirculationForm, DeadlineForm, DecisionForm, ReadersForm
from sessions.models import Acta, Circulation, Remark, Session
from sessions.remarks import Seen, difference, seen, text_of
from sessions.views.acting import act_of

reads_and_writes = require_http_methods(["GET", "HEAD", "POST"])
# Its pages show private addresses: so it takes both.
circulates = permission_required(
    ("cnlctf_sessions.change_acta", "members.view_person"), raise_exception=True
)


@never_cache
@circulates
@require_safe
def circulation_detail(request: HttpRequest, slug: str) -> HttpResponse:
    acta = _acta(slug)
    now_at = Circulating(acta, circulation_of(acta), now())
    rows = seen(acta)
    context = {
        "acta": acta,
        "circulating": now_at,
        "circulation": now_at.circulation,
        "events": _events(now_at.circulation),
        "seen": rows,
        "waiting": sum(row.remark.is_open for row in rows),
        "readers_form": ReadersForm(offered=now_at.to_add) if now_at.is_open else None,
    }
    return render(request, "sessions/circulation_detail.html", context)


def _events(circulation: Circulation | None) -> list:
    return list(circulation.events.select_related("by__person")) if circulation else []


@never_cache
@circulates
@reads_and_writes
def circulation_open(request: HttpRequest, slug: str) -> HttpResponse:
    acta = _open_acta(slug)
    act = act_of(request)
    now_at = Circulating(acta, circulation_of(acta), act.at)
    if not now_at.may_open:
        messages.info(request, "El borrador ya circuló: amplíe el plazo o reábralo.")
        return redirect("circulation_detail", slug)
    people = circulating.attendees(acta)
    offered = [row for row in people if row.person.email]
    form = CirculationForm(request.POST or None, now=act.at, offered=offered)
    if form.is_valid():
        asked = form.cleaned_data
        try:
            circulating.open_circulation(
                acta,
                act,
                attendances=asked["readers"],
                deadline=asked["deadline"],
                message=asked["message"],
            )
        except (ValidationError, PdfError) as error:
            form.add_error(None, error if isinstance(error, ValidationError) else str(error))
        else:
            messages.success(request, "El borrador está en circulación.")
            return redirect("circulation_detail", slug)
    without = [row for row in people if not row.person.email]
    context = {"acta": acta, "form": form, "offered": offered, "without_address": without}
    return render(request, "sessions/circulation_open.html", context)


@never_cache
@circulates
@reads_and_writes
def circulation_extend(request: HttpRequest, slug: str) -> HttpResponse:
    """Another deadline, which also opens again what was closed or had lapsed."""
    acta, circulation = _circulated(slug)
    act = act_of(request)
    form = DeadlineForm(request.POST or None, now=act.at)
    if form.is_valid():
        try:
            told = circulating.give_time(circulation, act, deadline=form.cleaned_data["deadline"])
        except (ValidationError, PdfError) as error:
            form.add_error(None, error if isinstance(error, ValidationError) else str(error))
        else:
            who = "a 1 persona" if told == 1 else f"a {told} personas"
            messages.success(request, f"El plazo es otro y se le escribió {who}.")
            return redirect("circulation_detail", slug)
    now_at = Circulating(acta, circulation, act.at)
    context = {"acta": acta, "circulation": circulation, "circulating": now_at, "form": form}
    return render(request, "sessions/circulation_extend.html", context)


@circulates
@require_POST
def circulation_close(request: HttpRequest, slug: str) -> HttpResponse:
    _, circulation = _circulated(slug)
    try:
        circulating.close(circulation, act_of(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "Ya no se reciben observaciones: los enlaces quedan para leer.")
    return redirect("circulation_detail", slug)


@circulates
@require_POST
def circulation_add(request: HttpRequest, slug: str) -> HttpResponse:
    acta, circulation = _circulated(slug)
    act = act_of(request)
    offered = Circulating(acta, circulation, act.at).to_add
    form = ReadersForm(request.POST, offered=offered)
    if not form.is_valid():
        for message in form.errors["readers"]:
            messages.error(request, str(message))
        return redirect("circulation_detail", slug)
    try:
        count = circulating.add_readers(circulation, act, form.cleaned_data["readers"])
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        who = "1 persona más" if count == 1 else f"{count} personas más"
        messages.success(request, f"Se le envió el borrador a {who}.")
    return redirect("circulation_detail", slug)


@circulates
@require_POST
def circulation_resend(request: HttpRequest, slug: str) -> HttpResponse:
    _, circulation = _circulated(slug)
    try:
        count = circulating.resend(circulation, act_of(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        sent = "1 mensaje" if count == 1 else f"{count} mensajes"
        messages.success(
            request, f"{sent} en camino: vea abajo." if count else "No había nada por enviar."
        )
    return redirect("circulation_detail", slug)


@never_cache
@circulates
@reads_and_writes
@transaction.atomic
def remark_decide(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A remark beside the text as it stands; accepting it writes that text."""
    acta = _open_acta(slug, locked=request.method == "POST")
    remark = get_object_or_404(Remark.objects.of_acta(acta), pk=pk)
    if not remark.is_open:
        messages.info(request, "Esa observación ya está atendida.")
        return _back(slug, remark)
    row = Seen(remark, text_of(acta, remark.kind, remark.block or 0))
    initial = {}
    if row.text:
        initial = {"adopted": remark.proposal or row.text.words, "version": row.text.version}
    form = DecisionForm(request.POST or None, may_accept=row.text is not None, initial=initial)
    status = 200
    if form.is_valid():
        try:
            with transaction.atomic():
                _decide(request, acta, remark, form)
        except RefusedError as refused:
            status = refused.status
            # Sending it again is then to have read what the text says now.
            form.data = request.POST.copy()
            form.data["version"] = str(row.text.version if row.text else 0)
            form.add_error(None, "Otra persona cambió el texto mientras usted decidía: revíselo.")
            remark.refresh_from_db()
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _back(slug, remark)
    context = {
        "acta": acta,
        "row": row,
        "remark": remark,
        "form": form,
        "difference": difference(row.text.words, remark.proposal) if row.text else [],
    }
    return render(request, "sessions/remark_decide.html", context, status=status)


def _decide(request: HttpRequest, acta: Acta, remark: Remark, form: DecisionForm) -> None:
    asked = form.cleaned_data
    act = act_of(request)
    if asked["decision"] == "answered":
        remarks.reply(remark, answer=asked["answer"], by=act.by, at=act.at)
        messages.success(request, "Respondida: quien la hizo lo lee en su enlace.")
        return
    remarks.accept(
        remark,
        acta,
        adopted=asked["adopted"],
        version=asked["version"] if asked["version"] is not None else -1,
        answer=asked["answer"],
        by=act.by,
        at=act.at,
    )
    messages.success(request, f"Aceptada: el texto de «{remark.place}» cambió en el acta.")


def _back(slug: str, remark: Remark) -> HttpResponse:
    return redirect(f"{reverse('circulation_detail', args=[slug])}#observacion-{remark.pk}")


def _acta(slug: str, *, locked: bool = False) -> Acta:
    actas = Acta.objects.select_for_update(of=("self",)) if locked else Acta.objects
    found = actas.select_related("session", "issued").defer("issued__content", "issued__data")
    return get_object_or_404(found, session__in=Session.objects.named(slug))


def _open_acta(slug: str, *, locked: bool = False) -> Acta:
    """The acta; 403 with the reason where it takes no more changes."""
    acta = _acta(slug, locked=locked)
    if acta.session.why_closed:
        raise PermissionDenied(acta.session.why_closed)
    return acta


def _circulated(slug: str) -> tuple[Acta, Circulation]:
    """The acta and the circulation of its draft; 403 where there is nothing to go on with."""
    acta = _open_acta(slug)
    circulation = circulation_of(acta)
    if circulation is None or circulation.is_superseded:
        raise PermissionDenied("El borrador de esta acta todavía no ha circulado.")
    return acta, circulation
