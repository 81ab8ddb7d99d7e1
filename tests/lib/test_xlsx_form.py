"""A workbook to fill in: what is protected, what can be chosen, and what is never a formula."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from cnlctf.lib.workbook_reading import read
from cnlctf.lib.xlsx_form import FormColumn, FormSheet, write_form

COLUMNS = (
    FormColumn("INDICADOR", 30, hint="Como en el plan."),
    FormColumn("UNIDAD", 12, choices="units"),
    FormColumn("RESPONSABLES", 20, choices="institutions", strict=False),
    FormColumn("FECHA", 12),
    FormColumn("META", 9),
)
ROWS = [["=HYPERLINK(1)", "Evento", "SUNAFIL", date(2019, 11, 18), Decimal("1.5")]]
LISTS = {"units": ["Evento", "Persona"], "institutions": ["SUNAFIL"], "none": []}


def form() -> bytes:
    return write_form([FormSheet("Plan", COLUMNS, ROWS)], lists=LISTS, title="Plantilla")


@pytest.fixture(scope="module")
def sheet():
    return load_workbook(BytesIO(form()))["Plan"]


def test_headings_are_locked_and_cells_are_open(sheet):
    assert sheet.protection.sheet
    assert sheet["A1"].protection.locked
    assert not sheet["A2"].protection.locked
    assert not sheet.column_dimensions["A"].protection.locked
    assert sheet.parent.security.lockStructure


def test_rows_can_be_added_sorted_and_removed(sheet):
    protection = sheet.protection
    assert [protection.insertRows, protection.deleteRows, protection.sort] == [False] * 3


def test_lists_to_choose_from(sheet):
    chosen = {
        str(one.sqref): (one.formula1, one.showErrorMessage)
        for one in sheet.data_validations.dataValidation
    }
    assert chosen == {
        "B2:B5000": ("=Listas!$A$1:$A$2", True),
        "C2:C5000": ("=Listas!$B$1:$B$1", False),
    }
    assert sheet.parent["Listas"].sheet_state == "hidden"
    assert [cell.value for cell in sheet.parent["Listas"]["A"]] == ["Evento", "Persona"]


def test_text_is_never_a_formula(sheet):
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=HYPERLINK(1)", "s")


def test_headings_explain_themselves(sheet):
    assert sheet["A1"].comment.text == "Como en el plan."


def test_what_is_written_is_what_is_read():
    (plan,) = read(form())
    assert [cell.value for cell in plan.rows[2].values()] == ROWS[0]


def test_the_same_input_gives_the_same_bytes():
    assert form() == form()
