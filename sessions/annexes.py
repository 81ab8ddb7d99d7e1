"""The annexes of an acta that is being written: attached from offers, ordered, made again.

Whoever calls holds the acta's row, in a transaction.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from cnlctf.lib.compare import Paragraph, compare
from cnlctf.lib.frozen import freeze, thaw
from cnlctf.lib.grid import Block
from members.models import User
from sessions import block_edits
from sessions.acta_comparison import lines
from sessions.acta_flow import block_parts
from sessions.annex_sources import Offer, offers
from sessions.blocks import Kind, RefusedError, Text
from sessions.models import Acta, Annex

# No text of the editor's: it has no empty annex to begin with.
ANNEX = Kind(
    slug="anexo",
    model=Annex,
    name="anexo",
    texts=(Text("title", "Título del anexo", is_title=True),),
    group=("acta",),
    order="number",
    main="title",
)
NOT_OFFERED = "Ese anexo ya no se ofrece para esta sesión."


@dataclass(frozen=True)
class Attached:
    """An annex and the offer that it was made from, while it is still offered."""

    annex: Annex
    offer: Offer | None

    @cached_property
    def block(self) -> Block:
        return thaw(self.annex.content, Block)

    @cached_property
    def fresh(self) -> Block | None:
        """What the offer's data say now."""
        return self.offer.build() if self.offer else None

    @property
    def is_outdated(self) -> bool:
        return self.fresh is not None and self.fresh != self.block

    @property
    def difference(self) -> list[Paragraph]:
        """The rows and paragraphs that changed since, word by word; none where nothing did."""
        if self.fresh is None:
            return []
        old, new = (list(lines(block_parts(block))) for block in (self.block, self.fresh))
        return [paragraph for paragraph in compare(old, new) if not paragraph.is_same]


def attached(acta: Acta) -> tuple[list[Attached], list[Offer]]:
    """The annexes of the acta, and what may still be attached.

    Each annex that came from an offer is made again to be compared: as many times a few queries as
    there are sources for the session, whatever the acta holds besides.
    """
    offered = offers(acta.session)
    rows = [Attached(annex, offered.get(annex.source)) for annex in acta.annexes.all()]
    taken = {row.annex.source for row in rows}
    return rows, [offer for offer in offered.values() if offer.slug not in taken]


def find_offer(acta: Acta, slug: str) -> Offer:
    """RefusedError where it is not offered, or the acta has it already."""
    offer = offers(acta.session).get(slug)
    if offer is None:
        raise RefusedError(NOT_OFFERED, status=404)
    if acta.annexes.filter(source=slug).exists():
        raise RefusedError(f"El acta ya tiene el anexo «{offer.name}».")
    return offer


def attach(acta: Acta, slug: str, by: User | None) -> Annex:
    """Freeze what the offer's data say now, as the last annex."""
    offer = find_offer(acta, slug)
    content = freeze(offer.build())
    row = block_edits.create(
        ANNEX, acta, "", None, by, title=offer.title, content=content, source=slug
    )
    assert isinstance(row, Annex)  # noqa: S101  (of its kind)
    return row


def find(acta: Acta, pk: int) -> Attached:
    annex = ANNEX.get(acta, pk)
    return Attached(annex, offers(acta.session).get(annex.source))


def refresh(acta: Acta, pk: int, version: int, by: User) -> None:
    """Freeze the offer's data of now in place of those that the annex has; its title stays."""
    found = find(acta, pk)
    if found.offer is None:
        raise RefusedError(NOT_OFFERED)
    block_edits.save(ANNEX, acta, pk, version, {"content": freeze(found.offer.build())}, by)


def numbered_by_source(acta: Acta) -> Mapping[str, int]:
    """The number that each source's annex has, for a text that refers to it."""
    return dict(acta.annexes.exclude(source="").values_list("source", "number"))
