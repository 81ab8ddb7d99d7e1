"""The papers that go with a convocatoria, as plain data, and what changed of them since."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from typing import Protocol

from django.conf import settings

from cnlctf.lib.upload import size_in_words
from sessions.models import AgendaItem


@dataclass(frozen=True)
class Paper:
    """``number`` is its place among all of the convocatoria and ``file`` the stored file's key.

    ``size`` is in bytes.
    """

    number: int
    title: str
    kind: str
    size: int
    sha256: str
    file: int

    @property
    def size_words(self) -> str:
        return size_in_words(self.size)


class Point(Protocol):
    """A point of the orden del día, as far as its papers go."""

    @property
    def plain(self) -> str: ...

    @property
    def papers(self) -> tuple[Paper, ...]: ...


def papers_of(agenda: Iterable[AgendaItem]) -> list[tuple[Paper, ...]]:
    """Those of each point, with ``papers`` at hand, numbered through the whole agenda."""
    numbers = count(1)
    return [
        tuple(
            Paper(
                number=next(numbers),
                title=paper.title,
                kind=paper.file.get_kind_display(),
                size=paper.file.size,
                sha256=paper.file.sha256,
                file=paper.file_id,
            )
            for paper in item.papers.all()
        )
        for item in agenda
    ]


def fit_in_a_message(papers: Iterable[Paper]) -> bool:
    """Whether they may go with an e-mail: servers turn away the heavy ones."""
    return sum(paper.size for paper in papers) <= settings.MAIL_PAPERS_MAX_BYTES


def changes_of_papers(before: Iterable[Point], now: Iterable[Point]) -> list[str]:
    """What changed of the papers, a sentence each; a point that is gone takes its own along."""
    old = _by_point(before)
    found = []
    for number, point in enumerate(now, 1):
        had = old.get(point.plain, {})
        has = {paper.title: paper for paper in point.papers}
        found += [
            f"Se retira el documento «{title}» del punto {number}."
            for title in had
            if title not in has
        ]
        for title, paper in has.items():
            if title not in had:
                found.append(f"Se añade el documento «{title}» al punto {number}.")
            elif had[title].sha256 != paper.sha256:
                found.append(f"Se reemplaza el documento «{title}» del punto {number}.")
    return found


def _by_point(points: Iterable[Point]) -> dict[str, dict[str, Paper]]:
    by_point: dict[str, dict[str, Paper]] = defaultdict(dict)
    for point in points:
        by_point[point.plain] |= {paper.title: paper for paper in point.papers}
    return by_point
