"""What an evaluation would leave out, or take as it is: told before it is approved."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from poa.choices import ReportState, RequestState
from poa.evaluating.content import EvaluatedRow
from poa.models import (
    ActionLine,
    EditedObservations,
    EntityReport,
    Event,
    OperatingPlan,
    RequestedEntity,
)
from poa.observations import proposed_observations
from poa.progress import State


@dataclass(frozen=True)
class Pending:
    """``waiting`` are reports to decide, ``returned`` those that their entity has to mend.

    ``overdue`` owe what was asked of them; ``stale`` are lines whose Observaciones were edited
    before their data changed; ``later`` counts the events after the cut-off.
    """

    waiting: list[EntityReport]
    returned: list[EntityReport]
    overdue: list[RequestedEntity]
    unreported: list[EvaluatedRow]
    stale: list[ActionLine]
    later: int

    @property
    def is_any(self) -> bool:
        return bool(self.waiting or self.returned or self.overdue or self.unreported or self.stale)


def pending(
    plan: OperatingPlan,
    rows: Sequence[EvaluatedRow],
    *,
    cut_off_on: datetime.date,
    on: datetime.date,
) -> Pending:
    """As things stand on the day ``on``, in a fixed number of queries."""
    reports = plan.reports.filter(
        state__in=[ReportState.SENT, ReportState.RETURNED], period_from__lte=cut_off_on
    ).select_related("plan", "entity")
    owing = RequestedEntity.objects.filter(
        Q(report=None) | Q(report__state=ReportState.DRAFT),
        Q(extended_to__lt=on) | Q(extended_to=None, request__deadline__lt=on),
        request__plan=plan,
        request__state=RequestState.SENT,
    ).select_related("entity", "request")
    return Pending(
        waiting=[one for one in reports if one.state == ReportState.SENT],
        returned=[one for one in reports if one.state == ReportState.RETURNED],
        overdue=list(owing.order_by("request__number", "entity__protocol_order")),
        unreported=[row for row in rows if row.state == State.NO_REPORT],
        stale=stale_lines(plan),
        later=Event.objects.filter(plan=plan, held_on__gt=cut_off_on).count(),
    )


def stale_lines(plan: OperatingPlan) -> list[ActionLine]:
    """Those whose edited Observaciones stand on other data than those of now; four queries."""
    edited = list(
        EditedObservations.objects.filter(plan=plan).select_related("line__strategy__objective")
    )
    proposed = proposed_observations(plan, *(one.line for one in edited)) if edited else {}
    return [one.line for one in edited if one.proposed != proposed.get(one.line_id, "")]
