"""How the three figures of some indicators came to be: which are in, which are out, and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from poa.choices import GoalKind
from poa.models import Contribution, Event, Indicator, OperatingPlan
from poa.progress import State, Summary, two_decimals
from poa.standing import Standing

SHOWN_EVENTS = 100


@dataclass(frozen=True)
class Reckoned:
    """An indicator in the calculation: what it puts in, or why it stays out."""

    standing: Standing
    indicator: Indicator

    @property
    def exact_percent(self) -> str:
        """Not capped, with two decimals; empty where there is none."""
        return two_decimals(self.standing.measure.exact_percent)

    @property
    def put_in(self) -> str:
        return two_decimals(self.standing.measure.capped)

    @property
    def note(self) -> str:
        measure = self.standing.measure
        if measure.state == State.NOT_APPLICABLE:
            return f"Fuera de las tres cifras: {self._not_due}."
        if measure.state == State.NO_REPORT:
            return "Fuera del promedio: no hay reporte, que no es lo mismo que cero."
        if measure.capped != measure.exact_percent:
            return "Pasó su meta: al promedio entra 100 %."
        return ""

    @property
    def _not_due(self) -> str:
        if self.indicator.goal_kind == GoalKind.TO_BE_DEFINED:
            return "su meta está por definir"
        return "no tiene meta exigible este año"


@dataclass(frozen=True)
class Reckoning:
    summary: Summary

    @property
    def total(self) -> str:
        return two_decimals(self.summary.exact_total)

    @property
    def mean(self) -> str:
        return two_decimals(self.summary.exact_mean)

    @property
    def not_applicable(self) -> int:
        return self.summary.counts[State.NOT_APPLICABLE]

    @property
    def unreported(self) -> int:
        return self.summary.counts[State.NO_REPORT]


def reckoned(shown: Sequence[Standing]) -> list[Reckoned]:
    """With their names and footnotes, in one query."""
    indicators = Indicator.objects.select_related("unit", "footnote").in_bulk(
        [one.pk for one in shown]
    )
    return [Reckoned(one, indicators[one.pk]) for one in shown]


def events_in(
    plan: OperatingPlan, chosen: Sequence[Standing], region: str
) -> tuple[int, list[Event]]:
    """How many events of a region feed those indicators, and the first of them."""
    feeding = Contribution.objects.filter(indicator__in=[one.pk for one in chosen])
    events = plan.events.filter(region=region, pk__in=feeding.values("event"))
    return events.count(), list(events.order_by("held_on", "pk")[:SHOWN_EVENTS])
