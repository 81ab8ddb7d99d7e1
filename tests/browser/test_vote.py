"""A vote with a tie, marked by keyboard, broken by the chair and read in the acta."""

import datetime
import re

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect

from sessions.models import Acta, Agreement, Attendance, Session, SessionOffice
from tests.browser.conftest import PHONE
from tests.browser.test_accessibility import COLOURS, FINDINGS, WCAG

pytestmark = pytest.mark.browser

EDITOR = "/sesiones/so-122/acta/editar/"
AGAINST = ("MINJUS", "MININTER", "MPFN", "MIMP", "INEI")


@pytest.fixture
def agreement(site):
    """As in SO 120, but MINEM, who left at 10:05."""
    last = Session.objects.get(kind="SO", number=120)
    session = Session.objects.create(
        number=122,
        state="held",
        held_on=datetime.date(2020, 2, 3),
        starts_at=datetime.time(9),
        ends_at=datetime.time(11, 30),
    )
    for office in last.offices.all():
        SessionOffice.objects.create(
            session=session, office=office.office, person=office.person, charge=office.charge
        )
    for row in last.attendances.all():
        left = datetime.time(10, 5) if row.entity.acronym == "MINEM" else None
        Attendance.objects.create(
            session=session,
            person=row.person,
            entity=row.entity,
            capacity=row.capacity,
            position=row.position,
            left_at=left,
        )
    acta = Acta.objects.create(session=session, opening="Se abre.", closing="Se cierra.")
    agreement = Agreement.objects.create(session=session, number=1, text="Aprobar el plan.")
    yield agreement
    acta.delete()
    agreement.delete()
    session.delete()


def mark(page, entity, label):
    page.get_by_role("group", name=f"Voto de {entity}").get_by_role("radio", name=label).focus()
    page.keyboard.press("Space")


def test_a_tie_is_broken_and_read_in_the_acta(open_page, agreement):
    page = open_page(EDITOR, "secretaria")
    page.get_by_text("Adopción, responsables y plazo").click()
    page.get_by_label("Forma de adopción").select_option("vote")
    expect(page.get_by_text("Guardado", exact=False).first).to_be_visible()
    page.get_by_role("link", name=re.compile("Registrar o cambiar la votación")).click()
    expect(page.get_by_label("Hora de la votación")).to_have_value("09:00")
    expect(page.get_by_text("11 asientos presentes a las 09:00 a.m.")).to_be_visible()
    page.get_by_label("Hora de la votación").fill("10:40")
    page.get_by_label("Hora de la votación").blur()
    expect(page.get_by_text("No vota: se retiró a las 10:05 a.m.")).to_be_visible()
    casting = page.get_by_role("group", name=re.compile("Voto dirimente"))
    page.get_by_role("button", name="Todos a favor").press("Enter")
    count = page.get_by_role("status").filter(has_text="a favor")
    expect(count).to_have_text("10 a favor · 0 en contra · 0 abstenciones · todos marcados")
    expect(casting).to_be_hidden()
    for entity in AGAINST:
        mark(page, entity, "En contra")
    expect(count).to_have_text("5 a favor · 5 en contra · 0 abstenciones · todos marcados")
    page.get_by_label("Razones o fundamento de MIMP").fill("Faltan recursos.")
    casting.get_by_role("radio", name="A favor").focus()
    page.evaluate(AXE_SCRIPT)
    assert page.evaluate(FINDINGS, WCAG) == []
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(FINDINGS, COLOURS) == []
    page.set_viewport_size(PHONE)
    assert page.evaluate(FINDINGS, WCAG) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.keyboard.press("Space")
    page.get_by_role("button", name="Guardar la votación").press("Enter")
    page.wait_for_url(f"**{EDITOR}#b-acuerdo-{agreement.pk}")
    adopted = (
        "Adoptado por mayoría, con el voto dirimente de la Presidencia: 5 votos a favor (MTPE,"
    )
    expect(page.locator("#acuerdos")).to_contain_text(adopted)
    page.goto("/sesiones/so-122/acta/")
    acuerdos = page.locator("#acuerdos")
    expect(acuerdos).to_contain_text(adopted)
    expect(acuerdos).to_contain_text("Razones del voto en contra de MIMP: Faltan recursos.")
