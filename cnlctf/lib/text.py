"""The acta's small markup: a line is a paragraph or a bullet, with bold, italics and links in it.

``- `` opens a bullet and two spaces before it one of the second level; ``**bold**``, ``_italics_``
at word borders, ``[words](https://…)`` for http, https and mailto. A backslash takes the meaning
from the sign after it. Anything else is literal: "2019.", "a/", "* Noviembre:", "1.1.".
Every function takes time proportional to the text, also for hostile ones.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.utils.html import escape as html_escape
from django.utils.safestring import SafeString, mark_safe


@dataclass(frozen=True)
class Run:
    """A stretch of literal text that looks the same from end to end."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""


@dataclass(frozen=True)
class Paragraph:
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Bullet:
    """``level`` is 1 or 2."""

    level: int
    runs: tuple[Run, ...]


Line = Paragraph | Bullet

_LINE_END = re.compile(r"\r\n|\r|\n")
_SIGNS = {1: "- ", 2: "  - "}
_BULLET = re.compile(r"(?: {2})?- ")
# A URL may hold one pair of parentheses inside another pair, as encyclopaedias' do. Possessive
# quantifiers: the alternatives exclude each other, so giving characters back cannot help.
_MARK = re.compile(
    r"""
      \\(?P<literal>[\\*_\[\]-])
    | (?P<bold>\*\*)
    | (?P<italic>_)
    | (?P<link>\[)
    | \]\((?P<href>(?i:https?://|mailto:)(?:[^\s()<>\\]|\([^\s()<>\\]*+\))++)\)
    """,
    re.VERBOSE,
)
# Where none of these is, nothing needs reading: a workbook has thousands of such cells.
_MAY_BE_MARKUP = re.compile(r"[\\*_\[\r\n]|\A(?: {2})?- ")
_SPACES = re.compile(r"\s*+")
_NEEDS_ESCAPE = re.compile(
    r"""
      \\ | \[
    | (?<=\*)\* | \*(?=\*)
    | (?<![^\W_])_ | _(?![^\W_])   # inside a word it is literal anyway
    | (?:(?<![^\r\n]) | (?<=(?<![^\r\n])\ {2})) -(?=\ )   # at the start of a line
    """,
    re.VERBOSE,
)


def parse(source: str) -> tuple[Line, ...]:
    """One Paragraph or Bullet per line, blank lines included."""
    lines: list[Line] = []
    for line in _LINE_END.split(source):
        if bullet := _BULLET.match(line):
            lines.append(Bullet(2 if bullet[0].startswith(" ") else 1, runs(line[bullet.end() :])))
        else:
            lines.append(Paragraph(runs(line)))
    return tuple(lines)


def is_literal(source: str) -> bool:
    """True for one line without any markup; False does not say that there is some."""
    return not _MAY_BE_MARKUP.search(source)


def runs(line: str) -> tuple[Run, ...]:
    """The inline markup of one line; a mark without its partner is literal."""
    return tuple(
        Run("".join(piece.text for piece in pieces), *look)
        for look, pieces in groupby(_pieces(line), lambda run: (run.bold, run.italic, run.href))
    )


def to_html(source: str) -> SafeString:
    """``<p>`` and nested ``<ul>``; blank lines separate nothing and leave no mark."""
    lines = (line for line in parse(source) if not all(run.text.isspace() for run in line.runs))
    return mark_safe(  # noqa: S308  (every run passes through html_escape)
        "".join(
            _list_html(group)
            if kind is Bullet
            else "".join(f"<p>{_inline(line.runs)}</p>" for line in group)
            for kind, group in groupby(lines, type)
        )
    )


def inline_html(source: str) -> SafeString:
    """For headings and table cells: only the inline markup, line ends as ``<br>``."""
    lines = (_inline(runs(line)) for line in _LINE_END.split(source))
    return mark_safe("<br>".join(lines))  # noqa: S308  (as above)


def to_plain(source: str) -> str:
    """The words alone; bullets keep their hyphens."""
    return "\n".join(
        bullet_sign(line) + "".join(run.text for run in line.runs) for line in parse(source)
    )


def bullet_sign(line: Line) -> str:
    """What a bullet starts with in the source and in plain text; nothing for a paragraph."""
    return _SIGNS[line.level] if isinstance(line, Bullet) else ""


def escape(plain: str) -> str:
    r"""The source that reads as ``plain``: ``to_plain(escape(s)) == s`` (``\r`` becomes ``\n``)."""
    return _NEEDS_ESCAPE.sub(r"\\\g<0>", plain)


def _list_html(bullets: Iterable[Line]) -> str:
    items: list[tuple[str, list[str]]] = []
    for bullet in bullets:
        html = _inline(bullet.runs)
        if items and isinstance(bullet, Bullet) and bullet.level == 2:
            items[-1][1].append(f"<li>{html}</li>")
        else:
            items.append((html, []))
    return "".join(
        [
            "<ul>",
            *(
                f"<li>{html}<ul>{''.join(inner)}</ul></li>" if inner else f"<li>{html}</li>"
                for html, inner in items
            ),
            "</ul>",
        ]
    )


def _inline(line: tuple[Run, ...]) -> str:
    html = ""
    for href, linked in groupby(line, lambda run: run.href):
        words = ""
        for bold, group in groupby(linked, lambda run: run.bold):
            inner = "".join(
                f"<em>{html_escape(run.text)}</em>" if run.italic else html_escape(run.text)
                for run in group
            )
            words += f"<strong>{inner}</strong>" if bold else inner
        html += f'<a href="{html_escape(href)}">{words}</a>' if href else words
    return html


def _pieces(line: str) -> Iterator[Run]:
    marks = list(_MARK.finditer(line))
    partners = _pair(line, marks)
    # Bold within bold is still one bold: count what is open.
    depth: Counter[str] = Counter()
    href = ""
    end = 0
    for index, mark in enumerate(marks):
        bold, italic = depth["bold"] > 0, depth["italic"] > 0
        if mark.start() > end:
            yield Run(line[end : mark.start()], bold, italic, href)
        end = mark.end()
        kind = mark.lastgroup or ""
        if index not in partners:
            yield Run(mark["literal"] or mark[0], bold, italic, href)
        elif kind == "link":
            href = marks[partners[index]]["href"]
        elif kind == "href":
            href = ""
        else:
            depth[kind] += 1 if partners[index] > index else -1
    if end < len(line):
        yield Run(line[end:])


def _pair(line: str, marks: list[re.Match[str]]) -> dict[int, int]:
    """Index of each paired mark → index of its partner; pairs nest and never cross."""
    partners: dict[int, int] = {}
    waiting: list[tuple[int, str]] = []
    count: Counter[str] = Counter()
    # A link within a link means nothing: brackets before the last link's end are literal.
    last_link = -1

    def pop() -> int:
        index, kind = waiting.pop()
        if kind != "link" or index > last_link:
            count[kind] -= 1
        return index

    for index, mark in enumerate(marks):
        kind = "link" if mark.lastgroup == "href" else mark.lastgroup or ""
        if count[kind] and _can_close(line, mark):
            # Whatever opened in between would cross this pair: it stays literal.
            while waiting[-1][1] != kind:
                pop()
            opener = waiting[-1][0]
            if not _is_blank(line, marks[opener].end(), mark.start()):
                pop()
                partners[opener], partners[index] = index, opener
                if kind == "link":
                    last_link = index
                    count["link"] = 0
                continue
        if _can_open(line, mark):
            waiting.append((index, kind))
            count[kind] += 1
    return partners


def _can_open(line: str, mark: re.Match[str]) -> bool:
    before, after = _around(line, mark)
    match mark.lastgroup:
        case "bold":
            return not after.isspace()
        case "italic":
            return not (_is_word(before) or after.isspace() or after == "_")
        case kind:
            return kind == "link"


def _can_close(line: str, mark: re.Match[str]) -> bool:
    before, after = _around(line, mark)
    match mark.lastgroup:
        case "bold":
            return not before.isspace()
        case "italic":
            return not (_is_word(after) or before.isspace() or before == "_")
        case kind:
            return kind == "href"


def _around(line: str, mark: re.Match[str]) -> tuple[str, str]:
    """The characters before and after, a space standing for the line's ends."""
    before = line[mark.start() - 1] if mark.start() else " "
    after = line[mark.end()] if mark.end() < len(line) else " "
    return before, after


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _is_blank(line: str, start: int, end: int) -> bool:
    return _SPACES.match(line, start, end).end() == end  # type: ignore[union-attr]
