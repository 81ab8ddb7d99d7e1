"""A report that the Secretaría accepts becomes events and contributions of the plan.

From then on they are counted as any others are; reopening the report takes them out again.
"""

import datetime
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from cnlctf.lib.text import escape
from members.models import User
from poa.choices import ReportState, ReportStep
from poa.models import (
    ActionLine,
    Contribution,
    EntityReport,
    Event,
    Execution,
    Observation,
    OperatingPlan,
    ReportedContribution,
    ReportedEvent,
    ReportedIndicator,
)


@transaction.atomic
def accept(
    report: EntityReport, *, at: datetime.datetime, on: datetime.date, by: User, remarks: str = ""
) -> None:
    """Make its rows official; raise ValidationError where its state does not allow it."""
    report.take(ReportStep.ACCEPTED, at=at, on=on, by=by, remarks=remarks)
    passages: dict[ActionLine, Observation] = {}
    for reported in report.reported_events.prefetch_related("contributions__indicator__unit"):
        event = _event(report, f"{reported.position}", reported)
        of_line: dict[ActionLine | None, list[ReportedContribution]] = {}
        for part in reported.contributions.all():
            of_line.setdefault(part.indicator.line, []).append(part)
        for line, parts in of_line.items():
            if line and line not in passages:
                passages[line] = _passage(report.plan, line)
            # Told once in the Observaciones of a line, however many of its indicators it feeds.
            told = wording(reported, parts)
            for part in parts:
                _save(
                    Contribution(
                        event=event,
                        indicator=part.indicator,
                        observation=passages[line] if line else None,
                        quantity=part.quantity,
                        counts=part.counts,
                        why_not=part.why_not,
                        wording=told,
                    )
                )
    for said in report.indicators.all():
        if said.quantity is None:
            continue
        total = ReportedEvent(
            name=f"Cantidad de todo el periodo, según {report.entity.list_name}",
            held_on=report.period_to,
            report_number=report.paper_number,
        )
        event = _event(report, f"total-{said.indicator_id}", total)
        _save(Contribution(event=event, indicator_id=said.indicator_id, quantity=said.quantity))
    _declare_activity(report.indicators.values_list("indicator", flat=True))


def give_back(
    report: EntityReport, *, at: datetime.datetime, on: datetime.date, by: User, remarks: str
) -> None:
    """Return it with what has to be mended; raise ValidationError if it may not."""
    report.take(ReportStep.RETURNED, at=at, on=on, by=by, remarks=remarks)


@transaction.atomic
def reopen(
    report: EntityReport, *, at: datetime.datetime, on: datetime.date, by: User, remarks: str
) -> None:
    """Take its rows out of the figures and give it back; raise ValidationError if it may not."""
    report.take(ReportStep.REOPENED, at=at, on=on, by=by, remarks=remarks)
    Contribution.objects.filter(event__report=report).delete()
    report.accepted_events.all().delete()
    _declare_activity(report.indicators.values_list("indicator", flat=True))


def wording(event: ReportedEvent, parts: Iterable[ReportedContribution]) -> str:
    """``Taller con fiscales: 5 personas (3 mujeres y 2 hombres), con apoyo de la OIT.``

    In the small markup. A quantity is said where the event is not simply one of what is counted.
    """
    name = escape(event.name.strip().rstrip("."))
    amounts = " y ".join(filter(None, map(_amount, parts)))
    said = ": ".join(filter(None, (name, amounts)))
    if event.supporter:
        said += f", con apoyo de {escape(event.supporter)}"
    return said.rstrip(".") + "." if said else ""


def _amount(part: ReportedContribution) -> str:
    if part.quantity == 1 and part.women is None:
        return ""
    unit = part.indicator.unit
    whole = f"{part.quantity:,.2f}".removesuffix(".00")
    amount = f"{whole} {unit.name if part.quantity == 1 else unit.plural}".lower()
    if part.women is not None and part.men is not None:
        women = _many(part.women, "mujer", "mujeres")
        amount += f" ({women} y {_many(part.men, 'hombre', 'hombres')})"
    return amount


def _many(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def _event(report: EntityReport, key: str, reported: ReportedEvent) -> Event:
    if reported.held_on is None:
        raise ValidationError(f"El evento {reported.position} del reporte no tiene fecha.")
    event = Event(
        plan=report.plan,
        report=report,
        key=f"{report.entity.slug}-{report.number}-{key}",
        name=reported.name,
        held_on=reported.held_on,
        region=reported.region,
        place=reported.place,
        report_number=reported.report_number,
    )
    _save(event)
    return event


def _passage(plan: OperatingPlan, line: ActionLine) -> Observation:
    """The last passage of the line's Observaciones, begun where there is none."""
    last = plan.observations.filter(line=line).last()
    if last is None:
        last = Observation(plan=plan, line=line, position=1)
        _save(last)
    return last


def _declare_activity(indicators: Iterable[int]) -> None:
    """An activity took place where any accepted report says so."""
    answers: dict[int, bool | None] = dict.fromkeys(indicators)
    accepted = ReportedIndicator.objects.filter(
        indicator__in=answers, report__state=ReportState.ACCEPTED
    ).exclude(activity_done=None)
    for indicator, done in accepted.values_list("indicator", "activity_done"):
        answers[indicator] = bool(answers[indicator]) or done
    for indicator, done in answers.items():
        declared = {"activity_done": done, "no_report_cause": ""}
        if done is None:
            Execution.objects.filter(indicator=indicator).update(**declared)
        else:
            Execution.objects.update_or_create(indicator_id=indicator, defaults=declared)


def _save(row: Event | Contribution | Observation) -> None:
    row.full_clean()
    row.save()
