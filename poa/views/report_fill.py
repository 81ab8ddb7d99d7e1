"""The parts of a report, each saved on its own: by its button, or by the script as one types.

To a script a save answers with the part's new version, or with what is wrong field by field (422),
or, where somebody else saved it meanwhile, with what they wrote (409).
"""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from cnlctf.documents.downloads import download
from cnlctf.documents.models import StoredFile
from cnlctf.lib.calendar import now
from poa.forms.report import EvidenceForm, PaperForm, ReportedEventForm, ReportedIndicatorForm
from poa.models import EntityReport, ReportedEvent, ReportedIndicator
from poa.reporting.page import report_page
from poa.views.report import by_script, decides, reports, visible_report, writes_report

STALE = (
    "Otra persona guardó esta parte mientras usted escribía. Copie lo suyo, vuelva a abrir la "
    "página y complete lo que falte: así no se pierde nada de nadie."
)


@writes_report
def reported_indicator_save(
    request: HttpRequest, report: EntityReport, indicator: int
) -> HttpResponse:
    said = get_object_or_404(report.indicators.select_related("indicator"), indicator=indicator)
    form = ReportedIndicatorForm(request.POST, instance=said)
    if not form.is_valid():
        return _refused(request, report, form, f"indicador-{indicator}")
    if not _claim(said, form.cleaned_data["version"]):
        return _stale(request, report, form, f"indicador-{indicator}")
    form.save()
    return _saved(request, report, form, f"indicador-{indicator}")


@writes_report
def reported_event_create(request: HttpRequest, report: EntityReport) -> HttpResponse:
    with transaction.atomic():
        # One after another, so that two clicks make two events and no error.
        EntityReport.objects.select_for_update().get(pk=report.pk)
        last = report.reported_events.aggregate(last=Max("position"))["last"] or 0
        event = report.reported_events.create(position=last + 1)
    return _back(report, f"evento-{event.pk}")


@writes_report
def reported_event_save(request: HttpRequest, report: EntityReport, event: int) -> HttpResponse:
    row = get_object_or_404(report.reported_events, pk=event)
    indicators = [said.indicator for said in report.indicators.select_related("indicator__unit")]
    form = ReportedEventForm(request.POST, instance=row, indicators=indicators)
    if not form.is_valid():
        return _refused(request, report, form, f"evento-{event}")
    with transaction.atomic():
        if not _claim(row, form.cleaned_data["version"]):
            return _stale(request, report, form, f"evento-{event}")
        form.save()
        row.contributions.all().delete()
        for part in form.contributions:
            part.event = row
            part.full_clean()
            part.save()
    return _saved(request, report, form, f"evento-{event}")


@writes_report
def reported_event_remove(request: HttpRequest, report: EntityReport, event: int) -> HttpResponse:
    row = get_object_or_404(report.reported_events, pk=event)
    files = list(row.evidence.without_bytes())
    row.delete()
    for stored in files:
        stored.discard()
    messages.success(request, "El evento ya no está en el reporte.")
    return _back(report, "eventos")


@writes_report
def evidence_add(request: HttpRequest, report: EntityReport, event: int) -> HttpResponse:
    row = get_object_or_404(report.reported_events, pk=event)
    form = EvidenceForm(request.POST, request.FILES)
    if form.is_valid():
        with transaction.atomic():
            for checked in form.cleaned_data["evidence"]:
                row.evidence.add(
                    StoredFile.objects.store(checked, at=now(), by=request.user)  # type: ignore[arg-type]
                )
    else:
        for message in form.errors["evidence"]:
            messages.error(request, str(message))
    return _back(report, f"evento-{event}")


@writes_report
def evidence_remove(
    request: HttpRequest, report: EntityReport, event: int, file: int
) -> HttpResponse:
    row = get_object_or_404(report.reported_events, pk=event)
    stored = get_object_or_404(row.evidence.without_bytes(), pk=file)
    row.evidence.remove(stored)
    stored.discard()
    messages.success(request, f"«{stored}» ya no está entre las evidencias.")
    return _back(report, f"evento-{event}")


@require_safe
@reports
def evidence_file(
    request: HttpRequest, year: int, entity: str, number: int, event: int, file: int
) -> HttpResponse:
    report = visible_report(request, year, entity, number)
    rows = StoredFile.objects.filter(reported_events__report=report, reported_events=event)
    return download(get_object_or_404(rows, pk=file))


@decides
@writes_report
def paper_save(request: HttpRequest, report: EntityReport) -> HttpResponse:
    """What an entity answered on paper, as the Secretaría writes it down on its behalf."""
    form = PaperForm(request.POST, request.FILES, instance=report)
    if not form.is_valid():
        return _refused(request, report, form, "en-papel")
    if scan := form.cleaned_data["scan"]:
        report.paper = StoredFile.objects.store(scan, at=now(), by=request.user)  # type: ignore[arg-type]
    elif not report.paper_number:
        report.paper = None
    report.full_clean()
    form.save()
    messages.success(request, "El documento en papel está registrado.")
    return _back(report, "en-papel")


@require_safe
@reports
def paper_file(request: HttpRequest, year: int, entity: str, number: int) -> HttpResponse:
    report = visible_report(request, year, entity, number)
    if report.paper is None:
        raise Http404
    return download(report.paper)


# --- Answers ----------------------------------------------------------------------------------


def _claim(row: ReportedIndicator | ReportedEvent, version: int) -> bool:
    """Take the next version, if nobody took it since the page was opened."""
    rows = type(row)._default_manager.filter(pk=row.pk, version=version)
    row.version = version + 1
    return bool(rows.update(version=row.version))


def _saved(request: HttpRequest, report: EntityReport, form: Any, anchor: str) -> HttpResponse:
    if by_script(request):
        return JsonResponse({"version": form.cleaned_data["version"] + 1})
    messages.success(request, "Guardado.")
    return _back(report, anchor)


def _refused(request: HttpRequest, report: EntityReport, form: Any, anchor: str) -> HttpResponse:
    if by_script(request):
        errors = {form.add_prefix(name): told for name, told in form.errors.items()}
        return JsonResponse({"errors": errors}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    context = report_page(request, report, bound={anchor: form})
    return render(
        request, "poa/report_detail.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY
    )


def _stale(request: HttpRequest, report: EntityReport, form: Any, anchor: str) -> HttpResponse:
    if by_script(request):
        return JsonResponse({"message": STALE}, status=HTTPStatus.CONFLICT)
    form.add_error(None, STALE)
    context = report_page(request, report, bound={anchor: form})
    return render(request, "poa/report_detail.html", context, status=HTTPStatus.CONFLICT)


def _back(report: EntityReport, anchor: str) -> HttpResponse:
    response = redirect("report_detail", report.plan.year, report.entity.slug, report.number)
    response["Location"] += f"#{anchor}"
    return response
