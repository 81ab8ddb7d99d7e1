"""A plan of 2020 in Chromium: from that of 2019 to the version with a goal that MINAM adjusted."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from poa.choices import PlanState
from poa.models import OperatingPlan
from tests.browser.evaluating import evaluate_half_a_year
from tests.browser.reporting import report_half_a_year

pytestmark = pytest.mark.browser

SECRETARY, REPRESENTATIVE = "secretaria", "representante"
# MINAM takes part in it; the goal of 2019 was 1.
ADJUSTED = "LA 2.1.4, indicador 1"


def load_demo() -> None:
    call_command("load_demo", accounts=True, verbosity=0)


def told(page: Page, message: str) -> None:
    expect(page.locator(".messages")).to_contain_text(message)


def create_plan(page: Page) -> None:
    """All the lines of 2019 but one, with their goals."""
    expect(page.get_by_label("Año")).to_have_value("2020")
    page.get_by_label("Las mismas del plan de origen").check()
    page.get_by_label("LA 1.8.5").uncheck()
    page.get_by_role("button", name="Crear el borrador").click()
    told(page, "Se creó el borrador del plan operativo de 2020.")
    expect(page.get_by_text("1 línea de E 1.8 sin indicadores este año")).to_be_visible()


def add_indicator(page: Page) -> None:
    page.get_by_role("link", name="Añadir un indicador a LA 1.8.5").click()
    page.get_by_label("Indicador", exact=True).fill("Número de regiones con una mesa regional.")
    page.get_by_label("Unidad de medida").select_option("Región")
    page.get_by_label("Meta física").fill("4")
    page.get_by_label("Institución 1", exact=True).select_option("MTPE")
    page.get_by_label("Institución 1: participa como").select_option("Responsable")
    page.get_by_label("Institución 2", exact=True).select_option("GORES")
    page.get_by_role("button", name="Guardar").click()
    told(page, "Se guardó LA 1.8.5, indicador 1.")


def approve(page: Page) -> None:
    """Agreement 2 of SO 120 says it all: with adjustments, of both columns, until 23 January."""
    page.get_by_role("link", name="Aprobar el plan").click()
    expect(page.get_by_label("Aprobado con cargo a ajustes")).to_be_checked()
    expect(page.get_by_label("Los sectores proponen ajustes hasta")).to_have_value("2020-01-23")
    page.get_by_role("button", name="Aprobar el plan").click()
    told(page, "El plan está aprobado y es público.")
    expect(page.locator(".next-step")).to_contain_text("jueves 23 de enero de 2020")


def adjust_goal(page: Page, goal: str) -> None:
    page.get_by_role("link", name="Ajustes de mi sector").click()
    row = page.get_by_role("region", name=ADJUSTED)
    expect(page.get_by_role("region", name="LA 1.3.3, indicador 1")).to_have_count(0)
    row.locator("summary").click()
    row.get_by_label("Meta (eventos)").fill(goal)
    row.get_by_label("Motivo").fill("El sector formará a sus guardaparques.")
    row.get_by_role("button", name="Proponer").click()
    told(page, "El ajuste quedó propuesto")
    expect(row).to_contain_text("Por decidir")


def accept(page: Page) -> None:
    page.get_by_role("link", name="Decidir los ajustes").click()
    expect(page.get_by_role("article")).to_contain_text("MINAM")
    page.get_by_role("button", name=f"Aceptar el ajuste de {ADJUSTED}", exact=True).click()
    told(page, f"El ajuste de {ADJUSTED} se aceptó y ya está en el plan.")


def consolidate(page: Page) -> None:
    page.get_by_role("link", name="Consolidar los ajustes").click()
    expect(page.locator(".differences tbody tr")).to_have_count(1)
    page.get_by_role("button", name="Consolidar").click()
    told(page, "El plan está vigente, con sus ajustes consolidados.")


@pytest.mark.parametrize("transactional_db", [load_demo], indirect=True, ids=["plan"])
def test_a_whole_plan(
    transactional_db: None, open_page: Callable[..., Page], settings: Any
) -> None:
    settings.TODAY = "2020-01-20"
    page = open_page("/poa/nuevo/", SECRETARY)
    create_plan(page)
    add_indicator(page)
    approve(page)
    own = open_page("/poa/2020/", REPRESENTATIVE)
    adjust_goal(own, "3")
    page.goto("/poa/2020/")
    accept(page)
    settings.TODAY = "2020-01-24"
    consolidate(page)
    own.reload()
    expect(own.get_by_role("region", name=ADJUSTED)).to_contain_text("Aceptado")
    public = open_page("/poa/2020/versiones/")
    public.get_by_role("link", name="Ver la diferencia").click()
    cells = public.locator(".differences tbody tr").locator("td")
    expect(cells).to_have_text(["Meta física", "1", "3"])
    plan = OperatingPlan.objects.get(year=2020)
    assert (plan.state, plan.versions.count()) == (PlanState.IN_FORCE, 2)
    report_half_a_year(page, open_page, settings, REPRESENTATIVE)
    evaluate_half_a_year(page, open_page, settings)
