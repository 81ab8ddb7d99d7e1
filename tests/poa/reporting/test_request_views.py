"""The pages where the Secretaría asks, and what each answers to what is mistyped."""

from datetime import date
from io import BytesIO

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from members.choices import Role
from members.models import Entity, Person
from poa.choices import PlanState
from poa.models import ActionLine, InformationRequest, NonWorkingDay, OperatingPlan
from tests.sessions import kit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

BOARD = "/poa/2019/requerimientos/"
FIRST = f"{BOARD}1/"


@pytest.fixture(autouse=True)
def plan():
    OperatingPlan.objects.filter(year=2019).update(state=PlanState.IN_FORCE)
    Person.objects.filter(designations__entity__acronym="MINAM").update(email="m@minam.example")
    return OperatingPlan.objects.get(year=2019)


@pytest.fixture(autouse=True)
def secretary(client):
    account = kit.user(Role.SECRETARY)
    client.force_login(account)
    return account


@pytest.fixture
def data():
    """What a valid form sends: MINAM and the Poder Judicial, of two lines."""
    return {
        "letter": "Oficio Circular N° 003-2020-MTPE/2/14",
        "period_from": "2019-01-01",
        "period_to": "2019-12-31",
        "deadline": "2020-02-17",
        "entities": pks(Entity.objects.filter(acronym__in=["MINAM", "PJ"])),
        "lines": [ActionLine.objects.coded(code).get().pk for code in ("2.1.4", "1.4.7")],
    }


@pytest.fixture
def draft(client, data):
    client.post(f"{BOARD}nuevo/", data)
    return InformationRequest.objects.get()


@pytest.fixture
def sent(client, draft, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{FIRST}remitir/")
    draft.refresh_from_db()
    return draft


def pks(rows):
    return [row.pk for row in rows]


def test_a_new_request_proposes_everybody_everything_and_ten_working_days(client, plan):
    form = client.get(f"{BOARD}nuevo/").context["form"]
    assert form["deadline"].value() == date(2020, 2, 17)
    assert form["period_from"].value() == date(2019, 1, 1)
    assert form["period_to"].value() == date(2019, 12, 31)
    assert set(form["lines"].value()) == set(pks(form.fields["lines"].queryset))
    assert set(form["entities"].value()) == set(pks(form.fields["entities"].queryset))


def test_a_draft_says_whom_it_asks_for_what_and_who_cannot_be_written_to(client, draft):
    response = client.get(FIRST)
    assertContains(response, "m@minam.example")
    assertContains(response, "Entregue el oficio en papel.")
    assertContains(response, "LA 1.4.7")
    assert draft.body.startswith("Tengo el agrado de dirigirme a ustedes")
    assert "del 1 de enero al 31 de diciembre de 2019" in draft.body
    assert "lunes 17 de febrero de 2020" in draft.body


def test_the_next_request_takes_up_where_the_last_ended(client, sent):
    InformationRequest.objects.update(period_to=date(2019, 6, 30))
    form = client.get(f"{BOARD}nuevo/").context["form"]
    assert form["period_from"].value() == date(2019, 7, 1)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("letter", "", "Este campo es obligatorio."),
        ("period_to", "2018-12-31", "El periodo es del año del plan: 2019."),
        ("period_from", "2020-01-01", "El periodo es del año del plan: 2019."),
        ("deadline", "2019-12-30", "El plazo vence antes de que termine el periodo."),
        ("deadline", "2020-02-15", "El 15/02/2020 es un día no laborable: elija un día hábil."),
        (
            "deadline",
            "2020-05-01",
            "El 01/05/2020 es feriado (Día del Trabajo): elija un día hábil.",
        ),
        ("deadline", "2020-02-18", "El 18/02/2020 es un día no laborable: elija un día hábil."),
        ("deadline", "mañana", "Introduzca una fecha válida."),
        ("entities", [], "Elija por lo menos una institución."),
        ("lines", [], "Elija por lo menos una línea de acción."),
    ],
)
def test_what_is_mistyped_is_said_beside_its_field(client, data, field, value, message):
    NonWorkingDay.objects.create(day=date(2020, 2, 18), norm="DS 001-2020-PCM")
    response = client.post(f"{BOARD}nuevo/", data | {field: value})
    assert response.context["form"].errors[field] == [message]
    assert InformationRequest.objects.count() == 0


def test_institutions_and_lines_have_to_meet(client, data):
    line = ActionLine.objects.coded("2.1.1").get()
    response = client.post(f"{BOARD}nuevo/", data | {"lines": [line.pk]})
    assert response.context["form"].errors["lines"] == [
        "Ninguna de esas instituciones participa en esas líneas."
    ]


def test_a_letter_is_cited_once(client, draft, data):
    response = client.post(f"{BOARD}nuevo/", data)
    assertContains(response, "Ya hay un requerimiento con ese oficio.")
    assert InformationRequest.objects.count() == 1


def test_the_text_of_the_letter_is_edited(client, draft):
    assertRedirects(client.post(FIRST, {"body": "Otro **texto**."}), FIRST)
    page = client.get(f"{FIRST}remitir/")
    assertContains(page, "Otro <strong>texto</strong>.", html=False)
    assertContains(client.post(FIRST, {"body": ""}), "Este campo es obligatorio.")


def test_whom_it_asks_is_changed_and_the_text_kept(client, draft, data):
    client.post(FIRST, {"body": "Mi texto."})
    one = data | {"entities": pks(Entity.objects.filter(acronym="MINAM"))}
    assertRedirects(client.post(f"{FIRST}editar/", one), FIRST)
    draft.refresh_from_db()
    assert draft.body == "Mi texto."
    assert [row.entity.acronym for row in draft.requested.all()] == ["MINAM"]


def test_it_is_sent_and_kept_on_record(client, sent):
    assert {message.to[0] for message in mail.outbox} == {"m@minam.example"}
    page = client.get(FIRST)
    assertContains(page, "m@minam.example")
    assertContains(page, "En plazo")
    pdf = client.get(f"{BOARD}1.pdf")
    assert pdf.content == bytes(sent.issued.content)
    found = PdfReader(BytesIO(pdf.content)).pages[0].extract_text()
    assert "003-2020-MTPE/2/14" in found


def test_what_was_sent_is_not_changed(client, sent, data):
    assert client.post(f"{FIRST}editar/", data).status_code == 404
    assert client.post(f"{FIRST}remitir/").status_code == 404
    assert client.post(f"{FIRST}quitar/").status_code == 404
    client.post(FIRST, {"body": "Otro texto."})
    sent.refresh_from_db()
    assert sent.body.startswith("Tengo el agrado")


def test_a_draft_is_discarded(client, draft):
    assertRedirects(client.post(f"{FIRST}quitar/"), BOARD)
    assert InformationRequest.objects.count() == 0


def test_an_extension_is_later_and_shown_on_the_board(client, sent):
    path = f"{FIRST}prorroga/minam/"
    assertContains(client.post(path, {"extended_to": "2020-02-14"}, follow=True), "acortar")
    assertContains(client.post(path, {"extended_to": ""}, follow=True), "Diga hasta qué día.")
    assertContains(client.post(path, {"extended_to": "2020-02-24"}, follow=True), "24/02/2020")
    assertContains(client.get(BOARD), "prórroga al 24/02/2020")
    assert client.post(f"{FIRST}prorroga/mtc/", {"extended_to": "2020-02-24"}).status_code == 404


def test_a_reminder_goes_to_all_or_to_one(client, sent, django_capture_on_commit_callbacks):
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{FIRST}recordar/")
        client.post(f"{FIRST}recordar/", {"entity": "minam"})
    assert len({message.subject for message in mail.outbox}) == 1
    assert mail.outbox[0].subject == f"Recordatorio: {sent.letter}"
    answer = client.post(f"{FIRST}recordar/", {"entity": "pj"}, follow=True)
    assertContains(answer, "Nadie que deba el reporte tiene correo electrónico registrado.")


def test_the_board_lists_drafts_and_what_to_remind(client, draft, settings):
    assertContains(client.get(BOARD), "Sin remitir todavía")
    client.post(f"{FIRST}remitir/")
    settings.TODAY = "2020-02-12"
    assertContains(client.get(BOARD), "Toca recordar a 2 instituciones")
    settings.TODAY = "2020-02-11"
    assertNotContains(client.get(BOARD), "Toca recordar")


def test_a_plan_that_is_closed_asks_nobody(client, plan):
    plan.state = PlanState.EVALUATED
    plan.save()
    assertNotContains(client.get(BOARD), "Nuevo requerimiento")
    assertRedirects(client.get(f"{BOARD}nuevo/"), BOARD)


@pytest.mark.parametrize(
    "path", ["/poa/1999/requerimientos/", f"{BOARD}7/", f"{BOARD}99999999999999999999/"]
)
def test_what_is_not_there_is_a_404(client, path):
    assert client.get(path).status_code == 404


def queries(client, path):
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200
    return len(found)


def test_the_pages_ask_as_much_for_two_entities_as_for_all(client, data, plan):
    everybody = pks(Entity.objects.filter(participations__indicator__plan=plan).distinct())
    many = data | {"letter": "Oficio 2", "entities": everybody}
    client.post(f"{BOARD}nuevo/", data)
    client.post(f"{BOARD}nuevo/", many)
    for part in ("", "remitir/"):
        assert queries(client, f"{FIRST}{part}") == queries(client, f"{BOARD}2/{part}")
    for number in (1, 2):
        client.post(f"{BOARD}{number}/remitir/")
    assert queries(client, FIRST) == queries(client, f"{BOARD}2/")


# --- The link of the message --------------------------------------------------------------------


def test_the_link_is_for_whoever_represents_the_entity(client, sent):
    minam, court = (sent.requested.get(entity__acronym=name) for name in ("MINAM", "PJ"))
    representative = Person.objects.filter(designations__entity__acronym="MINAM").first()
    client.force_login(kit.user(Role.REPRESENTATIVE, representative))
    assertContains(client.get(f"/poa/reportar/{minam.code}/"), "Empezar el reporte")
    assert client.get(f"/poa/reportar/{court.code}/").status_code == 404
    assert client.get("/poa/reportar/6b3c8a52-8f0e-4c3a-9a8e-000000000000/").status_code == 404
