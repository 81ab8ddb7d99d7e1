"""What a rule remarks on, and the finding made of it."""

import hashlib
from dataclasses import dataclass

from sessions.review.facts import Block

CONTEXT = 90


@dataclass(frozen=True)
class Excerpt:
    """The words concerned, marked within those around them."""

    before: str
    marked: str
    after: str


@dataclass(frozen=True)
class Remark:
    """What is wrong, where, and how to mend it.

    ``concerns`` is the text or the data remarked on: a dismissal holds while they stay the same.
    What blocks comes from data alone; whatever is read in prose may be mistaken, so a person can
    set it aside.
    """

    block: Block
    message: str
    remedy: str
    concerns: str
    excerpt: Excerpt | None = None
    is_blocking: bool = False


@dataclass(frozen=True)
class Finding:
    rule: str
    title: str
    remark: Remark
    fingerprint: str


def excerpt(text: str, start: int, end: int) -> Excerpt:
    """The stretch of the text with the words around it, cut between words."""
    first, last = max(start - CONTEXT, 0), min(end + CONTEXT, len(text))
    before, after = text[first:start], text[end:last]
    if first:
        before = "…" + before.partition(" ")[2]
    if last < len(text):
        after = after.rpartition(" ")[0] + "…"
    return Excerpt(before, text[start:end], after)


def beginning(text: str) -> Excerpt:
    """How the text starts, with nothing marked in it."""
    return excerpt(text, 0, 0)


def fingerprint(rule: str, concerns: str, repetition: int) -> str:
    """A digest of the rule and of what it concerns; ``repetition`` tells equal ones apart."""
    return hashlib.sha256(f"{rule}\n{repetition}\n{concerns}".encode()).hexdigest()
