"""What was reported and is not accepted yet: shown apart, and in no official figure."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from poa.choices import ReportState
from poa.models import OperatingPlan, ReportedContribution, ReportedIndicator

SENT = ReportState.SENT


def preliminary(plan: OperatingPlan, indicators: Iterable[int] | None = None) -> dict[int, Decimal]:
    """What reports received would add to each indicator, by its primary key, in two queries.

    Of the ``indicators`` given, or of all the plan's.
    """
    among: dict[str, Any] = {} if indicators is None else {"indicator__in": list(indicators)}
    sent = (
        ReportedContribution.objects.filter(
            event__report__plan=plan, event__report__state=SENT, counts=True, **among
        ),
        ReportedIndicator.objects.filter(
            report__plan=plan, report__state=SENT, quantity__isnull=False, **among
        ),
    )
    found: dict[int, Decimal] = {}
    for rows in sent:
        totals = rows.order_by().values_list("indicator").annotate(total=Sum("quantity"))
        for indicator, total in totals:
            found[indicator] = found.get(indicator, Decimal(0)) + total
    return found
