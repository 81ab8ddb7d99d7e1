import datetime

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from members.choices import Role
from members.models import Designation
from sessions.choices import Office, SessionState
from sessions.models import Acta, Session
from tests.sessions import kit
from tests.sessions.roll import BOARD, BY_SCRIPT, PAGE, mark, row, said, scheduled, url

pytestmark = pytest.mark.django_db

CHANGES = [
    "attendance_save",
    "attendance_add",
    "attendance_create",
    "session_call",
    "session_conduct",
    "session_install",
    "session_fail",
    "signatories_adopt",
]


@pytest.fixture
def secretary(client):
    account = kit.user(Role.SECRETARY)
    client.force_login(account)
    return account


@pytest.fixture
def session(secretary):
    """Three members, each with a holder designated, and nobody marked yet."""
    session, holders = scheduled()
    session.holders = holders
    return session


# --- The session on its day -----------------------------------------------------------------


def test_the_call_goes_to_the_second_and_back(client, session):
    for call, text in ((2, "segunda convocatoria"), (1, "primera convocatoria")):
        response = client.post(url("session_call"), follow=True)
        assert said(response) == [f"El quórum se verifica en {text}."]
        session.refresh_from_db()
        assert session.call == call


def test_who_conducts_is_chosen_among_those_present(client, session):
    minam, minjus, mtpe = session.holders
    mark(client, row(minam, "present"), row(minjus, "present"), row(mtpe, "absent"))
    data = {"chair": minjus.pk, "chair_charge": "", "clerk": minam.pk, "clerk_charge": "Abogada"}
    assertRedirects(client.post(url("session_conduct"), data), f"{PAGE}#conduccion")
    offices = session.offices.order_by("office")
    assert [(each.office, each.person, each.charge) for each in offices] == [
        (Office.CHAIR, minjus, "Directora"),
        (Office.CLERK, minam, "Abogada"),
    ]
    absent = client.post(url("session_conduct"), data | {"chair": mtpe.pk})
    assert list(absent.context["officers_form"].errors) == ["chair"]
    # Another person has a charge of her own.
    client.post(url("session_conduct"), {**data, "clerk": "", "chair": minam.pk})
    assert [(each.office, each.person, each.charge) for each in session.offices.all()] == [
        (Office.CHAIR, minam, "Directora")
    ]


def test_one_office_refused_leaves_both_as_they_were(client, session):
    Designation.objects.update(charge="")
    minam, minjus, _ = session.holders
    mark(client, row(minam, "present"), row(minjus, "present"))
    data = {"chair": minam.pk, "chair_charge": "Asesora", "clerk": minjus.pk}
    response = client.post(url("session_conduct"), data)
    assert response.status_code == 422
    assert response.context["officers_form"].errors == {
        "clerk_charge": [
            "Escriba el cargo de Ana MINJUS: ninguna designación vigente ese día lo dice."
        ]
    }
    assert not session.offices.exists()


def test_with_quorum_the_session_is_installed(client, session):
    minam, minjus, _ = session.holders
    mark(client, row(minam, "present"), row(minjus, "present"))
    client.post(url("session_conduct"), {"chair": minam.pk})
    response = client.post(url("session_install"), {"at": "09:22"}, follow=True)
    assert said(response)[-1] == "La sesión quedó instalada a las 09:22 a.m."
    assertContains(response, "Instalada a las 09:22 a.m.: corregir")
    session.refresh_from_db()
    assert (session.state, session.starts_at) == (SessionState.HELD, datetime.time(9, 22))


def test_without_quorum_it_is_on_record_so(client, session):
    assertContains(client.get(PAGE), "Registrar sesión sin quórum")
    response = client.post(url("session_fail"), {"at": "09:30"}, follow=True)
    assert said(response) == ["Se registró que a las 09:30 a.m. no hubo quórum."]
    session.refresh_from_db()
    assert session.state == SessionState.FAILED
    minam, minjus, _ = session.holders
    mark(client, row(minam, "present"), row(minjus, "present"))
    client.post(url("session_conduct"), {"chair": minam.pk})
    response = client.post(url("session_install"), {"at": "09:40"}, follow=True)
    assert said(response)[-1] == (
        "Constaba sin quórum: revise en el acta la verificación del quórum."
    )


def test_what_was_written_in_the_acta_is_not_replaced_but_shown_beside(client, session):
    written = datetime.datetime(2020, 1, 16, tzinfo=datetime.UTC)
    Acta.objects.create(session=session, opening="A mano.", edited_at=written)
    warning = said(client.post(url("session_fail"), {"at": "09:30"}, follow=True))[-1]
    assert warning.startswith(
        "El acta ya tenía escrita la verificación del quórum y no se ha cambiado. Texto propuesto: "
        "Siendo las 09:30 a.m. del jueves 16 de enero de 2020"
    )


@pytest.mark.parametrize(
    ("at", "reason"),
    [
        ("", "Escriba la hora."),
        ("25:00", "Esa hora no existe."),
        ("\x00", "Esa hora no existe."),
        ("09:00", "A las 09:00 a.m. no hay quórum: 0 de los 2 asientos necesarios."),
    ],
)
def test_it_is_not_installed_at_any_hour(client, session, at, reason):
    assert said(client.post(url("session_install"), {"at": at}, follow=True)) == [reason]
    session.refresh_from_db()
    assert session.state == SessionState.SCHEDULED


def test_before_its_day_nothing_offers_to_hold_it(client, session):
    Session.objects.update(held_on=datetime.date(2020, 2, 4))
    assertNotContains(client.get(PAGE), "Registrar sesión sin quórum")


# --- Who signs ------------------------------------------------------------------------------


def test_the_signatures_are_proposed_and_the_difference_shown(client, session):
    minam, minjus, _ = session.holders
    acta = Acta.objects.create(session=session)
    mark(client, row(minam, "present"))
    page = client.get(PAGE)
    assertContains(page, "Proponer firmantes")
    client.post(url("signatories_adopt"), {"propuesta": page.context["signing"].key})
    assert [each.attendance.person for each in acta.signatories.all()] == [minam]
    assertContains(client.get(PAGE), "Son los que corresponden a la asistencia.")
    mark(client, row(minam, "absent"), row(minjus, "present"))
    page = client.get(PAGE)
    assertContains(page, "Se añaden: Ana MINJUS (MINJUS).")
    assertContains(page, "Se quitan: Ana MINAM (MINAM).")
    stale = client.post(url("signatories_adopt"), {"propuesta": "1"}, follow=True)
    assert said(stale) == ["La asistencia cambió entre tanto: revise de nuevo los firmantes."]
    client.post(url("signatories_adopt"), {"propuesta": page.context["signing"].key})
    assert [each.attendance.person for each in acta.signatories.all()] == [minjus]


def test_without_an_acta_nobody_signs(client, session):
    assertNotContains(client.get(PAGE), "firmantes")
    assert client.post(url("signatories_adopt")).status_code == 404


# --- The board ------------------------------------------------------------------------------


def test_the_board_shows_each_seat_and_the_quorum(client, session, django_assert_num_queries):
    minam, minjus, mtpe = session.holders
    mark(
        client,
        row(minam, "present"),
        row(minjus, "present", left_at="10:00"),
        row(mtpe, "excused", excuse="De viaje"),
    )
    response = client.get(BOARD)
    assertContains(response, "<b>1</b> de 3 asientos")
    assertContains(response, "No hay quórum (se requieren 2)")
    assertContains(response, "Se retiró, 10:00 a.m.")
    assertContains(response, "Con justificación")
    with django_assert_num_queries(8):
        part = client.get(BOARD, headers=BY_SCRIPT)
    assert part.templates[0].name == "sessions/_seat_board.html"
    assertNotContains(part, "<main")


def test_the_board_is_for_those_who_see_the_session(client, session):
    client.force_login(kit.user(Role.OBSERVER))
    assert client.get(BOARD).status_code == 200
    assert client.get("/sesiones/so-999/tablero/").status_code == 404


# --- Refusals -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.parametrize("role", [Role.REPRESENTATIVE, Role.OBSERVER, Role.ADMIN])
def test_only_the_secretary_changes_it(client, session, name, role):
    client.force_login(kit.user(role))
    assert client.post(url(name)).status_code == 403
    assert client.get(PAGE).status_code == 403


@pytest.mark.parametrize("name", CHANGES)
def test_an_approved_acta_closes_it(client, session, name):
    kit.acta(session)
    reason = "El acta de la SO N° 120 está aprobada: la sesión ya no admite cambios."
    assertContains(client.post(url(name)), reason, status_code=403)
    assertContains(client.get(PAGE), reason, status_code=403)


@pytest.mark.parametrize("name", CHANGES)
def test_a_session_that_does_not_exist(client, secretary, name):
    assert client.post(url(name)).status_code == 404


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_a_post(client, session, name):
    assert client.get(url(name)).status_code == 405
