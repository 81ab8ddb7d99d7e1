"""Writing a report: its rows, what is missing before it can be sent, and what it may repeat."""

import datetime
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Prefetch, Q, QuerySet

from cnlctf.documents.models import StoredFile
from cnlctf.lib.calendar import numeric_date
from cnlctf.lib.folding import fold
from members.models import Entity, User
from poa.choices import Counting, ReportState, ReportStep
from poa.models import (
    Contribution,
    EntityReport,
    Event,
    Indicator,
    OperatingPlan,
    ReportedContribution,
    ReportedEvent,
    ReportedIndicator,
    RequestedEntity,
)
from poa.region_count import Part, by_region, why_not_again


@dataclass(frozen=True)
class Problem:
    """Why a report cannot be sent yet; ``anchor`` is where on its page."""

    anchor: str
    text: str


@dataclass(frozen=True)
class Repeat:
    """An event of another institution on the same day in the same place: perhaps the same one."""

    event: ReportedEvent
    other: Event | ReportedEvent
    by: str


def indicators_of(plan: OperatingPlan, entity: Entity) -> QuerySet[Indicator]:
    """Those of lines in which the entity takes part."""
    return plan.indicators.of_lines().filter(participations__entity=entity)


@transaction.atomic
def start(
    plan: OperatingPlan,
    entity: Entity,
    *,
    first: datetime.date,
    last: datetime.date,
    requested: RequestedEntity | None = None,
) -> EntityReport:
    """A new report with a row for each indicator asked, or for all of the entity's own.

    Raise ValidationError where the plan takes none or the entity has nothing to tell.
    """
    asked = requested.indicators.of_lines() if requested else indicators_of(plan, entity)
    indicators = list(asked)
    if not indicators:
        raise ValidationError(f"{entity.list_name} no participa en indicadores del {plan}.")
    number = plan.reports.filter(entity=entity).aggregate(last=Max("number"))["last"] or 0
    report = EntityReport(
        plan=plan,
        entity=entity,
        number=number + 1,
        requested=requested,
        period_from=first,
        period_to=last,
    )
    report.check_may(ReportStep.SENT)
    report.full_clean()
    report.save()
    ReportedIndicator.objects.bulk_create(
        ReportedIndicator(report=report, indicator=indicator) for indicator in indicators
    )
    return report


def answer(requested: RequestedEntity) -> EntityReport:
    """The report that answers a requerimiento, begun where there is none yet."""
    locked = RequestedEntity.objects.select_for_update(of=("self",)).select_related(
        "request__plan", "entity", "report"
    )
    with transaction.atomic():
        row = locked.get(pk=requested.pk)
        if hasattr(row, "report"):
            return row.report
        asking = row.request
        return start(
            asking.plan,
            row.entity,
            first=asking.period_from,
            last=asking.period_to,
            requested=row,
        )


def full(report: EntityReport) -> tuple[list[ReportedIndicator], list[ReportedEvent]]:
    """Its rows in the plan's order and its events, with all their page says, in four queries."""
    indicators = report.indicators.select_related(
        "indicator__unit", "indicator__footnote", "indicator__line__strategy__objective"
    ).order_by(
        "indicator__line__strategy__objective__number",
        "indicator__line__strategy__number",
        "indicator__line__number",
        "indicator__number",
    )
    parts = ReportedContribution.objects.select_related("indicator__unit")
    events = report.reported_events.prefetch_related(
        Prefetch("contributions", parts),
        Prefetch("evidence", StoredFile.objects.without_bytes()),
    )
    return list(indicators), list(events)


def sums(
    events: Iterable[ReportedEvent], repeated: Container[Part] = frozenset()
) -> dict[int, Decimal]:
    """What the events add to each indicator, by its primary key, of what counts.

    A region adds 1 where regions are counted; ``repeated`` are the parts that add none.
    """
    found: dict[int, Decimal] = {}
    for event in events:
        for part in event.contributions.all():
            counted = part.quantity if part.counts and part not in repeated else Decimal(0)
            if part.indicator.counting == Counting.DISTINCT_REGIONS:
                counted = min(counted, Decimal(1))
            found[part.indicator_id] = found.get(part.indicator_id, Decimal(0)) + counted
    return found


def sexes(events: Iterable[ReportedEvent]) -> dict[int, tuple[int, int]]:
    """How many women and men of those that count, by the indicator, where events tell it."""
    found: dict[int, tuple[int, int]] = {}
    for event in events:
        for part in event.contributions.all():
            if part.counts and part.women is not None and part.men is not None:
                women, men = found.get(part.indicator_id, (0, 0))
                found[part.indicator_id] = women + part.women, men + part.men
    return found


def regions_again(report: EntityReport, events: Iterable[ReportedEvent]) -> dict[Part, str]:
    """Why some of its parts add no region, in a query: those of the plan and its own before."""
    parts = [(event, part) for event in events for part in event.contributions.all()]
    for event, part in parts:
        # The very same row, without asking for it.
        part.event = event
    days = sorted(parts, key=lambda one: (one[0].held_on or datetime.date.max, one[0].position))
    counted = (
        Contribution.objects.filter(
            indicator__in=by_region(part.indicator for _, part in parts), event__plan=report.plan
        )
        .exclude(event__report=report)
        .select_related("event", "indicator")
        .order_by("event__held_on", "event__pk")
    )
    return why_not_again([part for _, part in days], before=counted)


def problems(
    report: EntityReport, indicators: Iterable[ReportedIndicator], events: Iterable[ReportedEvent]
) -> list[Problem]:
    """Everything that is missing, in the order of the page; empty where it can be sent."""
    events = list(events)
    added = sums(events)
    found = [problem for event in events for problem in _of_event(report, event)]
    for said in indicators:
        found += _of_indicator(said, said.indicator_id in added)
    return found


def _of_event(report: EntityReport, event: ReportedEvent) -> Iterator[Problem]:
    anchor, name = f"evento-{event.pk}", f"Evento {event.position}"
    if not event.name.strip():
        yield Problem(anchor, f"{name}: diga qué se realizó.")
    if event.held_on is None:
        yield Problem(anchor, f"{name}: falta la fecha.")
    elif not report.period_from <= event.held_on <= report.period_to:
        yield Problem(
            anchor,
            f"{name}: su fecha, {numeric_date(event.held_on)}, está fuera del periodo que se "
            f"reporta ({numeric_date(report.period_from)} a {numeric_date(report.period_to)}).",
        )
    if not event.contributions.all():
        yield Problem(anchor, f"{name}: diga cuánto aporta, por lo menos a un indicador.")
    for part in event.contributions.all():
        if part.counts and part.quantity and not event.region and by_region([part.indicator]):
            yield Problem(
                anchor, f"{name}: indique la región; aporta a un indicador que cuenta regiones."
            )


def _of_indicator(said: ReportedIndicator, has_events: bool) -> Iterator[Problem]:
    anchor, name = f"indicador-{said.indicator_id}", said.indicator.place
    if has_events and said.quantity is not None:
        yield Problem(
            anchor,
            f"{name}: tiene eventos y además una cantidad sin detallar, que se sumarían dos veces: "
            "deje una de las dos.",
        )
    if said.quantity and by_region([said.indicator]):
        yield Problem(
            anchor,
            f"{name}: cuenta regiones, y una cantidad no dice cuáles: registre un evento en cada "
            "región.",
        )
    if not has_events and said.quantity is None:
        yield Problem(
            anchor, f"{name}: registre sus eventos o una cantidad; si no hubo nada, declare 0."
        )
    if not has_events and said.quantity == 0 and said.activity_done is None:
        yield Problem(anchor, f"{name}: la cantidad es 0, diga si se realizó alguna actividad.")


def send(
    report: EntityReport, *, at: datetime.datetime, on: datetime.date, by: User, remarks: str = ""
) -> None:
    """Hand it to the Secretaría; raise ValidationError with all that is missing."""
    missing = problems(report, *full(report))
    if missing:
        raise ValidationError([problem.text for problem in missing])
    report.take(ReportStep.SENT, at=at, on=on, by=by, remarks=remarks)


def repeats(report: EntityReport, events: Iterable[ReportedEvent]) -> list[Repeat]:
    """Its events that another institution seems to have reported too, in two queries.

    The same day, and the same region, or else the same place where the region is not told.
    """
    events = list(events)
    days = {event.held_on for event in events if event.held_on}
    official = report.plan.events.filter(held_on__in=days).exclude(report=report)
    others = ReportedEvent.objects.filter(
        held_on__in=days, report__plan=report.plan, report__state=ReportState.SENT
    ).exclude(Q(report=report) | Q(report__entity=report.entity))
    told: list[tuple[Event | ReportedEvent, str]] = [
        (one, one.report.entity.list_name if one.report else "la Secretaría Técnica")
        for one in official.select_related("report__entity")
        if one.report is None or one.report.entity_id != report.entity_id
    ]
    told += [
        (one, f"{one.report.entity.list_name}, por aceptar")
        for one in others.select_related("report__entity")
    ]
    return [
        Repeat(event, other, by)
        for event in events
        for other, by in told
        if event.held_on and event.held_on == other.held_on and _same_place(event, other)
    ]


def _same_place(one: ReportedEvent, other: Event | ReportedEvent) -> bool:
    if one.region and other.region:
        return one.region == other.region
    return fold(one.place.strip()) == fold(other.place.strip())
