"""A draft circulates: a reader without an account proposes a text, and it gets into the acta."""

import datetime
import re
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from django.core import mail
from playwright.sync_api import expect
from pypdf import PdfReader

from members.choices import Capacity
from members.models import Entity, Person
from sessions.choices import SessionState
from sessions.models import Acta, Attendance, Report, Session
from tests.browser.test_summons import assert_accessible, leave

pytestmark = pytest.mark.browser

PAGE = "/sesiones/se-91/acta/observaciones/"
SAID = "Se remitió el oficio al Ministerio."
PROPOSED = "Se remitió el oficio al Ministerio de Cultura."


@pytest.fixture
def acta(site) -> Acta:
    session = Session.objects.create(
        kind="SE",
        number=91,
        state=SessionState.HELD,
        # Before the demo's last session.
        held_on=datetime.date(2019, 12, 12),
        starts_at=datetime.time(9),
        venue="Sala A.",
    )
    person = Person.objects.create(
        given_names="Rosa", surnames="Ñahui", gender="F", email="rosa@oit.example"
    )
    Attendance.objects.create(
        session=session,
        person=person,
        entity=Entity.objects.get(acronym="OIT"),
        capacity=Capacity.GUEST,
        position=1,
    )
    acta = Acta.objects.create(session=session)
    Report.objects.create(acta=acta, position=1, title="Gestiones", body=SAID)
    return acta


def test_from_the_draft_to_the_text_in_the_acta(open_page, acta):
    page = open_page("/sesiones/se-91/acta/", "secretaria")
    leave(page, "link", "Observaciones")
    leave(page, "link", "Circular el borrador")
    assert_accessible(page)
    leave(page, "button", "Circular el borrador")
    expect(page.get_by_text("En circulación hasta el")).to_be_visible()

    message = next(sent for sent in mail.outbox if sent.to == ["rosa@oit.example"])
    link = next(line for line in message.body.splitlines() if "/actas/observar/" in line)
    reader = open_page(urlsplit(link).path)
    assert_accessible(reader)
    leave(reader, "button", "Leer el borrador")
    expect(reader.get_by_text(SAID)).to_be_visible()
    assert_accessible(reader)
    reader.wait_for_load_state("networkidle")
    reader.get_by_role("link", name=re.compile("Observar ?: Informe 4.1.1")).click()
    assert_accessible(reader)
    reader.get_by_label("Comentario").fill("Falta decir de qué ministerio.")
    reader.get_by_label("Texto que propone").fill(PROPOSED)
    leave(reader, "button", "Enviar la observación")
    expect(reader.get_by_text("Gracias: su observación quedó registrada.")).to_be_visible()

    page.reload()
    assert_accessible(page)
    page.wait_for_load_state("networkidle")
    page.get_by_role("link", name=re.compile("Atender ?: Informe 4.1.1, de Rosa Ñahui")).click()
    expect(page.locator("ins")).to_contain_text("de Cultura")
    assert_accessible(page)
    leave(page, "button", "Aceptar y cambiar el acta")
    expect(page.get_by_text("Propuesto por la representante de la OIT")).to_be_visible()
    leave(page, "link", "Informe 4.1.1")
    block = page.locator(".block", has_text=PROPOSED).first
    expect(block.get_by_text("texto propuesto por la representante de la OIT")).to_be_visible()
    assert_accessible(page)

    pdf = page.request.get("/sesiones/se-91/acta.pdf").body()
    words = " ".join(" ".join(p.extract_text() for p in PdfReader(BytesIO(pdf)).pages).split())
    assert PROPOSED in words
    reader.wait_for_load_state("networkidle")
    reader.reload()
    expect(reader.get_by_text("Texto que quedó en el acta:")).to_be_visible()
