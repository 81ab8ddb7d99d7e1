import datetime

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertTemplateUsed

from members.choices import Capacity, Role
from sessions.choices import AgreementState, Presence, SessionState
from sessions.models import AgendaItem, Annex, Session
from tests.sessions import kit

pytestmark = pytest.mark.django_db

LIST = "/sesiones/"


@pytest.fixture
def secretary(client):
    account = kit.user(Role.SECRETARY, is_staff=True)
    client.force_login(account)
    return account


@pytest.fixture
def observer(client):
    client.force_login(kit.user(Role.OBSERVER))


def shown(response) -> list[str]:
    return [session.slug for session, _ in response.context["rows"]]


def text(response) -> str:
    return " ".join(response.content.decode().split())


# --- The list -------------------------------------------------------------------------------


def test_a_stranger_sees_sessions_with_approved_acta(client):
    kit.acta(kit.session(118))
    kit.acta(kit.session(119), approved=False)
    kit.session(120)
    response = client.get(LIST)
    assertTemplateUsed(response, "sessions/session_list.html")
    assert shown(response) == ["so-118"]
    assertNotContains(response, "Próxima sesión")


def test_a_role_sees_them_all_newest_first_those_without_date_last(client, observer):
    kit.session(118, state=SessionState.REFERRED, held_on=None)
    kit.session(120)
    kit.session(3, kind="SE", held_on=datetime.date(2020, 1, 20))
    assert shown(client.get(LIST)) == ["se-3", "so-120", "so-118"]


def test_a_row_says_date_state_chair_seats_agreements_and_acta(client):
    minam, *_ = kit.members("MINAM", "MINJUS", "MTPE")
    kit.rule()
    session = kit.session(120)
    kit.chair(session, "Eva")
    kit.attend(session, minam, "Ana")
    kit.attend(session, minam, "Sol", Capacity.ALTERNATE)
    kit.agreement(session, 1)
    kit.agreement(session, 2)
    kit.acta(session)
    page = text(client.get(LIST))
    assert "Jueves 16 de enero de 2020" in page
    assert '<span class="badge badge-good">Realizada</span>' in page
    assert "Eva so-120" in page
    assert "1 de 3" in page
    assert "quórum 2" in page
    assert '<a href="/sesiones/so-120/#acuerdos">2</a>' in page
    assert '<a href="/sesiones/so-120/acta/">Leer' in page
    assert '<a href="/sesiones/so-120/acta.pdf">PDF' in page


def test_a_draft_acta_is_linked_for_who_writes_it_only(client):
    kit.acta(kit.session(120), approved=False)
    client.force_login(kit.user(Role.OBSERVER))
    assertNotContains(client.get(LIST), "/sesiones/so-120/acta/")
    client.force_login(kit.user(Role.SECRETARY))
    response = client.get(LIST)
    assertContains(response, "/sesiones/so-120/acta/")
    assertContains(response, "Acta en borrador")


def test_the_next_session_is_on_top_with_no_filter_and_on_the_first_page(client, observer):
    coming = kit.session(
        121, state=SessionState.SCHEDULED, held_on=datetime.date(2020, 3, 19), venue="Sala B"
    )
    response = client.get(LIST)
    assert response.context["next"] == coming
    assert "Jueves 19 de marzo de 2020. Sala B" in text(response)
    assertNotContains(client.get(LIST, {"clase": "ordinaria"}), "Próxima sesión")


def test_a_scheduled_session_whose_day_passed_is_still_to_be_recorded(client, observer, settings):
    kit.session(121, state=SessionState.SCHEDULED, held_on=datetime.date(2020, 3, 19))
    settings.TODAY = "2026-11-23"
    page = text(client.get(LIST))
    assert "No hay ninguna sesión programada desde hoy, lunes 23 de noviembre de 2026." in page
    assert "Por registrar" in page
    assert "Programada</span>" not in page


def test_the_list_says_when_it_is_empty(client):
    assertContains(client.get(LIST), "Todavía no hay sesiones publicadas")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"clase": "extraordinaria"}, ["se-3"]),
        ({"anio": "2019"}, ["so-119"]),
        ({"estado": "programada"}, ["so-121"]),
        ({"clase": "ordinaria", "anio": "2020", "estado": "realizada"}, ["so-120"]),
        ({"clase": "extraordinaria", "anio": "2019"}, []),
        ({"otra": "cosa"}, ["so-121", "se-3", "so-120", "so-119"]),
    ],
)
def test_filters(client, observer, query, expected):
    kit.session(119, held_on=datetime.date(2019, 10, 24))
    kit.session(120)
    kit.session(3, kind="SE", held_on=datetime.date(2020, 1, 20))
    kit.session(121, state=SessionState.SCHEDULED, held_on=datetime.date(2020, 3, 19))
    response = client.get(LIST, query)
    assert shown(response) == expected
    assert ("No hay sesiones con estos filtros" in text(response)) == (not expected)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"clase": "solemne"}, "No hay una clase de sesión «solemne»."),
        ({"anio": "1999"}, "No hay sesiones del año «1999»."),
        ({"anio": "9" * 30}, f"No hay sesiones del año «{'9' * 30}»."),
        ({"estado": "\0"}, "No hay un estado «\0»."),
    ],
)
def test_a_wrong_filter_says_so_and_lists_nothing(client, observer, query, message):
    kit.session(120)
    response = client.get(LIST, query)
    assert (response.status_code, shown(response)) == (200, [])
    assertContains(response, message)
    assertContains(response, "No se buscó: revise los filtros marcados")


def test_twenty_a_page(client, observer):
    day = datetime.date(2018, 1, 1)
    for number in range(1, 22):
        kit.session(number, held_on=day + datetime.timedelta(number))
    assert len(shown(client.get(LIST))) == 20
    assert shown(client.get(LIST, {"page": 2})) == ["so-1"]
    assert client.get(LIST, {"page": 3}).status_code == 404
    assert client.get(LIST, {"page": "x"}).status_code == 404


def full_session(number: int, entity) -> Session:
    session = kit.session(number)
    kit.chair(session, "Eva")
    kit.attend(session, entity, "Ana")
    kit.agreement(session, 1, [entity])
    kit.agreement(session, 2, [entity])
    kit.acta(session)
    return session


def test_the_list_asks_as_much_for_three_as_for_one(client, django_assert_num_queries):
    minam, *_ = kit.members("MINAM", "MINJUS")
    kit.rule()
    full_session(118, minam)
    # Years, count, page, acta, chair, attendance, memberships, rules, next.
    with django_assert_num_queries(9):
        client.get(LIST)
    full_session(119, minam)
    full_session(120, minam)
    with django_assert_num_queries(9):
        client.get(LIST)


# --- One session ----------------------------------------------------------------------------


def test_the_public_sees_a_session_when_its_acta_is_approved(client):
    session = kit.session(120)
    assert client.get("/sesiones/so-120/").status_code == 404
    acta = kit.acta(session, approved=False)
    assert client.get("/sesiones/so-120/").status_code == 404
    acta.delete()
    kit.acta(session)
    assert client.get("/sesiones/so-120/").status_code == 200


@pytest.mark.parametrize(
    "slug",
    [
        "so-121",
        "se-120",
        "SO-120",
        "so-0120",
        "so-2147483648",
        f"so-{'9' * 20}",
        f"so-{'9' * 5000}",
    ],
)
def test_an_unknown_session_is_a_404(client, observer, slug):
    kit.session(120)
    assert client.get(f"/sesiones/{slug}/").status_code == 404


def test_data_agenda_attendance_agreements_and_annexes(client):
    minam, minjus = kit.members("MINAM", "MINJUS")
    kit.rule()
    session = kit.session(
        120, starts_at=datetime.time(9, 22), ends_at=datetime.time(11, 25), venue="Sala A"
    )
    item = AgendaItem.objects.create(session=session, position=1, title="El plan de 2020")
    kit.chair(session, "Eva")
    kit.attend(session, minam, "Ana")
    kit.attend(session, minam, "Sol", Capacity.ALTERNATE)
    kit.attend(session, minjus, "Luz", presence=Presence.EXCUSED, excuse="De viaje")
    kit.attend(session, kit.entity("OIT"), "Fe", Capacity.GUEST)
    kit.agreement(session, 1, [minam, minjus], agenda_item=item, due_on=kit.DAY)
    kit.agreement(session, 2, off_agenda_reason="Se acordó de urgencia.")
    Annex.objects.create(acta=kit.acta(session), number=1, title="El plan de 2019", content={})
    response = client.get("/sesiones/so-120/")
    assertTemplateUsed(response, "sessions/session_detail.html")
    page = text(response)
    for said in (
        "<h1>Sesión Ordinaria N° 120</h1>",
        "Desde las 09:22 a.m. hasta las 11:25 a.m.",
        'Eva so-120<br><span class="muted">Directora</span>',
        "<li>El plan de 2020 <span",
        '<p class="figure-value">1 <span>de 2</span></p><p class="figure-label">asientos presentes',
        "más de la mitad: 2 ÷ 2 = 1 → 2",
        "no hay quórum",
        "También asistió: Sol MINAM 120, Alterna",
        "Con justificación: Luz MINJUS 120, Titular",
        "(1 sin representante)",
        "Invitados e invitadas",
        'id="acuerdo-1"',
        "Punto 1",
        'Fuera del orden del día. <span class="muted">Se acordó de urgencia.</span>',
        '<a href="/sesiones/so-120/acta/#anexo-1">Anexo 1: El plan de 2019</a>',
        '<a class="button primary" href="/sesiones/so-120/acta/">Leer el acta</a>',
    ):
        assert said in page
    assert "Observadores" not in page
    # What is the commission's own: how an agreement is followed up, why somebody did not come.
    own = (
        "Con justificación: Luz MINJUS 120, Titular (De viaje)",
        '<span class="badge badge-bad">Vencido</span> vencido hace 18 días',
    )
    for said in own:
        assert said not in page
    client.force_login(kit.user(Role.OBSERVER))
    page = text(client.get("/sesiones/so-120/"))
    for said in own:
        assert said in page


def test_a_session_cited_by_others_says_that_its_acta_is_not_here(client, observer):
    kit.session(119, state=SessionState.REFERRED, held_on=None)
    page = text(client.get("/sesiones/so-119/"))
    assert "A esta sesión la citan otras actas; la suya no está en el programa" in page
    assert "Asistencia y quórum" not in page


def neighbours(number: int) -> None:
    kit.session(119, state=SessionState.REFERRED, held_on=None)
    fixing = kit.agreement(kit.session(120), 5)
    kit.acta(fixing.session)
    kit.session(
        121,
        state=SessionState.SCHEDULED,
        held_on=datetime.date(2020, 3, 19),
        agreed_in=fixing,
    )
    kit.session(121, kind="SE")


def test_a_session_leads_to_those_before_and_after_of_its_kind(client, observer):
    neighbours(120)
    page = text(client.get("/sesiones/so-120/"))
    assert '<a href="/sesiones/so-119/">SO N° 119</a>' in page
    assert "su acta no está en el programa" in page
    assert '<a href="/sesiones/so-121/">SO N° 121</a> <span class="muted">— 19 de marzo' in page
    assert 'Fija la <a href="/sesiones/so-121/">SO N° 121</a> para el jueves 19 de marzo' in page
    page = text(client.get("/sesiones/so-121/"))
    assert '<a href="/sesiones/so-120/#acuerdo-5">Acuerdo 5 de la SO N° 120</a>' in page
    assert "/sesiones/se-121/" not in page


def test_a_stranger_is_led_to_no_page_that_is_not_public(client):
    neighbours(120)
    page = text(client.get("/sesiones/so-120/"))
    assert 'SO N° 119 <span class="muted">— su acta no está en el programa</span>' in page
    assert "Fija la SO N° 121 para el jueves 19 de marzo de 2020." in page
    assert "/sesiones/so-119/" not in page
    assert "/sesiones/so-121/" not in page


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (SessionState.SCHEDULED, "La asistencia se registra al instalarse la sesión."),
        (SessionState.SCHEDULED, "el quórum es de 2 asientos en primera convocatoria"),
        (SessionState.SCHEDULED, "Todavía no se ha fijado el orden del día."),
        (SessionState.SCHEDULED, "Los acuerdos se registran en la sesión."),
        (SessionState.HELD, "No se ha registrado la asistencia."),
        (SessionState.HELD, "No hay acuerdos registrados."),
        (SessionState.CANCELLED, "La sesión se canceló: no hubo asistencia."),
        (SessionState.CANCELLED, "<strong>Sesión cancelada.</strong> Por la huelga."),
        (SessionState.FAILED, "<strong>No se realizó por falta de quórum.</strong>"),
        (SessionState.SUSPENDED, "<strong>Sesión suspendida: continúa otro día.</strong>"),
    ],
)
def test_what_is_missing_is_said_by_state(client, observer, state, said):
    kit.members("MINAM", "MINJUS")
    kit.rule()
    day = datetime.date(2020, 3, 19)
    kit.session(120, state=state, held_on=day, remarks="Por la huelga.")
    assert said in text(client.get("/sesiones/so-120/"))


def test_a_session_without_a_rule_says_so(client, observer):
    minam, *_ = kit.members("MINAM")
    session = kit.session(120)
    kit.attend(session, minam, "Ana")
    assertContains(client.get("/sesiones/so-120/"), "No hay una regla del quórum vigente")


def test_only_an_open_session_is_offered_for_editing(client, secretary):
    session = kit.session(120)
    assertContains(client.get("/sesiones/so-120/"), "/sesiones/so-120/editar/")
    kit.acta(session)
    assertNotContains(client.get("/sesiones/so-120/"), "/sesiones/so-120/editar/")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"due_on": datetime.date(2020, 2, 2)}, "vencido hace 1 día"),
        ({"due_on": datetime.date(2016, 2, 4)}, "vencido hace 1,460 días"),
        ({"due_on": datetime.date(2020, 2, 3)}, "vence hoy"),
        ({"due_on": datetime.date(2020, 2, 4)}, "vence mañana"),
        ({"due_on": datetime.date(2020, 2, 5)}, "vence en 2 días"),
        (
            {"state": AgreementState.FULFILLED, "fulfilled_on": datetime.date(2020, 1, 20)},
            "cumplido el 20 de enero de 2020",
        ),
    ],
)
def test_how_an_agreement_stands_today(client, observer, fields, said):
    kit.agreement(kit.session(120), 1, **fields)
    assert f"</span> {said}</dd>" in text(client.get("/sesiones/so-120/"))


def test_one_session_asks_as_much_for_many_as_for_one(client, django_assert_num_queries):
    minam, minjus, mtpe = kit.members("MINAM", "MINJUS", "MTPE")
    kit.rule()
    session = full_session(120, minam)
    # Session, agenda, offices, agreements, responsibles, acta, annexes, attendance, memberships,
    # rules, before, after.
    with django_assert_num_queries(13):
        client.get("/sesiones/so-120/")
    for number, entity in enumerate((minjus, mtpe), 3):
        kit.attend(session, entity, "Sol")
        kit.agreement(session, number, [minam, entity])
        AgendaItem.objects.create(session=session, position=number, title="Otro")
    with django_assert_num_queries(13):
        client.get("/sesiones/so-120/")


def test_only_who_keeps_the_attendance_reads_its_hours(client, observer):
    session = kit.session(120)
    hours = {"arrived_at": datetime.time(9, 40), "left_at": datetime.time(11, 5)}
    kit.attend(session, kit.members("MINAM")[0], "Ana", **hours)
    kit.attend(session, kit.entity("OIT"), "Fe", Capacity.GUEST, arrived_at=datetime.time(10))
    told = "Titular · llegó a las 09:40 a.m. · se retiró a las 11:05 a.m."
    assert told not in text(client.get("/sesiones/so-120/"))
    client.force_login(kit.user(Role.SECRETARY))
    page = text(client.get("/sesiones/so-120/"))
    assert told in page
    assert "Invitada · llegó a las 10:00 a.m." in page
