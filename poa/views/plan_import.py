"""A plan from Excel: uploaded, read through before anything changes, and then imported whole."""

from datetime import date
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from cnlctf.lib.calendar import today
from cnlctf.lib.workbook_comments import with_comments
from cnlctf.lib.workbook_reading import UnreadableWorkbook
from members.models import User
from poa.forms.upload import ConfirmForm, PlanUploadForm
from poa.models import NationalPlan, OperatingPlan, PlanUpload
from poa.plan_import.findings import comments
from poa.plan_import.importing import Outdated, Preview, carry_out, preview
from poa.plan_template import template_workbook
from poa.plan_workbook import MEDIA_TYPE

imports_plans = permission_required("poa.change_operatingplan", raise_exception=True)
reads_and_writes = require_http_methods(["GET", "HEAD", "POST"])
# A page with more rows than these is read by nobody; the commented workbook has them all.
MOST_SHOWN = 200


@imports_plans
@reads_and_writes
def plan_import(request: HttpRequest, year: int | None = None) -> HttpResponse:
    plan = OperatingPlan.objects.filter(year=year).first() if year else None
    if request.method == "POST":
        form = PlanUploadForm(request.POST, request.FILES)
        if form.is_valid():
            upload = PlanUpload.objects.keep(
                form.cleaned_data["file"],
                year=form.cleaned_data["year"],
                owner=cast(User, request.user),
                now=timezone.now(),
            )
            return redirect(upload)
    else:
        form = PlanUploadForm(initial={"year": year or today().year})
    return render(request, "poa/plan_import.html", {"form": form, "plan": plan, "year": year})


@imports_plans
@reads_and_writes
def plan_import_preview(request: HttpRequest, upload: int) -> HttpResponse:
    """What the workbook would do, and on a POST, after it was read, doing it."""
    kept = _kept(request, upload)
    try:
        found = preview(bytes(kept.content), kept.year)
    except (UnreadableWorkbook, ValidationError) as error:
        return _start_again(request, kept, error)
    if request.method != "POST":
        return _page(request, kept, found, ConfirmForm(found=found))
    form = ConfirmForm(request.POST, found=found)
    if not form.is_valid():
        return _page(request, kept, found, form)
    try:
        done = carry_out(bytes(kept.content), kept.year, digest=form.cleaned_data["digest"])
    except Outdated:
        messages.warning(
            request, "El plan cambió desde que abrió esta página: revise otra vez lo que cambiará."
        )
        return redirect(kept)
    if done.errors:
        return _page(request, kept, done, form)
    kept.delete()
    messages.success(request, f"Se importó «{kept.name}»: {done.summary}.")
    return redirect(done.plan)


@imports_plans
@require_safe
def plan_import_commented(request: HttpRequest, upload: int) -> HttpResponse:
    """The same workbook, with what is wrong written where it is."""
    kept = _kept(request, upload)
    content = bytes(kept.content)
    try:
        found = preview(content, kept.year)
    except (UnreadableWorkbook, ValidationError) as error:
        return _start_again(request, kept, error)
    return _workbook(
        with_comments(content, comments(found.findings.found)), f"poa-{kept.year}-comentado.xlsx"
    )


@imports_plans
@require_safe
def plan_template(request: HttpRequest, year: int) -> HttpResponse:
    """The template of any year that a national plan covers."""
    plan = OperatingPlan.objects.filter(year=year).select_related("national_plan").first()
    if plan is None and not 2007 <= year <= 2100:
        raise Http404
    national = (
        plan.national_plan if plan else NationalPlan.objects.in_force_on(date(year, 12, 31)).first()
    )
    if national is None:
        raise Http404
    return _workbook(template_workbook(year, national, plan), f"plantilla-poa-{year}.xlsx")


def _kept(request: HttpRequest, upload: int) -> PlanUpload:
    return get_object_or_404(PlanUpload.objects.kept_for(request.user, timezone.now()), pk=upload)


def _start_again(
    request: HttpRequest, kept: PlanUpload, error: UnreadableWorkbook | ValidationError
) -> HttpResponse:
    """What could be read when it was uploaded can be so no longer."""
    for message in getattr(error, "messages", [str(error)]):
        messages.error(request, message)
    return redirect("plan_import_year", kept.year)


def _page(
    request: HttpRequest, kept: PlanUpload, found: Preview, form: ConfirmForm
) -> HttpResponse:
    context = {"upload": kept, "found": found, "form": form, "most": MOST_SHOWN}
    return render(request, "poa/plan_import_preview.html", context)


def _workbook(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=MEDIA_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
