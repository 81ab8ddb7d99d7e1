"""Workbooks that no Excel would write, made by changing the parts of one that it would."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

SHEET = "xl/worksheets/sheet1.xml"
ROW = '<row r="{0}"><c r="A{0}"><v>1</v></c></row>'


def saved(workbook: Workbook) -> bytes:
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()


def plain(*rows: list[object]) -> bytes:
    workbook = Workbook()
    for row in rows:
        workbook.worksheets[0].append(row)
    return saved(workbook)


def rewritten(content: bytes, parts: dict[str, Callable[[bytes], bytes] | bytes]) -> bytes:
    """With parts changed by a function, or new."""
    result = BytesIO()
    with ZipFile(BytesIO(content)) as before, ZipFile(result, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            part = parts.pop(name, None)
            data = before.read(name)
            after.writestr(name, part(data) if callable(part) else part or data)
        for name, part in parts.items():
            after.writestr(name, part if isinstance(part, bytes) else part(b""))
    return result.getvalue()


def sheet_of_rows(count: int) -> bytes:
    """A sheet of so many rows, written without openpyxl, which takes its time."""
    rows = "".join(ROW.format(number) for number in range(1, count + 1))
    return (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{rows}</sheetData></worksheet>"
    ).encode()
