"""The pages without a mouse."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

OUTLINE = (
    "e => { const style = getComputedStyle(e); return [style.outlineStyle, style.outlineWidth]; }"
)


def test_the_skip_link_leads_to_the_content(open_page):
    page = open_page("/sesiones/so-120/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Saltar al contenido")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("navigation", name="Ruta").get_by_role("link").first).to_be_focused()


def test_focus_is_seen(open_page):
    """Every stop on the way through a page with links, fields and buttons has its outline."""
    page = open_page("/poa/2019/matriz/")
    unseen = []
    for _ in range(25):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        style, width = focused.evaluate(OUTLINE)
        if style == "none" or float(width.removesuffix("px")) < 2:
            unseen.append(focused.evaluate("e => e.outerHTML"))
    assert unseen == []


def test_the_matrix_scrolls_by_arrow_keys(open_page):
    page = open_page("/poa/2019/matriz/")
    matrix = page.get_by_role("region", name="Matriz del Plan Operativo Anual 2019")
    matrix.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.wait_for_function("e => e.scrollLeft > 0 && e.scrollTop > 0", arg=matrix.element_handle())


def test_the_outline_leads_to_each_section_of_the_acta(open_page):
    page = open_page("/sesiones/so-120/acta/")
    outline = page.get_by_role("navigation", name="Contenido del acta")
    links = outline.get_by_role("link").all()
    assert len(links) > 20
    for link in links:
        link.focus()
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(f"{re.escape(link.get_attribute('href'))}$"))
        expect(page.locator(":target")).to_be_in_viewport()
        expect(outline.locator("[aria-current]")).to_have_count(1)


def test_the_account_menu_opens_and_closes(open_page):
    page = open_page("/", "representante")
    menu = page.locator(".account summary")
    way_out = page.get_by_role("button", name="Salir")
    menu.focus()
    page.keyboard.press("Enter")
    expect(way_out).to_be_visible()
    page.keyboard.press("Tab")
    expect(way_out).to_be_focused()
    page.keyboard.press("Escape")
    expect(way_out).to_be_hidden()
    expect(menu).to_be_focused()
