"""How a plan's execution went month by month, against what was planned, and its drawing."""

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from django.db.models import Case, Min, Q, QuerySet, Sum, Value, When

from cnlctf.lib.calendar import month_name
from poa.choices import Counting
from poa.models import Contribution, Milestone, OperatingPlan, Unit
from poa.progress import Quantity, State, met_in, planned
from poa.standing import Standing

MONTHS = range(1, 13)


@dataclass(frozen=True)
class Month:
    """What was reached and what was planned by its end; ``planned`` None without such a plan."""

    name: str
    reached: Quantity
    planned: Quantity | None

    @property
    def short(self) -> str:
        return self.name[:3]


@dataclass(frozen=True)
class Course:
    """The months of a year that have begun, and the figure at the cut-off, which has the last word.

    ``undated`` are the indicators with a quantity declared as a whole, in no month.
    """

    what: str
    months: tuple[Month, ...]
    final: Quantity
    goal: Quantity
    undated: int


def contributions_of(plan: OperatingPlan, chosen: Sequence[Standing] | None) -> QuerySet:
    """The contributions to those indicators; None is all those of the plan's lines."""
    if chosen is None:
        return Contribution.objects.filter(
            indicator__plan=plan, indicator__line__isnull=False
        ).order_by()
    return Contribution.objects.filter(indicator__in=[one.pk for one in chosen]).order_by()


def courses(
    plan: OperatingPlan,
    standings: Sequence[Standing],
    contributions: QuerySet,
    units: Mapping[int, Unit],
    day: datetime.date,
) -> list[Course]:
    """How many goals were met by each month; and of one unit, what was executed, added up.

    Quantities of different units are never added. In three queries.
    """
    applicable = [one for one in standings if one.measure.state != State.NOT_APPLICABLE]
    begun = _begun(plan.year, day)
    if not applicable or not begun:
        return []
    reached = _reached(plan.year, contributions)
    dated = [one for one in applicable if not one.is_declared]
    undated = sum(one.is_declared for one in applicable)
    met: dict[int | None, int] = defaultdict(int)
    for one in dated:
        if one.measure.state == State.MET:
            met[met_in(one.measure.goal, reached[one.pk])] += 1
    found = [
        Course(
            what="metas alcanzadas",
            months=tuple(
                Month(month_name(month), count, None)
                for month, count in zip(
                    begun, accumulate(met[month] for month in MONTHS), strict=False
                )
            ),
            final=sum(one.measure.state == State.MET for one in applicable),
            goal=len(applicable),
            undated=undated,
        )
    ]
    kinds = {one.unit for one in applicable}
    milestones = _milestones(plan)
    if len(kinds) == 1:
        found.append(
            Course(
                what=units[kinds.pop()].plural.lower(),
                months=tuple(
                    Month(
                        month_name(month),
                        sum((reached[one.pk][month - 1] for one in dated), Decimal(0)),
                        sum(
                            (
                                planned(one.measure.goal or 0, month, milestones.get(one.pk, {}))
                                for one in applicable
                            ),
                            Decimal(0),
                        ),
                    )
                    for month in begun
                ),
                final=sum((one.measure.executed or 0 for one in applicable), Decimal(0)),
                goal=sum((one.measure.goal or 0 for one in applicable), Decimal(0)),
                undated=undated,
            )
        )
    return found


def _begun(year: int, day: datetime.date) -> range:
    if day.year != year:
        return MONTHS if day.year > year else range(0)
    return range(1, day.month + 1)


def _reached(year: int, contributions: QuerySet) -> Mapping[int, Sequence[Decimal]]:
    """What counts of each indicator by the end of each month; what came earlier is January's."""
    by_month: dict[int, list[Decimal]] = defaultdict(lambda: [Decimal(0)] * 12)
    counted = contributions.filter(counts=True, event__held_on__lte=datetime.date(year, 12, 31))
    # Compared with the days that months end on: SQLite cuts no month out of a date by itself.
    month = Case(
        *(
            When(event__held_on__lt=datetime.date(year, number + 1, 1), then=Value(number))
            for number in MONTHS[:-1]
        ),
        default=Value(12),
    )
    once = Q(indicator__counting=Counting.DISTINCT_REGIONS)
    sums = counted.exclude(once).annotate(month=month)
    for indicator, number, quantity in sums.values_list("indicator", "month").annotate(
        Sum("quantity")
    ):
        by_month[indicator][number - 1] += quantity
    regions = counted.filter(once, quantity__gt=0).exclude(event__region="")
    for indicator, _, first in regions.values_list("indicator", "event__region").annotate(
        Min("event__held_on")
    ):
        by_month[indicator][first.month - 1 if first.year == year else 0] += 1
    reached = {pk: list(accumulate(quantities)) for pk, quantities in by_month.items()}
    return defaultdict(lambda: [Decimal(0)] * 12, reached)


def _milestones(plan: OperatingPlan) -> dict[int, dict[int, Decimal]]:
    found: dict[int, dict[int, Decimal]] = defaultdict(dict)
    rows = Milestone.objects.filter(indicator__plan=plan)
    for indicator, quarter, goal in rows.values_list("indicator", "quarter", "goal"):
        found[indicator][quarter] = goal
    return found
