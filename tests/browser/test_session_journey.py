"""SO 120 held entirely through the browser by the Secretaría Técnica, from its creation to its
approved acta, starting from the members alone."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from django.conf import settings as project
from django.core import mail
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from cnlctf.lib.fixture_file import Loader
from cnlctf.management.commands.load_demo import ACCOUNTS, PASSWORD, get_or_create_user
from members.models import Person
from sessions.acta_document import approve
from sessions.annexes import attach
from sessions.choices import ActaState
from sessions.models import Acta
from tests.browser.conftest import DESKTOP, PATIENCE, QUIET

pytestmark = [pytest.mark.browser, pytest.mark.both_databases]

DEMO = project.BASE_DIR / "fixtures" / "demo"
PARAMETERS = ("quorumrule", "summonsrule", "letterhead")


def seed() -> dict[str, list[dict[str, Any]]]:
    """The rows of the demo's session, by model."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in yaml.safe_load((DEMO / "sessions.yaml").read_text(encoding="utf-8")):
        rows.setdefault(row["model"].removeprefix("cnlctf_sessions."), []).append(row["fields"])
    return rows


def load_members() -> None:
    """The members, the parameters, SO 119 as it is referred to, and the account."""
    loader = Loader()
    loader.load(DEMO / "members.yaml")
    rows = seed()
    before = {f"cnlctf_sessions.{model}": rows[model] for model in PARAMETERS}
    before["cnlctf_sessions.session"] = [row for row in rows["session"] if row["number"] == 119]
    known = [{"model": model, "fields": row} for model, rows in before.items() for row in rows]
    with TemporaryDirectory() as folder:
        file = Path(folder) / "before.yaml"
        file.write_text(yaml.safe_dump(known), encoding="utf-8")
        loader.load(file)
    # The demo knows no addresses.
    for person in Person.objects.all():
        person.email = f"persona{person.pk}@cnlctf.example"
        person.save()
    get_or_create_user(ACCOUNTS[0])


@pytest.fixture
def expected(transactional_db: None) -> dict[str, str]:
    """What the demo's acta says, with its annex."""
    with transaction.atomic():
        Loader().load(DEMO / "sessions.yaml")
        Loader().load(DEMO / "plan.yaml")
        acta = Acta.objects.get_by_natural_key("SO", 120)
        attach(acta, "poa-matriz-2019", by=None)
        acta.submit(by=None, at=timezone.now())
        issued = approve(acta, by=None, at=timezone.now())
        transaction.set_rollback(True)
    return sections(bytes(issued.content))


def sections(pdf: bytes) -> dict[str, str]:
    """The text of each part of an acta, by its heading."""
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    parts = re.split(r"^([IV]+\. .+)$", text, flags=re.MULTILINE)
    assert len(parts) == 1 + 2 * 8
    return {"": parts[0], **dict(zip(parts[1::2], parts[2::2], strict=True))}


@pytest.fixture
def page(browser: Browser, site: str, watch: Any) -> Iterator[Page]:
    with browser.new_context(base_url=site, viewport=DESKTOP, **QUIET) as context:
        context.set_default_timeout(PATIENCE)
        yield watch(context.new_page())


def press(page: Page, name: str, **options: Any) -> None:
    page.get_by_role("button", name=name, **options).click()


def follow(page: Page, name: str, **options: Any) -> None:
    page.get_by_role("link", name=name, **options).first.click()


def told(page: Page, words: str) -> None:
    expect(page.get_by_role("status").filter(has_text=words).first).to_be_visible()


# --- Before ---------------------------------------------------------------------------------


def enter(page: Page) -> None:
    page.goto("/ingresar/")
    page.get_by_label("Nombre de usuario").fill("secretaria")
    page.get_by_label("Contraseña").fill(PASSWORD)
    press(page, "Ingresar")


def create_session(page: Page, session: dict[str, Any]) -> None:
    page.get_by_role("navigation", name="Principal").get_by_role("link", name="Sesiones").click()
    follow(page, "Nueva sesión")
    page.get_by_label("Clase").select_option("ordinaria")
    page.get_by_label("Fecha").fill(session["held_on"].isoformat())
    press(page, "Continuar")
    expect(page.get_by_label("Número")).to_have_value("120")
    page.get_by_label("Hora de inicio").fill("09:00")
    page.get_by_label("Sede").fill(session["venue"])
    press(page, "Programar la sesión")
    told(page, "Se programó la SO N° 120")


def write_agenda(page: Page, points: list[dict[str, Any]]) -> None:
    for point in points:
        page.get_by_label("Asunto").fill(point["title"])
        press(page, "Agregar")
        told(page, "El punto quedó al final")


def summon(page: Page) -> None:
    follow(page, "SO N° 120")
    follow(page, "Convocatoria")
    page.get_by_label("Nombres y apellidos").fill("Teresa Torres")
    page.get_by_label("Correo electrónico").fill("torres@oit.example")
    press(page, "Añadir a la lista")
    expect(page.get_by_role("rowheader", name="Teresa Torres")).to_be_visible()
    follow(page, "Enviar la convocatoria")
    press(page, "Enviar la convocatoria")
    expect(page.get_by_text("Convocada.")).to_be_visible()
    follow(page, "SO N° 120")


# --- During ---------------------------------------------------------------------------------


def take_attendance(page: Page, people: list[dict[str, Any]]) -> None:
    follow(page, "Asistencia")
    for row in people:
        name = " ".join(row["person"])
        if row["capacity"] in ("O", "G"):
            page.get_by_label("Nombre o apellido").fill(name)
            # Among those found: who was invited by the convocatoria has another list.
            found = page.locator(".people-found:not([aria-labelledby]) li")
            one = found.filter(has_text=name)
            one.get_by_label("Entidad").fill(row["entity"][0])
            one.get_by_label("Calidad").select_option(row["capacity"])
            one.get_by_role("button", name="Añadir").click()
            told(page, f"Se añadió a {name}")
        else:
            group = page.get_by_role("group", name=re.compile(name))
            group.get_by_role("radio", name="Presente").check()
            expect(group.locator("[data-state]")).to_have_text("Guardado")
        if "entity_as_written" in row:
            group = page.get_by_role("group", name=re.compile(name))
            group.get_by_label("Entidad en el acta").fill(row["entity_as_written"])
            group.get_by_label("Entidad en el acta").press("Enter")
            expect(group.locator("[data-state]")).to_have_text("Guardado")


def install(page: Page, session: dict[str, Any], conducting: str) -> None:
    expect(page.locator(".quorum-count")).to_contain_text("11 de 11")
    chair = page.get_by_label("Conduce la sesión")
    chair.select_option(chair.locator("option", has_text=conducting).get_attribute("value"))
    page.locator("#conduccion ~ form").get_by_role("button", name="Guardar").click()
    told(page, "Se guardó quién conduce la sesión.")
    page.get_by_label("Hora", exact=True).fill(session["starts_at"])
    press(page, "Instalar la sesión")
    told(page, "La sesión quedó instalada a las 09:22 a.m.")
    press(page, "Proponer firmantes")
    told(page, "El acta tiene 12 firmantes.")
    follow(page, "SO N° 120")


def end_session(page: Page, session: dict[str, Any]) -> None:
    follow(page, "Editar")
    page.get_by_label("Hora de término").fill(session["ends_at"])
    press(page, "Guardar")
    told(page, "Se guardaron los datos")


# --- The acta -------------------------------------------------------------------------------


class Editor:
    """The acta's page, written as its keys let one."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def blocks(self, kind: str) -> Any:
        return self.page.locator(f".block[data-kind={kind}]")

    def text(self, kind: str, field: str) -> Any:
        return self.blocks(kind).first.locator(f":scope > [data-field={field}]")

    def add(self, kind: str, label: str, number: int) -> Any:
        """The first of a list by its button, the others by the keys."""
        if number == 1:
            press(self.page, label)
        else:
            self.page.keyboard.press("Control+Shift+Enter")
        expect(self.blocks(kind)).to_have_count(number)
        return self.blocks(kind).nth(number - 1)

    def write(self, words: str) -> None:
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(words)

    def ready(self) -> None:
        """A text is a tab stop by the script: from then on a click writes."""
        expect(self.text("instalacion", "opening")).to_have_attribute("tabindex", "0")

    def rewrite(self, kind: str, field: str, words: str, number: int = 1) -> None:
        self.ready()
        text = self.blocks(kind).nth(number - 1).locator(f":scope [data-field={field}]").first
        text.click()
        expect(text.locator("textarea")).to_be_focused()
        self.write(words)
        self.page.keyboard.press("Control+Enter")

    def turn(self, kind: str, label: str, number: int, row: dict[str, Any]) -> None:
        block = self.add(kind, label, number)
        speaker = block.get_by_label("Quién habla")
        expect(speaker).to_be_focused()
        if "speaker" in row:
            self.page.keyboard.insert_text(" ".join(row["speaker"][2:]))
            self.page.keyboard.press("Enter")
            expect(block.locator(".attribution")).not_to_be_empty()
        named = block.get_by_label("Como se lo nombra")
        if named.input_value() != row["attribution"]:
            named.fill(row["attribution"])
            named.press("Enter")
        expect(block.locator("textarea")).to_be_focused()
        self.write(row["body"])

    def agreement(self, number: int, row: dict[str, Any]) -> None:
        """By consensus, as is proposed: the seed does not say how, and the reviewer asks for it."""
        block = self.add("acuerdo", "Añadir un acuerdo", number)
        self.write(row["text"])
        if "due_on" in row:
            block.get_by_role("button", name="Fijar como plazo").click()
            expect(block.get_by_label("Plazo")).to_have_value(row["due_on"].isoformat())
        else:
            block.get_by_text("Adopción, responsables y plazo").click()
        if "agenda_item" in row:
            point = block.get_by_label("Punto del orden del día")
            point.select_option(index=row["agenda_item"][2])
        else:
            block.get_by_label("Por qué fuera").fill(row["off_agenda_reason"])
        block.get_by_label("Condición").fill(row.get("condition", ""))
        for (acronym,) in row.get("responsibles", []):
            block.get_by_label(acronym, exact=True).check()
        block.locator("[data-field=text]").click()

    def saved(self) -> None:
        expect(self.page.locator(".editor-status")).to_contain_text("Todo guardado")


def write_acta(page: Page, rows: dict[str, list[dict[str, Any]]]) -> None:
    follow(page, "Leer el acta")
    follow(page, "Escribir")
    editor = Editor(page)
    (point,) = rows["agendaitem"]
    editor.ready()
    # The second one, on who was designated, comes from the data.
    first, designated, *others = rows["report"]
    for number, row in enumerate((first, *others), 1):
        editor.add("informe", "Añadir un informe", number)
        editor.write(row["title"])
        page.keyboard.press("Enter")
        editor.write(row["body"])
    for number, row in enumerate(rows["sectorreport"], 1):
        editor.turn("informe-sector", "Añadir el informe de un sector", number, row)
    for row in rows["petition"]:
        page.locator("#pedidos .block-add button").first.click()
        expect(editor.text("pedido", "body").locator("textarea")).to_be_focused()
        editor.write(row["body"])
    for number, row in enumerate(rows["petitionitem"], 1):
        editor.add("sub-punto", "Añadir un sub-punto", number)
        editor.write(row["body"])
    editor.rewrite("pedido", "conclusion", rows["petition"][0]["conclusion"])
    editor.rewrite("punto", "introduction", point["introduction"])
    for number, row in enumerate(rows["intervention"], 1):
        editor.turn("intervencion", "Añadir una intervención", number, row)
    for number, row in enumerate(rows["agreement"], 1):
        editor.agreement(number, row)
    editor.saved()
    take_proposals(page, editor, designated)


def take_proposals(page: Page, editor: Editor, designated: dict[str, Any]) -> None:
    """What data write: two sentences as they are, and a report that then says it as people did."""
    page.locator("#propuestas > summary").click()
    for slug, button in (
        ("apertura", "Reemplazar por la propuesta"),
        ("cierre", "Reemplazar por la propuesta"),
        ("designaciones", "Insertar"),
    ):
        page.locator(f"#propuesta-{slug}").get_by_role("button", name=button).click()
        told(page, "El texto propuesto está en el acta")
        expect(page.locator(f"#propuesta-{slug}")).to_contain_text("Al día")
    second = editor.blocks("informe").nth(1)
    expect(second).to_contain_text("a la representante alterna, la señora Diana Paola Falconí")
    editor.rewrite("informe", "title", designated["title"], number=2)
    editor.rewrite("informe", "body", designated["body"], number=2)
    editor.saved()


def attach_annex(page: Page) -> None:
    """The plan is kept elsewhere: its data come in by themselves."""
    Loader().load(DEMO / "plan.yaml")
    follow(page, "Agregar y ordenar anexos")
    follow(page, "Ver y agregar")
    press(page, "Agregar al acta")
    told(page, "Se agregó al acta el Anexo 1.")
    follow(page, "Escribir el acta")


def close_acta(page: Page) -> None:
    follow(page, "Leer", exact=True)
    follow(page, "Revisar")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Revisión del acta")
    expect(page.locator(".figure-value").first).to_have_text("0")
    follow(page, "Leer el acta")
    follow(page, "Enviar a revisión")
    press(page, "Enviar a revisión")
    told(page, "El acta está en revisión.")
    follow(page, "Aprobar")
    press(page, "Aprobar y publicar")
    told(page, "El acta está aprobada y es pública.")


@pytest.mark.parametrize("transactional_db", [load_members], indirect=True, ids=["members"])
def test_a_whole_session(
    transactional_db: None, expected: dict[str, str], page: Page, settings: Any
) -> None:
    rows = seed()
    session = next(row for row in rows["session"] if row["number"] == 120)
    settings.TODAY = "2020-01-13"
    enter(page)
    create_session(page, session)
    write_agenda(page, rows["agendaitem"])
    summon(page)
    assert len(mail.outbox) == 15
    settings.TODAY = "2020-01-16"
    take_attendance(page, rows["attendance"])
    install(page, session, " ".join(rows["sessionoffice"][0]["person"]))
    end_session(page, session)
    write_acta(page, rows)
    attach_annex(page)
    close_acta(page)
    assert Acta.objects.get_by_natural_key("SO", 120).state == ActaState.APPROVED
    pdf = page.request.get(page.get_by_role("link", name="Descargar PDF").get_attribute("href"))
    assert sections(pdf.body()) == expected
