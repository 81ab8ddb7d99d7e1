"""The requerimientos of a plan: who owes what, asking, and reminding."""

import datetime

from csp.decorators import csp_exempt
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cnlctf.lib.calendar import numeric_date, today
from cnlctf.lib.frozen import thaw
from cnlctf.lib.pdf import PdfError
from poa.choices import RequestState
from poa.forms.request import ExtensionForm, LetterForm, RequestForm
from poa.models import InformationRequest, OperatingPlan, RequestedEntity
from poa.models.report import takes_reports
from poa.reporting import requesting
from poa.reporting.board import board
from poa.reporting.letter import Letter, proposed_body
from poa.reporting.letter import render as render_letter
from sessions.views.acting import act_of

reads_and_writes = require_http_methods(["GET", "HEAD", "POST"])
# The pages show private addresses: so they take both.
asks = permission_required(
    ("poa.change_informationrequest", "members.view_person"), raise_exception=True
)


@require_safe
@never_cache
@asks
def request_board(request: HttpRequest, year: int) -> HttpResponse:
    plan = _plan(year)
    return render(
        request,
        "poa/request_board.html",
        {
            "plan": plan,
            "board": board(plan, today()),
            "drafts": plan.requests.filter(state=RequestState.DRAFT),
            "takes_reports": takes_reports(plan),
            "due": [row for row in requesting.due_reminders(today()) if row.request.plan == plan],
        },
    )


@reads_and_writes
@never_cache
@asks
def request_create(request: HttpRequest, year: int) -> HttpResponse:
    plan = _plan(year)
    if not takes_reports(plan):
        messages.error(request, f"El {plan} no está en ejecución: no se pide información sobre él.")
        return redirect("request_board", year)
    last = plan.requests.last()
    act = act_of(request)
    asking = InformationRequest(plan=plan, created_at=act.at, created_by=act.by)
    form = RequestForm(request.POST or None, instance=asking, initial=_usual(plan, last))
    if form.is_valid():
        asking.number = (plan.requests.aggregate(last=Max("number"))["last"] or 0) + 1
        if _save(request, form):
            return redirect("request_detail", year, asking.number)
    return render(request, "poa/request_form.html", {"plan": plan, "form": form})


@reads_and_writes
@never_cache
@asks
def request_update(request: HttpRequest, year: int, number: int) -> HttpResponse:
    asking = _draft(year, number)
    chosen = {
        "entities": [row.entity_id for row in asking.requested.all()],
        "lines": asking.plan.indicators.filter(requested__request=asking).values_list(
            "line", flat=True
        ),
    }
    form = RequestForm(request.POST or None, instance=asking, initial=chosen)
    if form.is_valid() and _save(request, form):
        return redirect("request_detail", year, number)
    context = {"plan": asking.plan, "asking": asking, "form": form}
    return render(request, "poa/request_form.html", context)


@reads_and_writes
@never_cache
@asks
def request_detail(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """A draft, to write its text and send it; or what was sent, and what became of it."""
    asking = _request(year, number)
    if asking.state != RequestState.DRAFT:
        return _record(request, asking)
    form = LetterForm(request.POST or None, instance=asking)
    if form.is_valid():
        form.save()
        messages.success(request, "El texto del oficio está guardado.")
        return redirect("request_detail", year, number)
    asked = requesting.asked_of(asking, today())
    context = {"plan": asking.plan, "asking": asking, "form": form, "asked": asked}
    return render(request, "poa/request_draft.html", context)


@reads_and_writes
@never_cache
@asks
def request_send(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """The oficio as it will go out, to confirm; then sending it."""
    asking = _draft(year, number)
    act = act_of(request)
    if request.method == "POST":
        try:
            requesting.send(asking, act)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        except PdfError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"{asking}: remitido. Abajo está qué fue de cada mensaje.")
        return redirect("request_detail", year, number)
    asked = requesting.asked_of(asking, act.on)
    try:
        letter = requesting.draft_letter(asking, asked, act)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("request_detail", year, number)
    context = {
        "plan": asking.plan,
        "asking": asking,
        "asked": asked,
        "document": letter,
        "messages_count": sum(len(one.addresses) for one in asked),
        "without_address": [one for one in asked if not one.addresses],
    }
    return render(request, "poa/request_send.html", context)


@asks
@require_POST
def request_remove(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """A draft that nobody received."""
    asking = _draft(year, number)
    asking.delete()
    messages.success(request, f"El borrador «{asking}» ya no está.")
    return redirect("request_board", year)


@asks
@require_POST
def request_remind(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Write again to those of this requerimiento that have not reported, or to one of them."""
    asking = _request(year, number)
    rows = requesting.owing(asking.plan).filter(request=asking)
    if entity := request.POST.get("entity", ""):
        rows = rows.filter(entity__slug=entity)
    written = requesting.remind(rows, act_of(request))
    if written:
        many = "Se escribió 1 mensaje" if written == 1 else f"Se escribieron {written} mensajes"
        messages.success(request, f"{many} de recordatorio.")
    else:
        messages.error(request, "Nadie que deba el reporte tiene correo electrónico registrado.")
    return redirect("request_detail", year, number)


@asks
@require_POST
def request_extend(request: HttpRequest, year: int, number: int, entity: str) -> HttpResponse:
    rows = RequestedEntity.objects.filter(request=_request(year, number))
    requested = get_object_or_404(rows, entity__slug=entity)
    form = ExtensionForm(request.POST)
    if form.is_valid():
        requested.extended_to = form.cleaned_data["extended_to"]
        try:
            requested.full_clean()
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            requested.save(update_fields=["extended_to"])
            until = numeric_date(requested.deadline)
            messages.success(request, f"{requested.entity.list_name} tiene plazo hasta el {until}.")
    else:
        messages.error(request, " ".join(map(str, form.errors["extended_to"])))
    return redirect("request_detail", year, number)


# Chrome shows a PDF by a page of its own, to which it applies the policy that came with the file.
@csp_exempt()  # type: ignore[arg-type]
@require_safe
@never_cache
@asks
def request_pdf(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """The oficio as it was issued; of a draft, as it would be now."""
    asking = _request(year, number)
    if asking.issued:
        content = bytes(asking.issued.content)
    else:
        act = act_of(request)
        asked = requesting.asked_of(asking, act.on)
        try:
            content = render_letter(requesting.draft_letter(asking, asked, act))
        except (ValidationError, PdfError) as error:
            told = error.messages if isinstance(error, ValidationError) else [str(error)]
            messages.error(request, " ".join(told))
            return redirect("request_detail", year, number)
    name = f"requerimiento-{year}-{number}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _record(request: HttpRequest, asking: InformationRequest) -> HttpResponse:
    on = today()
    rows = asking.requested.select_related("entity", "request", "report").prefetch_related(
        "dispatches", "indicators"
    )
    context = {
        "plan": asking.plan,
        "asking": asking,
        "document": thaw(asking.issued.data, Letter) if asking.issued else None,
        "rows": [(row, requesting.standing(row, on)) for row in rows],
        "form": ExtensionForm(),
        "owing": any(requesting.standing(row, on) in requesting.OWING for row in rows),
    }
    return render(request, "poa/request_detail.html", context)


def _save(request: HttpRequest, form: RequestForm) -> bool:
    """Save the draft and whom it asks; say so where somebody took its number that instant."""
    asking, data = form.instance, form.cleaned_data
    try:
        asking.body = asking.body or proposed_body(asking, today())
        with transaction.atomic():
            asking.full_clean()
            asking.save()
            requesting.choose(asking, data["entities"], data["lines"])
    except ValidationError as error:
        form.add_error(None, error.messages)
    except IntegrityError:
        form.add_error(None, "Otra persona acaba de crear un requerimiento: vuelva a guardarlo.")
    else:
        return True
    return False


def _usual(plan: OperatingPlan, last: InformationRequest | None) -> dict:
    """What is most often asked: everybody, everything, since the last time and up to today."""
    day, ends_on = today(), datetime.date(plan.year, 12, 31)
    next_day = last.period_to + datetime.timedelta(days=1) if last else None
    first = min(next_day or datetime.date(plan.year, 1, 1), ends_on)
    return {
        "period_from": first,
        "period_to": max(first, min(day, ends_on)),
        "deadline": requesting.usual_deadline(day),
        "entities": plan.indicators.of_lines().values_list("institutions", flat=True),
        "lines": plan.indicators.of_lines().values_list("line", flat=True),
    }


def _plan(year: int) -> OperatingPlan:
    return get_object_or_404(OperatingPlan, year=year)


def _request(year: int, number: int) -> InformationRequest:
    rows = InformationRequest.objects.select_related("plan", "issued")
    return get_object_or_404(rows, plan__year=year, number=number)


def _draft(year: int, number: int) -> InformationRequest:
    """404 for what was sent: that is not changed any more."""
    rows = InformationRequest.objects.select_related("plan").filter(state=RequestState.DRAFT)
    return get_object_or_404(rows, plan__year=year, number=number)
