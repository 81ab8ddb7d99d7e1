"""Two versions of an acta side by side: section by section, and in each word by word."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cnlctf.lib.compare import Paragraph, compare
from cnlctf.lib.flow import Grid, Heading, Landscape, Numbered, Part, Prose
from cnlctf.lib.text import to_plain
from sessions.acta_data import ActaDocument
from sessions.acta_flow import sections


@dataclass(frozen=True)
class Stretch:
    """Paragraphs that changed, after so many that did not."""

    skipped: int
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True)
class SectionComparison:
    """``unchanged`` counts what follows the last stretch; without any stretch, nothing changed."""

    anchor: str
    title: str
    stretches: tuple[Stretch, ...]
    unchanged: int


def compare_actas(old: ActaDocument, new: ActaDocument) -> list[SectionComparison]:
    """Every section that either has, in the order of the newer one."""
    before, after = dict(sections(old)), dict(sections(new))
    return [
        _compared(anchor, before.get(anchor, ()), after.get(anchor, ()))
        for anchor in (*after, *(anchor for anchor in before if anchor not in after))
    ]


def lines(parts: Iterable[Part]) -> list[str]:
    """What the parts say, a paragraph or a row of a table in each line; blank ones left out."""
    return [line for part in parts for line in _lines(part) if line.strip()]


def _compared(anchor: str, old: tuple[Part, ...], new: tuple[Part, ...]) -> SectionComparison:
    title = next(part for part in new or old if isinstance(part, Heading))
    stretches: list[Stretch] = []
    same = 0
    changed: list[Paragraph] = []
    before, after = (lines(part for part in parts if part != title) for parts in (old, new))
    for paragraph in compare(before, after):
        if paragraph.is_same:
            if changed:
                stretches.append(Stretch(same, tuple(changed)))
                same, changed = 0, []
            same += 1
        else:
            changed.append(paragraph)
    if changed:
        stretches.append(Stretch(same, tuple(changed)))
        same = 0
    return SectionComparison(anchor, to_plain(title.text), tuple(stretches), same)


def _lines(part: Part) -> Iterator[str]:
    match part:
        case Heading(_, words) | Prose(words) | Numbered(_, words):
            yield from to_plain(words).split("\n")
        case Grid(table):
            for row in table.body:
                yield " · ".join(to_plain(cell.text) for cell in row.cells).replace("\n", " ")
        case Landscape():
            pass
