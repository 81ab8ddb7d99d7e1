import datetime

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertTemplateUsed

from members.choices import Capacity, Role
from members.models import Designation
from sessions.choices import AgreementState
from tests.sessions import kit

pytestmark = pytest.mark.django_db

LIST = "/acuerdos/"
FEBRUARY = datetime.date(2020, 2, 3)


@pytest.fixture
def observer(client):
    client.force_login(kit.user(Role.OBSERVER))


@pytest.fixture
def register():
    """One agreement of each kind, in two sessions and of three entities."""
    mtpe, minam = kit.entity("MTPE"), kit.entity("MINAM")
    organ = kit.entity("ST", parent=mtpe)
    old, new = kit.session(119, held_on=datetime.date(2019, 10, 24)), kit.session(120)
    done = {"state": AgreementState.FULFILLED, "fulfilled_on": datetime.date(2019, 12, 1)}
    kit.agreement(old, 1, [minam], due_on=datetime.date(2019, 12, 31), **done)
    kit.agreement(old, 2, [mtpe], state=AgreementState.WITHDRAWN)
    kit.agreement(new, 1, [minam, organ], due_on=datetime.date(2020, 1, 23))
    kit.agreement(new, 2, [organ], condition="Antes de la próxima sesión")
    kit.agreement(new, 3, due_on=datetime.date(2020, 3, 19))


def listed(response) -> list[str]:
    return [f"{row.session.number}-{row.number}" for row in response.context["page_obj"]]


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_a_stranger_is_asked_to_enter(client):
    response = client.get(LIST)
    assert (response.status_code, response.url) == (302, "/ingresar/?next=/acuerdos/")


def test_an_account_without_the_permission_is_refused(client):
    client.force_login(kit.User.objects.create_user("nadie"))
    assert client.get(LIST).status_code == 403


def test_the_register_newest_session_first(client, observer, register):
    response = client.get(LIST)
    assertTemplateUsed(response, "sessions/agreement_list.html")
    assert listed(response) == ["120-1", "120-2", "120-3", "119-1", "119-2"]


def test_a_row_says_everything_of_an_agreement(client, observer, register):
    page = text(client.get(LIST))
    for said in (
        '<a href="/sesiones/so-120/#acuerdo-1">Acuerdo 1<br>SO N° 120</a>',
        "Aprobar lo que sea, 1.",
        '<a href="/miembros/minam/"><abbr title="Entidad MINAM">MINAM</abbr></a>',
        '23 de enero de 2020<br> <span class="muted small">vencido hace 11 días</span>',
        '<span class="badge badge-bad">Vencido</span>',
        '<span class="small">Antes de la próxima sesión</span>',
        '<span class="muted">Sin asignar</span>',
        "vence en 45 días",
        '<span class="badge badge-good">Cumplido</span>',
        "cumplido el 1 de diciembre de 2019",
        '<span class="badge badge-quiet">Dejado sin efecto</span>',
    ):
        assert said in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"estado": "pendiente"}, ["120-1", "120-2", "120-3"]),
        ({"estado": "vencido"}, ["120-1"]),
        ({"estado": "cumplido"}, ["119-1"]),
        ({"estado": "dejado-sin-efecto"}, ["119-2"]),
        ({"entidad": "minam"}, ["120-1", "119-1"]),
        ({"entidad": "mtpe"}, ["120-1", "120-2", "119-2"]),
        ({"entidad": "st"}, ["120-1", "120-2"]),
        ({"sesion": "so-119"}, ["119-1", "119-2"]),
        ({"desde": "2020-01-23"}, ["120-1", "120-3"]),
        ({"hasta": "23/01/2020"}, ["120-1", "119-1"]),
        ({"desde": "2020-01-24", "hasta": "2020-03-18"}, []),
        ({"entidad": "minam", "estado": "vencido", "sesion": "so-120"}, ["120-1"]),
        ({"estado": "", "entidad": "", "sesion": "", "desde": "", "hasta": ""}, None),
    ],
)
def test_filters(client, observer, register, query, expected):
    response = client.get(LIST, query)
    everything = ["120-1", "120-2", "120-3", "119-1", "119-2"]
    assert listed(response) == (everything if expected is None else expected)
    assert ("No hay acuerdos con estos filtros" in text(response)) == (expected == [])


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"estado": "olvidado"}, "No hay un estado «olvidado»."),
        ({"entidad": "onu"}, "No hay una entidad «onu» con acuerdos."),
        ({"entidad": "\0"}, "Los caracteres nulos no están permitidos."),
        ({"sesion": "so-121"}, "No hay una sesión «so-121» con acuerdos."),
        ({"desde": "ayer"}, "Introduzca una fecha válida."),
        ({"hasta": "2020-02-30"}, "Introduzca una fecha válida."),
        (
            {"desde": "2020-03-01", "hasta": "2020-01-01"},
            "El plazo «desde» es posterior al plazo «hasta».",
        ),
    ],
)
def test_a_wrong_filter_says_so_and_lists_nothing(client, observer, register, query, message):
    response = client.get(LIST, query)
    assert (response.status_code, listed(response)) == (200, [])
    assertContains(response, message)
    assertContains(response, "No se buscó: revise los filtros marcados")
    assertNotContains(response, "agreement-counts")


def test_counts_by_state_of_what_is_asked_for(client, observer, register):
    counts = {"pending": 3, "overdue": 1, "fulfilled": 1, "withdrawn": 1}
    assert client.get(LIST).context["counts"] == counts
    assert client.get(LIST, {"estado": "cumplido"}).context["counts"] == counts
    counts = {"pending": 1, "overdue": 1, "fulfilled": 1, "withdrawn": 0}
    assert client.get(LIST, {"entidad": "minam"}).context["counts"] == counts


def test_a_count_keeps_the_other_filters_and_leaves_the_page(client, observer, register):
    page = text(client.get(LIST, {"entidad": "minam", "page": "1"}))
    assert '<a href="?entidad=minam&amp;estado=vencido">vencido</a>' in page


def test_overdue_is_counted_from_the_one_today(client, observer, register, settings):
    settings.TODAY = "2020-03-20"
    assert listed(client.get(LIST, {"estado": "vencido"})) == ["120-1", "120-3"]
    assert "vencido hace 1 día<" in text(client.get(LIST))


def test_a_representative_gets_to_those_of_their_entity(client, register):
    account = kit.user(Role.REPRESENTATIVE, kit.person("Ana"))
    minam = kit.Entity.objects.get(acronym="MINAM")
    Designation.objects.create(
        entity=minam, person=account.person, capacity=Capacity.HOLDER, ends_on=FEBRUARY
    )
    client.force_login(account)
    page = text(client.get(LIST))
    assert '<a class="button" href="?entidad=minam">Los de mi entidad (MINAM)</a>' in page


def test_who_stands_for_nobody_gets_no_such_link(client, observer, register):
    assertNotContains(client.get(LIST), "Los de mi entidad")


def test_an_entity_with_a_seat_may_have_no_agreements_yet(client, observer, register):
    kit.members("INEI")
    assertContains(client.get(LIST, {"entidad": "inei"}), "No hay acuerdos con estos filtros")


def test_the_register_says_when_it_is_empty(client, observer):
    assertContains(client.get(LIST), "Todavía no hay acuerdos registrados")


def test_twenty_a_page(client, observer):
    session = kit.session()
    for number in range(1, 22):
        kit.agreement(session, number)
    assert len(listed(client.get(LIST))) == 20
    assert listed(client.get(LIST, {"page": 2})) == ["120-21"]
    assert client.get(LIST, {"page": 3}).status_code == 404


def test_the_register_asks_as_much_for_five_as_for_one(client, django_assert_num_queries):
    client.force_login(kit.user(Role.OBSERVER))
    minam = kit.entity("MINAM")
    kit.agreement(kit.session(118, held_on=datetime.date(2019, 1, 1)), 1, [minam])
    # Login, account, its role and permissions: 5. Entities and sessions to filter by, count, page,
    # responsibles, counts by state.
    with django_assert_num_queries(11):
        client.get(LIST)
    for number in (119, 120):
        session = kit.session(number)
        kit.agreement(session, 1, [minam])
        kit.agreement(session, 2, [kit.entity(f"E{number}")])
    with django_assert_num_queries(11):
        assert len(listed(client.get(LIST))) == 5
