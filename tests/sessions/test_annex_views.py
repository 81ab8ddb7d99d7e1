"""The annexes of an acta that is being written: attached from sources, ordered, made again."""

from typing import Any

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertRedirects

from cnlctf.lib.frozen import freeze
from cnlctf.lib.grid import Block, Cell, Row, Table
from members.choices import Role
from sessions import annex_sources
from sessions.annex_sources import Offer
from sessions.models import Acta, Annex, Session
from tests.sessions import kit
from tests.sessions.acta_factory import make_acta

pytestmark = pytest.mark.django_db

PAGE = "/sesiones/so-125/anexos/"


class Figures:
    """A source of two annexes, whose data may change."""

    def __init__(self) -> None:
        self.goal = "50"

    def __call__(self, session: Session) -> list[Offer]:
        return [
            Offer("metas", "Las metas", "METAS", self.goals),
            Offer("notas", "Las notas", "NOTAS", self.notes),
        ]

    def goals(self) -> Block:
        rows = tuple(
            Row((Cell(name), Cell(figure))) for name, figure in (("Uno", self.goal), ("Dos", "7"))
        )
        return Block("METAS", table=Table("Metas", (1, 1), (), rows))

    def notes(self) -> Block:
        return Block("NOTAS", prose="Una nota.")


@pytest.fixture
def figures(monkeypatch: pytest.MonkeyPatch) -> Figures:
    source = Figures()
    monkeypatch.setattr(annex_sources, "SOURCES", [source])
    return source


@pytest.fixture
def acta(figures: Figures) -> Acta:
    acta = make_acta()
    acta.annexes.all().delete()
    return acta


@pytest.fixture
def secretary(client: Client) -> Client:
    client.force_login(kit.user(Role.SECRETARY))
    return client


def attach(client: Client, *slugs: str) -> list[Annex]:
    for slug in slugs:
        client.post(f"{PAGE}agregar/{slug}/")
    return list(Annex.objects.order_by("number"))


def listed() -> list[tuple[int, str]]:
    return list(Annex.objects.order_by("number").values_list("number", "title"))


def test_what_is_offered_is_seen_before_it_is_attached(secretary: Client, acta: Acta) -> None:
    assertContains(secretary.get(PAGE), "El acta no tiene anexos")
    seen = secretary.get(f"{PAGE}agregar/metas/")
    assert seen.templates[0].name == "sessions/annex_attach.html"
    assertContains(seen, "METAS")
    assertContains(seen, "50")
    assert not Annex.objects.exists()


def test_what_is_attached_is_frozen(secretary: Client, acta: Acta, figures: Figures) -> None:
    response = secretary.post(f"{PAGE}agregar/metas/")
    annex = Annex.objects.get()
    assertRedirects(response, f"{PAGE}#anexo-{annex.pk}", fetch_redirect_response=False)
    assert (annex.number, annex.title, annex.source) == (1, "METAS", "metas")
    assert annex.content == freeze(figures.goals())
    page = secretary.get(PAGE)
    assert [offer.slug for offer in page.context["offers"]] == ["notas"]
    assertContains(page, "Al día")


def test_an_annex_is_attached_once(secretary: Client, acta: Acta) -> None:
    attach(secretary, "metas")
    again = secretary.post(f"{PAGE}agregar/metas/")
    assertContains(again, "El acta ya tiene el anexo «Las metas».", status_code=409)
    assert listed() == [(1, "METAS")]


def test_what_nobody_offers_is_not_attached(secretary: Client, acta: Acta) -> None:
    for method in (secretary.get, secretary.post):
        assertContains(method(f"{PAGE}agregar/otro/"), "ya no se ofrece", status_code=404)


# --- Made again -----------------------------------------------------------------------------


def test_data_that_changed_are_shown_and_taken_only_when_asked(
    secretary: Client, acta: Acta, figures: Figures
) -> None:
    (annex,) = attach(secretary, "metas")
    figures.goal = "60"
    assertContains(secretary.get(PAGE), "Los datos cambiaron")
    page = secretary.get(f"{PAGE}{annex.pk}/")
    assertContains(page, "[se quita: </span> 50<")
    assertContains(page, "[se agrega: </span> 60<")
    # What did not change is not told.
    assert len(page.context["found"].difference) == 1
    annex.refresh_from_db()
    assert annex.content["table"]["body"][0]["cells"][1]["text"] == "50"
    secretary.post(f"{PAGE}{annex.pk}/actualizar/", {"version": annex.version})
    annex.refresh_from_db()
    assert annex.content == freeze(figures.goals())
    assertContains(secretary.get(PAGE), "Al día")


def test_a_title_that_a_person_gave_stays(secretary: Client, acta: Acta, figures: Figures) -> None:
    (annex,) = attach(secretary, "metas")
    path = f"{PAGE}{annex.pk}/"
    response = secretary.post(path, {"version": 1, "title": "  Cuadro \n de metas "})
    assertRedirects(response, f"{PAGE}#anexo-{annex.pk}", fetch_redirect_response=False)
    figures.goal = "60"
    secretary.post(f"{path}actualizar/", {"version": 2})
    assert listed() == [(1, "Cuadro de metas")]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"version": 1, "title": " "}, "Escriba el título del anexo."),
        ({"version": 1, "title": "a" * 501}, "El título tiene 501 caracteres y admite 500."),
        ({"title": "Otro"}, "Falta la versión del anexo"),
        ({"version": "x", "title": "Otro"}, "La versión del anexo no es un número"),
    ],
)
def test_a_wrong_title_comes_back(
    secretary: Client, acta: Acta, fields: dict[str, Any], message: str
) -> None:
    (annex,) = attach(secretary, "metas")
    assertContains(secretary.post(f"{PAGE}{annex.pk}/", fields), message, status_code=400)
    assert listed() == [(1, "METAS")]


@pytest.mark.parametrize("path", ["", "actualizar/", "quitar/"])
def test_over_an_annex_that_changed_meanwhile_nothing_is_done(
    secretary: Client, acta: Acta, figures: Figures, path: str
) -> None:
    (annex,) = attach(secretary, "metas")
    Annex.objects.update(version=2)
    figures.goal = "60"
    stale = secretary.post(f"{PAGE}{annex.pk}/{path}", {"version": 1, "title": "Otro"})
    assertContains(stale, "No se cambió nada.", status_code=409)
    annex.refresh_from_db()
    assert (annex.title, annex.content["table"]["body"][0]["cells"][1]["text"]) == ("METAS", "50")


def test_an_annex_that_nobody_offers_any_more_stays_as_it_is(
    secretary: Client, acta: Acta, monkeypatch: pytest.MonkeyPatch
) -> None:
    (annex,) = attach(secretary, "metas")
    monkeypatch.setattr(annex_sources, "SOURCES", [])
    assertContains(secretary.get(PAGE), "Su contenido ya no se toma de otros datos.")
    assertContains(secretary.get(f"{PAGE}{annex.pk}/"), "50")
    refused = secretary.post(f"{PAGE}{annex.pk}/actualizar/", {"version": 1})
    assertContains(refused, "ya no se ofrece", status_code=409)


# --- Order ----------------------------------------------------------------------------------


def test_annexes_are_ordered_and_numbered_again(secretary: Client, acta: Acta) -> None:
    one, two = attach(secretary, "metas", "notas")
    moved = secretary.post(f"{PAGE}{two.pk}/mover/", {"hacia": "arriba"})
    assertRedirects(moved, f"{PAGE}?movido={two.pk}-arriba", fetch_redirect_response=False)
    assert listed() == [(1, "NOTAS"), (2, "METAS")]
    secretary.post(f"{PAGE}{two.pk}/mover/", {"hacia": "abajo"})
    assert listed() == [(1, "METAS"), (2, "NOTAS")]
    asked = secretary.get(f"{PAGE}{one.pk}/quitar/")
    assert asked.templates[0].name == "sessions/annex_remove.html"
    secretary.post(f"{PAGE}{one.pk}/quitar/", {"version": 1})
    assert listed() == [(1, "NOTAS")]


@pytest.mark.parametrize(
    ("path", "fields", "status"),
    [
        ("mover/", {}, 400),
        ("mover/", {"hacia": "al cielo"}, 400),
        ("quitar/", {}, 400),
        ("actualizar/", {"version": "²"}, 400),
        ("actualizar/", {"version": "9" * 30}, 400),
    ],
)
def test_a_form_of_nothing_changes_nothing(
    secretary: Client, acta: Acta, path: str, fields: dict[str, str], status: int
) -> None:
    (annex,) = attach(secretary, "metas")
    assert secretary.post(f"{PAGE}{annex.pk}/{path}", fields).status_code == status
    assert listed() == [(1, "METAS")]


def test_an_annex_of_another_acta_is_none(secretary: Client, acta: Acta) -> None:
    other = Acta.objects.create(session=kit.session(7))
    foreign = Annex.objects.create(acta=other, number=1, title="Ajeno", content={"a": 1})
    for number in (foreign.pk, 10**30):
        assert secretary.get(f"{PAGE}{number}/").status_code == 404
        assert secretary.post(f"{PAGE}{number}/quitar/", {"version": 1}).status_code == 404


def test_an_approved_acta_takes_no_annexes(secretary: Client, acta: Acta) -> None:
    (annex,) = attach(secretary, "metas")
    kit.approve(acta)
    back = secretary.get(PAGE)
    assertRedirects(back, "/sesiones/so-125/acta/", fetch_redirect_response=False)
    for path in (
        "agregar/notas/",
        f"{annex.pk}/",
        f"{annex.pk}/actualizar/",
        f"{annex.pk}/quitar/",
    ):
        refused = secretary.post(PAGE + path, {"version": 1, "title": "Otro"})
        assertContains(refused, "está aprobada", status_code=409)
    assert listed() == [(1, "METAS")]


@pytest.mark.parametrize("moved", ["", "x", "1", "²-arriba", "9" * 30 + "-abajo"])
def test_the_address_may_say_anything_of_what_moved(
    secretary: Client, acta: Acta, moved: str
) -> None:
    assert secretary.get(PAGE, {"movido": moved}).status_code == 200
