"""Annex 1 of SO 120 as an Excel sheet: the seed's table, as pasting it from Word leaves it."""

from io import BytesIO

from openpyxl import Workbook

from tests.poa.annex import SEED

HEAD_ROW = 3


def printed_table() -> tuple[str, list[list[str]], list[list[str]]]:
    """Title, table with its three rows of head, and what stands below it."""
    lines = SEED.read_text(encoding="utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("ANEXO 1:"))
    head = next(n for n, line in enumerate(lines) if n > start and line.startswith("ITEM\t"))
    end = next(n for n, line in enumerate(lines) if n > head and not line.strip())
    table = [line.split("\t") for line in lines[head:end]]
    below = [line.split("\t") for line in lines[end:] if line.strip()]
    return lines[start], table, below


def printed_workbook() -> Workbook:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "Anexo 1"
    title, table, below = printed_table()
    sheet["A1"] = title
    for down, row in enumerate(table, HEAD_ROW):
        for right, text in enumerate(row, 1):
            if text.strip():
                sheet.cell(down, right, text.strip())
    for column in (*range(1, 16), 20):
        sheet.merge_cells(
            start_row=HEAD_ROW, end_row=HEAD_ROW + 2, start_column=column, end_column=column
        )
    sheet.merge_cells("P3:S3")
    sheet.merge_cells("P4:Q4")
    sheet.merge_cells("R4:S4")
    # The first objective's cells reach down to where its page ended.
    for column in range(1, 10):
        sheet.merge_cells(start_row=6, end_row=10, start_column=column, end_column=column)
    for down, row in enumerate(below, HEAD_ROW + len(table) + 1):
        for right, text in enumerate(row, 1):
            if text.strip():
                sheet.cell(down, right, text.strip())
    return workbook


def saved(workbook: Workbook) -> bytes:
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()
