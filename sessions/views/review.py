"""The acta's reviewer on a page: what to mend, what to set aside and what was set aside."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from members.models import User
from sessions.forms.dismissal import DismissalForm
from sessions.models import Acta, DismissedFinding, Session
from sessions.models.acta import ActaQuerySet
from sessions.review import Finding, Section, review

reviewer_required = permission_required("cnlctf_sessions.change_acta", raise_exception=True)


@dataclass(frozen=True)
class Entry:
    """A finding with what can be done about it now; ``dismissal`` once it was set aside."""

    finding: Finding
    edit_url: str = ""
    form: DismissalForm | None = None
    dismissal: DismissedFinding | None = None


@reviewer_required
@require_safe
def acta_review(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, _acta(Acta.objects.all(), slug))


@reviewer_required
@require_POST
@transaction.atomic
def finding_dismiss(request: HttpRequest, slug: str, fingerprint: str) -> HttpResponse:
    acta = _open_acta(slug)
    finding = _dismissible(acta, fingerprint)
    if finding is None:
        messages.warning(request, "Esa observación ya no está por revisar: su texto cambió.")
        return redirect("acta_review", slug)
    row = DismissedFinding(
        acta=acta,
        rule=finding.rule,
        fingerprint=fingerprint,
        at=timezone.now(),
        by=cast(User, request.user),
    )
    form = DismissalForm(request.POST, instance=row, auto_id=_auto_id(finding))
    if not form.is_valid():
        return _page(request, acta, refused={fingerprint: form})
    row.full_clean()
    row.save()
    messages.success(request, f"Se descartó: {finding.title}, {finding.remark.block.name}.")
    # Where the person was reading.
    return redirect(f"{reverse('acta_review', args=[slug])}#{finding.remark.block.section.anchor}")


@reviewer_required
@require_POST
@transaction.atomic
def finding_restore(request: HttpRequest, slug: str, fingerprint: str) -> HttpResponse:
    _open_acta(slug).dismissed_findings.filter(fingerprint=fingerprint).delete()
    messages.success(request, "La observación vuelve a estar por revisar.")
    return redirect("acta_review", slug)


def _acta(actas: ActaQuerySet, slug: str) -> Acta:
    return get_object_or_404(
        actas.select_related("session"), session__in=Session.objects.named(slug)
    )


def _open_acta(slug: str) -> Acta:
    """The acta, kept from being approved meanwhile; 403 with the reason where it is closed."""
    acta = _acta(Acta.objects.select_for_update(of=("self",)), slug)
    if acta.session.why_closed:
        raise PermissionDenied(acta.session.why_closed)
    return acta


def _dismissible(acta: Acta, fingerprint: str) -> Finding | None:
    if acta.dismissed_findings.filter(fingerprint=fingerprint).exists():
        return None
    return next(
        (
            finding
            for finding in review(acta)
            if finding.fingerprint == fingerprint and not finding.remark.is_blocking
        ),
        None,
    )


def _page(
    request: HttpRequest, acta: Acta, refused: dict[str, DismissalForm] | None = None
) -> HttpResponse:
    is_closed = bool(acta.session.why_closed)
    dismissals = {
        (row.rule, row.fingerprint): row
        for row in acta.dismissed_findings.select_related("by__person")
    }
    open_entries, dismissed = [], []
    for finding in review(acta):
        if row := dismissals.get((finding.rule, finding.fingerprint)):
            dismissed.append(Entry(finding, dismissal=row))
        else:
            form = (refused or {}).get(finding.fingerprint)
            may_dismiss = not is_closed and not finding.remark.is_blocking
            open_entries.append(
                Entry(
                    finding,
                    "" if is_closed else _edit_url(acta, finding),
                    form or DismissalForm(auto_id=_auto_id(finding)) if may_dismiss else None,
                )
            )
    blocking = sum(entry.finding.remark.is_blocking for entry in open_entries)
    context = {
        "acta": acta,
        "is_closed": is_closed,
        "sections": _by_section(open_entries),
        "dismissed": dismissed,
        "blocking": blocking,
        "dismissible": len(open_entries) - blocking,
    }
    return render(request, "sessions/acta_review.html", context)


def _by_section(entries: Iterable[Entry]) -> list[tuple[Section, list[Entry]]]:
    return [
        (section, list(group))
        for section, group in groupby(entries, lambda entry: entry.finding.remark.block.section)
    ]


def _edit_url(acta: Acta, finding: Finding) -> str:
    block = finding.remark.block
    url = reverse(block.page, args=[acta.session.slug, *block.numbers])
    return f"{url}#{block.anchor}" if block.page == "acta_edit" else url


def _auto_id(finding: Finding) -> str:
    return f"id_{finding.fingerprint[:12]}_%s"
