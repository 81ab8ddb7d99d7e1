import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains

from members.choices import Capacity, Role
from sessions.choices import AgreementState, PetitionOrigin
from sessions.models import (
    Acta,
    AgendaItem,
    Agreement,
    Annex,
    Attendance,
    Intervention,
    Petition,
    PetitionItem,
    Report,
    Session,
    Signatory,
)
from tests.sessions import kit

pytestmark = pytest.mark.django_db

ROOT = "/admin/cnlctf_sessions"
CLOSED = "El acta de esa sesión está aprobada: ya no admite cambios."


@pytest.fixture
def secretary(client):
    client.force_login(kit.user(Role.SECRETARY, is_staff=True))


@pytest.fixture
def superuser(client):
    client.force_login(kit.user(Role.ADMIN, is_staff=True, is_superuser=True))


def change(row) -> str:
    return f"{ROOT}/{row._meta.model_name}/{row.pk}/change/"


def formset(*prefixes: str) -> dict[str, int]:
    return {
        f"{prefix}-{name}": 0 for prefix in prefixes for name in ("TOTAL_FORMS", "INITIAL_FORMS")
    }


def session_form(**changes):
    return {
        "kind": "SO",
        "number": "120",
        "state": "held",
        "held_on": "16/01/2020",
        "starts_at": "09:22",
        "ends_at": "11:25",
        "modality": "in_person",
        "venue": "Sala A",
        "call": "1",
        **formset("offices", "agenda_items", "attendances"),
        **changes,
    }


def agreement_form(session, **changes):
    return {
        "session": session.pk,
        "number": "1",
        "text": "Aprobar.",
        "adoption": "consensus",
        "state": "pending",
        **changes,
    }


# --- Sessions -------------------------------------------------------------------------------


def test_session_add_with_agenda_offices_and_attendance(client, secretary):
    minam, person = kit.entity("MINAM"), kit.person("Ana")
    client.post(
        f"{ROOT}/session/add/",
        session_form(
            **{
                "offices-TOTAL_FORMS": 1,
                "offices-0-office": "chair",
                "offices-0-person": person.pk,
                "offices-0-charge": "Directora",
                "agenda_items-TOTAL_FORMS": 1,
                "agenda_items-0-position": 1,
                "agenda_items-0-title": "El plan",
                "agenda_items-0-kind": "approval",
                "attendances-TOTAL_FORMS": 1,
                "attendances-0-position": 1,
                "attendances-0-person": person.pk,
                "attendances-0-entity": minam.pk,
                "attendances-0-capacity": "T",
                "attendances-0-presence": "present",
            }
        ),
    )
    session = Session.objects.get()
    assert (session.slug, session.starts_at) == ("so-120", datetime.time(9, 22))
    assert session.offices.get().person == person
    assert session.agenda_items.get().title == "El plan"
    assert session.attendances.get().entity == minam


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"number": "119"}, "Ya hay una sesión de esa clase con ese número."),
        ({"ends_at": "09:00"}, "La sesión no puede terminar antes de empezar."),
        ({"held_on": ""}, "Indique la fecha de la sesión"),
        ({"number": "0"}, "Las sesiones se numeran desde el 1."),
    ],
)
def test_session_add_refuses_in_words(client, secretary, changes, message):
    kit.session(119)
    assertContains(client.post(f"{ROOT}/session/add/", session_form(**changes)), message)
    assert Session.objects.count() == 1


def test_the_same_number_is_free_for_the_other_kind(client, secretary):
    kit.session(120)
    client.post(f"{ROOT}/session/add/", session_form(kind="SE"))
    assert set(Session.objects.values_list("kind", "number")) == {("SO", 120), ("SE", 120)}


def test_attendance_twice_is_refused_in_words(client, secretary):
    session, minam = kit.session(), kit.entity("MINAM")
    ana = kit.attend(session, minam, "Ana")
    row = {
        "person": ana.person.pk,
        "entity": minam.pk,
        "capacity": "T",
        "presence": "present",
    }
    data = session_form(**{"attendances-TOTAL_FORMS": 2, "attendances-INITIAL_FORMS": 1})
    for index, extra in enumerate(({"id": ana.pk, "position": 1}, {"position": 2})):
        data |= {f"attendances-{index}-{k}": v for k, v in ({**row, **extra}).items()}
    assert client.post(change(session), data).status_code == 200
    assert Attendance.objects.count() == 1


# --- What an approved acta closes -----------------------------------------------------------


def whole(approved: bool) -> Session:
    """A session with one of everything, its acta approved or not."""
    session, minam = kit.session(120), kit.entity("MINAM")
    attendance = kit.attend(session, minam, "Ana", Capacity.HOLDER)
    item = AgendaItem.objects.create(session=session, position=1, title="El plan")
    Intervention.objects.create(
        agenda_item=item, position=1, attribution="La representante,", body="dijo."
    )
    kit.agreement(session, 1, [minam], agenda_item=item)
    acta = kit.acta(session, approved=False)
    Report.objects.create(acta=acta, position=1, title="Uno", body="Dos")
    petition = Petition.objects.create(
        acta=acta, origin=PetitionOrigin.MEMBERS, position=1, body="Que"
    )
    PetitionItem.objects.create(petition=petition, position=1, body="Que")
    Signatory.objects.create(acta=acta, position=1, attendance=attendance)
    Annex.objects.create(acta=acta, number=1, title="El plan", content={})
    if approved:
        kit.approve(acta)
    return session


@pytest.mark.parametrize("model", [Session, AgendaItem, Acta, Petition])
@pytest.mark.parametrize("approved", [False, True])
def test_an_approved_acta_closes_what_it_says(client, superuser, model, approved):
    whole(approved)
    url = change(model.objects.get())
    page = client.get(url)
    assert page.status_code == 200
    assert ('name="_save"' in page.content.decode()) == (not approved)
    assert ('-0-position"' in page.content.decode()) == (not approved)
    refused = 403 if approved else 200
    assert client.post(url, {}).status_code == refused
    assert client.get(url.replace("change", "delete")).status_code == refused


def test_an_approved_acta_is_not_deleted_in_a_lot(client, superuser):
    session = whole(approved=True)
    for model in (Session, AgendaItem, Acta, Petition, Agreement):
        client.post(
            f"{ROOT}/{model._meta.model_name}/",
            {
                "action": "delete_selected",
                "_selected_action": model.objects.get().pk,
                "post": "yes",
            },
        )
        assert model.objects.count() == 1
    assert session.attendances.count() == 1


def test_of_a_closed_agreement_only_the_follow_up_is_changed(client, secretary):
    agreement = whole(approved=True).agreements.get()
    page = client.get(change(agreement)).content.decode()
    assert 'name="state"' in page
    assert 'name="fulfilled_on"' in page
    for name in ("session", "number", "text", "adoption", "agenda_item", "due_on", "responsibles"):
        assert f'name="{name}"' not in page
    client.post(
        change(agreement),
        {"state": "fulfilled", "fulfilled_on": "20/01/2020", "text": "Otra cosa.", "number": "7"},
    )
    agreement.refresh_from_db()
    assert (agreement.state, agreement.fulfilled_on) == (
        AgreementState.FULFILLED,
        datetime.date(2020, 1, 20),
    )
    assert (agreement.text, agreement.number) == ("Aprobar lo que sea, 1.", 1)


def test_the_follow_up_too_is_refused_in_words(client, secretary):
    agreement = whole(approved=True).agreements.get()
    response = client.post(change(agreement), {"state": "fulfilled"})
    assertContains(response, "Indique en qué fecha se cumplió el acuerdo.")


def test_a_closed_agreement_is_not_deleted(client, superuser):
    url = change(whole(approved=True).agreements.get())
    assert client.get(url.replace("change", "delete")).status_code == 403


def test_nothing_is_added_to_a_closed_session(client, secretary):
    session = whole(approved=True)
    for model, data in (
        ("agreement", agreement_form(session, number="2")),
        (
            "agendaitem",
            {
                "session": session.pk,
                "position": 2,
                "title": "Otro",
                "kind": "approval",
                **formset("interventions"),
            },
        ),
        (
            "petition",
            {
                "acta": session.acta.pk,
                "origin": "members",
                "position": 2,
                "body": "Y",
                **formset("items"),
            },
        ),
    ):
        assertContains(client.post(f"{ROOT}/{model}/add/", data), CLOSED)
    counts = [session.agreements, session.agenda_items, session.acta.petitions]
    assert [rows.count() for rows in counts] == [1, 1, 1]


def test_a_record_stays_in_its_session(client, secretary):
    """The field is in the form all the same: its constraints are checked, in words."""
    session = whole(approved=False)
    other = kit.session(119)
    agreement = kit.agreement(session, 2)
    client.post(change(agreement), agreement_form(other, number="3"))
    agreement.refresh_from_db()
    assert (agreement.session, agreement.number) == (session, 3)
    response = client.post(change(agreement), agreement_form(session, number="1"))
    assertContains(response, "La sesión ya tiene un acuerdo con ese número.")


# --- Choices and lists ----------------------------------------------------------------------


def test_who_speaks_is_chosen_among_those_who_attended(client, secretary):
    session = whole(approved=False)
    kit.attend(kit.session(119), kit.entity("INEI"), "Luz")
    for row in (session.agenda_items.get(), session.acta):
        page = client.get(change(row))
        assertContains(page, "Ana MINAM 120 (MINAM)</option>")
        assertNotContains(page, "Luz INEI 119")


def test_an_acta_is_begun_without_attendees_to_choose(client, secretary):
    whole(approved=False)
    assertNotContains(client.get(f"{ROOT}/acta/add/"), "Ana MINAM 120")


@pytest.mark.parametrize(
    ("query", "expected"),
    [("SO 120", {"so-120"}), ("119", {"so-119"}), ("ramirez", {"so-120"}), ("", None)],
)
def test_session_search(client, secretary, query, expected):
    kit.session(119)
    kit.session(120, venue="Sala José Ramírez")
    found = client.get(f"{ROOT}/session/", {"q": query}).context["cl"].queryset
    assert {row.slug for row in found} == (expected or {"so-119", "so-120"})


@pytest.mark.parametrize(
    ("state", "expected"),
    [("approved", {118}), ("draft", {119}), ("none", {120}), ("in_review", set())],
)
def test_sessions_by_the_state_of_their_acta(client, secretary, state, expected):
    kit.acta(kit.session(118))
    kit.acta(kit.session(119), approved=False)
    kit.session(120)
    found = client.get(f"{ROOT}/session/", {"acta": state}).context["cl"].queryset
    assert {row.number for row in found} == expected


MODELS = ["session", "agendaitem", "acta", "petition", "agreement", "quorumrule", "letterhead"]


@pytest.mark.parametrize("model", MODELS)
def test_a_list_asks_as_much_for_three_as_for_one(client, superuser, model):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"{ROOT}/{model}/").status_code == 200
        return len(captured)

    def fill(number: int) -> None:
        session = kit.session(number)
        kit.agreement(session, 1)
        AgendaItem.objects.create(session=session, position=1, title="El plan")
        acta = kit.acta(session)
        Petition.objects.create(acta=acta, origin="members", position=1, body="Que")
        kit.rule(starts_on=datetime.date(2000 + number, 1, 1))

    fill(1)
    queries()
    one = queries()
    fill(2)
    fill(3)
    assert queries() == one
