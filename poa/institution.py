"""An institution in a year's plan: what it answers for, what it helps with, what was done."""

from collections.abc import Sequence
from dataclasses import dataclass

from members.models import Entity
from poa.models import Contribution, Event, Indicator, OperatingPlan, Participation
from poa.progress import Summary
from poa.standing import Standing, standings, summed

LATEST = 20


@dataclass(frozen=True)
class InstitutionProgress:
    """``latest`` are the last of its ``event_count`` events; ``organs``, those with a part too."""

    responsible: list[Standing]
    involved: list[Standing]
    latest: list[Event]
    event_count: int
    organs: list[Entity]

    @property
    def taking_part(self) -> list[Standing]:
        """What it answers for first, each in the plan's order."""
        return [*self.responsible, *self.involved]

    @property
    def figures(self) -> list[tuple[str, str, Summary]]:
        """As responsible and as involved, where it is: title, the word of the filter, figures."""
        both = (
            ("Como responsable", "responsable", self.responsible),
            ("Como involucrada", "involucrada", self.involved),
        )
        return [(title, word, summed(those)) for title, word, those in both if those]


@dataclass(frozen=True)
class Row:
    standing: Standing
    indicator: Indicator


def institution_progress(plan: OperatingPlan, entity: Entity) -> InstitutionProgress:
    """Of the institution itself: its organs have pages of their own. In five queries."""
    every = standings(plan, entity)
    responsible = [one for one in every if entity.pk in one.responsible]
    involved = [one for one in every if entity.pk in one.involved]
    feeding = Contribution.objects.filter(
        indicator__in=[one.pk for one in (*responsible, *involved)]
    ).values("event")
    return InstitutionProgress(
        responsible=responsible,
        involved=involved,
        latest=list(Event.objects.filter(pk__in=feeding).order_by("-held_on", "-pk")[:LATEST]),
        event_count=feeding.order_by().distinct().count(),
        organs=list(
            entity.organs.filter(
                pk__in=Participation.objects.filter(indicator__plan=plan).values("entity")
            )
        ),
    )


def indicators_of(shown: Sequence[Standing]) -> list[Row]:
    """With their names, in one query."""
    indicators = Indicator.objects.select_related("unit", "footnote").in_bulk(
        [one.pk for one in shown]
    )
    return [Row(one, indicators[one.pk]) for one in shown]
