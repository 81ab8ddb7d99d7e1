"""Confirming one's attendance by the signed link of the message, without an account."""

import datetime

import pytest
from django.core import signing
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from sessions.choices import Answer, SessionState, SummonsKind
from sessions.models import Invitation, Session
from sessions.summoning import send
from tests.sessions import kit, summoned

pytestmark = pytest.mark.django_db


@pytest.fixture
def session() -> Session:
    summoned.commission()
    session = summoned.coming("Aprobar el **plan**")
    send(session, summoned.act(), expected=SummonsKind.SUMMONS, reason="")
    return session


@pytest.fixture
def tita(session) -> Invitation:
    return session.invitations.get(person__given_names="Tita")


def answer(client, invitation: Invitation, value: str, reason: str = ""):
    return client.post(invitation.get_absolute_url(), {"answer": value, "reason": reason})


def test_it_shows_the_session_to_whoever_holds_the_link(client, tita):
    response = client.get(tita.get_absolute_url())
    assertContains(response, "<strong>Tita de MINAM</strong> (MINAM)")
    assertContains(response, "Jueves 13 de febrero de 2020")
    assertContains(response, "<li>Aprobar el <strong>plan</strong></li>")
    assertNotContains(response, "@")
    assertNotContains(response, "Alma")
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Cache-Control"] == ("max-age=0, no-cache, no-store, must-revalidate, private")


def test_a_look_answers_nothing(client, tita):
    client.get(tita.get_absolute_url())
    client.head(tita.get_absolute_url())
    tita.refresh_from_db()
    assert (tita.answer, tita.answered_at) == (Answer.PENDING, None)


def test_an_answer_is_recorded_and_may_be_changed(client, session, tita):
    assertRedirects(answer(client, tita, "yes"), tita.get_absolute_url())
    assertContains(client.get(tita.get_absolute_url()), "Su respuesta: sí, asistirá.")
    tita.refresh_from_db()
    assert (tita.answer, tita.answer_reason) == (Answer.YES, "")
    answer(client, tita, "no", "Estaré de viaje.")
    assertContains(client.get(tita.get_absolute_url()), "Su respuesta: no podrá asistir.")
    tita.refresh_from_db()
    assert (tita.answer, tita.answer_reason) == (Answer.NO, "Estaré de viaje.")
    others = session.invitations.exclude(pk=tita.pk)
    assert set(others.values_list("answer", flat=True)) == {Answer.PENDING}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"reason": "Viaje"}, "Elija una respuesta."),
        ({"answer": "pending"}, "Escoja una opción válida"),
        ({"answer": "no", "reason": "x" * 251}, "250 caracteres"),
    ],
)
def test_what_is_no_answer_is_refused(client, tita, data, message):
    response = client.post(tita.get_absolute_url(), data)
    assertContains(response, message)
    tita.refresh_from_db()
    assert tita.answer == Answer.PENDING


def forged(invitation: Invitation) -> list[str]:
    code, _, signature = invitation.token.partition(".")
    other = Invitation.objects.exclude(pk=invitation.pk).first()
    return [
        code,
        f"{code}.",
        f"{code}.{signature[:-1]}{'A' if signature[-1] != 'A' else 'B'}",
        f"{other.code}.{signature}",
        signing.Signer(sep=".").sign(code),
        signing.Signer(sep=".", salt="cnlctf.sessions.invitation", key="other").sign(code),
        signing.Signer(sep=".", salt="cnlctf.sessions.invitation").sign(str(invitation.pk)),
        "\0",
        "9" * 3000,
    ]


def test_a_link_of_somebody_elses_making_is_no_link(client, tita):
    for token in forged(tita):
        for ask in (client.get, client.post):
            response = ask(f"/convocatoria/{token}/", {"answer": "yes"})
            assert response.status_code == 404
            assertContains(response, "Este enlace no es válido o ya venció", status_code=404)
            assert response["X-Robots-Tag"] == "noindex"
    assert set(Invitation.objects.values_list("answer", flat=True)) == {Answer.PENDING}


@pytest.mark.parametrize(
    ("today", "status", "recorded"),
    [
        ("2020-02-13", 302, Answer.YES),
        ("2020-02-14", 302, Answer.PENDING),
        ("2020-02-15", 404, Answer.PENDING),
    ],
)
def test_it_takes_answers_to_the_day_of_the_session_and_expires_after_the_next(
    client, tita, settings, today, status, recorded
):
    settings.TODAY = today
    assert answer(client, tita, "yes").status_code == status
    tita.refresh_from_db()
    assert tita.answer == recorded


def test_the_day_after_one_reads_and_no_more(client, tita, settings):
    settings.TODAY = "2020-02-14"
    response = client.get(tita.get_absolute_url())
    assertContains(response, "La sesión ya no admite confirmaciones.")
    assertNotContains(response, "<textarea")


def test_a_session_held_or_called_off_takes_no_answers(client, session, tita):
    for state in (SessionState.HELD, SessionState.CANCELLED):
        Session.objects.update(state=state)
        answer(client, tita, "yes")
    tita.refresh_from_db()
    assert tita.answer == Answer.PENDING
    session.refresh_from_db()
    send(session, summoned.act(), expected=SummonsKind.CANCELLATION, reason="Por duelo.")
    assertContains(client.get(tita.get_absolute_url()), "<strong>La sesión se canceló:</strong>")


def test_it_says_what_was_convened_until_a_rectification_says_otherwise(client, session, tita):
    Session.objects.update(held_on=datetime.date(2020, 2, 14))
    assertContains(client.get(tita.get_absolute_url()), "Jueves 13 de febrero de 2020")
    session.refresh_from_db()
    send(session, summoned.act(), expected=SummonsKind.RECTIFICATION, reason="")
    assertContains(client.get(tita.get_absolute_url()), "Viernes 14 de febrero de 2020")


def test_who_was_not_written_to_has_no_page_yet(client):
    guest = Invitation.objects.create(
        session=kit.session(121, state=SessionState.SCHEDULED, held_on=summoned.DAY),
        guest_name="Gil",
        guest_email="gil@oit.example",
    )
    assert client.get(guest.get_absolute_url()).status_code == 404
