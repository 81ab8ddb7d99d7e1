"""The dashboard of a plan: its figures, where they stand, and what needs attention."""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from django.db.models import QuerySet
from django.utils.text import slugify

from members.models import Entity
from poa.charts import DRAWN, Segment, StepChart, segments, step_chart
from poa.choices import NoReportCause, ParticipationRole
from poa.forms.filters import PlanFilter
from poa.models import Indicator, OperatingPlan
from poa.months import contributions_of, courses
from poa.progress import State, Summary
from poa.reporting.causes import with_causes
from poa.standing import Standing, standings, summary_of, summed
from poa.territory import Territory, territory

ATTENTION = 6
NO_REPORTS = {
    NoReportCause.OVERDUE: "Sin reporte: se pidió y el plazo venció.",
    NoReportCause.IN_TIME: "Sin reporte: se pidió y todavía hay plazo.",
    NoReportCause.NOT_ASKED: "Sin reporte: no se pidió.",
}


@dataclass(frozen=True)
class Count:
    """How many stand in a state, and the address of how that is known."""

    state: State
    count: int
    address: str


@dataclass(frozen=True)
class Group:
    """The indicators of an objective, an axis, an institution or a unit, and their three figures.

    ``address`` follows the path of a page of the plan and asks for just these.
    """

    label: str
    name: str
    address: str
    summary: Summary
    counts: list[Count]
    slug: str = ""

    @property
    def segments(self) -> list[Segment]:
        return segments(self.summary)


@dataclass(frozen=True)
class Breakdown:
    """``anchor`` names it in the page's address."""

    anchor: str
    title: str
    groups: list[Group]


@dataclass(frozen=True)
class Reporting:
    """An institution responsible for indicators, and those of which nothing is reported."""

    group: Group
    missing: list[Standing]

    @property
    def tone(self) -> str:
        return ("bad", "busy", "good")[self._step]

    @property
    def word(self) -> str:
        return ("No reportó", "Reportó en parte", "Reportó todo")[self._step]

    @property
    def _step(self) -> int:
        reported, total = self.group.summary.reported, self.group.summary.total
        return 0 if not reported else 1 if reported < total else 2


@dataclass(frozen=True)
class Concern:
    standing: Standing
    why: str
    indicator: Indicator = field(compare=False)


@dataclass(frozen=True)
class Previous:
    """The figures of the year before."""

    year: int
    summary: Summary


@dataclass(frozen=True)
class Dashboard:
    """``total`` counts the indicators of the whole plan; the page is about the ``chosen`` ones."""

    total: int
    chosen: list[Standing]
    summary: Summary
    breakdowns: list[Breakdown]
    reporting: list[Reporting]
    attention: list[Concern]
    territory: Territory
    charts: list[StepChart]
    previous: Previous | None


def dashboard(
    plan: OperatingPlan,
    form: PlanFilter,
    day: datetime.date,
    plans: QuerySet[OperatingPlan],
) -> Dashboard:
    """What the filter asks for, in a fixed number of queries.

    The whole plan is compared with the one before, if that is among ``plans``; a part is not: the
    same objective of another year is another thing.
    """
    every = with_causes(plan, standings(plan), day)
    chosen = form.chosen(every)
    units = {unit.pk: unit for unit in form.units.values()}
    contributions = contributions_of(plan, chosen if form.is_used else None)
    # Of one institution's indicators those of another are no page's: it has one filter for both.
    by_institution = [] if form.asks("institution") else _by_institution(chosen, form)
    region = form.region_code
    return Dashboard(
        total=len(every),
        chosen=chosen,
        summary=summed(chosen),
        breakdowns=[
            Breakdown("objetivos", "Por objetivo específico", _by_node(chosen, form, "objective")),
            Breakdown("ejes", "Por eje estratégico", _by_node(chosen, form, "axis")),
            *by_institution,
            Breakdown("unidades", "Por unidad de medida", _by_unit(chosen, form)),
        ],
        reporting=_reporting(chosen, by_institution[0].groups, form.entities)
        if by_institution
        else [],
        attention=concerns(chosen),
        territory=territory(
            contributions if region is None else contributions.filter(event__region=region), form
        ),
        charts=[step_chart(one) for one in courses(plan, chosen, contributions, units, day)],
        previous=None if form.is_used else _previous(plan.year - 1, plans),
    )


def _previous(year: int, plans: QuerySet[OperatingPlan]) -> Previous | None:
    summary = summary_of(plans.filter(year=year))
    return Previous(year, summary) if summary else None


def concerns(chosen: Sequence[Standing], limit: int = ATTENTION) -> list[Concern]:
    """What needs attention, the most urgent first: unreported, not done, and least advanced."""
    open_ones = [one for one in chosen if one.measure.state in _URGENCY]
    first = sorted(open_ones, key=_urgency)[:limit]
    indicators = Indicator.objects.select_related("line__strategy__objective", "unit").in_bulk(
        [one.pk for one in first]
    )
    return [Concern(one, concern_of(one), indicators[one.pk]) for one in first]


_URGENCY = {State.NO_REPORT: 0, State.NOT_DONE: 1, State.ACTIVE: 2}
_CAUSES = [NoReportCause.OVERDUE, NoReportCause.IN_TIME, NoReportCause.NOT_ASKED, ""]


def _urgency(one: Standing) -> tuple[object, ...]:
    cause = _CAUSES.index(one.cause) if one.measure.state == State.NO_REPORT else 0
    return _URGENCY[one.measure.state], cause, one.measure.percent or 0


def concern_of(one: Standing) -> str:
    """Why an indicator whose goal is open needs attention, in a sentence."""
    if one.measure.state == State.NO_REPORT:
        return NO_REPORTS.get(one.cause, "Sin reporte.")  # type: ignore[call-overload]
    if one.measure.state == State.NOT_DONE:
        return "No se realizó actividad."
    if not one.measure.executed:
        return "Hubo actividad y la meta no avanzó."
    return f"Avanzó {one.measure.printed_percent} de la meta."


# --- Breakdowns -----------------------------------------------------------------------------


def _group(
    form: PlanFilter,
    label: str,
    name: str,
    members: Iterable[Standing],
    slug: str = "",
    **words: object,
) -> Group:
    summary = summed(members)
    return Group(
        label=label,
        name=name,
        address=form.address(**words),
        summary=summary,
        counts=[
            Count(state, summary.counts[state], form.address(**words, estado=form.word_of[state]))
            for state in DRAWN
        ],
        slug=slug,
    )


def _by_node(chosen: Sequence[Standing], form: PlanFilter, name: str) -> list[Group]:
    grouped = _grouped(chosen, lambda one: (getattr(one, name),))
    nodes = {node.number: node for node in form.nodes(name)}
    return [
        _group(form, nodes[number].code, nodes[number].name, members, **{form.words[name]: number})  # type: ignore[arg-type]
        for number, members in sorted(grouped.items())
    ]


def _by_institution(chosen: Sequence[Standing], form: PlanFilter) -> list[Breakdown]:
    return [
        Breakdown(
            anchor,
            title,
            [
                _group(
                    form,
                    entity.list_name,
                    entity.name,
                    grouped[entity.pk],
                    slug=entity.slug,
                    institucion=entity.slug,
                    papel=slugify(role.label),
                )
                for entity in form.entities.values()
                if entity.pk in grouped
            ],
        )
        for anchor, title, role, of in (
            (
                "responsables",
                "Por institución responsable",
                ParticipationRole.RESPONSIBLE,
                attrgetter("responsible"),
            ),
            (
                "involucradas",
                "Por institución involucrada",
                ParticipationRole.INVOLVED,
                attrgetter("involved"),
            ),
        )
        for grouped in [_grouped(chosen, of)]
    ]


def _by_unit(chosen: Sequence[Standing], form: PlanFilter) -> list[Group]:
    grouped = _grouped(chosen, lambda one: (one.unit,))
    return [
        _group(form, unit.plural, unit.plural, grouped[unit.pk], unidad=word)
        for word, unit in form.units.items()
        if unit.pk in grouped
    ]


def _grouped(
    chosen: Iterable[Standing], keys_of: Callable[[Standing], Iterable[int]]
) -> dict[int, list[Standing]]:
    grouped: dict[int, list[Standing]] = {}
    for one in chosen:
        for key in keys_of(one):
            grouped.setdefault(key, []).append(one)
    return grouped


def _reporting(
    chosen: Sequence[Standing], groups: Sequence[Group], entities: Mapping[int, Entity]
) -> list[Reporting]:
    """Who answers for something due; those that owe the most first."""
    missing: dict[str, list[Standing]] = {}
    for one in chosen:
        if one.measure.state == State.NO_REPORT:
            for pk in one.responsible:
                missing.setdefault(entities[pk].slug, []).append(one)
    found = [
        Reporting(group, missing.get(group.slug, [])) for group in groups if group.summary.total
    ]
    return sorted(found, key=lambda one: (one._step, -len(one.missing)))
