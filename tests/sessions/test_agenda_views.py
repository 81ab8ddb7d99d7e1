import datetime

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from cnlctf.lib.text import to_plain
from members.choices import Capacity, Role
from members.models import Designation
from sessions.choices import AgendaState, SessionState
from sessions.models import AgendaItem, Intervention, Petition
from tests.sessions import kit

pytestmark = pytest.mark.django_db

PAGE = "/sesiones/so-121/agenda/"


@pytest.fixture
def session():
    kit.rule()
    return kit.session(121, state=SessionState.SCHEDULED, held_on=datetime.date(2020, 3, 19))


@pytest.fixture
def secretary(client):
    account = kit.user(Role.SECRETARY)
    client.force_login(account)
    return account


@pytest.fixture
def ana(client, session):
    """A representative of MINAM, who has entered."""
    [minam] = kit.members("MINAM")
    person = kit.person("Ana")
    Designation.objects.create(entity=minam, capacity=Capacity.HOLDER, person=person)
    account = kit.user(Role.REPRESENTATIVE, person)
    client.force_login(account)
    return account


def point(session, title="El plan", **fields) -> AgendaItem:
    item = AgendaItem(**{"session": session, "title": title, **fields})
    item.append()
    return item


def proposal(session, user, title="Lo propuesto") -> AgendaItem:
    return point(session, title, proposed_by=user, state=AgendaState.PROPOSED)


def of(item: AgendaItem, page: str = "") -> str:
    return f"{PAGE}{item.pk}/{page}"


def text(response) -> str:
    return " ".join(response.content.decode().split())


def said(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def order(session) -> list[str]:
    return [item.title for item in session.agenda_items.accepted()]


# --- The list -------------------------------------------------------------------------------


def test_an_empty_agenda_says_what_to_do(client, session, secretary):
    assertContains(client.get(PAGE), "El orden del día está vacío")


def test_points_are_listed_with_their_number_and_origin(client, session, secretary):
    before = kit.session(120)
    acta = kit.acta(before, approved=False)
    asked = Petition.objects.create(acta=acta, origin="members", position=1, body="Enviar.")
    point(session, "Uno", carried_acta=acta, presenter="Eva Ríos")
    point(session, "Dos **veces**", carried_agreement=kit.agreement(before, 3), kind="information")
    point(session, "Tres", carried_petition=asked)
    page = text(client.get(PAGE))
    for words in (
        '<p class="point-number" aria-hidden="true">3</p>',
        "Para aprobación · Expone: Eva Ríos",
        "Dos <strong>veces</strong>",
        'Viene de: <a href="/sesiones/so-120/acta/">Acta de la SO N° 120</a>',
        'Viene de: <a href="/sesiones/so-120/#acuerdo-3">Acuerdo 3 de la SO N° 120</a>',
        'Viene de: <a href="/sesiones/so-120/acta/#pedidos">Pedidos de la SO N° 120</a>',
    ):
        assert words in page


def test_a_point_is_added_at_the_end_by_whom_and_when(client, session, secretary):
    point(session)
    response = client.post(
        PAGE, {"title": " Otro ", "kind": "information", "presenter": "Eva"}, follow=True
    )
    assertRedirects(response, PAGE)
    assert said(response) == ["El punto quedó al final del orden del día."]
    item = session.agenda_items.last()
    assert (item.title, item.kind, item.presenter, item.position) == (
        "Otro",
        "information",
        "Eva",
        2,
    )
    assert (item.edited_by, item.edited_at is not None, item.version) == (secretary, True, 1)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"title": "  ", "kind": "approval"}, "Escriba el asunto."),
        ({"title": "A", "kind": "otra"}, "Escoja una opción válida"),
        ({"title": "x" * 200_000, "kind": "approval"}, "Asegúrese de que este valor tenga"),
        ({"title": "a\0b", "kind": "approval"}, "Los caracteres nulos no están permitidos."),
        (
            {"title": "A", "kind": "approval", "presenter": "x" * 151},
            "menos de 150 caracteres",
        ),
    ],
)
def test_a_wrong_point_is_answered_on_the_page(client, session, secretary, data, message):
    response = client.post(PAGE, data)
    assert response.status_code == 200
    errors = [error for errors in response.context["form"].errors.values() for error in errors]
    assert [error for error in errors if message in error] == errors != []
    assert order(session) == []


def test_it_asks_as_much_for_many(client, session, ana, secretary, django_assert_num_queries):
    client.force_login(secretary)

    def fill(number):
        before = kit.session(number)
        acta = kit.acta(before, approved=False)
        point(session, carried_acta=acta)
        point(session, carried_agreement=kit.agreement(before, 1))
        proposal(session, ana)

    fill(118)
    # Cookie, account, its permissions and its group's, session, points, papers, role.
    with django_assert_num_queries(8):
        client.get(PAGE)
    fill(119)
    fill(120)
    with django_assert_num_queries(8):
        client.get(PAGE)


# --- Moving, changing, removing -------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "way", "expected", "focus"),
    [
        ("A", "abajo", ["B", "A", "C"], "Bajar el punto 2"),
        ("C", "arriba", ["A", "C", "B"], "Subir el punto 2"),
        # At an end the button that was used is of no more use.
        ("B", "arriba", ["B", "A", "C"], "Bajar el punto 1"),
        ("B", "abajo", ["A", "C", "B"], "Subir el punto 3"),
    ],
)
def test_a_point_is_moved_and_keeps_the_focus(
    client, session, secretary, title, way, expected, focus
):
    items = {name: point(session, name) for name in "ABC"}
    response = client.post(of(items[title], "mover/"), {"hacia": way}, follow=True)
    assert order(session) == expected
    assert said(response) == [f"Ahora es el punto {expected.index(title) + 1}."]
    focused = [button for button in text(response).split("<button") if " autofocus" in button]
    assert [f'aria-label="{focus}"' in button for button in focused] == [True]


@pytest.mark.parametrize("query", ["movido=99&hacia=arriba", "movido=x", "hacia=abajo", ""])
def test_without_a_point_that_was_moved_nothing_takes_the_focus(client, session, secretary, query):
    point(session)
    assertNotContains(client.get(f"{PAGE}?{query}"), "autofocus")


def test_a_point_is_changed(client, session, secretary):
    item = point(session)
    page = client.get(of(item))
    assertContains(page, '<input type="hidden" name="version" value="1"')
    data = {"title": "El plan de 2021", "kind": "information", "presenter": "", "version": 1}
    assertRedirects(client.post(of(item), data), PAGE)
    item.refresh_from_db()
    assert (item.title, item.kind, item.version, item.edited_by) == (
        "El plan de 2021",
        "information",
        2,
        secretary,
    )


def test_who_changes_an_old_copy_sees_what_it_says_now_and_loses_nothing(
    client, session, secretary
):
    item = point(session)
    data = {"kind": "approval", "presenter": "", "version": 1}
    client.post(of(item), data | {"title": "Lo de otra persona"})
    response = client.post(of(item), data | {"title": "Lo mío"})
    assertContains(response, "Ahora dice: «Lo de otra persona».")
    assertContains(response, "Lo mío</textarea>")
    assertContains(response, 'name="version" value="2"')
    item.refresh_from_db()
    assert item.title == "Lo de otra persona"
    client.post(of(item), data | {"title": "Lo mío", "version": 2})
    item.refresh_from_db()
    assert (item.title, item.version) == ("Lo mío", 3)


def test_a_point_is_removed_after_asking(client, session, secretary):
    item = point(session, "El *plan*")
    assertContains(client.get(of(item, "quitar/")), "<p>El *plan*</p>")
    assert order(session) == ["El *plan*"]
    response = client.post(of(item, "quitar/"), follow=True)
    assert (said(response), order(session)) == (["El punto se quitó del orden del día."], [])


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_point_in_use_is_not_removed(client, session, secretary, method):
    item = point(session)
    Intervention.objects.create(agenda_item=item, position=1, attribution="La jefa", body="dijo.")
    response = getattr(client, method)(of(item, "quitar/"), follow=True)
    assertRedirects(response, PAGE)
    assert said(response)[0].startswith("El punto tiene 1 intervención en el acta:")
    assert order(session) == ["El plan"]


# --- Proposals ------------------------------------------------------------------------------


def test_a_representative_proposes_and_sees_what_became_of_it(client, session, ana):
    assertContains(client.get("/sesiones/so-121/"), f"{PAGE}proponer/")
    page = client.get(f"{PAGE}proponer/")
    assertContains(page, 'value="Ana Ñahui (MINAM)"')
    data = {"title": "La meta del MINAM", "kind": "approval", "presenter": "Ana"}
    response = client.post(f"{PAGE}proponer/", data, follow=True)
    assertRedirects(response, "/sesiones/so-121/#propuestas")
    assert "Por decidir" in text(response)
    assert order(session) == []
    item = session.agenda_items.get()
    assert (item.proposed_by, item.state, item.presenter) == (ana, "proposed", "Ana")

    item.decline("Se vio en la SO N° 120.")
    assert "No incluido</span> Se vio en la SO N° 120." in text(client.get("/sesiones/so-121/"))
    item.accept()
    assert "Incluido</span> Es el punto 1." in text(client.get("/sesiones/so-121/"))


def test_the_secretary_sees_who_proposed_and_includes_it(client, session, ana, secretary):
    client.force_login(secretary)
    item = proposal(session, ana)
    point(session)
    assert "Propuesto por Ana Ñahui (MINAM)" in text(client.get(PAGE))
    assertContains(client.get("/sesiones/so-121/"), "Por decidir")
    response = client.post(of(item, "aceptar/"), follow=True)
    assert said(response) == ["La propuesta pasó al final del orden del día."]
    assert order(session) == ["El plan", "Lo propuesto"]
    response = client.post(of(item, "aceptar/"), follow=True)
    assert said(response) == ["El punto ya está en el orden del día."]


def test_the_secretary_declines_with_a_reason(client, session, ana, secretary):
    client.force_login(secretary)
    item = proposal(session, ana)
    assertContains(client.get(of(item, "no-incluir/")), "Propuesto por Ana Ñahui")
    assertContains(
        client.post(of(item, "no-incluir/"), {"reason": " "}),
        "Diga por qué: quien lo propuso lo va a leer.",
    )
    response = client.post(of(item, "no-incluir/"), {"reason": "No hay tiempo."}, follow=True)
    assert "<strong>No se incluye:</strong> No hay tiempo." in text(response)
    item.refresh_from_db()
    assert (item.state, item.decline_reason) == ("declined", "No hay tiempo.")


def test_a_point_of_the_secretary_is_not_declined(client, session, secretary):
    item = point(session)
    response = client.post(of(item, "no-incluir/"), {"reason": "Por algo"}, follow=True)
    assert said(response) == ["Este punto no es una propuesta: puede quitarlo."]


def test_nobody_sees_what_another_proposed(client, session, ana):
    proposal(session, kit.user(Role.SECRETARY))
    assertNotContains(client.get("/sesiones/so-121/"), "Lo propuesto")


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"held_on": datetime.date(2020, 2, 2)}, "La SO N° 121 ya no está por realizarse"),
        ({"state": SessionState.HELD}, "La SO N° 121 ya no está por realizarse"),
        ({"state": SessionState.CANCELLED}, "La SO N° 121 está cancelada"),
    ],
)
def test_nothing_is_proposed_for_what_is_not_to_come(client, session, ana, fields, message):
    type(session).objects.update(**fields)
    assertContains(client.get(f"{PAGE}proponer/"), message, status_code=403)
    response = client.post(f"{PAGE}proponer/", {"title": "A", "kind": "approval"})
    assertContains(response, message, status_code=403)
    assertNotContains(client.get("/sesiones/so-121/"), f"{PAGE}proponer/")
    assert not session.agenda_items.exists()


def test_on_the_day_itself_there_is_still_time(client, session, ana):
    type(session).objects.update(held_on=datetime.date(2020, 2, 3))
    assertContains(client.get("/sesiones/so-121/"), f"{PAGE}proponer/")


def test_whose_designation_ended_proposes_no_more(client, session, ana):
    Designation.objects.update(ends_on=datetime.date(2020, 2, 2))
    assertContains(client.get(f"{PAGE}proponer/"), "no tiene hoy una", status_code=403)
    assertNotContains(client.get("/sesiones/so-121/"), f"{PAGE}proponer/")


# --- Who may, and when ----------------------------------------------------------------------

WRITES = ["", "{pk}/", "{pk}/mover/", "{pk}/quitar/", "{pk}/aceptar/", "{pk}/no-incluir/"]


@pytest.mark.parametrize("page", WRITES)
@pytest.mark.parametrize("role", [Role.REPRESENTATIVE, Role.OBSERVER, Role.ADMIN])
def test_only_the_secretary_keeps_the_agenda(client, session, role, page):
    item = point(session)
    client.force_login(kit.user(role))
    data = {"title": "Otro", "kind": "approval", "version": 1, "reason": "No", "hacia": "abajo"}
    assert client.post(PAGE + page.format(pk=item.pk), data).status_code == 403
    assert order(session) == ["El plan"]


@pytest.mark.parametrize("page", [*WRITES, "proponer/"])
def test_an_approved_acta_closes_the_agenda(client, session, secretary, page):
    item = point(session)
    kit.acta(session)
    data = {"title": "Otro", "kind": "approval", "version": 1, "reason": "No", "hacia": "abajo"}
    response = client.post(PAGE + page.format(pk=item.pk), data)
    assertContains(response, "El acta de la SO N° 121 está aprobada", status_code=403)
    assert order(session) == ["El plan"]
    assertNotContains(client.get("/sesiones/so-121/"), PAGE)


@pytest.mark.parametrize("page", WRITES[1:])
@pytest.mark.parametrize("number", ["of another session", 0, 10**19, 10**40])
def test_a_point_that_is_not_of_the_session_is_not_found(client, session, secretary, page, number):
    other = point(kit.session(120))
    pk = other.pk if isinstance(number, str) else number
    data = {"title": "Otro", "kind": "approval", "version": 1, "reason": "No", "hacia": "abajo"}
    assert client.post(PAGE + page.format(pk=pk), data).status_code == 404
    assert order(other.session) == ["El plan"]


def test_a_proposal_is_not_moved(client, session, ana, secretary):
    client.force_login(secretary)
    item = proposal(session, ana)
    assert client.post(of(item, "mover/"), {"hacia": "arriba"}).status_code == 404


def test_the_title_of_a_point_is_markup_and_nothing_else(client, session, secretary):
    point(session, "<script>x</script> =1+1")
    page = client.get(PAGE)
    assertContains(page, "&lt;script&gt;x&lt;/script&gt; =1+1")
    assert to_plain(order(session)[0]) == "<script>x</script> =1+1"
