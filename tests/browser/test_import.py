"""The seed's annex, as printed, becomes the plan of another year in Chromium."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from django.core.management import call_command
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from poa.models import OperatingPlan
from tests.browser.test_plan_journey import SECRETARY, told
from tests.poa.plan_import.printed import printed_workbook, saved

pytestmark = pytest.mark.browser


def load_demo() -> None:
    """For this file alone: two that name the same function share its data, and both add 2020."""
    call_command("load_demo", accounts=True, verbosity=0)


def review(page: Page, path: Path) -> None:
    page.goto("/poa/2019/importar/")
    page.get_by_label("Año del plan").fill("2020")
    page.get_by_label("Libro de Excel").set_input_files(path)
    page.get_by_role("button", name="Revisar el libro").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Qué haría este libro en el POA 2020")


def figure(page: Page, label: str) -> str:
    tile = page.locator(".figure", has_text=re.compile(rf"\d\s*{label}$"))
    return tile.locator(".figure-value").inner_text()


@pytest.mark.parametrize("transactional_db", [load_demo], indirect=True, ids=["import"])
def test_the_printed_annex_becomes_a_plan(transactional_db, open_page, tmp_path):
    path = tmp_path / "anexo-1.xlsx"
    path.write_bytes(saved(printed_workbook()))
    page = open_page("/poa/2019/importar/", SECRETARY)
    review(page, path)
    assert (figure(page, "errores"), figure(page, "avisos")) == ("0", "18")
    warned = page.get_by_role("table", name="Avisos del libro")
    expect(warned.get_by_role("row", name="A1")).to_contain_text("El título es del POA 2019")
    expect(warned.get_by_role("row", name="J14")).to_contain_text("LA 2.1.1 no corresponde a E 1.8")
    expect(warned.get_by_role("row", name="L11")).to_contain_text(
        "Repetida: ¿es la misma que la de L9?"
    )
    with page.expect_download() as download:
        page.get_by_role("link", name="Descargar el libro con comentarios").click()
    commented = load_workbook(BytesIO(Path(download.value.path()).read_bytes()))["Anexo 1"]
    assert commented["J14"].comment.text.startswith("Aviso: LA 2.1.1 no corresponde a E 1.8.")
    page.get_by_label("Leí los 18 avisos").check()
    page.get_by_role("button", name="Importar al POA 2020").click()
    told(page, "Se importó «anexo-1.xlsx»")
    plan = OperatingPlan.objects.get(year=2020)
    of_lines = plan.indicators.of_lines()
    assert (of_lines.values("line").distinct().count(), of_lines.count()) == (9, 12)
    review(page, path)
    expect(page.get_by_text("No hay nada que importar")).to_be_visible()
    expect(page.get_by_role("button", name="Importar al POA 2020")).to_have_count(0)
