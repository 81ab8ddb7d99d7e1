"""The evaluation of 2020's plan at its half year, approved in a session whose acta takes it."""

import datetime
from collections.abc import Callable
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from cnlctf.lib.frozen import thaw
from cnlctf.lib.grid import Block
from poa.choices import PlanState
from poa.evaluating.collecting import published
from poa.models import Evaluation, OperatingPlan
from sessions.choices import SessionState
from sessions.models import Acta, Session
from tests.browser.conftest import PHONE
from tests.browser.test_accessibility import COLOURS, FINDINGS, WCAG

NAME = "Evaluación del POA 2020"


def told(page: Page, message: str) -> None:
    expect(page.locator(".messages")).to_contain_text(message)


def prepare(page: Page) -> None:
    page.goto("/poa/2020/")
    page.get_by_role("link", name="Evaluar el plan").click()
    page.get_by_role("link", name="Preparar una evaluación").click()
    page.get_by_label("La evaluación del año").check()
    page.get_by_label("Fecha de corte").fill("2020-06-30")
    page.get_by_label("Sesión en que se verá").select_option(
        label="Sesión Ordinaria N° 122, miércoles 22 de julio de 2020"
    )
    page.get_by_role("button", name="Crear el borrador").click()
    told(page, f"{NAME}: se creó el borrador.")


def review(page: Page) -> None:
    """What is missing is told: who is overdue, what was given back."""
    missing = page.get_by_role("region", name="Lo que todavía falta")
    expect(missing).to_contain_text("MIMP no respondió")
    expect(missing).to_contain_text("Reporte 1 de MINJUS, devuelto")
    row = page.get_by_role("row", name="LA 2.1.4, indicador 2")
    expect(row).to_contain_text("Ejecutado: 21 de 80 personas (26")


def check_accessible(page: Page) -> None:
    """By day and by night, on a desk and on a phone, and back."""
    desk = page.viewport_size
    page.evaluate(AXE_SCRIPT)
    assert page.evaluate(FINDINGS, WCAG) == []
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(FINDINGS, COLOURS) == []
    page.set_viewport_size(PHONE)
    assert page.evaluate(FINDINGS, WCAG) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.emulate_media(color_scheme="light")
    assert desk is not None
    page.set_viewport_size(desk)


def approve(page: Page) -> None:
    check_accessible(page)
    page.get_by_role("link", name="Aprobar en la sesión SO N° 122").click()
    check_accessible(page)
    page.get_by_role("button", name="Aprobar la evaluación").click()
    told(page, f"{NAME}: quedó aprobada en la SO N° 122.")


def attach(page: Page) -> None:
    page.goto("/sesiones/so-122/anexos/")
    page.get_by_role("link", name=NAME).click()
    page.get_by_role("button", name="Agregar al acta").click()
    told(page, "Se agregó al acta el Anexo 1.")


def evaluate_half_a_year(page: Page, open_page: Callable[..., Page], settings: Any) -> None:
    settings.TODAY = "2020-07-23"
    session = Session.objects.create(
        number=122, state=SessionState.HELD, held_on=datetime.date(2020, 7, 22)
    )
    acta = Acta.objects.create(session=session)
    prepare(page)
    review(page)
    approve(page)
    attach(page)
    evaluation = Evaluation.objects.get(plan__year=2020)
    assert thaw(acta.annexes.get().content, Block) == published(evaluation).block
    assert OperatingPlan.objects.get(year=2020).state == PlanState.EVALUATED
    public = open_page("/poa/2020/evaluaciones/")
    public.get_by_role("link", name=NAME, exact=True).click()
    expect(public.get_by_role("heading", name=NAME)).to_be_visible()
    expect(public.get_by_text("Sesión Ordinaria N° 122")).to_be_visible()
