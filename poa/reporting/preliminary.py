"""What was reported and is not accepted yet: shown apart, and in no official figure."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Sum

from poa.choices import Counting, ReportState
from poa.models import Contribution, OperatingPlan, ReportedContribution, ReportedIndicator

SENT = ReportState.SENT
# What the plan counts already of the same indicator in the same region.
COUNTED = Contribution.objects.filter(
    indicator=OuterRef("indicator"),
    event__region=OuterRef("event__region"),
    counts=True,
    quantity__gt=0,
)


def preliminary(plan: OperatingPlan, indicators: Iterable[int] | None = None) -> dict[int, Decimal]:
    """What reports received would add to each indicator, by its primary key, in two queries.

    Of the ``indicators`` given, or of all the plan's. Where each region counts once, how many more
    regions there would be.
    """
    among: dict[str, Any] = {} if indicators is None else {"indicator__in": list(indicators)}
    told = (
        ReportedContribution.objects.filter(
            event__report__plan=plan, event__report__state=SENT, counts=True, **among
        )
        .order_by()
        .values_list("indicator", "indicator__counting", "event__region")
        .annotate(total=Sum("quantity"), is_known=Exists(COUNTED))
    )
    declared = (
        ReportedIndicator.objects.filter(
            report__plan=plan, report__state=SENT, quantity__isnull=False, **among
        )
        .order_by()
        .values_list("indicator")
        .annotate(total=Sum("quantity"))
    )
    found: dict[int, Decimal] = {}
    for indicator, counting, region, total, is_known in told:
        if counting == Counting.DISTINCT_REGIONS:
            total = Decimal(bool(total and region and not is_known))
        found[indicator] = found.get(indicator, Decimal(0)) + total
    for indicator, total in declared:
        found[indicator] = found.get(indicator, Decimal(0)) + total
    return found
