"""The attendance marked by keyboard alone, each row kept as it is marked."""

import re

import pytest
from playwright.sync_api import expect

from sessions.models import Attendance, Session

pytestmark = pytest.mark.browser

PAGE = "/sesiones/so-121/asistencia/"
PEOPLE = ["Ana María Cecilia Valencia Catunta", "Zoraida Castro Ángeles", "Cristian Collins León"]


def listed():
    return Attendance.objects.filter(session__in=Session.objects.named("so-121"))


@pytest.fixture(autouse=True)
def nobody_listed(site):
    yield
    listed().delete()


def row(page, name):
    return page.get_by_role("group", name=re.compile(name))


def mark(page, name, label):
    row(page, name).get_by_role("radio", name=label).focus()
    page.keyboard.press("Space")
    expect(row(page, name).locator("[data-state]")).to_have_text("Guardado")


def test_three_marked_by_keyboard_are_counted_and_kept(open_page):
    page = open_page(PAGE, "secretaria")
    count = page.locator(".quorum-count")
    expect(count).to_contain_text("0 de 11")
    for number, name in enumerate(PEOPLE, 1):
        mark(page, name, "Presente")
        expect(count).to_contain_text(f"{number} de 11")
    expect(page.get_by_role("complementary")).to_contain_text("No hay quórum")
    page.keyboard.press("ArrowRight")
    expect(row(page, PEOPLE[2]).locator("[data-state]")).to_have_text("Falta el motivo")
    row(page, PEOPLE[2]).get_by_role("button", name="Sin motivo informado").press("Enter")
    expect(row(page, PEOPLE[2]).locator("[data-state]")).to_have_text("Guardado")
    expect(count).to_contain_text("2 de 11")
    page.reload()
    expect(count).to_contain_text("2 de 11")
    for name in PEOPLE[:2]:
        expect(row(page, name).get_by_role("radio", name="Presente")).to_be_checked()
    expect(row(page, PEOPLE[2]).get_by_role("radio", name="Con justificación")).to_be_checked()
    expect(row(page, PEOPLE[2]).get_by_label("Motivo")).to_have_value("Sin motivo informado")


def test_without_network_the_mark_waits_and_is_saved_later(context_of):
    context = context_of("secretaria")
    page = context.new_page()
    page.goto(PAGE)
    context.set_offline(True)
    one = row(page, PEOPLE[0])
    try:
        one.get_by_role("radio", name="Ausente").check()
        expect(one.locator("[data-state]")).to_contain_text("Sin conexión: no se guardó.")
    finally:
        context.set_offline(False)
    expect(one.locator("[data-state]")).to_have_text("Guardado")
    page.close()
    assert [attendance.presence for attendance in listed()] == ["absent"]


def test_people_known_before_are_found_while_one_types(open_page):
    page = open_page(PAGE, "secretaria")
    page.get_by_label("Nombre o apellido").fill("cordova")
    page.get_by_role("button", name="Añadir a Miguel Fernando Córdova Cuba").click()
    expect(page.get_by_role("status").filter(has_text="Se añadió")).to_be_visible()
    guest = row(page, "Miguel Fernando Córdova Cuba")
    expect(guest.get_by_role("radio", name="Presente")).to_be_checked()
