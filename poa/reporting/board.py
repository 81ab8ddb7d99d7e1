"""Who owes what: every entity of a plan against every requerimiento, on a day."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from members.models import Entity
from poa.choices import ParticipationRole, ReportState, RequestState
from poa.models import EntityReport, InformationRequest, OperatingPlan, RequestedEntity
from poa.reporting.status import Status, status


@dataclass(frozen=True)
class Cell:
    """An entity before one requerimiento, or what it reported without being asked."""

    status: Status
    request: InformationRequest | None = None
    requested: RequestedEntity | None = None
    report: EntityReport | None = None

    @property
    def is_late(self) -> bool:
        """Received after its term."""
        return bool(
            self.requested
            and self.report
            and self.report.sent_on
            and self.report.sent_on > self.requested.deadline
        )


@dataclass(frozen=True)
class Row:
    """``unasked`` are the reports that it sent on its own."""

    entity: Entity
    indicators: int
    responsible: int
    cells: list[Cell]
    unasked: list[Cell]


@dataclass(frozen=True)
class Board:
    requests: list[InformationRequest]
    rows: list[Row]
    counts: list[tuple[Status, int]]

    @property
    def last(self) -> InformationRequest | None:
        """The one that the counts are of."""
        return self.requests[-1] if self.requests else None


def board(plan: OperatingPlan, on: datetime.date) -> Board:
    """In four queries, however many entities and requerimientos."""
    requests = list(plan.requests.exclude(state=RequestState.DRAFT))
    asked = {
        (row.request_id, row.entity_id): row
        for row in RequestedEntity.objects.filter(request__in=requests).select_related("request")
    }
    reports = list(plan.reports.select_related("entity"))
    answers = {report.requested_id: report for report in reports if report.requested_id}
    rows = []
    for entity in _entities(plan, [key[1] for key in asked], [one.entity_id for one in reports]):
        cells = []
        for request in requests:
            requested = asked.get((request.pk, entity.pk))
            report = answers.get(requested.pk) if requested else None
            deadline = requested.deadline if requested else None
            standing = status(deadline, report.state if report else None, on)
            cells.append(Cell(standing, request, requested, report))
        rows.append(
            Row(
                entity=entity,
                indicators=entity.indicator_count,  # type: ignore[attr-defined]
                responsible=entity.responsible_count,  # type: ignore[attr-defined]
                cells=cells,
                unasked=[
                    Cell(status(None, one.state, on), report=one)
                    for one in reports
                    if one.entity_id == entity.pk
                    and one.requested_id is None
                    and one.state != ReportState.DRAFT
                ],
            )
        )
    last = [row.cells[-1].status for row in rows if row.cells]
    return Board(requests, rows, [(one, last.count(one)) for one in Status])


def _entities(plan: OperatingPlan, *others: Iterable[int]) -> Iterable[Entity]:
    """Those of the plan, and whoever was asked or reported though it is no longer in it."""
    of_plan = Q(participations__indicator__plan=plan)
    return (
        Entity.objects.filter(of_plan | Q(pk__in={pk for group in others for pk in group}))
        .annotate(
            indicator_count=Count("participations__indicator", filter=of_plan, distinct=True),
            responsible_count=Count(
                "participations__indicator",
                filter=of_plan & Q(participations__role=ParticipationRole.RESPONSIBLE),
                distinct=True,
            ),
        )
        .order_by("protocol_order", "acronym")
    )
