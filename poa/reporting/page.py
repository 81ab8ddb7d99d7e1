"""What the page of a report shows: its forms while it is written, what it says once it is sent."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.http import HttpRequest

from poa.forms.report import (
    EvidenceForm,
    NoteForm,
    PaperForm,
    RemarksForm,
    ReportedEventForm,
    ReportedIndicatorForm,
)
from poa.models import EntityReport, Indicator
from poa.models.report import takes_reports
from poa.reporting import filling


def report_page(
    request: HttpRequest,
    report: EntityReport,
    *,
    bound: Mapping[str, Any] = {},
    remarks: RemarksForm | None = None,
) -> dict[str, Any]:
    """``bound`` are forms that were refused, by the anchor of their part."""
    indicators, events = filling.full(report)
    own = [said.indicator for said in indicators]
    decides = request.user.has_perm("poa.change_informationrequest")
    takes = takes_reports(report.plan)
    again = filling.regions_again(report, events)
    sexes = filling.sexes(events)
    added, before = filling.sums(events, again), _accepted(own)
    return {
        "plan": report.plan,
        "report": report,
        "may_write": report.is_open and takes,
        "may_decide": decides and takes,
        "is_on_behalf": decides and report.is_open,
        "indicators": [
            {
                "said": said,
                "indicator": said.indicator,
                "before": before.get(said.indicator_id),
                "added": added.get(said.indicator_id),
                "sexes": sexes.get(said.indicator_id),
                "total": _total(said.quantity, added.get(said.indicator_id)),
                "form": bound.get(f"indicador-{said.indicator_id}")
                or ReportedIndicatorForm(instance=said),
            }
            for said in indicators
        ],
        "events": [
            {
                "event": event,
                "again": [
                    (part.indicator, why)
                    for part, why in again.items()
                    if part.event_id == event.pk
                ],
                "form": bound.get(f"evento-{event.pk}")
                or ReportedEventForm(instance=event, indicators=own),
            }
            for event in events
        ],
        "evidence": EvidenceForm(),
        "paper": bound.get("en-papel") or PaperForm(instance=report),
        "problems": filling.problems(report, indicators, events),
        "repeats": filling.repeats(report, events) if decides else [],
        "steps": list(report.events.select_related("by__person")),
        "note": NoteForm(),
        "remarks": remarks or RemarksForm(),
    }


def _total(quantity: Decimal | None, added: Decimal | None) -> Decimal | None:
    return added if quantity is None else quantity


def _accepted(indicators: list[Indicator]) -> dict[int, Decimal | None]:
    """What the plan has of each indicator already."""
    rows = Indicator.objects.filter(pk__in=[one.pk for one in indicators]).with_progress()
    return {one.pk: one.executed for one in rows}
