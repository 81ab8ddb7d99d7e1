"""The proposals beside what the acta says, and what a person decides on each.

Nothing is written but by the person's decision, over the version of the text that they saw.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from cnlctf.lib.compare import Paragraph, compare
from cnlctf.lib.folding import fold
from members.models import User
from sessions import block_edits
from sessions.blocks import KINDS, Kind, RefusedError
from sessions.models import Acta, ProposalDecision, Report
from sessions.models.versioned import Versioned
from sessions.proposals.collect import proposals_of
from sessions.proposals.registry import Proposal

NOT_PROPOSED = "Los datos cambiaron y eso ya no se propone."
OTHER_TEXT = (
    "Los datos o el acta cambiaron mientras usted decidía: vea abajo lo que ahora se propone."
)


class Stand(StrEnum):
    OFFERED = "offered"
    CURRENT = "current"
    DIFFERS = "differs"
    # A person saw it and kept what is written, or left it out.
    DECLINED = "declined"


@dataclass(frozen=True)
class Standing:
    """A proposal and the block that says it, if any does; ``decided`` is the last text decided on.

    ``is_outdated``: the acta has what was proposed before, and the data have changed since.
    """

    proposal: Proposal
    kind: Kind
    row: Any
    decided: str

    @property
    def texts(self) -> dict[str, str]:
        """What the block says now."""
        return {name: getattr(self.row, name) if self.row else "" for name in self.proposal.texts}

    @property
    def state(self) -> Stand:
        if _lines(self.texts) == _lines(self.proposal.texts):
            return Stand.CURRENT
        if self.decided == self.proposal.digest:
            return Stand.DECLINED
        return Stand.DIFFERS if self.is_written else Stand.OFFERED

    @property
    def is_written(self) -> bool:
        """Whether the acta has something in its place already."""
        return any(self.texts.values())

    @property
    def is_pending(self) -> bool:
        return self.state in (Stand.OFFERED, Stand.DIFFERS)

    @property
    def has_data_changed(self) -> bool:
        """Whether a person had decided on another text than the data give now."""
        return bool(self.decided) and self.decided != self.proposal.digest

    @property
    def difference(self) -> list[Paragraph]:
        """Word by word, from what is written to what is proposed."""
        return compare(_lines(self.texts), _lines(self.proposal.texts))


def _lines(texts: Mapping[str, str]) -> list[str]:
    """Paragraph by paragraph; the colon after a title is the acta's, whether or not it is typed."""
    said = (text.rstrip().rstrip(":") if name == "title" else text for name, text in texts.items())
    return [line.rstrip() for text in said for line in text.splitlines() if line.strip()]


def standings(acta: Acta) -> list[Standing]:
    """In the order of the acta, in a number of queries that does not grow."""
    decided = {row.slug: row for row in acta.proposal_decisions.all()}
    reports = list(acta.reports.all())
    return [
        Standing(
            proposal,
            KINDS[proposal.kind],
            _row(acta, proposal, decision, reports),
            decision.digest if decision else "",
        )
        for proposal in sorted(proposals_of(acta), key=_order)
        for decision in [decided.get(proposal.slug)]
    ]


def _order(proposal: Proposal) -> tuple[int, int]:
    return list(KINDS).index(proposal.kind), proposal.place


def _row(
    acta: Acta,
    proposal: Proposal,
    decision: ProposalDecision | None,
    reports: Iterable[Report],
) -> Versioned | None:
    """The block that took the proposal, or a report that somebody gave the same title."""
    if not KINDS[proposal.kind].is_listed:
        return acta
    title = _folded(proposal.texts["title"])
    taken = [report for report in reports if decision and report.pk == decision.row]
    alike = [report for report in reports if _folded(report.title) == title]
    return next(iter(taken or alike), None)


def _folded(title: str) -> str | None:
    return fold(title.strip().rstrip(":"))


# --- Deciding -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Seen:
    """What the person had before them: the text proposed, and the block with its version."""

    digest: str
    row: int | None
    version: int | None


@dataclass(frozen=True)
class Taken:
    """What ``take_back`` needs: the block as it is now, and what it was before."""

    kind: str
    row: int
    version: int
    texts: dict[str, str] | None
    decided: str


def find(acta: Acta, slug: str, seen: Seen) -> Standing:
    """The standing of the proposal that was seen; RefusedError where it is another by now."""
    found = next((one for one in standings(acta) if one.proposal.slug == slug), None)
    if found is None:
        raise RefusedError(NOT_PROPOSED)
    now = (found.row.pk, found.row.version) if found.row else (None, None)
    if (seen.digest, seen.row, seen.version) != (found.proposal.digest, *now):
        raise RefusedError(OTHER_TEXT)
    return found


def take(acta: Acta, slug: str, seen: Seen, by: User) -> Taken:
    """Put the text proposed into its block, or into a new one at its place."""
    found = find(acta, slug, seen)
    kind, proposal = found.kind, found.proposal
    if found.row:
        texts = dict(proposal.texts)
        block_edits.save(kind, acta, found.row.pk, found.row.version, texts, by)
        taken = Taken(kind.slug, found.row.pk, found.row.version + 1, found.texts, found.decided)
    else:
        row: Any = block_edits.create(kind, acta, "", None, by, **proposal.texts)
        others = [other for other in kind.siblings(row) if other.pk != row.pk]
        index = proposal.place - 1
        block_edits.arrange(kind, [*others[:index], row, *others[index:]])
        taken = Taken(kind.slug, row.pk, row.version, None, found.decided)
    _decide(acta, slug, proposal.digest, taken.row)
    return taken


def decline(acta: Acta, slug: str, seen: Seen) -> None:
    """Keep what is written, and be asked again only when the data change."""
    found = find(acta, slug, seen)
    _decide(acta, slug, found.proposal.digest, found.row.pk if found.row else None)


def take_back(acta: Acta, slug: str, taken: Taken, by: User) -> None:
    """Undo ``take``; RefusedError where the block has been changed since."""
    kind = KINDS[taken.kind]
    if taken.texts is None:
        block_edits.remove(kind, acta, taken.row, taken.version)
    else:
        block_edits.save(kind, acta, taken.row, taken.version, taken.texts, by)
    _decide(acta, slug, taken.decided, taken.row if taken.texts is not None else None)


def _decide(acta: Acta, slug: str, digest: str, row: int | None) -> None:
    ProposalDecision.objects.update_or_create(
        acta=acta, slug=slug, defaults={"digest": digest, "row": row}
    )
