"""A representative writes a report in Chromium, and nothing typed is ever lost."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page, expect

from members.models import Entity
from poa.models import EntityReport, OperatingPlan
from poa.reporting import filling
from tests.browser.conftest import DESKTOP, PATIENCE, PHONE, QUIET
from tests.browser.test_accessibility import COLOURS, FINDINGS, WCAG
from tests.browser.test_editor import enter

pytestmark = pytest.mark.browser


@pytest.fixture
def report(transactional_db: None) -> Iterator[EntityReport]:
    """MINAM's, of the plan of the demo's drafts that takes reports, with an event to write."""
    report = filling.start(
        OperatingPlan.objects.get(year=2022),
        Entity.objects.get(acronym="MINAM"),
        first=date(2022, 1, 1),
        last=date(2022, 6, 30),
    )
    report.reported_events.create(position=1)
    yield report
    report.delete()


@pytest.fixture
def writer(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Open the report in a browser of its own."""
    contexts: list[BrowserContext] = []

    def open_report(report: EntityReport, username: str = "representante") -> Page:
        context = browser.new_context(base_url=site, viewport=DESKTOP, **QUIET)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        enter(context, site, username)
        page = context.new_page()
        page.goto(f"/poa/2022/reportes/minam/{report.number}/")
        return page

    yield open_report
    for context in contexts:
        context.close()


def part(page: Page, name: str) -> Page:
    return page.get_by_role("article", name=name)  # type: ignore[return-value]


def test_what_is_typed_is_saved_and_said(report, writer):
    page = writer(report)
    card = part(page, "LA 2.1.4 · 2.")
    card.get_by_label("Dificultades").fill("Sin movilidad")
    expect(card.get_by_role("status")).to_have_text("Guardado")
    assert report.indicators.get(difficulties="Sin movilidad")


def test_what_is_wrong_is_said_beside_its_field_and_kept(report, writer):
    page = writer(report)
    card = part(page, "LA 2.1.4 · 2.")
    card.get_by_label("Cantidad, si no detalla eventos").fill("tres")
    expect(card.get_by_role("listitem")).to_have_text("«tres» no es un número.")
    page.reload()
    expect(card.get_by_label("Cantidad, si no detalla eventos")).to_have_value("tres")
    card.get_by_label("Cantidad, si no detalla eventos").fill("3")
    expect(card.get_by_role("status")).to_have_text("Guardado")
    expect(card.get_by_role("listitem")).to_have_count(0)


def test_without_a_network_it_is_kept_until_there_is_one(report, writer):
    page = writer(report)
    event = part(page, "Evento 1")
    page.context.set_offline(True)
    event.get_by_label("Qué se realizó").fill("Taller en Pucallpa")
    expect(event.get_by_role("status")).to_contain_text("Sin conexión")
    page.context.set_offline(False)
    expect(event.get_by_role("status")).to_have_text("Guardado")
    assert report.reported_events.get().name == "Taller en Pucallpa"


def test_a_tab_that_is_killed_gives_it_back(report, writer):
    page = writer(report)
    event = part(page, "Evento 1")
    page.context.set_offline(True)
    event.get_by_label("Lugar").fill("Pucallpa")
    expect(event.get_by_role("status")).to_contain_text("Sin conexión")
    page.close(run_before_unload=False)
    page.context.set_offline(False)
    again = page.context.new_page()
    again.goto(page.url)
    event = part(again, "Evento 1")
    expect(event.get_by_label("Lugar")).to_have_value("Pucallpa")
    expect(event.get_by_role("status")).to_have_text("Guardado")
    assert report.reported_events.get().place == "Pucallpa"


def test_two_who_write_the_same_part_lose_nothing(report, writer):
    one, other = writer(report), writer(report, "secretaria")
    card = part(one, "LA 2.1.4 · 1.")
    card.get_by_label("Próximos pasos").fill("Convocar")
    expect(card.get_by_role("status")).to_have_text("Guardado")
    late = part(other, "LA 2.1.4 · 1.")
    late.get_by_label("Próximos pasos").fill("Otra cosa")
    expect(late.get_by_role("status")).to_contain_text("Otra persona guardó esta parte")
    expect(late.get_by_label("Próximos pasos")).to_have_value("Otra cosa")
    assert report.indicators.get(next_steps="Convocar")


def test_a_login_that_expired_keeps_what_was_typed(report, writer):
    page = writer(report)
    card = part(page, "LA 2.1.4 · 1.")
    page.context.clear_cookies()
    card.get_by_label("Próximos pasos").fill("Convocar")
    expect(card.get_by_role("status")).to_contain_text("vuelva a ingresar")
    kept = page.evaluate("Object.values(localStorage).join()")
    assert "Convocar" in kept


@pytest.mark.parametrize("username", ["representante", "secretaria"])
def test_the_page_is_accessible(report, writer, username):
    page = writer(report, username)
    page.evaluate(AXE_SCRIPT)
    found = {}
    for place, viewport in (("desk", DESKTOP), ("phone", PHONE)):
        page.set_viewport_size(viewport)
        for scheme, rules in (("light", WCAG), ("dark", COLOURS)):
            page.emulate_media(color_scheme=scheme)
            found[place, scheme] = page.evaluate(FINDINGS, rules)
    assert {where: what for where, what in found.items() if what} == {}
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
