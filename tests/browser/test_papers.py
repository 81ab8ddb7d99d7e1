"""Papers go from a computer to the convocatoria; points are dragged to their place."""

import datetime

import pytest
from playwright.sync_api import Page, expect

from sessions.models import AgendaItem, Session
from tests.browser.test_summons import assert_accessible, leave
from tests.lib.files import PDF

pytestmark = pytest.mark.browser


@pytest.fixture(params=[92])
def session(site, request) -> Session:
    session = Session.objects.create(
        kind="SE",
        number=request.param,
        held_on=datetime.date(2020, 5, 29),
        starts_at=datetime.time(9),
        venue="Sala A.",
    )
    for position, title in enumerate("ABC", 1):
        AgendaItem.objects.create(session=session, position=position, title=title)
    return session


def chosen(name: str, content: bytes = PDF) -> dict[str, object]:
    return {"name": name, "mimeType": "application/pdf", "buffer": content}


def test_papers_reach_the_convocatoria(open_page, session):
    page: Page = open_page("/sesiones/se-92/agenda/", "secretaria")
    page.get_by_text("Adjuntar documentos al punto 2").click()
    page.get_by_label("Archivos").locator("visible=true").set_input_files(
        [chosen("Línea de base.pdf"), chosen("falso.pdf", b"MZ")]
    )
    leave(page, "button", "Adjuntar al punto 2")
    expect(page.get_by_text("No se reconoce qué es «falso.pdf».")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Archivos").locator("visible=true").set_input_files(
        chosen("Línea de base.pdf")
    )
    leave(page, "button", "Adjuntar al punto 2")
    expect(page.get_by_role("status")).to_have_text("Se adjuntó «Línea de base».")
    with page.expect_download() as download:
        page.get_by_role("link", name="Línea de base", exact=True).click()
    assert download.value.suggested_filename == "Línea de base.pdf"
    page.goto("/sesiones/se-92/convocatoria/enviar/")
    expect(page.get_by_text("Línea de base (documento PDF, 1 KB)")).to_be_visible()
    leave(page, "button", "Enviar la convocatoria")
    expect(page.get_by_role("link", name="Línea de base.pdf")).to_be_visible()
    page.goto("/sesiones/se-92/agenda/")
    leave(page, "link", "Quitar Línea de base")
    assert_accessible(page)
    leave(page, "button", "Quitar")
    expect(page.get_by_role("status")).to_have_text("Se quitó «Línea de base».")
    page.goto("/sesiones/se-92/convocatoria/")
    expect(page.get_by_text("Se retira el documento «Línea de base» del punto 2.")).to_be_visible()


@pytest.mark.parametrize("session", [94], indirect=True)
def test_a_file_too_large_does_not_leave_the_computer(open_page, session):
    page: Page = open_page("/sesiones/se-94/agenda/", "secretaria")
    page.get_by_text("Adjuntar documentos al punto 2").click()
    files = page.get_by_label("Archivos").locator("visible=true")
    files.evaluate("(input, limit) => (input.dataset.maxBytes = limit)", len(PDF))
    files.set_input_files(chosen("ancho.pdf", PDF + b" "))
    said = "«ancho.pdf» pesa más de 20 MB, que es el máximo: redúzcalo o divídalo."
    assert files.evaluate("input => input.validationMessage") == said
    page.get_by_role("button", name="Adjuntar al punto 2").click()
    files.set_input_files(chosen("justo.pdf"))
    leave(page, "button", "Adjuntar al punto 2")
    expect(page.get_by_role("status")).to_have_text("Se adjuntó «justo».")


@pytest.mark.parametrize("session", [93], indirect=True)
def test_a_point_is_dragged_to_its_place(open_page, session):
    page: Page = open_page("/sesiones/se-93/agenda/", "secretaria")
    titles = page.locator(".point-title")
    handles = page.locator("[data-handle]")

    def drag_first_below_last() -> None:
        handles.first.hover()
        page.mouse.down()
        box = page.locator(".point").last.bounding_box()
        page.mouse.move(box["x"] + 60, box["y"] + box["height"], steps=5)
        expect(titles).to_have_text(["B", "C", "A"])

    drag_first_below_last()
    page.keyboard.press("Escape")
    expect(titles).to_have_text(["A", "B", "C"])
    page.mouse.up()
    drag_first_below_last()
    page.mouse.up()
    expect(page.get_by_role("status")).to_have_text("Se guardó el nuevo orden.")
    expect(titles).to_have_text(["B", "C", "A"])
    assert [item.title for item in session.agenda_items.all()] == ["B", "C", "A"]
