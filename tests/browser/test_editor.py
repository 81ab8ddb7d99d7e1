"""Writing the acta in Chromium: nothing typed is ever lost."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect

from members.models import User
from sessions.models import Acta, AgendaItem, Attendance, Intervention, Report, Session
from tests.browser.conftest import DESKTOP, PATIENCE, PHONE, QUIET
from tests.browser.test_accessibility import FINDINGS, WCAG

pytestmark = pytest.mark.browser

EDIT = "/sesiones/so-121/acta/editar/"
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office">
<head><style>p{color:red}</style></head>
<body><!--StartFragment--><p class=MsoNormal><b>Acuerdo:</b> enviar <i>todo</i> a
<a href="https://www.gob.pe/mtpe">la web</a> 2*3<o:p></o:p></p><img src="file:///C:/x.png">
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span><![endif]>Primero</p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>o<span>&nbsp; </span></span><![endif]>Detalle <b>fuerte</b></p>
<ul><li>Segundo<ul><li>Hondo</li></ul></li></ul><script>alert(1)</script><!--EndFragment--></body></html>"""
PASTED = (
    "**Acuerdo:** enviar _todo_ a [la web](https://www.gob.pe/mtpe) 2*3\n"
    "- Primero\n"
    "  - Detalle **fuerte**\n"
    "- Segundo\n"
    "  - Hondo"
)
PASTE = """(textarea, html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", "plano");
  const options = { clipboardData: data, bubbles: true, cancelable: true };
  textarea.dispatchEvent(new ClipboardEvent("paste", options));
}"""


@pytest.fixture
def acta(transactional_db: None) -> Iterator[Acta]:
    """A draft with two reports and two turns, and the people of SO 120 to pick who speaks."""
    session = Session.objects.get(kind="SO", number=121)
    acta, _ = Acta.objects.get_or_create(session=session)
    texts = acta.opening, acta.closing
    for place, title in enumerate(("Uno", "Dos"), 1):
        Report.objects.create(acta=acta, position=place, title=title, body=f"Sobre {title}.")
    item = AgendaItem.objects.create(session=session, position=90, title="Un asunto")
    for place in (1, 2):
        Intervention.objects.create(
            agenda_item=item, position=place, attribution="La jefa,", body="dijo sí."
        )
    people = [
        Attendance.objects.create(
            session=session,
            person=seat.person,
            entity=seat.entity,
            capacity=seat.capacity,
            position=90 + place,
        )
        for place, seat in enumerate(
            Attendance.objects.filter(session__number=120, entity__acronym__in=["OIT", "MINJUS"])
        )
    ]
    yield acta
    acta.reports.all().delete()
    item.delete()
    for person in people:
        person.delete()
    Acta.objects.filter(pk=acta.pk).update(
        opening=texts[0], closing=texts[1], version=1, edited_by=None, edited_at=None
    )


@pytest.fixture
def writer(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """The editor as an account sees it, in a browser of its own."""
    contexts: list[BrowserContext] = []

    def writer(username: str = "secretaria", context: BrowserContext | None = None) -> Page:
        if context is None:
            context = browser.new_context(base_url=site, viewport=DESKTOP, **QUIET)
            context.set_default_timeout(PATIENCE)
            contexts.append(context)
            enter(context, site, username)
        page = context.new_page()
        page.goto(EDIT)
        return page

    yield writer
    for context in contexts:
        context.close()


def enter(context: BrowserContext, site: str, username: str) -> None:
    client = Client()
    client.force_login(User.objects.get(username=username))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site}])


def text(page: Page, kind: str, place: int = 0, field: str = "body"):
    return page.locator(f".block[data-kind={kind}]").nth(place).locator(f"[data-field={field}]")


def status(page: Page, words: str) -> None:
    expect(page.locator(".editor-status")).to_contain_text(words)


def write(page: Page, words: str, kind: str = "informe", place: int = 0) -> None:
    text(page, kind, place).click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(words)


def test_what_is_written_is_saved_by_itself(acta, writer):
    page = writer()
    write(page, "Con **fuerza** y")
    page.keyboard.press("Enter")
    page.keyboard.insert_text("- viñeta")
    status(page, "Todo guardado")
    page.keyboard.press("Escape")
    expect(text(page, "informe").locator("strong")).to_have_text("fuerza")
    page.reload()
    expect(text(page, "informe").locator("li")).to_have_text("viñeta")
    assert acta.reports.get(position=1).body == "Con **fuerza** y\n- viñeta"


def test_the_keys_alone_write_an_acta(acta, writer):
    page = writer()
    text(page, "intervencion", 1).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Shift+Enter")
    speaker = page.locator(".block[data-kind=intervencion]").nth(2).get_by_label("Quién habla")
    expect(speaker).to_be_focused()
    page.keyboard.type("oi")
    page.keyboard.press("Enter")
    expect(text(page, "intervencion", 2).locator("textarea")).to_be_focused()
    page.keyboard.insert_text("indicó. Y más.")
    page.keyboard.press("Control+b")
    page.keyboard.type("sí")
    for _ in range(len("Y más.**sí")):
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Alt+Enter")
    expect(page.locator(".block[data-kind=intervencion]")).to_have_count(4)
    expect(text(page, "intervencion", 3).locator("textarea")).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    expect(text(page, "intervencion", 2).locator("textarea")).to_be_focused()
    page.keyboard.press("Control+Enter")
    status(page, "Todo guardado")
    said = Intervention.objects.filter(agenda_item__session__number=121, position__gt=2)
    assert list(said.values_list("attribution", "body")) == [
        ("La representante de la OIT,", "Y más.**sí**"),
        ("La representante de la OIT,", "indicó."),
    ]
    numbers = page.locator(".block[data-kind=intervencion] > .number")
    assert numbers.all_inner_texts() == ["1.", "2.", "3.", "4."]


def test_what_is_removed_comes_back(acta, writer):
    page = writer()
    text(page, "informe").click()
    page.get_by_role("button", name="Quitar").click()
    expect(page.locator(".block[data-kind=informe]")).to_have_count(1)
    expect(page.get_by_role("link", name="4.1.1. Dos")).to_be_visible()
    page.get_by_role("button", name="Deshacer").click()
    expect(page.locator(".block[data-kind=informe]")).to_have_count(2)
    assert list(acta.reports.values_list("position", "title")) == [(1, "Uno"), (2, "Dos")]


def test_two_people_in_the_same_block_lose_nothing(acta, writer):
    one, two = writer(), writer()
    text(two, "informe").click()
    write(one, "El texto primero.")
    status(one, "Todo guardado")
    two.keyboard.press("Control+a")
    two.keyboard.insert_text("El texto segundo.")
    dialog = two.get_by_role("dialog")
    expect(dialog.get_by_label("Su texto")).to_have_value("El texto segundo.")
    expect(dialog.get_by_label("El de Cecilia")).to_have_value("El texto primero.")
    dialog.get_by_label("Mezcla").fill("El texto primero y el segundo.")
    dialog.get_by_role("button", name="Guardar la mezcla").click()
    status(two, "Todo guardado")
    assert acta.reports.get(position=1).body == "El texto primero y el segundo."


def test_two_people_in_two_texts_of_a_block_do_not_disturb_each_other(acta, writer):
    one, two = writer(), writer()
    text(two, "informe", field="title").click()
    write(one, "Otro texto.")
    status(one, "Todo guardado")
    two.keyboard.press("Control+a")
    two.keyboard.insert_text("Otro título")
    status(two, "Todo guardado")
    report = acta.reports.get(position=1)
    assert (report.title, report.body) == ("Otro título", "Otro texto.")
    # What the other person wrote is there to be read before it is written over.
    expect(text(two, "informe")).to_contain_text("Otro texto.")
    write(two, "Un texto más.")
    status(two, "Todo guardado")
    assert acta.reports.get(position=1).body == "Un texto más."


def test_without_network_the_text_waits(acta, writer):
    page = writer()
    page.context.set_offline(True)
    write(page, "Escrito sin red.")
    status(page, "Sin conexión")
    page.context.set_offline(False)
    status(page, "Todo guardado")
    assert acta.reports.get(position=1).body == "Escrito sin red."


def test_a_page_that_is_killed_gives_back_its_text(acta, writer):
    page = writer()
    page.context.set_offline(True)
    write(page, "No llegó a guardarse.")
    status(page, "Sin conexión")
    # It dies without a word: one that is closed sends what it has, and by then there is a network.
    with page.expect_event("crash"), pytest.raises(Error):
        page.goto("chrome://crash")
    page.close()
    page.context.set_offline(False)
    again = writer(context=page.context)
    expect(again.locator(".draft")).to_contain_text("Informe 4.1.1.")
    again.get_by_role("button", name="Recuperar lo que no se guardó").click()
    status(again, "Todo guardado")
    assert acta.reports.get(position=1).body == "No llegó a guardarse."
    again.reload()
    expect(again.locator(".draft")).to_have_count(0)


def test_a_login_that_expires_loses_nothing(acta, writer, site):
    page = writer()
    cookies = page.context.cookies()
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    write(page, "Después de caducar.")
    status(page, "Sesión terminada: ingrese en otra pestaña y siga")
    # Entering again changes the token too.
    page.context.clear_cookies()
    enter(page.context, site, "secretaria")
    assert cookies
    page.evaluate("dispatchEvent(new Event('online'))")
    status(page, "Todo guardado")
    assert acta.reports.get(position=1).body == "Después de caducar."


def test_a_paste_from_word_keeps_what_the_acta_can_say(acta, writer):
    page = writer()
    write(page, "")
    textarea = text(page, "informe").locator("textarea")
    textarea.evaluate(PASTE, WORD)
    expect(textarea).to_have_value(PASTED)
    status(page, "Todo guardado")
    assert acta.reports.get(position=1).body == PASTED


def test_everybody_can_read_and_use_it(acta, writer):
    page = writer()
    text(page, "intervencion").click()
    page.evaluate(AXE_SCRIPT)
    found = [page.evaluate(FINDINGS, WCAG)]
    page.set_viewport_size(PHONE)
    found.append(page.evaluate(FINDINGS, WCAG))
    assert found == [[], []]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
