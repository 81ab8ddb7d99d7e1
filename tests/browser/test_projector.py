"""A plan on the wall: turned by keyboard or by a presenter's remote, without leaving the page."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_slides_turn_by_keyboard(open_page):
    page = open_page("/poa/2019/proyector/")
    title = page.get_by_role("heading", level=1)
    expect(title).to_contain_text("LA 1.4.4")
    for key, shown in (
        ("ArrowRight", "LA 1.8.5"),
        (" ", "LA 2.1.4"),
        ("PageDown", "LA 2.1.7"),
        ("ArrowRight", "LA 2.1.7"),
        ("PageUp", "LA 2.1.4"),
        ("ArrowLeft", "LA 1.8.5"),
    ):
        page.keyboard.press(key)
        expect(title).to_contain_text(shown)
    page.go_back()
    expect(title).to_contain_text("LA 2.1.4")
    page.get_by_role("link", name="Eje estratégico").click()
    expect(title).to_contain_text("EE 1")
