"""The ways through the site as people walk them, from page to page by its own links."""

import re
from io import BytesIO

import openpyxl
import pytest
from playwright.sync_api import expect

from cnlctf.management.commands.load_demo import PASSWORD
from tests.browser.conftest import PATIENCE, QUIET

pytestmark = pytest.mark.browser


def h1(page, name):
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()


def enter(page, username, password=PASSWORD):
    page.get_by_label("Nombre de usuario").fill(username)
    page.get_by_label("Contraseña").fill(password)
    page.get_by_role("button", name="Ingresar").click()


def download(page, link):
    """The bytes that the link leads to, whether the browser shows or keeps them."""
    response = page.request.get(link.get_attribute("href"))
    assert response.ok
    return response.body()


@pytest.fixture
def visit(browser, site, watch):
    """Open a page in a browser that nobody has used."""
    with browser.new_context(base_url=site, **QUIET) as context:
        context.set_default_timeout(PATIENCE)

        def visit(path):
            page = watch(context.new_page())
            page.goto(path)
            return page

        yield visit


def test_a_stranger_reads_the_acta_and_the_plan(visit):
    page = visit("/")
    navigation = page.get_by_role("navigation", name="Principal")
    navigation.get_by_role("link", name="Sesiones").click()
    h1(page, "Sesiones")
    page.get_by_role("link", name="SO N° 120", exact=True).click()
    h1(page, "Sesión Ordinaria N° 120")
    page.get_by_role("link", name="Leer el acta").click()
    h1(page, "Acta de la Sesión Ordinaria N° 120")
    pdf = download(page, page.get_by_role("link", name="Descargar PDF"))
    assert pdf.startswith(b"%PDF-")
    navigation.get_by_role("link", name="Plan operativo").click()
    h1(page, "Plan Operativo Anual 2019")
    page.get_by_role("link", name="Ver la matriz").click()
    h1(page, "Matriz de cumplimiento")
    with page.expect_download() as kept:
        page.get_by_role("link", name="Descargar en Excel").click()
    assert kept.value.suggested_filename == "anexo-poa-2019.xlsx"
    workbook = openpyxl.load_workbook(BytesIO(kept.value.path().read_bytes()))
    assert workbook.sheetnames == ["POA 2019"]


def test_a_representative_enters_works_and_leaves(visit):
    page = visit("/")
    page.get_by_role("main").get_by_role("link", name="Ingresar").click()
    enter(page, "representante")
    h1(page, "Ministerio del Ambiente")
    expect(page.get_by_role("heading", name="Mi designación")).to_be_visible()
    page.get_by_role("link", name="Acuerdos", exact=True).click()
    h1(page, "Acuerdos")
    page.get_by_label("Entidad").select_option("minam")
    page.get_by_role("button", name="Filtrar").click()
    expect(page).to_have_url(re.compile(r"entidad=minam"))
    expect(page.get_by_label("Entidad")).to_have_value("minam")
    rows = page.get_by_role("table").locator("tbody tr")
    expect(rows).not_to_have_count(0)
    expect(rows.filter(has_not_text="MINAM")).to_have_count(0)
    page.locator(".account summary").click()
    page.get_by_role("button", name="Salir").click()
    h1(page, "Comisión Nacional para la Lucha contra el Trabajo Forzoso")
    expect(page.get_by_role("link", name="Acuerdos", exact=True)).to_have_count(0)


def test_a_wrong_password_is_refused_in_words(visit):
    page = visit("/ingresar/")
    enter(page, "representante", "no-es-esta")
    expect(page.get_by_role("main")).to_contain_text(
        "Por favor, introduzca un nombre de usuario y clave correctos."
    )
    expect(page.get_by_label("Nombre de usuario")).to_have_value("representante")


def test_the_secretariat_enters_and_opens_the_admin(visit):
    page = visit("/")
    page.get_by_role("main").get_by_role("link", name="Ingresar").click()
    enter(page, "secretaria")
    h1(page, "Secretaría Técnica")
    page.get_by_role("navigation").get_by_role("link", name="Administración").click()
    h1(page, "Registros de la comisión")
    page.get_by_role("link", name="Designaciones", exact=True).click()
    expect(page.get_by_text("16 designaciones", exact=True)).to_be_visible()
