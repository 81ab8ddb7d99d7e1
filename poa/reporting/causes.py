"""Why an indicator has no report, from the requerimientos that asked for it."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import replace

from poa import progress
from poa.choices import NoReportCause, RequestState
from poa.models import Indicator, OperatingPlan, RequestedEntity
from poa.progress import State
from poa.standing import Standing


def no_report_causes(
    plan: OperatingPlan, indicators: Iterable[Indicator], on: datetime.date
) -> dict[int, NoReportCause]:
    """Return it by primary key, for those without a report as of the day ``on``, in one query.

    Where several were asked, whose term ended first says it. Where no requerimiento asked, what was
    stored by hand stands. Of rows of ``with_progress()``.
    """
    terms = _terms(plan, on)
    causes = {}
    for one in indicators:
        if one.measure.state == State.NO_REPORT:
            execution = getattr(one, "execution", None)
            stored = execution.no_report_cause if execution else ""
            causes[one.pk] = _cause(terms, one.pk, stored, on)
    return causes


def mark_causes(plan: OperatingPlan, indicators: Iterable[Indicator], today: datetime.date) -> None:
    """``cause`` is why nothing is reported, on those without a report at the cut-off or today."""
    indicators = list(indicators)
    causes = no_report_causes(plan, indicators, plan.cut_off_on or today)
    for indicator in indicators:
        cause = causes.get(indicator.pk)
        indicator.cause = cause.label if cause else ""  # type: ignore[attr-defined]


def with_causes(
    plan: OperatingPlan, standings: Iterable[Standing], today: datetime.date
) -> list[Standing]:
    """The same, each without a report with its cause at the cut-off or today; one query."""
    on = plan.cut_off_on or today
    terms = _terms(plan, on)
    return [
        replace(one, cause=_cause(terms, one.pk, one.cause, on))
        if one.measure.state == State.NO_REPORT
        else one
        for one in standings
    ]


def _terms(plan: OperatingPlan, on: datetime.date) -> dict[int, datetime.date]:
    """The first term to end of those asked by that day, by the indicator's primary key."""
    terms: dict[int, datetime.date] = {}
    asked = RequestedEntity.objects.filter(
        request__plan=plan, request__state=RequestState.SENT, request__asked_on__lte=on
    ).exclude(indicators=None)
    for indicator, deadline, extended_to in asked.values_list(
        "indicators", "request__deadline", "extended_to"
    ):
        term = extended_to or deadline
        terms[indicator] = min(term, terms.get(indicator, term))
    return terms


def _cause(
    terms: Mapping[int, datetime.date], indicator: int, stored: str, on: datetime.date
) -> NoReportCause:
    if indicator in terms:
        return NoReportCause(progress.no_report_cause(on, terms[indicator], on))
    return NoReportCause(stored or NoReportCause.NOT_ASKED)
