"""A workbook given back with comments, and all the rest as it was."""

from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment

from cnlctf.lib.workbook_comments import MAX_LENGTH, with_comments
from tests.lib.workbooks import saved


def workbook() -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Anexo 1"
    sheet["A1"] = CellRichText(TextBlock(InlineFont(b=True), "SUNAFIL"), "/ MTPE")
    sheet["B2"], sheet["C1"] = "26 %", "=1+1"
    sheet["B2"].comment = Comment("Ya avisado", "Teresa")
    sheet.merge_cells("D1:E2")
    return saved(book)


def reopened(comments):
    content = with_comments(workbook(), comments)
    return load_workbook(BytesIO(content), rich_text=True)["Anexo 1"]


def test_comments_stand_in_their_cells_above_those_that_were_there():
    sheet = reopened({("Anexo 1", "B2"): "No coincide."})
    assert sheet["B2"].comment.text == "No coincide.\n\nYa avisado"
    assert sheet["B2"].fill.start_color.rgb.endswith("FFF2B3")


def test_the_rest_is_as_it_was():
    sheet = reopened({("Anexo 1", "B2"): "No coincide."})
    assert isinstance(sheet["A1"].value, CellRichText)
    assert sheet["A1"].comment is None
    assert sheet["C1"].value == "=1+1"
    assert [str(one) for one in sheet.merged_cells.ranges] == ["D1:E2"]


def test_of_the_sheet_as_a_whole_in_its_first_cell():
    assert reopened({("Anexo 1", ""): "Faltan columnas."})["A1"].comment.text == "Faltan columnas."


def test_places_that_take_no_comment_are_passed_over():
    sheet = reopened({("Anexo 1", "E2"): "x", ("Otra", "A1"): "x"})
    assert sheet["E2"].comment is None


def test_long_ones_are_cut():
    assert len(reopened({("Anexo 1", "B2"): "a" * 5000})["B2"].comment.text) == MAX_LENGTH
