"""The dashboard of a plan: its figures, where they stand, and what needs attention."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from django.db.models import Prefetch

from members.models import Entity
from poa.choices import ParticipationRole
from poa.models import Indicator, OperatingPlan, Participation
from poa.progress import State, Summary

# From the best to the worst, as the bars are drawn.
DRAWN = (State.MET, State.ACTIVE, State.NOT_DONE, State.NO_REPORT)
ATTENTION = 5


@dataclass(frozen=True)
class Segment:
    """A state's part of a bar; lengths in per cent of the bar, ready for SVG."""

    state: str
    count: int
    x: str
    width: str
    middle: str


@dataclass(frozen=True)
class Group:
    """The indicators of an objective, an axis or an institution, and their three figures."""

    label: str
    name: str
    summary: Summary

    @property
    def counts(self) -> list[tuple[State, int]]:
        return [(state, self.summary.counts[state]) for state in DRAWN]

    @property
    def segments(self) -> list[Segment]:
        segments, before = [], 0
        for state, count in self.counts:
            if count:
                x, width = (100 * part / self.summary.total for part in (before, count))
                segments.append(
                    Segment(state, count, f"{x:.2f}%", f"{width:.2f}%", f"{x + width / 2:.2f}%")
                )
            before += count
        return segments


@dataclass(frozen=True)
class Dashboard:
    summary: Summary
    objectives: list[Group]
    axes: list[Group]
    responsibles: list[Group]
    involved: list[Group]
    best: list[Indicator]
    worst: list[Indicator]
    unreported: list[Indicator]

    @property
    def breakdowns(self) -> list[tuple[str, str, list[Group]]]:
        """Each breakdown of the states: the name in the page's address, its title, its groups."""
        return [
            ("objetivos", "Por objetivo específico", self.objectives),
            ("ejes", "Por eje estratégico", self.axes),
            ("responsables", "Por institución responsable", self.responsibles),
            ("involucradas", "Por institución involucrada", self.involved),
        ]


def dashboard(plan: OperatingPlan) -> Dashboard:
    """In two queries, however large the plan."""
    indicators = list(
        plan.indicators.of_lines()
        .with_progress()
        .select_related("line__strategy__axis")
        .prefetch_related(
            Prefetch("participations", Participation.objects.select_related("entity"))
        )
    )
    reported = [one for one in indicators if one.measure.reported]
    ranked = sorted(reported, key=lambda one: one.measure.percent or 0, reverse=True)
    return Dashboard(
        summary=Summary.of(one.measure for one in indicators),
        objectives=_by_node(indicators, attrgetter("line.strategy.objective")),
        axes=_by_node(indicators, attrgetter("line.strategy.axis")),
        responsibles=_by_entity(indicators, ParticipationRole.RESPONSIBLE),
        involved=_by_entity(indicators, ParticipationRole.INVOLVED),
        best=[one for one in ranked if one.measure.state == State.MET][:ATTENTION],
        worst=[one for one in reversed(ranked) if one.measure.state != State.MET][:ATTENTION],
        unreported=[one for one in indicators if one.measure.state == State.NO_REPORT],
    )


def _by_node(indicators: Sequence[Indicator], node_of: Callable) -> list[Group]:
    groups: dict = {}
    for indicator in indicators:
        groups.setdefault(node_of(indicator), []).append(indicator)
    return [
        Group(node.code, node.name, _summary(members))
        for node, members in sorted(groups.items(), key=lambda item: item[0].number)
    ]


def _by_entity(indicators: Sequence[Indicator], role: ParticipationRole) -> list[Group]:
    groups: dict[Entity, list[Indicator]] = {}
    for indicator in indicators:
        for participation in indicator.participations.all():
            if participation.role == role:
                groups.setdefault(participation.entity, []).append(indicator)
    return [
        Group(entity.list_name, entity.name, _summary(members))
        for entity, members in sorted(
            groups.items(), key=lambda item: (item[0].protocol_order, item[0].acronym)
        )
    ]


def _summary(indicators: Iterable[Indicator]) -> Summary:
    return Summary.of(indicator.measure for indicator in indicators)
