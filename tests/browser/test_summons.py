"""A session is convened, a guest answers by the link of the message, and the answer is seen."""

import datetime
from typing import Literal
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.core import mail
from playwright.sync_api import Page, expect

from sessions.models import AgendaItem, Session
from tests.browser.conftest import PHONE
from tests.browser.test_accessibility import COLOURS, FINDINGS, WCAG

pytestmark = pytest.mark.browser


@pytest.fixture
def session(site) -> Session:
    session = Session.objects.create(
        kind="SE",
        number=90,
        # After the demo's own next session.
        held_on=datetime.date(2020, 5, 28),
        starts_at=datetime.time(9),
        venue="Sala A.",
    )
    AgendaItem.objects.create(session=session, position=1, title="Aprobar el plan de 2020")
    return session


def assert_accessible(page: Page) -> None:
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate(FINDINGS, WCAG)
    page.emulate_media(color_scheme="dark")
    found += page.evaluate(FINDINGS, COLOURS)
    page.emulate_media(color_scheme="light")
    assert found == []
    before = page.viewport_size
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert page.evaluate(FINDINGS, WCAG) == []
    page.set_viewport_size(before)


def leave(page: Page, role: Literal["link", "button"], name: str) -> None:
    """Press what leads to another page, once nothing of this one is on its way any more."""
    page.wait_for_load_state("networkidle")
    page.get_by_role(role, name=name).click()


def test_from_the_summons_to_the_answer(open_page, session):
    page = open_page("/sesiones/se-90/", "secretaria")
    leave(page, "link", "Convocatoria")
    expect(page.get_by_text("Faltan 115 días; se piden 2.")).to_be_visible()
    page.get_by_label("Nombres y apellidos").fill("Gil Ruiz")
    page.get_by_label("Correo electrónico").fill("gil@oit.example")
    leave(page, "button", "Añadir a la lista")
    expect(page.get_by_role("rowheader", name="Gil Ruiz")).to_be_visible()
    assert_accessible(page)
    leave(page, "link", "Enviar la convocatoria")
    expect(page.get_by_text("Se escribirá a 1 persona;")).to_be_visible()
    assert_accessible(page)
    leave(page, "button", "Enviar la convocatoria")
    expect(page.get_by_text("Convocada.")).to_be_visible()
    assert_accessible(page)

    (message,) = mail.outbox
    link = next(line for line in message.body.splitlines() if "/convocatoria/" in line)
    answer = open_page(urlsplit(link).path)
    assert_accessible(answer)
    answer.get_by_label("Sí, asistiré").check()
    leave(answer, "button", "Enviar la respuesta")
    expect(answer.get_by_text("Su respuesta: sí, asistirá.")).to_be_visible()
    assert_accessible(answer)

    page.wait_for_load_state("networkidle")
    page.reload()
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Gil Ruiz"))
    expect(row.first.get_by_text("Asistirá")).to_be_visible()


def test_a_link_that_is_not_valid_says_so(open_page):
    page = open_page("/convocatoria/sin-firma/", status=404)
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Este enlace no es válido o ya venció"
    )
    assert_accessible(page)
