"""Annex 1 of SO 120 as it was read off the PDF: 12 rows of cells, three of them repeats."""

import re
from pathlib import Path

SEED = Path(__file__).parents[1] / "data" / "acta-so-120.txt"


def annex_rows() -> list[tuple[str, list[str]]]:
    """The code of each row's line, «1.3.3», and the cells after it that hold anything."""
    rows = []
    for row in SEED.read_text(encoding="utf-8").splitlines():
        if code := re.search(r"\tLA (\d\.\d\.\d)\t", row):
            cells = row[code.end() :].split("\t")
            rows.append((code[1], [cell.strip() for cell in cells if cell.strip()]))
    return rows


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def sequences(text: str, length: int = 6) -> list[tuple[str, ...]]:
    """All runs of ``length`` neighbouring words."""
    found = words(text)
    return [tuple(found[i : i + length]) for i in range(len(found) - length + 1)]
