"""Two texts compared word by word: what stays, what goes and what comes, in bounded time."""

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

# Longer stretches are shown as gone and come, whole: comparing their words could take minutes.
MOST_PARAGRAPHS = 2_000
MOST_WORDS = 2_000
PILCROW = " ¶"
# A word or a sign with the space before it, or a line end.
_WORD = re.compile(r"\n|[^\S\n]*(?:\w+|[^\w\s])|[^\S\n]+")


class Change(StrEnum):
    SAME = "same"
    GONE = "gone"
    COME = "come"


@dataclass(frozen=True)
class Piece:
    change: Change
    text: str


@dataclass(frozen=True)
class Paragraph:
    """``pieces`` in reading order; a paragraph that did not change is one piece."""

    pieces: tuple[Piece, ...]

    @property
    def is_same(self) -> bool:
        return all(piece.change is Change.SAME for piece in self.pieces)


def compare(old: Sequence[str], new: Sequence[str]) -> list[Paragraph]:
    """The paragraphs of both texts, each once where they agree."""
    return [
        Paragraph(pieces)
        for tag, gone, come in _stretches(old, new, MOST_PARAGRAPHS)
        for pieces in (
            [(Piece(Change.SAME, line),) for line in gone]
            if tag == "equal"
            else _changed(gone, come)
        )
    ]


def _stretches(
    old: Sequence[str], new: Sequence[str], most: int
) -> Iterator[tuple[str, Sequence[str], Sequence[str]]]:
    """Stretches of both that are "equal" or not, beginnings and ends in common set apart first."""
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    a, b = old[start : len(old) - end], new[start : len(new) - end]
    yield "equal", old[:start], old[:start]
    if max(len(a), len(b)) > most:
        yield "replace", a, b
    else:
        for tag, a1, a2, b1, b2 in difflib.SequenceMatcher(None, a, b).get_opcodes():
            yield tag, a[a1:a2], b[b1:b2]
    yield "equal", old[len(old) - end :], old[len(old) - end :]


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    for place, (a, b) in enumerate(zip(old, new, strict=False)):
        if a != b:
            return place
    return min(len(old), len(new))


def _changed(gone: Sequence[str], come: Sequence[str]) -> Iterator[tuple[Piece, ...]]:
    """Paragraphs that differ, word by word; a new one starts where either text starts one."""
    words, others = (_WORD.findall("\n".join(lines)) for lines in (gone, come))
    pieces: list[Piece] = []
    for tag, old, new in _stretches(words, others, MOST_WORDS):
        changes = [(Change.SAME, old)]
        if tag != "equal":
            changes = [(Change.GONE, old), (Change.COME, new)]
        for change, word in ((change, word) for change, found in changes for word in found):
            if word != "\n":
                pieces.append(Piece(change, word))
                continue
            # Two paragraphs that were joined or parted, and say the same.
            if change is not Change.SAME and any(piece.change is not change for piece in pieces):
                pieces.append(Piece(change, PILCROW))
            yield from _whole(pieces)
            pieces = []
    yield from _whole(pieces)


def _whole(pieces: list[Piece]) -> Iterator[tuple[Piece, ...]]:
    """Neighbouring pieces of the same change in one."""
    if pieces:
        yield tuple(
            Piece(change, "".join(piece.text for piece in run))
            for change, run in groupby(pieces, key=lambda piece: piece.change)
        )
