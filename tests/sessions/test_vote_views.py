"""The vote marked seat by seat: what is saved, what is refused, and where it is read after."""

from datetime import time

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from members.choices import Capacity, Role
from sessions.acta_document import collect
from sessions.choices import Adoption, Presence, Sense, SessionState
from sessions.models import Ballot, Session, Vote
from sessions.review import blocking
from tests.sessions import kit
from tests.sessions.voted import PAGE, agreement_to_vote, all_for, sent

pytestmark = pytest.mark.django_db

BY_SCRIPT = {"X-Requested-With": "fetch"}


@pytest.fixture
def agreement():
    return agreement_to_vote()


@pytest.fixture(autouse=True)
def secretary(client: Client, settings):
    settings.TODAY = "2020-01-16"
    client.force_login(kit.user(Role.SECRETARY))


def senses() -> dict[str, str]:
    return {ballot.entity.acronym: ballot.sense for ballot in Ballot.objects.all()}


def said(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def printed(agreement) -> str:
    return collect(agreement.session.acta).agreements[0].adoption


# --- The page -------------------------------------------------------------------------------


def test_it_lists_the_seats_at_the_hour_and_says_who_is_missing(client, agreement):
    page = client.get(PAGE)
    # Its start is proposed: INEI came later.
    assertContains(page, 'value="09:00"')
    assertContains(page, "3 asientos presentes a las 09:00 a.m.")
    assertContains(page, "No vota: llegó a las 09:30 a.m.")
    assertContains(page, "La mayoría de 3 asientos presentes es de 2 votos a favor.")
    assertNotContains(page, "OIT")
    later = client.post(PAGE, sent(agreement, "11:05", ver="1"))
    assertContains(later, "No vota: se retiró a las 11:05 a.m.")
    assert not Vote.objects.exists()


def test_who_did_not_come_does_not_vote(client, agreement):
    attendances = agreement.session.attendances
    attendances.filter(entity__acronym="INEI").update(presence=Presence.EXCUSED, excuse="Viaja")
    attendances.filter(entity__acronym="MINJUS").update(presence=Presence.ABSENT)
    page = client.get(PAGE)
    assertContains(page, "No vota: no asistió, con justificación")
    assertContains(page, "No vota: no asistió</td>")


def test_the_hour_proposed_is_now_while_the_session_is_held(client, agreement, monkeypatch):
    Session.objects.update(ends_at=None)
    monkeypatch.setattr("django.utils.timezone.localtime", lambda: FixedNow)
    assertContains(client.get(PAGE), 'value="10:37"')


class FixedNow:
    @staticmethod
    def time() -> time:
        return time(10, 37, 12)


def test_another_hour_keeps_what_is_marked(client, agreement):
    marks = sent(agreement, "09:10", MINAM="against", INEI="favor", ver="1")
    part = client.post(PAGE, marks, headers=BY_SCRIPT)
    assert part.templates[0].name == "sessions/_vote_seats.html"
    assertContains(part, "nadie ocupaba el asiento de INEI")
    assertContains(part, "<b>1</b> en contra")
    assertNotContains(part, "<main")


def test_all_in_favour_without_a_script(client, agreement):
    page = client.post(PAGE, sent(agreement, MINAM="against", todos="1"))
    assertContains(page, "<b>4</b> a favor")
    assertContains(page, "todos marcados")
    assert not Vote.objects.exists()


def test_its_queries_do_not_grow(client, agreement, django_assert_num_queries):
    client.post(PAGE, sent(agreement, **all_for()))
    for more in (0, 5):
        for number in range(more):
            entity = kit.members(f"M{number}")[0]
            attendance = kit.attend(agreement.session, entity, "Eva")
            Ballot.objects.create(
                vote=agreement.vote, entity=entity, cast_by=attendance, sense=Sense.FAVOR
            )
        with django_assert_num_queries(15):
            client.get(PAGE)


# --- Saving ---------------------------------------------------------------------------------


def test_a_vote_is_saved_and_read_in_the_acta_and_on_the_session(client, agreement):
    marks = all_for(MINJUS=("against", "Falta  presupuesto.\r\n"), INEI=("abstention", "No leí."))
    response = client.post(PAGE, sent(agreement, **marks))
    assertRedirects(response, "/sesiones/so-120/#acuerdo-1", fetch_redirect_response=False)
    assert senses() == {
        "MINAM": "favor", "MINJUS": "against", "MTPE": "favor", "INEI": "abstention"
    }  # fmt: skip
    # 2 of 4 are no majority.
    assert printed(agreement) == (
        "No adoptado por falta de mayoría: 2 votos a favor (MINAM, MTPE), 1 en contra (MINJUS) y 1 "
        "abstención (INEI), de 4 asientos presentes a las 10:00 a.m. (se requerían 3 votos).\n"
        "- Razones del voto en contra de MINJUS: Falta presupuesto.\n"
        "- Fundamento de la abstención de INEI: No leí."
    )
    page = client.get("/sesiones/so-120/")
    assertContains(page, "Por votación. No adoptado por falta de mayoría: 2 votos a favor")
    assertContains(page, "Fundamento de la abstención de INEI: No leí.")
    assertContains(client.get("/acuerdos/"), "Por votación: 2 a favor, 1 en contra, 1 abstención")


def test_a_tie_waits_for_whoever_conducts_to_break_it(client, agreement):
    tie = all_for(MINAM="against", INEI="against")
    response = client.post(PAGE, sent(agreement, volver="acta", **tie), follow=True)
    assert response.redirect_chain[-1][0] == f"{PAGE}?volver=acta"
    assert said(response) == ["Hay empate: falta el voto dirimente de quien preside."]
    assertContains(response, "Hay empate. Voto dirimente de Ana MTPE 120")
    assert printed(agreement).startswith("Votación empatada, sin que la Presidencia haya dirimido")
    broken = sent(agreement, version=1, casting="favor", volver="acta", **tie)
    answer = client.post(PAGE, broken)
    assert answer["Location"] == f"/sesiones/so-120/acta/editar/#b-acuerdo-{agreement.pk}"
    vote = Vote.objects.get()
    assert (vote.casting, vote.casting_by.entity.acronym) == ("favor", "MTPE")
    assert printed(agreement) == (
        "Adoptado por mayoría, con el voto dirimente de la Presidencia: 2 votos a favor (MINJUS, "
        "MTPE) y 2 en contra (MINAM, INEI), de 4 asientos presentes a las 10:00 a.m. (se "
        "requerían 3 votos)."
    )


def test_a_casting_vote_without_a_tie_is_not_kept(client, agreement):
    client.post(PAGE, sent(agreement, casting="against", **all_for()))
    assert Vote.objects.get().casting == ""
    assert printed(agreement).startswith("Adoptado por unanimidad: 4 votos a favor")


def test_nobody_breaks_a_tie_where_nobody_presides(client, agreement):
    agreement.session.offices.all().delete()
    tie = all_for(MINAM="against", INEI="against")
    response = client.post(PAGE, sent(agreement, casting="favor", **tie))
    assertContains(response, "No consta quién presidía a las 10:00 a.m.", status_code=422)
    assert not Vote.objects.exists()
    agreement.session.attendances.filter(entity__acronym="MINJUS").update(
        capacity=Capacity.ALTERNATE_PRESIDENT
    )
    client.post(PAGE, sent(agreement, casting="favor", **tie))
    assert Vote.objects.get().casting_by.entity.acronym == "MINJUS"


def test_what_is_marked_so_far_is_kept(client, agreement):
    response = client.post(PAGE, sent(agreement, MINAM="favor"), follow=True)
    assert said(response) == [
        "Se guardó lo marcado. Faltan votos: todos los asientos presentes votan."
    ]
    assertContains(response, "Votación incompleta, que todavía no adopta nada (faltan 3 votos)")


def test_a_vote_is_changed(client, agreement):
    client.post(PAGE, sent(agreement, MINAM="against", MINJUS="favor"))
    client.post(PAGE, sent(agreement, version=1, MINAM="favor"))
    assert senses() == {"MINAM": "favor"}
    assert Vote.objects.get().version == 2


def test_it_becomes_an_agreement_by_vote_and_keeps_its_votes_if_it_is_none(client, agreement):
    agreement.adoption = Adoption.CONSENSUS
    agreement.save()
    assertContains(client.get(PAGE), "Al guardar la votación pasa a ser «Por votación».")
    client.post(PAGE, sent(agreement, **all_for()))
    agreement.refresh_from_db()
    assert (agreement.adoption, agreement.version) == (Adoption.VOTE, 2)
    agreement.adoption = Adoption.CONSENSUS
    agreement.save()
    assert printed(agreement) == ""
    assertContains(client.get(PAGE), "los votos se conservan y no se imprimen")


# --- Refusals -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"at": "12:01"}, "Se vota dentro de la sesión, que empezó a las 09:00 a.m."),
        ({"at": ""}, "Escriba la hora de la votación."),
        ({"at": "25:00"}, "Esa hora no existe."),
        ({"MINAM": "quizá"}, "Se vota a favor, en contra o en abstención."),
        ({"MINAM": ("against", "x" * 5001)}, "Resuma las razones en 5000 caracteres."),
        ({"MINAM": ("against", "\x00")}, "Los caracteres nulos no están permitidos."),
        ({"casting": "abstention"}, "El voto dirimente es a favor o en contra."),
        ({"at": "11:30"}, "A las 11:30 a.m. nadie ocupaba el asiento de INEI."),
    ],
)
def test_what_is_wrong_is_told_and_nothing_saved(client, agreement, fields, message):
    tie = all_for(MINJUS="against", INEI="against")
    response = client.post(PAGE, sent(agreement, **tie | fields))
    assertContains(response, message, status_code=422)
    assert not Vote.objects.exists()


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999999999999"])
def test_a_version_that_is_none_is_refused(client, agreement, version):
    assert client.post(PAGE, sent(agreement, version=version)).status_code == 422


def test_two_people_do_not_write_over_each_other(client, agreement):
    client.post(PAGE, sent(agreement, **all_for()))
    response = client.post(PAGE, sent(agreement, **all_for(MINAM="against")))
    assertContains(response, "Otra persona guardó esta votación", status_code=409)
    # What this one marked is still there, to be sent again over the other.
    assertContains(response, "<b>1</b> en contra", status_code=409)
    assertContains(response, 'name="version" value="1"', status_code=409)
    assert senses()["MINAM"] == "favor"


@pytest.mark.parametrize(
    ("today", "status"), [("2020-01-16", 302), ("2020-01-17", 302), ("2020-01-18", 422)]
)
def test_reasons_of_a_dissent_come_up_to_the_next_day(client, agreement, settings, today, status):
    client.post(PAGE, sent(agreement, **all_for(MINAM="against")))
    settings.TODAY = today
    late = sent(agreement, version=1, **all_for(MINAM=("against", "Falta presupuesto.")))
    response = client.post(PAGE, late)
    assert response.status_code == status
    if status == 422:
        assertContains(
            response,
            "Las razones del voto en contra se entregaban hasta el viernes 17 de enero de 2020.",
            status_code=422,
        )
    assert Ballot.objects.filter(reason="Falta presupuesto.").exists() == (status == 302)


def test_what_was_said_in_the_session_is_written_down_later(client, agreement, settings):
    settings.TODAY = "2020-01-20"
    client.post(PAGE, sent(agreement, **all_for(MINAM=("against", "Falta presupuesto."))))
    corrected = all_for(MINAM=("against", "Falta el presupuesto."))
    client.post(PAGE, sent(agreement, version=1, **corrected))
    assert Ballot.objects.get(entity__acronym="MINAM").reason == "Falta el presupuesto."


def test_after_the_approval_nothing_changes(client, agreement):
    kit.approve(agreement.session.acta)
    closed = "El acta de la SO N° 120 está aprobada: la sesión ya no admite cambios."
    for response in (client.get(PAGE), client.post(PAGE, sent(agreement, **all_for()))):
        assertContains(response, closed, status_code=403)
    assertNotContains(client.get("/sesiones/so-120/"), "la votación")


def test_a_session_not_held_has_no_votes(client, agreement):
    Session.objects.update(state=SessionState.SCHEDULED)
    assertContains(client.get(PAGE), "no consta como realizada", status_code=403)
    assertNotContains(client.get("/sesiones/so-120/"), "la votación")


@pytest.mark.parametrize("number", ["2", "99999999999999999999"])
def test_an_agreement_that_is_not_there(client, agreement, number):
    assert client.get(f"/sesiones/so-120/acuerdos/{number}/votacion/").status_code == 404


@pytest.mark.parametrize("role", [Role.REPRESENTATIVE, Role.OBSERVER, Role.ADMIN])
def test_only_the_secretaria_records_votes(client, agreement, role):
    client.force_login(kit.user(role))
    assert client.post(PAGE, sent(agreement, **all_for())).status_code == 403
    assertNotContains(client.get("/sesiones/so-120/"), "la votación")
    assert not Vote.objects.exists()


# --- What else reads it ---------------------------------------------------------------------


def rules(agreement) -> set[str]:
    codes = {finding.rule for finding in blocking(agreement.session.acta)}
    return {code for code in codes if "vot" in code or "abstention" in code or "dissent" in code}


def test_the_reviewer_points_at_each_defect(client, agreement):
    assert rules(agreement) == {"vote_missing"}
    client.post(PAGE, sent(agreement, **all_for(INEI="abstention")))
    assert rules(agreement) == {"abstention_without_ground"}
    vote = agreement.session.agreements.get().vote
    agreement.session.attendances.filter(entity__acronym="INEI").update(left_at=time(9, 50))
    assert rules(agreement) == {"vote_displaced", "abstention_without_ground"}
    agreement.session.attendances.exclude(entity__acronym="MTPE").update(left_at=time(9, 50))
    assert rules(agreement) >= {"vote_without_quorum"}
    Vote.objects.filter(pk=vote.pk).update(at=time(8))
    assert rules(agreement) >= {"vote_out_of_hours"}
    page = client.get("/sesiones/so-120/acta/revision/")
    assertContains(page, f'href="{PAGE}"')


def test_whoever_voted_stays_in_the_attendance(client, agreement):
    client.post(PAGE, sent(agreement, **all_for()))
    inei = agreement.session.attendances.get(entity__acronym="INEI")
    response = client.post(
        "/sesiones/so-120/asistencia/guardar/", {"quitar": inei.person_id}, follow=True
    )
    assert said(response)[-1] == (
        "No se puede quitar a Ana INEI 120 de la asistencia: votó un acuerdo."
    )
