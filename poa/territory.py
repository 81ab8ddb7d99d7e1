"""Where the events of a plan were held: Peru's regions, as a map and as the table beside it."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum
from django.utils.text import slugify

from poa.charts import Shade, shades, whole
from poa.forms.filters import NOWHERE, PlanFilter
from poa.models import Unit
from poa.regions import HEIGHT, WIDTH, Outline, outlines

# On paper: how a region is filled by its step of the scale, and what is written in it.
FILLS = ("#f6f1ea", "#efcfc4", "#dd9d8d", "#b85a55", "#741c2b")
INKS = ("#1a1614", "#1a1614", "#1a1614", "#ffffff", "#ffffff")


@dataclass(frozen=True)
class Place:
    """A region: its events, the indicators that they feed, and what they add, unit by unit."""

    name: str
    address: str
    events: int
    indicators: int
    quantities: str
    level: int
    outline: Outline | None = None

    @property
    def fill(self) -> str:
        return FILLS[self.level]

    @property
    def ink(self) -> str:
        return INKS[self.written_on]

    @property
    def at_sea(self) -> bool:
        return self.outline is not None and self.outline.at_sea is not None

    @property
    def written_on(self) -> int:
        """The step of the scale that its name stands on: the sea is as light as none."""
        return 0 if self.at_sea else self.level

    @property
    def label(self) -> tuple[str, str, str]:
        """Where the name goes, across, and how far down the name and the number."""
        x, y = self.drawn.at_sea or self.drawn.middle
        return f"{x:g}", f"{y - 2:g}", f"{y + 13:g}"

    @property
    def middle(self) -> tuple[str, str]:
        x, y = self.drawn.middle
        return f"{x:g}", f"{y:g}"

    @property
    def leader(self) -> str:
        """From a name at sea to its region."""
        x, y = self.drawn.at_sea or self.drawn.middle
        return f"M{x + 5:g},{y:g}L{self.middle[0]},{self.middle[1]}"

    @property
    def drawn(self) -> Outline:
        if self.outline is None:
            raise ValueError("what is in no region has no place on the map")
        return self.outline


@dataclass(frozen=True)
class Territory:
    """``regions`` are all, in the order of their names; ``nowhere``, the events without one."""

    regions: list[Place]
    nowhere: Place | None
    scale: list[Shade]

    width = WIDTH
    height = HEIGHT

    @property
    def events(self) -> int:
        return sum(place.events for place in self.rows)

    @property
    def reached(self) -> int:
        return sum(place.events > 0 for place in self.regions)

    @property
    def rows(self) -> list[Place]:
        """Those with events, the most of them first, and at last those without a region."""
        held = sorted((one for one in self.regions if one.events), key=lambda one: -one.events)
        return [*held, self.nowhere] if self.nowhere else held

    @property
    def none(self) -> str:
        """The regions without events, named."""
        return ", ".join(place.name for place in self.regions if not place.events)


def territory(contributions: QuerySet, form: PlanFilter) -> Territory:
    """Of the events that make those contributions, in two queries."""
    units = {unit.pk: unit for unit in form.units.values()}
    counts = {
        code: (events, indicators)
        for code, events, indicators in contributions.values_list("event__region").annotate(
            Count("event", distinct=True), Count("indicator", distinct=True)
        )
    }
    added: dict[str, list[str]] = defaultdict(list)
    sums = contributions.filter(counts=True, quantity__gt=0).values_list(
        "event__region", "indicator__unit"
    )
    for code, unit, quantity in sums.annotate(Sum("quantity")).order_by("indicator__unit__name"):
        added[code].append(_counted(quantity, units[unit]))
    scale = shades([events for code, (events, _) in counts.items() if code])

    def place(code: str, name: str, word: str, outline: Outline | None = None) -> Place:
        events, indicators = counts.get(code, (0, 0))
        level = next((one.level for one in scale if one.least <= events <= one.most), 0)
        return Place(
            name,
            form.address(region=word),
            events,
            indicators,
            "; ".join(added[code]),
            level if code else 0,
            outline,
        )

    return Territory(
        regions=[
            place(outline.region, outline.region.label, slugify(outline.region.label), outline)
            for outline in outlines()
        ],
        nowhere=place("", "Sin región indicada", NOWHERE) if "" in counts else None,
        scale=scale,
    )


def _counted(quantity: Decimal, unit: Unit) -> str:
    return f"{whole(quantity)} {(unit.name if quantity == 1 else unit.plural).lower()}"
