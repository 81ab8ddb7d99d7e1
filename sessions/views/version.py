"""The versions of an acta: what was issued and when, each file, and what changed between two."""

from csp.decorators import csp_exempt
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cnlctf.lib.frozen import thaw
from sessions.acta_comparison import compare_actas
from sessions.acta_data import ActaDocument
from sessions.acta_document import collect
from sessions.errata import errata_named, erratas_of
from sessions.forms.comparison import DRAFT, ComparisonForm
from sessions.models import Acta
from sessions.views.acta import cannot, get_acta, reads_record
from sessions.views.issued import public_pdf

WITHOUT = ("issued__content", "issued__data")


@login_not_required
@require_safe
def acta_versions(request: HttpRequest, slug: str) -> HttpResponse:
    acta = get_acta(request, slug, without=WITHOUT)
    versions = list(acta.versions().select_related("issued_by__person"))
    writes = request.user.has_perm("cnlctf_sessions.change_acta")
    return render(
        request,
        "sessions/acta_versions.html",
        {
            "acta": acta,
            "versions": versions,
            "erratas": list(erratas_of(acta)),
            "form": _form(request, acta, versions),
            "steps": acta.events.select_related("by__person") if writes else None,
        },
    )


@csp_exempt()  # type: ignore[arg-type]
@login_not_required
@require_safe
def version_pdf(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    acta = get_acta(request, slug, without=WITHOUT)
    issued = get_object_or_404(acta.versions(), version=version)
    return public_pdf(request, issued, f"{issued.name}-v{version}")


@csp_exempt()  # type: ignore[arg-type]
@login_not_required
@require_safe
def errata_pdf(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    acta = get_acta(request, slug, without=WITHOUT)
    issued = get_object_or_404(errata_named(acta, number))
    return public_pdf(request, issued, issued.name)


@login_not_required
@require_safe
def version_compare(request: HttpRequest, slug: str) -> HttpResponse:
    acta = get_acta(request, slug, without=WITHOUT)
    versions = list(acta.versions())
    form = _form(request, acta, versions, chosen=request.GET)
    if not form.is_valid():
        raise Http404
    names = form.cleaned_data["de"], form.cleaned_data["a"]
    try:
        old, new = (_document(acta, name) for name in names)
    except ValidationError as error:
        return cannot(request, acta, error.messages)
    sections = compare_actas(old, new)
    return render(
        request,
        "sessions/version_compare.html",
        {
            "acta": acta,
            "form": form,
            "names": [dict(form.fields["de"].choices)[name] for name in names],  # type: ignore[attr-defined]
            "sections": [section for section in sections if section.stretches],
            "unchanged": [section for section in sections if not section.stretches],
        },
    )


def _form(
    request: HttpRequest, acta: Acta, versions: list, chosen: object = None
) -> ComparisonForm:
    numbers = [issued.version for issued in versions]
    return ComparisonForm(chosen, versions=numbers, with_draft=not reads_record(request, acta))


def _document(acta: Acta, name: str) -> ActaDocument:
    if name == DRAFT:
        return collect(acta)
    return thaw(acta.versions().values_list("data", flat=True).get(version=name), ActaDocument)
