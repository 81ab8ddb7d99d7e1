"""Asking five entities for the first half of 2020, and what each of them does about it."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

LETTER = "Oficio Circular N° 007-2020-MTPE/2/14"
ASKED = ("MINAM", "SUNAFIL", "MINJUS", "MIMP", "PRODUCE")
LINE = "LA 2.1.4"
EVENTS, PEOPLE = f"{LINE} · 1.", f"{LINE} · 2."


def told(page: Page, message: str) -> None:
    expect(page.locator(".messages")).to_contain_text(message)


def ask(page: Page) -> None:
    """The oficio to the five, on one line, until 20 July."""
    page.goto("/poa/2020/")
    page.get_by_role("link", name="Requerimientos: quién debe qué").click()
    page.get_by_role("link", name="Nuevo requerimiento").click()
    page.get_by_label("Oficio", exact=True).fill(LETTER)
    page.get_by_label("Periodo: hasta").fill("2020-06-30")
    expect(page.get_by_label("Plazo")).to_have_value("2020-07-20")
    for heading in ("¿A quiénes se pide?", "¿Sobre qué líneas de acción?"):
        page.get_by_role("group", name=heading).get_by_role(
            "button", name="No marcar ninguna"
        ).click()
    for acronym in ASKED:
        page.get_by_label(f"{acronym} – ").check()
    page.get_by_label(f"{LINE}: ").check()
    page.get_by_role("button", name="Continuar con el texto").click()
    expect(page.get_by_role("textbox", name="Texto del oficio")).to_have_value(
        re.compile("del 1 de enero al 30 de junio de 2020")
    )
    page.get_by_role("link", name="Revisar y remitir").click()
    page.get_by_role("button", name="Remitir el oficio").click()
    told(page, "remitido")
    expect(page.get_by_text("En plazo")).to_have_count(len(ASKED))


def report_by_account(page: Page) -> None:
    """MINAM finds it on entering, writes it, and is told what is missing before it goes."""
    page.goto("/")
    page.get_by_role("link", name=f"Reportar por MINAM: {LETTER}").click()
    page.get_by_role("button", name="Empezar el reporte").click()
    page.get_by_role("button", name="Agregar un evento").click()
    event = page.get_by_role("article", name="Evento 1")
    event.get_by_label("Qué se realizó").fill("Taller con guardaparques")
    event.get_by_label("Fecha").fill("2020-03-12")
    event.get_by_label("Región").select_option("Ucayali")
    event.get_by_role("group", name=EVENTS).get_by_label("Eventos").fill("1")
    people = event.get_by_role("group", name=PEOPLE)
    people.get_by_label("Mujeres").fill("3")
    people.get_by_label("Hombres").fill("2")
    expect(event.get_by_role("status")).to_have_text("Guardado")
    page.reload()
    expect(people.get_by_label("Personas")).to_have_value("5")
    page.get_by_role("button", name="Enviar el reporte").click()
    told(page, "enviado a la Secretaría Técnica")


def report_on_paper(page: Page, acronym: str, quantity: str) -> None:
    """What came on paper, a quantity of people and no events, entered on behalf of the entity."""
    page.goto("/poa/2020/reportes/")
    page.get_by_role("link", name=f"Reportar por {acronym}: {LETTER}").click()
    page.get_by_role("button", name="Empezar el reporte").click()
    page.get_by_text("Respondió en papel: se registra en su nombre").click()
    page.get_by_label("Documento en papel").fill(f"Oficio N° 112-2020-{acronym}")
    page.get_by_role("button", name="Guardar el documento").click()
    told(page, "El documento en papel está registrado.")
    page.get_by_role("button", name="Enviar el reporte").click()
    told(page, "si no hubo nada, declare 0")
    for heading, told_quantity in ((EVENTS, "0"), (PEOPLE, quantity)):
        card = page.get_by_role("article", name=heading)
        card.get_by_label("Cantidad, si no detalla eventos").fill(told_quantity)
        card.get_by_label("¿Se realizó actividad?").select_option("Sí")
        expect(card.get_by_role("status")).to_have_text("Guardado")
    page.get_by_role("button", name="Enviar el reporte").click()
    told(page, "enviado a la Secretaría Técnica")


def accept(page: Page, acronym: str) -> None:
    page.goto("/poa/2020/reportes/")
    page.get_by_role("link", name=f"{acronym}, reporte 1").click()
    page.get_by_role("button", name="Aceptar el reporte").click()
    told(page, "aceptado")


def give_back(page: Page, acronym: str) -> None:
    page.goto("/poa/2020/reportes/")
    page.get_by_role("link", name=f"{acronym}, reporte 1").click()
    page.get_by_label("Qué falta o qué hay que corregir").fill("Falta el informe del taller.")
    page.get_by_role("button", name="Devolver con observaciones").click()
    told(page, "devuelto")


def extend(page: Page, acronym: str) -> None:
    page.goto("/poa/2020/requerimientos/1/")
    row = page.get_by_role("row", name=acronym)
    row.get_by_text("Prorrogar").click()
    row.get_by_label("Prórroga de").fill("2020-07-31")
    row.get_by_role("button", name="Dar prórroga").click()
    told(page, "tiene plazo hasta el 31/07/2020")


def stands(page: Page, **expected: str) -> None:
    """Each entity on the board, by its acronym."""
    page.goto("/poa/2020/requerimientos/")
    for acronym, status in expected.items():
        expect(page.get_by_role("row", name=acronym)).to_contain_text(status)


def report_half_a_year(
    page: Page, open_page: Callable[..., Page], settings: Any, representative: str
) -> None:
    """Five are asked: two reports are accepted, one returned, one is overdue, one put off."""
    settings.TODAY = "2020-07-06"
    ask(page)
    own = open_page("/", representative)
    report_by_account(own)
    page.goto("/poa/2020/lineas/2.1.4/")
    expect(page.get_by_text("+5 por aceptar")).to_be_visible()
    report_on_paper(page, "SUNAFIL", "16")
    report_on_paper(page, "MINJUS", "8")
    accept(page, "MINAM")
    accept(page, "SUNAFIL")
    give_back(page, "MINJUS")
    extend(page, "PRODUCE")
    settings.TODAY = "2020-07-21"
    stands(
        page,
        MINAM="Aceptado",
        SUNAFIL="Aceptado",
        MINJUS="Devuelto",
        MIMP="Vencido",
        PRODUCE="prórroga al 31/07/2020",
    )
    page.goto("/poa/2020/lineas/2.1.4/")
    expect(page.get_by_role("row", name="Número de funcionarios")).to_contain_text("21 (26")
