"""The Observaciones of a line of action, written from its events as the commission writes them.

The models are those of Annex 1 (seed L210–221): months in Peru's Spanish, events numbered within a
passage, and the report and the region said once for all the events that share them.
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count, groupby
from operator import attrgetter

from django.db.models import Prefetch

from cnlctf.lib.calendar import month_name, numeric_date
from cnlctf.lib.text import escape
from poa.choices import ObservationLayout
from poa.models import ActionLine, Contribution, Event, Observation, OperatingPlan


@dataclass(frozen=True)
class ListedEvent:
    """An event as the text needs it; ``wording`` is in the small markup, the rest is plain."""

    held_on: date
    region: str = ""
    place: str = ""
    report_number: str = ""
    wording: str = ""

    @property
    def where(self) -> str:
        """``San Martín (Tarapoto y Moyobamba)``, or whichever of the two is known."""
        both = f"{self.region} ({self.place})" if self.region and self.place else ""
        return escape(both or self.region or self.place)


@dataclass(frozen=True)
class Passage:
    """Free remarks, in the small markup, around events in order of date."""

    events: Sequence[ListedEvent] = ()
    layout: str = ObservationLayout.EVENTS
    preface: str = ""
    description: str = ""
    closing: str = ""
    continues_numbering: bool = False


def observations_text(passages: Iterable[Passage]) -> str:
    """Return the passages in the small markup, a line a paragraph; empty without any words."""
    lines: list[str] = []
    numbers = count(1)
    for passage in passages:
        if not passage.continues_numbering:
            numbers = count(1)
        if passage.layout == ObservationLayout.PLACES:
            listed = _places(passage)
        else:
            listed = _months(passage, numbers)
        lines += [passage.preface, *listed, passage.closing]
    return "\n".join(filter(None, lines))


def lines_observations(
    plan: OperatingPlan, *lines: ActionLine, on: datetime.date | None = None
) -> dict[int, str]:
    """Return the text by the line's primary key, for all lines that have one, in three queries.

    What somebody edited goes before what the program proposes. Given ``lines``, only those are
    read; given ``on``, only what was done up to that day is told.
    """
    edited = plan.edited_observations.filter(**({"line__in": lines} if lines else {}))
    texts = proposed_observations(plan, *lines, on=on)
    return texts | dict(edited.values_list("line", "text"))


def proposed_observations(
    plan: OperatingPlan, *lines: ActionLine, on: datetime.date | None = None
) -> dict[int, str]:
    """Return what the program writes from the data, whatever somebody wrote instead."""
    contributions = Contribution.objects.select_related("event")
    if on is not None:
        contributions = contributions.filter(event__held_on__lte=on)
    observations = plan.observations.order_by("line_id", "position").prefetch_related(
        Prefetch("contributions", contributions)
    )
    if lines:
        observations = observations.filter(line__in=lines)
    return {
        line_id: observations_text(map(_passage, group))
        for line_id, group in groupby(observations, attrgetter("line_id"))
    }


def _passage(observation: Observation) -> Passage:
    # An event that feeds two indicators of the line is one bullet.
    contributions = groupby(observation.contributions.all(), attrgetter("event"))
    return Passage(
        events=[_listed(event, group) for event, group in contributions],
        layout=observation.layout,
        preface=observation.preface,
        description=observation.description,
        closing=observation.closing,
        continues_numbering=observation.continues_numbering,
    )


def _listed(event: Event, contributions: Iterable[Contribution]) -> ListedEvent:
    wordings = dict.fromkeys(one.wording for one in contributions if one.wording)
    return ListedEvent(
        held_on=event.held_on,
        region=event.get_region_display(),
        place=event.place,
        report_number=event.report_number,
        wording=" ".join(wordings),
    )


def _months(passage: Passage, numbers: Iterator[int]) -> Iterator[str]:
    """``* Julio (Informe N° …) – Región San Martín (Tarapoto):`` and its events below.

    With several reports in a month, each is a heading of its own below the month's.
    """
    description = passage.description
    for (_, month), in_month in groupby(
        passage.events, lambda event: (event.held_on.year, event.held_on.month)
    ):
        groups = [(source, list(events)) for source, events in groupby(in_month, _source)]
        report, where = groups[0][0] if len(groups) == 1 else ("", "")
        heading = f"* {month_name(month)}" + (f" ({report})" if report else "")
        yield " ".join(filter(None, [f"{_dashed(heading, where)}:", description]))
        description = ""
        for (report, where), events in groups:
            if report and len(groups) > 1:
                yield f"{_dashed(report, where)}:"
            for event in events:
                yield _bullet(event, next(numbers), where="" if report else event.where)


def _source(event: ListedEvent) -> tuple[str, str]:
    """What a heading says for its events; nothing without a report, and each says where it was."""
    if not event.report_number:
        return "", ""
    region = "Región " if event.region else ""
    return escape(event.report_number), f"{region}{event.where}"


def _bullet(event: ListedEvent, number: int, where: str) -> str:
    label = f"• Evento {number} ({numeric_date(event.held_on)})"
    words = _dashed(where, event.wording)
    return (f"{label}: {words}" if words else label) + ("" if event.wording else ".")


def _places(passage: Passage) -> Iterator[str]:
    """``Regiones visitadas (2 regiones): Puno (11/10/2019) y Cusco (02/12/2019).``"""
    visits = [f"{event.where} ({numeric_date(event.held_on)})" for event in passage.events]
    regions = len({event.region for event in passage.events})
    one = regions == 1
    title = passage.description or ("Región visitada" if one else "Regiones visitadas")
    if visits:
        yield f"{title} ({regions} {'región' if one else 'regiones'}): {_and(visits)}."


def _and(items: Sequence[str]) -> str:
    """``a, b y c``, with «e» before the sound of «i»: ``Puno e Ica``."""
    *others, last = items
    joint = "e" if last.casefold().startswith(("i", "í", "hi", "hí")) else "y"
    return f"{', '.join(others)} {joint} {last}" if others else last


def _dashed(*parts: str) -> str:
    return " – ".join(filter(None, parts))
