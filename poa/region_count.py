"""Indicators in which each region counts once: what else is done in it, and why it adds nothing."""

from collections.abc import Iterable, Iterator

from cnlctf.lib.calendar import numeric_date
from poa.choices import Counting, Region
from poa.models import Contribution, Indicator, ReportedContribution

Part = Contribution | ReportedContribution

NO_REGION = "No dice la región: aquí se cuentan regiones."


def by_region(indicators: Iterable[Indicator]) -> list[Indicator]:
    return [one for one in indicators if one.counting == Counting.DISTINCT_REGIONS]


def why_not_again(parts: Iterable[Part], before: Iterable[Part] = ()) -> dict[Part, str]:
    """Why each part that counts adds no region all the same; only those that add none.

    Both in the order of their days, with their event and indicator; ``before`` are those that the
    plan has already.
    """
    first: dict[tuple[int, str], Part] = {}
    for part in before:
        if _adds(part):
            first.setdefault(_key(part), part)
    found: dict[Part, str] = {}
    for part in parts:
        if not _adds(part):
            continue
        if not part.event.region:
            found[part] = NO_REGION
        elif (other := first.setdefault(_key(part), part)) is not part:
            found[part] = "".join(_said(other))
    return found


def _adds(part: Part) -> bool:
    rule = part.indicator.counting == Counting.DISTINCT_REGIONS
    return rule and part.counts and part.quantity > 0


def _key(part: Part) -> tuple[int, str]:
    return part.indicator_id, part.event.region


def _said(counted: Part) -> Iterator[str]:
    yield f"{Region(counted.event.region).label} ya cuenta"
    if counted.event.held_on:
        yield f" por el evento del {numeric_date(counted.event.held_on)}"
    yield "; cada región cuenta una sola vez."
