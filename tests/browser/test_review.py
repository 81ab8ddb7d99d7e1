"""The reviewer of a draft, by keyboard: set a finding aside, take it back, go to its place."""

import re

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect

from tests.browser.test_accessibility import FINDINGS, WCAG

pytestmark = pytest.mark.browser

REVIEW = "/sesiones/so-121/acta/revision/"


@pytest.fixture
def page(open_page):
    return open_page(REVIEW, "secretaria")


def test_a_finding_is_dismissed_and_taken_back(page):
    finding = page.locator(".finding", has_text="No hay informes.")
    finding.locator("summary").press("Enter")
    finding.get_by_label("Por qué se descarta").fill("Los sectores no informaron nada.")
    page.evaluate(AXE_SCRIPT)
    assert page.evaluate(FINDINGS, WCAG) == []
    finding.get_by_role("button", name="Descartar la observación").press("Enter")
    dismissed = page.locator(".dismissed")
    dismissed.locator("summary").press("Enter")
    expect(dismissed).to_contain_text("«Los sectores no informaron nada.»")
    page.evaluate(AXE_SCRIPT)
    assert page.evaluate(FINDINGS, WCAG) == []
    dismissed.get_by_role("button", name="Volver a revisar").press("Enter")
    expect(page.get_by_role("status")).to_have_text("La observación vuelve a estar por revisar.")
    expect(dismissed).to_have_count(0)


def test_a_finding_leads_to_its_place(page):
    page.get_by_role("link", name="Oración de cierre", exact=True).press("Enter")
    expect(page).to_have_url(re.compile(r"/acta/#suscripcion$"))
    expect(page.locator("#suscripcion")).to_be_in_viewport()
    page.goto(REVIEW)
    page.locator(".finding", has_text="Oración de cierre").get_by_role("link").last.press("Enter")
    expect(page).to_have_url(re.compile(r"/acta/editar/#suscripcion$"))
    expect(page.locator("#suscripcion")).to_be_in_viewport()
