"""The reports that entities make, asked or not: written by them, decided by the Secretaría."""

import datetime
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cnlctf.lib.calendar import now, today
from members.models import Entity, User
from poa.choices import RequestState
from poa.forms.report import NoteForm, RemarksForm, ReportStartForm
from poa.models import EntityReport, OperatingPlan, RequestedEntity
from poa.models.report import takes_reports
from poa.reporting import acceptance, filling, requesting
from poa.reporting.page import report_page
from sessions.views.acting import act_of

reads_and_writes = require_http_methods(["GET", "HEAD", "POST"])
reports = permission_required("poa.add_entityreport", raise_exception=True)
decides = permission_required("poa.change_informationrequest", raise_exception=True)


def visible_report(request: HttpRequest, year: int, entity: str, number: int) -> EntityReport:
    """Somebody else's is a 404."""
    rows = EntityReport.objects.visible_to(request.user, today()).select_related(
        "plan", "entity", "requested__request", "paper"
    )
    return get_object_or_404(rows, plan__year=year, entity__slug=entity, number=number)


def by_script(request: HttpRequest) -> bool:
    """Whether a script of the page saves a part of it."""
    return request.headers.get("X-Requested-With") == "fetch"


@require_safe
@never_cache
@reports
def report_list(request: HttpRequest, year: int) -> HttpResponse:
    plan = _plan(year)
    rows = EntityReport.objects.visible_to(request.user, today()).filter(plan=plan)
    return render(
        request,
        "poa/report_list.html",
        {
            "plan": plan,
            "reports": rows.select_related("entity", "requested__request"),
            "owed": _owed(request.user, plan),  # type: ignore[arg-type]
            "takes_reports": takes_reports(plan),
            "on": today(),
        },
    )


@reads_and_writes
@never_cache
@reports
def report_create(request: HttpRequest, year: int) -> HttpResponse:
    """To report without being asked is always possible, while the plan takes reports."""
    plan = _plan(year)
    entities = _entities(request.user, plan)  # type: ignore[arg-type]
    initial = {
        "entity": request.GET.get("institucion")
        and entities.filter(slug=request.GET["institucion"]).first(),
        "period_from": f"{year}-01-01",
        "period_to": min(today(), datetime.date(year, 12, 31)),
    }
    form = ReportStartForm(request.POST or None, plan=plan, entities=entities, initial=initial)
    if form.is_valid():
        data = form.cleaned_data
        try:
            report = filling.start(
                plan, data["entity"], first=data["period_from"], last=data["period_to"]
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        except IntegrityError:
            form.add_error(None, "Otra persona acaba de empezar un reporte: vuelva a intentarlo.")
        else:
            return redirect("report_detail", year, report.entity.slug, report.number)
    context = {"plan": plan, "form": form, "has_entities": entities.exists()}
    return render(request, "poa/report_create.html", context)


@reads_and_writes
@never_cache
@reports
def requested_report(request: HttpRequest, code: str) -> HttpResponse:
    """The link of a requerimiento's message: the report of whoever was asked; 404 to others."""
    requested = get_object_or_404(
        RequestedEntity.objects.select_related(
            "entity", "request__plan", "request__issued", "report__entity"
        )
        .defer("request__issued__content")
        .filter(request__state=RequestState.SENT),
        code=code,
    )
    if not _may_answer(request.user, requested):  # type: ignore[arg-type]
        raise Http404
    plan = requested.request.plan
    if hasattr(requested, "report"):
        return redirect("report_detail", plan.year, requested.entity.slug, requested.report.number)
    if request.method == "POST":
        try:
            report = filling.answer(requested)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            return redirect("report_detail", plan.year, report.entity.slug, report.number)
    context = {"plan": plan, "requested": requested, "asking": requested.request, "on": today()}
    return render(request, "poa/report_start.html", context)


@require_safe
@never_cache
@reports
def report_detail(request: HttpRequest, year: int, entity: str, number: int) -> HttpResponse:
    """Its form while its entity writes in it, and what it says once it is sent."""
    report = visible_report(request, year, entity, number)
    return render(request, "poa/report_detail.html", report_page(request, report))


# --- Steps ----------------------------------------------------------------------------------


@reports
@require_POST
def report_send(request: HttpRequest, year: int, entity: str, number: int) -> HttpResponse:
    report = visible_report(request, year, entity, number)
    form = NoteForm(request.POST)
    if form.is_valid() and _took(request, filling.send, report, form):
        messages.success(request, f"{report}: enviado a la Secretaría Técnica.")
    return _back(report)


@decides
@require_POST
def report_accept(request: HttpRequest, year: int, entity: str, number: int) -> HttpResponse:
    report = visible_report(request, year, entity, number)
    form = NoteForm(request.POST)
    if form.is_valid() and _took(request, acceptance.accept, report, form):
        messages.success(request, f"{report}: aceptado. Sus datos ya están en las cifras del plan.")
    return _back(report)


@decides
@require_POST
def report_return(request: HttpRequest, year: int, entity: str, number: int) -> HttpResponse:
    return _give_back(request, year, entity, number, acceptance.give_back, "devuelto")


@decides
@require_POST
def report_reopen(request: HttpRequest, year: int, entity: str, number: int) -> HttpResponse:
    return _give_back(request, year, entity, number, acceptance.reopen, "reabierto")


def _give_back(
    request: HttpRequest, year: int, entity: str, number: int, step: Callable, done: str
) -> HttpResponse:
    report = visible_report(request, year, entity, number)
    form = RemarksForm(request.POST)
    if not form.is_valid():
        context = report_page(request, report, remarks=form)
        return render(request, "poa/report_detail.html", context, status=422)
    if _took(request, step, report, form):
        told = requesting.tell_returned(report, form.cleaned_data["remarks"], act_of(request))
        by_mail = f" Se le escribió a {told} {'dirección' if told == 1 else 'direcciones'}."
        done_to = f"{report}: {done} a {report.entity.list_name}."
        messages.success(request, done_to + (by_mail if told else ""))
    return _back(report)


def _took(request: HttpRequest, step: Callable, report: EntityReport, form: Any) -> bool:
    """Take the step, or say why it cannot be taken."""
    try:
        step(
            report,
            at=now(),
            on=today(),
            by=request.user,
            remarks=form.cleaned_data["remarks"],
        )
    except ValidationError as error:
        for message in error.messages:
            messages.error(request, message)
        return False
    return True


def _back(report: EntityReport) -> HttpResponse:
    return redirect("report_detail", report.plan.year, report.entity.slug, report.number)


# --- Who may ----------------------------------------------------------------------------------


def writes_report(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A POST to a report that its entity still writes in; 403, with the reason, to any other."""

    @reports
    @require_POST
    @wraps(view)
    def wrapped(
        request: HttpRequest, year: int, entity: str, number: int, **rest: Any
    ) -> HttpResponse:
        report = visible_report(request, year, entity, number)
        if not report.is_open or not takes_reports(report.plan):
            raise PermissionDenied(
                f"El reporte está en estado «{report.get_state_display()}»: ya no se escribe en él."
            )
        return view(request, report, **rest)

    return wrapped


def _entities(user: User, plan: OperatingPlan) -> QuerySet[Entity]:
    """Those of the plan for which the user may report: all, to the Secretaría."""
    of_plan = Entity.objects.filter(participations__indicator__plan=plan).distinct()
    if user.has_perm("poa.change_informationrequest"):
        return of_plan
    mine = user.entity_on(today())
    return of_plan.filter(Q(pk=mine.pk) | Q(parent=mine)) if mine else of_plan.none()


def _owed(user: User, plan: OperatingPlan) -> QuerySet[RequestedEntity]:
    """What was asked of the user's entity, and has no report yet."""
    asked = RequestedEntity.objects.filter(
        request__plan=plan, request__state=RequestState.SENT, report=None
    )
    return asked.filter(entity__in=_entities(user, plan)).select_related("request", "entity")


def _may_answer(user: User, requested: RequestedEntity) -> bool:
    if user.has_perm("poa.change_informationrequest"):
        return True
    mine = user.entity_on(today())
    return mine is not None and mine.pk in (requested.entity_id, requested.entity.parent_id)


def _plan(year: int) -> OperatingPlan:
    return get_object_or_404(OperatingPlan, year=year)
