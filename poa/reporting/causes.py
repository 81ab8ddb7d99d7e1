"""Why an indicator has no report, from the requerimientos that asked for it."""

import datetime
from collections.abc import Iterable

from poa import progress
from poa.choices import NoReportCause, RequestState
from poa.models import Indicator, OperatingPlan, RequestedEntity
from poa.progress import State


def no_report_causes(
    plan: OperatingPlan, indicators: Iterable[Indicator], on: datetime.date
) -> dict[int, NoReportCause]:
    """Return it by primary key, for those without a report as of the day ``on``, in one query.

    Where several were asked, whose term ended first says it. Where no requerimiento asked, what was
    stored by hand stands. Of rows of ``with_progress()``.
    """
    terms: dict[int, datetime.date] = {}
    asked = RequestedEntity.objects.filter(
        request__plan=plan, request__state=RequestState.SENT, request__asked_on__lte=on
    ).exclude(indicators=None)
    for indicator, deadline, extended_to in asked.values_list(
        "indicators", "request__deadline", "extended_to"
    ):
        term = extended_to or deadline
        terms[indicator] = min(term, terms.get(indicator, term))
    return {
        one.pk: _cause(one, terms.get(one.pk), on)
        for one in indicators
        if one.measure.state == State.NO_REPORT
    }


def mark_causes(plan: OperatingPlan, indicators: Iterable[Indicator], today: datetime.date) -> None:
    """``cause`` is why nothing is reported, on those without a report at the cut-off or today."""
    indicators = list(indicators)
    causes = no_report_causes(plan, indicators, plan.cut_off_on or today)
    for indicator in indicators:
        cause = causes.get(indicator.pk)
        indicator.cause = cause.label if cause else ""  # type: ignore[attr-defined]


def _cause(indicator: Indicator, term: datetime.date | None, on: datetime.date) -> NoReportCause:
    if term:
        return NoReportCause(progress.no_report_cause(on, term, on))
    execution = getattr(indicator, "execution", None)
    return NoReportCause((execution and execution.no_report_cause) or NoReportCause.NOT_ASKED)
