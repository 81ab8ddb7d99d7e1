"""A flow of plain parts → a text file to be read in any editor: 78 columns, numbers in a margin."""

import textwrap
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from cnlctf.lib import text
from cnlctf.lib.flow import Flow, Grid, Heading, Landscape, Numbered, Part, Prose
from cnlctf.lib.grid import Cell, Row, Table

WIDTH = 78
GAP = 2
# Wider tables are told row by row, each value after its column's name.
MANY_COLUMNS = 4
RULES = {1: "=", 2: "-"}


def write(flow: Flow) -> str:
    """The text, ending in a line end; what is bold or in italics loses it."""
    head = [*flow.marks, "", flow.overline, flow.title.upper()]
    if flow.notice:
        notice = f"*** {flow.notice.upper()} ***"
        head += ["", notice]
    lines = [line for words in head for line in _centred(words)]
    for part in flow.parts:
        lines += _lines(part)
    if flow.notice:
        lines += ["", *_centred(notice)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _centred(words: str) -> list[str]:
    return [line.center(WIDTH) for line in textwrap.wrap(words, WIDTH)] or [""]


def _lines(part: Part) -> Iterator[str]:
    match part:
        case Heading(level, words):
            title = _wrap(text.to_plain(words).upper() if level == 1 else text.to_plain(words))
            yield from ["", *([""] if level == 1 else []), *title]
            if rule := RULES.get(level):
                yield rule * max(map(len, title))
        case Prose(words):
            yield from _prose(words)
        case Numbered(number, words, level):
            margin = " " * (4 * (level - 1))
            first, _, others = words.partition("\n")
            sign = f"{margin}{number:<4} "
            yield ""
            yield from _wrap(text.to_plain(first), sign, " " * len(sign))
            yield from _prose(others, " " * len(sign))
        case Grid(table):
            yield ""
            yield from _table(table)
        case Landscape():
            yield ""


def _prose(markup: str, margin: str = "") -> Iterator[str]:
    for line in text.parse(markup):
        words = "".join(run.text for run in line.runs)
        if not words.strip():
            continue
        sign = text.bullet_sign(line)
        if not sign:
            yield ""
        yield from _wrap(words, margin + sign, margin + " " * len(sign))


def _wrap(words: str, first: str = "", others: str = "", width: int = WIDTH) -> list[str]:
    return textwrap.wrap(
        words,
        width,
        initial_indent=first,
        subsequent_indent=others,
        break_on_hyphens=False,
    ) or [first.rstrip()]


def _table(table: Table) -> Iterator[str]:
    if len(table.widths) > MANY_COLUMNS:
        yield from _records(table)
        return
    widths = _widths(table)
    for row in table.head:
        yield from _row(row, widths)
        yield (" " * GAP).join("-" * width for width in widths)
    for number, row in enumerate(table.body):
        # What heads a group of rows stands apart from the one before.
        if number and len(row.cells) < len(widths):
            yield ""
        yield from _row(row, widths)


def _widths(table: Table) -> list[int]:
    """Each column's letters: its share, and not more than its longest text."""
    room = WIDTH - GAP * (len(table.widths) - 1)
    return [room * share // sum(table.widths) for share in table.widths]


def _row(row: Row, widths: list[int]) -> Iterator[str]:
    column, columns, spans = 0, [], []
    for cell in row.cells:
        covered = widths[column : column + cell.colspan]
        spans.append(sum(covered) + GAP * (len(covered) - 1))
        columns.append(_wrap(_words(cell), width=spans[-1]))
        column += cell.colspan
    for line in zip_longest(*columns, fillvalue=""):
        yield (" " * GAP).join(f"{words:<{span}}" for words, span in zip(line, spans, strict=True))


def _records(table: Table) -> Iterator[str]:
    """Each row as lines «column: value», what merged cells say told again in each row of theirs."""
    names = _names(table)
    for number, cells in enumerate(_filled(table.body, len(table.widths)), 1):
        yield f"[{number}]"
        for name, cell in zip(names, cells, strict=True):
            if cell and _words(cell):
                yield from _wrap(f"{name}: {_words(cell)}", "    ", "      ")
        yield ""


def _names(table: Table) -> list[str]:
    """Each column's heads from top to bottom, a merged one once."""
    rows = list(_filled(table.head, len(table.widths)))
    names = []
    for column in zip(*rows, strict=True):
        heads: dict[int, str] = {id(cell): _words(cell) for cell in column if cell}
        names.append(" / ".join(dict.fromkeys(filter(None, heads.values()))))
    return names


def _filled(rows: Iterable[Row], columns: int) -> Iterator[list[Cell | None]]:
    """The cell that each place shows, merged ones in all of theirs."""
    left: list[tuple[Cell | None, int]] = [(None, 0)] * columns
    for row in rows:
        cells = iter(row.cells)
        column = 0
        while column < columns:
            shown, more = left[column]
            if more:
                left[column] = shown, more - 1
                column += 1
            elif cell := next(cells, None):
                for covered in range(column, min(column + cell.colspan, columns)):
                    left[covered] = cell, cell.rowspan - 1
                column += cell.colspan
            else:
                left[column] = None, 0
                column += 1
        yield [shown for shown, _ in left]


def _words(cell: Cell) -> str:
    return " ".join(text.to_plain(cell.text).split())
