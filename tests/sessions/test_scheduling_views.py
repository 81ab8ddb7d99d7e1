import datetime
from html import unescape

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from members.choices import Capacity, Role
from members.models import Designation
from sessions import scheduling
from sessions.choices import Office, SessionState
from sessions.models import Session, SessionOffice
from tests.sessions import kit

pytestmark = pytest.mark.django_db

NEW = "/sesiones/nueva/"
STEP_2 = f"{NEW}?clase=ordinaria&fecha=2020-03-19"
DAY = datetime.date(2020, 3, 19)
FIXING = "Aprobar que la Sesión Ordinaria N° 121 se realizará el jueves 19 de marzo de 2020."


@pytest.fixture
def secretary(client):
    account = kit.user(Role.SECRETARY)
    client.force_login(account)
    return account


@pytest.fixture
def eva():
    """The president, with a charge, that day."""
    [mtpe] = kit.members("MTPE")
    person = kit.person("Eva")
    Designation.objects.create(
        entity=mtpe, capacity=Capacity.PRESIDENT, person=person, charge="Viceministra de Trabajo"
    )
    return person


def ana():
    """An alternate of MTPE whose designation tells no charge."""
    person = kit.person("Ana")
    entity = Designation.objects.get().entity
    return Designation.objects.create(
        entity=entity, capacity=Capacity.ALTERNATE, person=person
    ).person


def text(response) -> str:
    return unescape(" ".join(response.content.decode().split()))


def said(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def filled(response, *names: str) -> dict[str, object]:
    """What the forms of the page send when nothing is touched."""
    data = {}
    for form in (response.context[name] for name in names):
        for field in form:
            value = field.value()
            if value not in (None, ""):
                data[field.html_name] = value
            if field.field.show_hidden_initial:
                data[field.html_initial_name] = value
    return data


def errors(response, form: str) -> dict[str, list[str]]:
    return dict(response.context[form].errors)


# --- The first step -------------------------------------------------------------------------


def test_the_first_step_asks_for_kind_and_date(client, secretary):
    page = text(client.get(NEW))
    assert "Paso 1 de 2" in page
    assert '<select name="clase"' in page
    assert '<input type="date" name="fecha"' in page


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("clase=ordinaria", "Indique la fecha de la sesión."),
        ("clase=solemne&fecha=2020-03-19", "No hay una clase de sesión «solemne»."),
        ("clase=ordinaria&fecha=2020-02-31", "Escriba la fecha completa: día, mes y año."),
        ("clase=ordinaria&fecha=0202-03-19", "Revise el año: la fecha es del 202."),
        ("clase=ordinaria&fecha=2202-03-19", "Revise el año: la fecha es del 2202."),
        ("clase=ordinaria&fecha=2020-03-19&acuerdo=99", "Ese acuerdo ya tiene su sesión"),
        (f"clase=ordinaria&fecha=2020-03-19&acuerdo={10**30}", "Ese acuerdo ya tiene su sesión"),
    ],
)
def test_a_wrong_first_step_is_answered_there(client, secretary, query, message):
    page = text(client.get(f"{NEW}?{query}"))
    assert message in page
    assert "Paso 1 de 2" in page


# --- The second step ------------------------------------------------------------------------


def test_everything_is_proposed(client, secretary, eva):
    before = kit.session(120, venue="Sala A")
    kit.agreement(before, 1)
    response = client.get(STEP_2)
    page = text(response)
    assert "<h1>Nueva sesión ordinaria</h1>" in page
    assert "Jueves 19 de marzo de 2020" in page
    assert filled(response, "form", "officers") == {
        "kind": "SO",
        "number": 121,
        "initial-number": 121,
        "held_on": DAY,
        "modality": "in_person",
        "venue": "Sala A",
        "carried": [f"agreement-{before.agreements.get().pk}"],
        "chair": eva.pk,
        "chair_charge": "Viceministra de Trabajo",
        "president": eva.pk,
        "president_charge": "Viceministra de Trabajo",
    }
    assert page.count('type="checkbox"') == page.count(" checked") == 1


def test_where_nothing_waits_it_says_so(client, secretary):
    assertContains(client.get(STEP_2), "Nada pasa al orden del día")


def test_it_is_created_as_proposed(client, secretary, eva):
    before = kit.session(120)
    kit.agreement(before, 1)
    response = client.post(STEP_2, filled(client.get(STEP_2), "form", "officers"), follow=True)
    assertRedirects(response, "/sesiones/so-121/agenda/")
    assert said(response) == ["Se programó la SO N° 121. Este es su orden del día."]
    session = Session.objects.get(number=121)
    assert (session.held_on, session.state, session.agreed_in) == (DAY, "scheduled", None)
    assert [(row.office, row.person) for row in session.offices.all()] == [
        ("chair", eva),
        ("president", eva),
    ]
    assert [item.carried_agreement for item in session.agenda_items.all()] == [
        before.agreements.get()
    ]
    assert session.acta.state == "draft"


def test_what_is_not_ticked_stays_where_it_was(client, secretary):
    kit.agreement(kit.session(120), 1)
    data = filled(client.get(STEP_2), "form", "officers")
    del data["carried"]
    client.post(STEP_2, data)
    assert not Session.objects.get(number=121).agenda_items.exists()


def test_what_was_attended_meanwhile_is_said(client, secretary):
    row = kit.agreement(kit.session(120), 1)
    kit.agreement(row.session, 2)
    data = filled(client.get(STEP_2), "form", "officers")
    row.delete()
    response = client.post(STEP_2, data)
    assert errors(response, "form") == {
        "carried": ["Un asunto marcado ya no está pendiente: revise la lista."]
    }
    assert not Session.objects.filter(number=121).exists()


def test_the_number_proposed_was_taken_meanwhile(client, secretary):
    data = filled(client.get(STEP_2), "form", "officers")
    assert data["number"] == 1
    kit.session(1)
    response = client.post(STEP_2, data, follow=True)
    assertRedirects(response, "/sesiones/so-2/agenda/")
    assert said(response) == [
        "El número 1 se ocupó mientras tanto: la sesión es ahora la SO N° 2.",
        "Se programó la SO N° 2. Este es su orden del día.",
    ]


def test_the_number_is_taken_between_asking_and_writing(client, secretary, monkeypatch):
    """What another transaction does after this one looked and before it writes."""
    data = filled(client.get(STEP_2), "form", "officers")
    schedule = scheduling.schedule

    def late(session, **rest):
        kit.session(1)
        schedule(session, **rest)

    monkeypatch.setattr(scheduling, "schedule", late)
    response = client.post(STEP_2, data, follow=True)
    assertRedirects(response, "/sesiones/so-2/agenda/")
    assert said(response)[0].startswith("El número 1 se ocupó mientras tanto")


def test_a_number_typed_by_hand_is_not_changed_in_silence(client, secretary):
    kit.session(120)
    data = filled(client.get(STEP_2), "form", "officers") | {"number": 120}
    response = client.post(STEP_2, data)
    assert text(response).count("Ya hay una sesión de esa clase con ese número.") == 1
    client.post(STEP_2, data | {"number": 130})
    assert Session.objects.filter(number=130).exists()


@pytest.mark.parametrize(
    ("changed", "where", "message"),
    [
        ({"number": 0}, "number", "Asegúrese de que este valor es mayor o igual a 1."),
        ({"number": 10**30}, "number", "Asegúrese de que este valor es menor o igual a 9999."),
        ({"number": ""}, "number", "Este campo es obligatorio."),
        ({"starts_at": "25:00"}, "starts_at", "Introduzca una hora válida."),
        ({"modality": "lunar"}, "modality", "Escoja una opción válida."),
    ],
)
def test_a_wrong_session_is_answered_on_the_page(client, secretary, changed, where, message):
    data = filled(client.get(STEP_2), "form", "officers")
    response = client.post(STEP_2, data | changed)
    [error] = errors(response, "form")[where]
    assert error.startswith(message)
    assert not Session.objects.exists()


def test_kind_and_date_are_those_of_the_first_step(client, secretary):
    data = filled(client.get(STEP_2), "form", "officers")
    client.post(STEP_2, data | {"kind": "SE", "held_on": "1999-01-01"})
    session = Session.objects.get()
    assert (session.kind, session.held_on) == ("SO", DAY)


def test_an_agreement_that_fixes_a_session_leads_to_it_once(client, secretary):
    fixing = kit.agreement(kit.session(120), 5, text=FIXING)
    link = f"{STEP_2}&acuerdo={fixing.pk}"
    page = text(client.get("/sesiones/so-120/"))
    assert f'<a class="button" href="{link}">Programar la sesión' in page
    response = client.get(link)
    assert "fecha fijada por el" in text(response)
    client.post(link, filled(response, "form", "officers"))
    assert Session.objects.get(number=121).agreed_in == fixing
    assertNotContains(client.get("/sesiones/so-120/"), "Programar la sesión")
    assertContains(client.get(link), "Ese acuerdo ya tiene su sesión")


def test_only_who_creates_sessions_is_offered_to(client):
    kit.agreement(kit.session(120), 5, text=FIXING)
    client.force_login(kit.user(Role.OBSERVER))
    assertNotContains(client.get("/sesiones/so-120/"), "Programar la sesión")
    assertNotContains(client.get("/sesiones/"), NEW)
    client.force_login(kit.user(Role.SECRETARY))
    assertContains(client.get("/sesiones/"), NEW)


# --- Who holds the offices ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("charge", "expected"),
    [
        ("", ["Escriba el cargo: su designación no lo dice."]),
        ("Viceministra de Trabajo", ["Escriba el cargo: su designación no lo dice."]),
        ("Especialista", []),
    ],
)
def test_another_person_never_gets_the_charge_of_the_one_before(
    client, secretary, eva, charge, expected
):
    data = filled(client.get(STEP_2), "form", "officers")
    data |= {"chair": ana().pk, "chair_charge": charge}
    response = client.post(STEP_2, data)
    if expected:
        assert errors(response, "officers") == {"chair_charge": expected}
    else:
        chair = SessionOffice.objects.get(office=Office.CHAIR)
        assert (chair.person.given_names, chair.charge) == ("Ana", "Especialista")


def test_an_empty_charge_is_that_of_the_designation(client, secretary, eva):
    data = filled(client.get(STEP_2), "form", "officers") | {"chair_charge": "", "president": ""}
    client.post(STEP_2, data)
    [chair] = SessionOffice.objects.all()
    assert (chair.office, chair.charge) == ("chair", "Viceministra de Trabajo")


def test_whoever_is_not_designated_that_day_holds_none(client, secretary, eva):
    data = filled(client.get(STEP_2), "form", "officers")
    response = client.post(STEP_2, data | {"chair": kit.person("Sol").pk})
    assert errors(response, "officers") == {"chair": ["Esa persona no tiene designación ese día."]}


# --- Changing it ----------------------------------------------------------------------------

EDIT = "/sesiones/so-120/editar/"
CANCEL = "/sesiones/so-120/cancelar/"


def test_a_session_is_changed(client, secretary, eva):
    session = kit.session(120, venue="Sala A")
    # Somebody who held an office then, and is designated no more.
    SessionOffice.objects.create(
        session=session, office=Office.SECRETARY, person=kit.person("Sol"), charge="Jefa"
    )
    data = filled(client.get(EDIT), "form", "officers")
    assert data["secretary_charge"] == "Jefa"
    data |= {"number": 130, "held_on": "2020-01-17", "starts_at": "09:30", "chair": eva.pk}
    response = client.post(EDIT, data, follow=True)
    assertRedirects(response, "/sesiones/so-130/")
    assert said(response) == ["Se guardaron los datos de la SO N° 130."]
    session.refresh_from_db()
    assert (session.held_on, session.starts_at) == (
        datetime.date(2020, 1, 17),
        datetime.time(9, 30),
    )
    assert [(row.office, row.charge) for row in session.offices.all()] == [
        ("secretary", "Jefa"),
        ("chair", "Viceministra de Trabajo"),
    ]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"number": 119}, "Ya hay una sesión de esa clase con ese número."),
        ({"held_on": ""}, "Este campo es obligatorio."),
        ({"held_on": "2202-01-16"}, "Revise el año: la fecha es del 2202."),
        (
            {"starts_at": "11:00", "ends_at": "09:00"},
            "La sesión no puede terminar antes de empezar.",
        ),
    ],
)
def test_a_wrong_change_is_answered_on_the_page(client, secretary, changed, message):
    kit.session(119)
    kit.session(120)
    data = filled(client.get(EDIT), "form", "officers")
    response = client.post(EDIT, data | changed)
    assert [message] in errors(response, "form").values()
    assertContains(response, "<h1>Editar la Sesión Ordinaria N° 120</h1>")
    assert Session.objects.get(number=120).held_on == kit.DAY


def test_another_session_takes_the_number_between_looking_and_writing(
    client, secretary, monkeypatch
):
    kit.session(119)
    kit.session(120, venue="Sala A")
    data = filled(client.get(EDIT), "form", "officers")
    reschedule = scheduling.reschedule

    def late(session, **rest):
        Session.objects.filter(number=119).update(number=130)
        reschedule(session, **rest)

    monkeypatch.setattr(scheduling, "reschedule", late)
    response = client.post(EDIT, data | {"number": 130, "venue": "Sala B"})
    assert errors(response, "form") == {
        "number": ["Ya hay una sesión de esa clase con ese número."]
    }
    assertContains(response, "Sala B")
    assert Session.objects.get(number=120).venue == "Sala A"


# --- Who may, and when ----------------------------------------------------------------------


@pytest.mark.parametrize("path", [NEW, STEP_2, EDIT, CANCEL])
@pytest.mark.parametrize("role", [Role.REPRESENTATIVE, Role.OBSERVER, Role.ADMIN])
def test_only_the_secretary_writes(client, role, path):
    kit.session(120, state=SessionState.SCHEDULED)
    client.force_login(kit.user(role))
    assert client.get(path).status_code == 403
    assert client.post(path, {"reason": "Por la huelga.", "number": 121}).status_code == 403
    assert Session.objects.get().state == SessionState.SCHEDULED


@pytest.mark.parametrize("path", [EDIT, CANCEL])
def test_an_approved_acta_closes_the_session(client, secretary, path):
    kit.acta(kit.session(120, state=SessionState.SCHEDULED))
    for response in (client.get(path), client.post(path, {"reason": "Por la huelga."})):
        assertContains(response, "El acta de la SO N° 120 está aprobada", status_code=403)
    assert Session.objects.get().state == SessionState.SCHEDULED


@pytest.mark.parametrize("name", ["so-999", f"so-{'9' * 10}", "se-120"])
@pytest.mark.parametrize("page", ["editar", "cancelar", "agenda", "agenda/proponer"])
def test_a_session_that_does_not_exist(client, secretary, name, page):
    kit.session(120)
    assert client.get(f"/sesiones/{name}/{page}/").status_code == 404
