"""What a proposal is, what it is written from, and who writes them."""

import datetime
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sessions.proposals.patterns import PATTERNS, Pattern, Patterns

if TYPE_CHECKING:
    from sessions.models import Acta, Letterhead, Session


@dataclass(frozen=True)
class Occasion:
    """The acta that is written, and the time that its reports tell of: after ``since``, up to
    ``day``, the session's own. ``before`` is the session before it, if any is known.
    """

    acta: "Acta"
    session: "Session"
    day: datetime.date
    letterhead: "Letterhead"
    before: "Session | None"
    since: datetime.date
    patterns: Patterns


@dataclass(frozen=True)
class Proposal:
    """``kind`` is the block's (see ``blocks.KINDS``) and ``texts`` its fields, in its markup.

    ``place`` is the number that a new report takes among the others.
    """

    slug: str
    name: str
    kind: str
    texts: Mapping[str, str]
    place: int = 1

    @property
    def digest(self) -> str:
        """What tells this text from any other."""
        return hashlib.sha256(json.dumps(dict(self.texts)).encode()).hexdigest()


Source = Callable[[Occasion], Iterable[Proposal]]

SOURCES: list[Source] = []


def register(source: Source, *, patterns: Iterable[Pattern] = ()) -> None:
    """Add a source, once, with the patterns of its sentences."""
    if source not in SOURCES:
        SOURCES.append(source)
    register_patterns(patterns)


def register_patterns(patterns: Iterable[Pattern]) -> None:
    """Let the commission word these sentences as well, though no acta proposes them."""
    PATTERNS.update({pattern.slug: pattern for pattern in patterns})
