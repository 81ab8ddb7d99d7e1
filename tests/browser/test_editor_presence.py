"""Two people in one acta: each is shown where the other is, and what the other wrote."""

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import Page, expect

from members.choices import Role
from members.models import Person, User
from sessions.models import ActaPresence
from tests.browser.test_editor import acta, status, text, write, writer

__all__ = ["acta", "writer"]  # the fixtures

pytestmark = pytest.mark.browser


@pytest.fixture
def ana(acta) -> User:
    """Another of the Secretaría, who has a name."""
    user, made = User.objects.get_or_create(username="ana")
    if made:
        person = Person.objects.filter(user__isnull=True).first()
        user.person = person
        user.save()
        user.groups.add(Group.objects.get(name=Role.SECRETARY))
    return user


def beat(page: Page) -> None:
    """The next beat, without waiting for its time."""
    with page.expect_response("**/presencia/"):
        page.evaluate("""async () => {
          const editor = await import(document.querySelector("[src*='editor/main.js']").src
            .replace("main.js", "presence.js"));
          editor.beat();
        }""")


def test_each_sees_the_other_and_what_the_other_writes(acta, ana, writer):
    mine, hers = writer(), writer("ana")
    write(hers, "Lo que escribió Ana.")
    status(hers, "Todo guardado")
    beat(hers)
    beat(mine)
    name = ana.person.full_name
    expect(mine.locator(".others")).to_contain_text(name)
    block = mine.locator(".block[data-kind=informe]").first
    expect(block.locator(".is-here")).to_have_text(f"{name} está aquí")
    expect(mine.locator(".outline .is-here-mark")).to_have_count(1)
    expect(mine.locator(".others-news")).to_have_text(f"{name} entró en el acta.")
    expect(text(mine, "informe")).to_contain_text("Lo que escribió Ana.")
    expect(block.locator(".is-changed")).to_have_text(f"{name} cambió este párrafo.")
    hers.close()
    for _ in range(50):
        if not ActaPresence.objects.filter(user=ana).exists():
            break
        mine.wait_for_timeout(100)
    beat(mine)
    expect(mine.locator(".others")).to_be_hidden()


def test_what_is_being_written_is_not_replaced(acta, ana, writer):
    mine, hers = writer(), writer("ana")
    text(mine, "informe").click()
    write(hers, "El de Ana.")
    status(hers, "Todo guardado")
    beat(mine)
    block = mine.locator(".block[data-kind=informe]").first
    expect(block.locator("textarea")).to_have_value("Sobre Uno.")
    block.get_by_role("button", name="Ver lo que cambió").click()
    expect(block.locator("textarea")).to_have_value("El de Ana.")


def test_another_order_is_told(acta, ana, writer):
    """And one's own is not."""
    mine, hers = writer(), writer("ana")
    beat(mine)
    text(hers, "informe").focus()
    with hers.expect_response("**/mover/"):
        hers.keyboard.press("Alt+ArrowDown")
    expect(text(hers, "informe")).to_contain_text("Sobre Dos.")
    for page, notices in ((hers, 0), (mine, 1)):
        beat(page)
        expect(page.locator(".others-added")).to_have_count(notices)
    expect(mine.locator(".others-added")).to_have_text(
        "Otra persona añadió, quitó o cambió de lugar párrafos. Ver el acta como está ahora"
    )
