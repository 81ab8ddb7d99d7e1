"""A table of plain cells as the grid that it covers."""

from cnlctf.lib.grid import Cell, Row


def filled(rows: tuple[Row, ...], width: int) -> list[list[Cell]]:
    """Every place of the grid with the cell that covers it, each place covered once."""
    grid: list[list[Cell | None]] = [[None] * width for _ in rows]
    for top, row in enumerate(rows):
        for cell in row.cells:
            left = grid[top].index(None)
            for down in range(top, top + cell.rowspan):
                for right in range(left, left + cell.colspan):
                    assert grid[down][right] is None
                    grid[down][right] = cell
    assert all(cell is not None for row in grid for cell in row)
    return grid  # type: ignore[return-value]


def texts(rows: tuple[Row, ...], width: int) -> list[list[str]]:
    return [[cell.text for cell in row] for row in filled(rows, width)]
