"""The orden del día is written and ordered without a mouse, and the focus follows the point."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect

from tests.browser.test_accessibility import FINDINGS, WCAG

pytestmark = pytest.mark.browser


@pytest.fixture
def page(open_page):
    """The agenda of a session of its own, with the points A, B and C."""
    page = open_page("/sesiones/nueva/?clase=extraordinaria&fecha=2020-05-21", "secretaria")
    for box in page.get_by_role("checkbox").all():
        box.uncheck()
    page.get_by_role("button", name="Programar la sesión").press("Enter")
    expect(page.get_by_text("El orden del día está vacío")).to_be_visible()
    for title in "ABC":
        page.get_by_label("Asunto").fill(title)
        page.get_by_role("button", name="Agregar").press("Enter")
        expect(page.locator(".point-title").last).to_have_text(title)
    return page


def test_a_point_is_moved_by_keyboard(page):
    titles = page.locator(".point-title")
    page.get_by_role("button", name="Bajar el punto 1").focus()
    page.keyboard.press("Enter")
    expect(titles).to_have_text(["B", "A", "C"])
    expect(page.get_by_role("status")).to_have_text("Ahora es el punto 2.")
    expect(page.get_by_role("button", name="Bajar el punto 2")).to_be_focused()
    page.keyboard.press("Space")
    expect(titles).to_have_text(["B", "C", "A"])
    # There is no way further down: the focus is on the way back.
    expect(page.get_by_role("button", name="Subir el punto 3")).to_be_focused()
    page.keyboard.press("Enter")
    expect(titles).to_have_text(["B", "A", "C"])
    page.evaluate(AXE_SCRIPT)
    assert page.evaluate(FINDINGS, WCAG) == []
