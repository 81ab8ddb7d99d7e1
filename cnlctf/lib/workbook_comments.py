"""A workbook given back with what is wrong written in its cells, and all the rest as it was."""

from collections.abc import Mapping
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

AUTHOR = "CNLCTF"
FILL = "FFF2B3"
MAX_COMMENTS = 2_000
MAX_LENGTH = 1_000


def with_comments(content: bytes, comments: Mapping[tuple[str, str], str]) -> bytes:
    """Write each comment into its (sheet, cell), which is tinted; a cell of «» is the sheet's A1.

    ``content`` has been read by ``cnlctf.lib.workbook_reading`` before, whose limits hold here.
    """
    workbook = load_workbook(BytesIO(content), rich_text=True, keep_links=False)
    for (title, place), text in list(comments.items())[:MAX_COMMENTS]:
        if title not in workbook.sheetnames:
            continue
        cell = workbook[title][place or "A1"]
        if isinstance(cell, Cell):
            # What someone else had noted there stays, below.
            before = f"\n\n{cell.comment.text}" if cell.comment else ""
            note = f"{text}{before}"[:MAX_LENGTH]
            lines = note.count("\n") + len(note) // 38 + 2
            cell.comment = Comment(note, AUTHOR, height=min(18 * lines, 400), width=300)
            cell.fill = PatternFill("solid", start_color=FILL)
    result = BytesIO()
    workbook.save(result)
    return result.getvalue()
