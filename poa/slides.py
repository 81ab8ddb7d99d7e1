"""What a session looks at on the wall: a line, axis or institution a slide, few indicators each."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from poa.ambition import PASSED_BY
from poa.dashboard import concern_of
from poa.forms.filters import PlanFilter, SlideFilter
from poa.models import Indicator
from poa.progress import NO_BREAK_SPACE, State
from poa.standing import Standing

# Read from the back of the room: more do not fit.
ON_A_SLIDE = 3
OPEN = (State.NO_REPORT, State.NOT_DONE, State.ACTIVE)


@dataclass(frozen=True)
class Slide:
    """``part`` of ``parts``, where the indicators of one do not fit on a slide."""

    title: str
    name: str
    standings: tuple[Standing, ...]
    part: int
    parts: int


@dataclass(frozen=True)
class Shown:
    """An indicator on a slide: what there is to discuss of it."""

    standing: Standing
    indicator: Indicator
    why: str


def is_discussed(one: Standing) -> bool:
    """Not met, or passed by so much that the goal itself is in question."""
    return one.measure.state in OPEN or (one.measure.percent or 0) > PASSED_BY


def slides(chosen: Iterable[Standing], by: str, form: PlanFilter) -> list[Slide]:
    """In the plan's order, or that of protocol; ``by`` is a word of ``SlideFilter``."""
    groups: dict[object, list[Standing]] = {}
    keys_of = _KEYS[by]
    for one in chosen:
        for key in keys_of(one):
            groups.setdefault(key, []).append(one)
    found = []
    for title, name, members in _titled(groups, by, form):
        parts = [tuple(members[at : at + ON_A_SLIDE]) for at in range(0, len(members), ON_A_SLIDE)]
        found += [
            Slide(title, name, part, number, len(parts)) for number, part in enumerate(parts, 1)
        ]
    return found


def shown_on(slide: Slide) -> list[Shown]:
    """With names and institutions, in two queries."""
    indicators = (
        Indicator.objects.select_related("unit", "line__strategy__objective")
        .prefetch_related("participations__entity")
        .in_bulk([one.pk for one in slide.standings])
    )
    return [Shown(one, indicators[one.pk], why(one)) for one in slide.standings]


def why(one: Standing) -> str:
    """What to discuss of it; empty where there is nothing."""
    if one.measure.state in OPEN:
        return concern_of(one)
    if (one.measure.percent or 0) > PASSED_BY:
        return f"Pasó el {PASSED_BY}{NO_BREAK_SPACE}% de su meta: ¿se fijó baja?"
    return ""


_KEYS: dict[str, Callable[[Standing], Sequence[object]]] = {
    SlideFilter.BY_LINE: lambda one: (one.prefix,),
    SlideFilter.BY_AXIS: lambda one: (one.axis,),
    SlideFilter.BY_INSTITUTION: lambda one: one.responsible,
}


def _titled(groups: dict, by: str, form: PlanFilter) -> Iterable[tuple[str, str, list[Standing]]]:
    if by == SlideFilter.BY_AXIS:
        return [
            (axis.code, axis.name, groups[axis.number])
            for axis in form.nodes("axis")
            if axis.number in groups
        ]
    if by == SlideFilter.BY_INSTITUTION:
        return [
            (entity.list_name, entity.name, groups[pk])
            for pk, entity in form.entities.items()
            if pk in groups
        ]
    return [(f"LA {prefix}", "", members) for prefix, members in groups.items()]
