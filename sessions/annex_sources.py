"""What may be attached to an acta as an annex: whoever knows the content offers it from here.

An app above this one registers a source in ``ready``: a function from a session to its offers, as
many as it has for that session, in the order in which they are shown.

    def matrices(session: Session) -> Iterable[Offer]:
        for plan in …:
            yield Offer(f"poa-matriz-{plan.year}", "Matriz …", heading(plan), partial(block, plan))

    annex_sources.register(matrices)

The slug stays in the annex that is made from an offer: while the source offers it for that session,
the annex can be made again from the data of the day.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnlctf.lib.grid import Block

if TYPE_CHECKING:
    from sessions.models import Session


@dataclass(frozen=True)
class Offer:
    """``name`` is what the list of offers calls it, ``title`` what the acta will (plain text)."""

    slug: str
    name: str
    title: str
    build: Callable[[], Block]


Source = Callable[["Session"], Iterable[Offer]]

SOURCES: list[Source] = []


def register(source: Source) -> None:
    if source not in SOURCES:
        SOURCES.append(source)


def offers(session: "Session") -> dict[str, Offer]:
    """Everything offered for the session, by slug."""
    return {offer.slug: offer for source in SOURCES for offer in source(session)}
