"""Saving a text of the acta: what it answers, and what it refuses."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from members.choices import Capacity, Gender, Role
from sessions.models import Acta, AgendaItem, Agreement, Attendance, Intervention, Report
from tests.sessions import kit
from tests.sessions.acta_factory import make_acta
from tests.sessions.writing import order, post, reports, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def acta() -> Acta:
    return make_acta()


@pytest.fixture
def secretary(client: Client) -> Client:
    client.force_login(kit.user(Role.SECRETARY))
    return client


# --- Saving ---------------------------------------------------------------------------------


def test_a_text_is_saved_over_the_version_it_was_changed_from(
    secretary: Client, acta: Acta
) -> None:
    (report,) = reports(acta, "Uno")
    answer = save(secretary, f"informe/{report.pk}/", body="**Sí**\r\n- a <b>")
    # The page has the text already: it does not travel back.
    assert answer.json() == {"version": 2}
    report.refresh_from_db()
    assert (report.title, report.body, report.version) == ("Uno", "**Sí**\n- a <b>", 2)
    assert (report.edited_by.username, report.edited_at is None) == ("secretary", False)


@pytest.mark.parametrize(
    ("kind", "field"),
    [("instalacion", "opening"), ("cierre", "closing"), ("punto", "introduction")],
)
def test_texts_that_are_one_of_a_kind(secretary: Client, acta: Acta, kind: str, field: str) -> None:
    row = acta if kind != "punto" else AgendaItem.objects.get()
    answer = save(secretary, f"{kind}/{row.pk}/", **{field: "Otra cosa."})
    assert answer.status_code == 200
    row.refresh_from_db()
    assert getattr(row, field) == "Otra cosa."


def test_a_stale_version_brings_both_texts_and_who_wrote(secretary: Client, acta: Acta) -> None:
    (report,) = reports(acta, "Uno")
    save(secretary, f"informe/{report.pk}/", body="El primero.")
    answer = save(secretary, f"informe/{report.pk}/", body="El segundo.")
    found = answer.json()
    assert answer.status_code == 409
    assert (found["version"], found["by"]) == (2, "secretary")
    assert found["values"] == {"title": "Uno", "body": "El primero."}
    assert found["message"].startswith("Otra persona cambió este texto")
    report.refresh_from_db()
    assert report.body == "El primero."


def test_a_block_removed_meanwhile_says_so(secretary: Client, acta: Acta) -> None:
    (report,) = reports(acta, "Uno")
    Report.objects.all().delete()
    answer = save(secretary, f"informe/{report.pk}/", body="Tarde.")
    assert answer.status_code == 404
    assert answer.json()["message"].startswith("Ese bloque ya no está en el acta")


def test_a_block_of_another_acta_is_none(secretary: Client, acta: Acta) -> None:
    other = Acta.objects.create(session=kit.session(126))
    report = Report.objects.create(acta=other, position=1, title="Suyo", body="suyo")
    answer = save(secretary, f"informe/{report.pk}/", body="Mío.")
    assert answer.status_code == 404
    report.refresh_from_db()
    assert (report.body, report.version) == ("suyo", 1)


def test_a_text_too_long_is_refused(secretary: Client, acta: Acta) -> None:
    (report,) = reports(acta, "Uno")
    assert save(secretary, f"informe/{report.pk}/", body="ñ" * 200_000).status_code == 200
    answer = save(secretary, f"informe/{report.pk}/", version=2, body="ñ" * 200_001)
    assert answer.status_code == 400
    assert answer.json() == {
        "message": "El texto tiene 200001 caracteres y un bloque admite 200000: divídalo en varios."
    }


@pytest.mark.parametrize("version", ["", "dos", "-1", "9" * 30])
def test_a_version_that_is_none(secretary: Client, acta: Acta, version: str) -> None:
    (report,) = reports(acta, "Uno")
    answer = post(secretary, f"informe/{report.pk}/", version=version, field="body", body="Algo.")
    assert answer.status_code == 400
    report.refresh_from_db()
    assert report.body == "uno"


def test_a_character_that_no_database_takes(secretary: Client, acta: Acta) -> None:
    (report,) = reports(acta, "Uno")
    assert save(secretary, f"informe/{report.pk}/", body="a\0b").status_code == 400


@pytest.mark.parametrize(
    "path", ["informe/99999999999999999999/", f"informe/{'9' * 5000}/", "x/1/"]
)
def test_addresses_of_no_block(secretary: Client, acta: Acta, path: str) -> None:
    assert save(secretary, path, body="Algo.").status_code == 404


def test_only_what_the_request_names_is_written(secretary: Client, acta: Acta) -> None:
    (report,) = reports(acta, "Uno")
    answer = post(
        secretary, f"informe/{report.pk}/", version=1, field="position", position=9, title="X"
    )
    assert answer.status_code == 200
    assert order(acta) == [(1, "Uno")]


def test_without_the_token_nothing_is_written(acta: Acta) -> None:
    (report,) = reports(acta, "Uno")
    client = Client(enforce_csrf_checks=True)
    client.force_login(kit.user(Role.SECRETARY))
    answer = save(client, f"informe/{report.pk}/", body="Algo.")
    assert answer.status_code == 403
    assert list(answer.json()) == ["message"]
    report.refresh_from_db()
    assert report.body == "uno"


def test_an_approved_acta_takes_no_change(secretary: Client, acta: Acta) -> None:
    (report,) = reports(acta, "Uno")
    kit.approve(acta)
    for path in ("", "mover/", "dividir/", "unir/", "quitar/"):
        answer = save(secretary, f"informe/{report.pk}/{path}", body="Tarde.")
        assert answer.status_code == 409
        assert answer.json() == {
            "message": "El acta de la SO N° 125 está aprobada: la sesión ya no admite cambios."
        }
    assert post(secretary, "informe/").status_code == 409
    report.refresh_from_db()
    assert report.body == "uno"


@pytest.mark.parametrize("role", [Role.REPRESENTATIVE, Role.OBSERVER, Role.ADMIN])
def test_others_write_nothing(client: Client, acta: Acta, role: Role) -> None:
    (report,) = reports(acta, "Uno")
    client.force_login(kit.user(role))
    for path in ("", "mover/", "dividir/", "unir/", "quitar/"):
        assert save(client, f"informe/{report.pk}/{path}", body="Mío.").status_code == 403
    assert post(client, "informe/").status_code == 403
    assert order(acta) == [(1, "Uno")]


def queries_of_a_save(client: Client, path: str, version: int, body: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert save(client, path, version=version, body=body).status_code == 200
    # The test runs within a transaction of its own: what is one there is a savepoint here.
    return sum("SAVEPOINT" not in query["sql"] for query in queries)


@pytest.mark.parametrize("times", [1, 30])
def test_a_save_asks_the_database_as_much_however_long_the_acta(client: Client, times: int) -> None:
    make_acta(times)
    client.force_login(kit.user(Role.SECRETARY))
    turn = Intervention.objects.last()
    path = f"intervencion/{turn.pk}/"
    assert [queries_of_a_save(client, path, n, "dijo **no**.") for n in (1, 2)] == [6, 6]


# --- Details --------------------------------------------------------------------------------


def attend(acta: Acta, name: str, capacity: str, gender: str = Gender.FEMININE) -> Attendance:
    found = kit.attend(acta.session, kit.entity("OIT"), name, capacity)
    found.entity.name = "Organización Internacional del Trabajo"
    found.entity.save()
    found.person.gender = gender
    found.person.save()
    return found


def test_who_speaks_is_named_by_the_data(secretary: Client, acta: Acta) -> None:
    speaker, turn = attend(acta, "Teresa", Capacity.GUEST), Intervention.objects.get()
    answer = save(secretary, f"intervencion/{turn.pk}/", speaker=speaker.pk)
    assert answer.json() == {
        "version": 2,
        "attribution": "La representante de la OIT,",
    }
    turn.refresh_from_db()
    assert (turn.speaker, turn.attribution) == (speaker, "La representante de la OIT,")
    save(secretary, f"intervencion/{turn.pk}/", version=2, attribution="La de la OIT,")
    turn.refresh_from_db()
    assert (turn.speaker, turn.attribution) == (speaker, "La de la OIT,")


def test_who_did_not_attend_does_not_speak(secretary: Client, acta: Acta) -> None:
    turn, other = Intervention.objects.get(), kit.session(126)
    stranger = kit.attend(other, kit.entity("AJENA"), "Ada")
    answer = save(secretary, f"intervencion/{turn.pk}/", speaker=stranger.pk)
    assert answer.status_code == 400
    assert answer.json() == {
        "message": "Quien habla tiene que figurar en la asistencia de la sesión."
    }


def test_an_agreement_with_all_that_follows_it_up(secretary: Client, acta: Acta) -> None:
    agreement, entity = Agreement.objects.get(), kit.entity("SEIS")
    answer = save(
        secretary,
        f"acuerdo/{agreement.pk}/",
        text="Enviar hasta el día jueves 25 de marzo de 2021.",
        adoption="unanimity",
        responsibles=[entity.pk],
        due_on="2021-03-25",
        condition="Con el informe.",
        agenda_item=AgendaItem.objects.get().pk,
    )
    assert answer.status_code == 200
    assert 'data-due="2021-03-25"' in answer.json()["due"]
    assert "Fijar como plazo: jueves 25 de marzo de 2021" in answer.json()["due"]
    agreement.refresh_from_db()
    assert (agreement.adoption, agreement.due_on) == ("unanimity", date(2021, 3, 25))
    assert list(agreement.responsibles.all()) == [entity]
    assert agreement.agenda_item == AgendaItem.objects.get()


def test_a_weekday_that_is_not_of_its_date_is_pointed_out(secretary: Client, acta: Acta) -> None:
    agreement = Agreement.objects.get()
    answer = save(
        secretary, f"acuerdo/{agreement.pk}/", text="Enviar hasta el lunes 25 de marzo de 2021."
    )
    assert "El 25 de marzo de 2021 es jueves, no lunes." in answer.json()["due"]


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("due_on", "2021-03-17", "El plazo es anterior a la sesión."),
        ("due_on", "mañana", "Escriba el plazo como una fecha."),
        ("adoption", "", "Este campo es obligatorio."),
    ],
)
def test_details_that_cannot_be(
    secretary: Client, acta: Acta, field: str, value: str, message: str
) -> None:
    answer = save(secretary, f"acuerdo/{Agreement.objects.get().pk}/", **{field: value})
    assert (answer.status_code, answer.json()) == (400, {"message": message})
