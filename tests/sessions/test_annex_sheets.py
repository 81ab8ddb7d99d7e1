import pytest

from cnlctf.lib.grid import Cell, Row, Table
from sessions.annex_sheets import column_shares, sheets

HEAD = (Row((Cell("Grupo", header=True), Cell("Texto", header=True))),)
# A line of this column holds some 190 letters: 20 lines.
TALL = "palabra " * 480


def table(*body: Row) -> Table:
    return Table("Cuadro", (1, 3), HEAD, body)


def test_a_short_table_is_one_sheet() -> None:
    short = table(Row((Cell("A", rowspan=2), Cell("1"))), Row((Cell("2"),)))
    assert sheets(short) == (short,)
    assert sheets(table()) == (table(),)


def test_the_shares_are_of_the_whole_width() -> None:
    assert column_shares(table()) == ["25.000%", "75.000%"]


def test_a_merged_cell_says_its_words_on_every_sheet() -> None:
    first, *others = (Row((Cell(TALL),)) for _ in range(5))
    merged = table(Row((Cell("A", rowspan=5), *first.cells)), *others)
    assert [[row.cells for row in piece.body] for piece in sheets(merged)] == [
        [(Cell("A", rowspan=2), Cell(TALL)), (Cell(TALL),)],
        [(Cell("A", rowspan=3), Cell(TALL)), (Cell(TALL),), (Cell(TALL),)],
    ]
    assert {piece.head for piece in sheets(merged)} == {HEAD}


def test_the_cut_spares_merged_cells_where_the_sheet_stays_full_enough() -> None:
    """Five short rows of A, then B: the cut comes between them, not where the sheet is full."""
    a = [Row((Cell("A", rowspan=2), Cell(TALL))), Row((Cell(TALL[:3000]),))]
    b = [Row((Cell("B", rowspan=3), Cell("x"))), Row((Cell("y"),)), Row((Cell(TALL),))]
    assert [len(piece.body) for piece in sheets(table(*a, *b))] == [2, 3]


def test_a_row_taller_than_a_sheet_has_one_of_its_own() -> None:
    giant = Row((Cell("A"), Cell(TALL * 5)))
    small = Row((Cell("B"), Cell("x")))
    assert [piece.body for piece in sheets(table(small, giant, small))] == [
        (small,),
        (giant,),
        (small,),
    ]


@pytest.mark.parametrize("rows", range(1, 30, 4))
def test_no_row_is_lost_nor_said_twice(rows: int) -> None:
    long = table(*(Row((Cell(str(n)), Cell(TALL[: 100 * n]))) for n in range(rows)))
    assert tuple(row for piece in sheets(long) for row in piece.body) == long.body
