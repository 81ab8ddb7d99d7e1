"""Convening a session: what can be sent, what changed, and what is on record of it."""

import datetime

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from icalendar import Calendar

from cnlctf.documents.choices import DispatchState
from cnlctf.documents.models import Dispatch, IssuedDocument
from members.choices import Capacity
from members.models import Person
from sessions.choices import Answer, SessionState, SummonsKind
from sessions.models import AgendaItem, Invitation, Session, Summons, SummonsRule
from sessions.summoning import Summoning, resend, send
from tests.documents.test_dispatch import REFUSING
from tests.sessions import summoned

pytestmark = pytest.mark.django_db

CITATION = "Ley N° 27444, artículo 98"


@pytest.fixture
def entities():
    return summoned.commission()


@pytest.fixture
def session(entities) -> Session:
    return summoned.coming()


@pytest.fixture
def sending(django_capture_on_commit_callbacks):
    """Send what there is to send, with its messages, as the views do."""

    def sending(session: Session, kind: str = SummonsKind.SUMMONS, reason: str = "") -> Summons:
        with django_capture_on_commit_callbacks(execute=True):
            return send(session, summoned.act(), expected=kind, reason=reason)

    return sending


@pytest.fixture
def resending(django_capture_on_commit_callbacks):
    def resending(session: Session) -> int:
        with django_capture_on_commit_callbacks(execute=True):
            return resend(session, summoned.act())

    return resending


def state(session: Session) -> Summoning:
    return Summoning(Session.objects.get(pk=session.pk), summoned.act())


def to(messages=None) -> list[str]:
    return [message.to[0] for message in (messages or mail.outbox)]


def calendars() -> list[Calendar]:
    return [Calendar.from_ical(message.attachments[1].content) for message in mail.outbox]


# --- What can be sent -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "obstacle"),
    [
        ({"starts_at": None}, "A la sesión todavía le falta la hora de inicio."),
        ({"venue": " "}, "A la sesión todavía le falta la sede."),
        ({"held_on": datetime.date(2020, 2, 2)}, "La fecha de la sesión ya pasó."),
        (
            {"state": SessionState.HELD},
            "Solo se convoca a una sesión programada, y esta figura como «realizada».",
        ),
        (
            {"state": SessionState.REFERRED, "held_on": None},
            "Solo se convoca a una sesión programada, y esta figura como «anterior al registro».",
        ),
    ],
)
def test_what_keeps_a_session_from_being_convened(entities, fields, obstacle):
    session = summoned.coming(**fields)
    assert (state(session).obstacles, state(session).kind) == ([obstacle], None)
    with pytest.raises(ValidationError, match="Ya no hay nada que enviar"):
        send(session, summoned.act(), expected=SummonsKind.SUMMONS, reason="")


def test_without_an_agenda_nobody_is_convened(session):
    session.agenda_items.update(state="proposed")
    assert state(session).obstacles == ["A la sesión todavía le falta el orden del día."]


def test_the_notice_is_checked_and_a_short_one_asks_for_a_reason(session, sending):
    assert state(session).notice.sentence == "Faltan 10 días; se piden 2."
    assert not state(session).needs_reason
    SummonsRule.objects.update(days=11)
    assert state(session).notice.sentence == "Faltan 10 días; se piden 11."
    assert state(session).needs_reason
    with pytest.raises(ValidationError, match="Diga el motivo"):
        send(session, summoned.act(), expected=SummonsKind.SUMMONS, reason="")
    assert (Summons.objects.count(), mail.outbox) == (0, [])
    assert sending(session, reason="Por la emergencia.").reason == "Por la emergencia."


def test_without_a_rule_in_force_no_notice_is_asked(session):
    SummonsRule.objects.update(ends_on=datetime.date(2020, 2, 12))
    assert (state(session).notice, state(session).needs_reason) == (None, False)


# --- Sending --------------------------------------------------------------------------------


def test_sending_issues_the_document_and_writes_to_each_with_an_address(session, sending):
    summons = sending(session)
    assert to() == [
        "paz@mtpe.example",
        "sara@mtpe.example",
        "tita@minam.example",
        "alma@minam.example",
        "olga@dp.example",
    ]
    assert (summons.number, summons.kind, summons.created_at) == (1, "summons", summoned.NOW)
    issued = summons.issued
    assert (issued.name, issued.version) == ("convocatoria-so-121", 1)
    assert issued.title == "Convocatoria a la Sesión Ordinaria N° 121"
    assert issued.data["basis"] == CITATION
    assert (
        list(Dispatch.objects.values_list("state", "document"))
        == [(DispatchState.SENT, issued.pk)] * 5
    )
    assert session.invitations.count() == 6
    assert (state(session).kind, state(session).waiting) == (None, [])


def test_the_message_says_all_and_carries_a_link_of_its_own(session, sending):
    sending(session)
    tita = session.invitations.get(person__given_names="Tita")
    message = mail.outbox[2]
    assert (
        message.subject == "Convocatoria a la Sesión Ordinaria N° 121, jueves 13 de febrero de 2020"
    )
    assert message.body == (
        "Tita de MINAM:\n\n"
        "La Presidencia de la CNLCTF convoca a la Sesión Ordinaria N° 121.\n\n"
        "Fecha: Jueves 13 de febrero de 2020\n"
        "Hora: 09:00 a.m.\n"
        "Modalidad: Presencial\n"
        "Sede: Sala A.\n\n"
        "Orden del día:\n"
        "1. Aprobar el plan\n\n"
        "Confirme si asistirá, sin necesidad de cuenta, en esta dirección, que es solo para "
        "usted:\n"
        f"https://cnlctf.example/convocatoria/{tita.token}/\n\n"
        "Se adjuntan el documento en PDF y la invitación para su calendario.\n\n"
        "Sara de MTPE\n"
        "Secretaria Técnica\n"
        "Comisión Nacional (CNLCTF)\n"
    )
    links = {message.body.partition("usted:\n")[2].partition("\n")[0] for message in mail.outbox}
    assert len(links) == 5


def test_the_event_of_a_first_summons(session, sending):
    sending(session)
    calendar = calendars()[2]
    (event,) = calendar.events
    assert calendar["METHOD"] == "REQUEST"
    assert (event["SEQUENCE"], event["STATUS"]) == (0, "CONFIRMED")
    assert event["SUMMARY"] == "Sesión Ordinaria N° 121 de la CNLCTF"
    assert event["DTSTART"].dt.isoformat() == "2020-02-13T09:00:00-05:00"
    # Nobody said when it ends: two hours, as usual.
    assert event["DTEND"].dt.isoformat() == "2020-02-13T11:00:00-05:00"
    assert event["DTSTAMP"].dt == summoned.NOW
    assert event["LOCATION"] == "Sala A."
    assert event["ORGANIZER"] == "mailto:st@cnlctf.example"
    assert event["ATTENDEE"] == "mailto:tita@minam.example"
    assert {calendar.events[0]["UID"] for calendar in calendars()} == {event["UID"]}


def test_the_event_ends_when_the_session_is_to_end(entities, sending):
    sending(summoned.coming(ends_at=datetime.time(12, 30)))
    assert calendars()[0].events[0]["DTEND"].dt.isoformat() == "2020-02-13T12:30:00-05:00"


def test_the_same_cannot_be_sent_twice(session, sending):
    sending(session)
    with pytest.raises(ValidationError, match="Ya no hay nada que enviar"):
        sending(session)
    assert (Summons.objects.count(), len(mail.outbox)) == (1, 5)


# --- Rectification --------------------------------------------------------------------------


def change(session: Session, **fields) -> None:
    Session.objects.filter(pk=session.pk).update(**fields)
    session.refresh_from_db()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (
            {"held_on": datetime.date(2020, 2, 14)},
            "Fecha: antes, jueves 13 de febrero de 2020; ahora, viernes 14 de febrero de 2020.",
        ),
        (
            {"starts_at": datetime.time(15)},
            "Hora: antes, 09:00 a.m.; ahora, 03:00 p.m.",
        ),
        ({"venue": "Sala B."}, "Sede: antes, «Sala A»; ahora, «Sala B»."),
        ({"modality": "virtual"}, "Modalidad: antes, presencial; ahora, virtual."),
    ],
)
def test_a_change_of_when_or_where_is_told_and_asks_again_who_comes(session, sending, fields, said):
    sending(session)
    session.invitations.update(answer=Answer.YES, answered_at=summoned.NOW)
    change(session, **fields)
    assert state(session).changes == [said]
    mail.outbox.clear()
    rectification = sending(session, SummonsKind.RECTIFICATION)
    assert (rectification.number, rectification.changes) == (2, said)
    assert set(session.invitations.values_list("answer", "answered_at")) == {("pending", None)}
    assert said in mail.outbox[0].body
    assert state(session).kind is None


def test_a_change_of_the_agenda_is_told_and_leaves_the_answers(session, sending):
    AgendaItem.objects.create(session=session, position=2, title="Informar de SERFOR")
    AgendaItem.objects.create(session=session, position=3, title="Incorporar a RREE")
    sending(session)
    session.invitations.update(answer=Answer.YES, answered_at=summoned.NOW)
    session.agenda_items.filter(position=1).update(position=4)
    session.agenda_items.filter(position=2).update(title="Visitar a SERFOR")
    told = [
        "Se retira del orden del día: «Informar de SERFOR».",
        "Se añade al orden del día, como punto 1: «Visitar a SERFOR».",
        "Cambia el orden de los puntos del orden del día.",
    ]
    assert state(session).changes == told
    rectification = sending(session, SummonsKind.RECTIFICATION)
    assert rectification.changes.splitlines() == told
    assert set(session.invitations.values_list("answer", flat=True)) == {"yes"}


def test_what_is_not_of_the_summons_is_no_change(session, sending):
    sending(session)
    change(session, remarks="Falta reservar el proyector.", call=2)
    session.agenda_items.update(introduction="Se presentó el plan.")
    assert (state(session).changes, state(session).kind) == ([], None)


def test_a_rectification_keeps_the_event_with_a_higher_sequence(session, sending):
    sending(session)
    change(session, starts_at=datetime.time(10))
    sending(session, SummonsKind.RECTIFICATION)
    first, second = calendars()[0], calendars()[5]
    assert first.events[0]["UID"] == second.events[0]["UID"]
    assert (second["METHOD"], second.events[0]["SEQUENCE"]) == ("REQUEST", 1)
    assert second.events[0]["DTSTART"].dt.isoformat() == "2020-02-13T10:00:00-05:00"
    versions = IssuedDocument.objects.order_by("version").values_list("version", "title")
    assert list(versions) == [
        (1, "Convocatoria a la Sesión Ordinaria N° 121"),
        (2, "Rectificación de la convocatoria a la Sesión Ordinaria N° 121"),
    ]


def test_what_was_shown_and_is_no_longer_so_is_not_sent(session, sending):
    sending(session)
    change(session, starts_at=datetime.time(10))
    with pytest.raises(ValidationError, match="no es lo que se mostraba"):
        send(session, summoned.act(), expected=SummonsKind.SUMMONS, reason="")


# --- Cancellation ---------------------------------------------------------------------------


def test_a_cancelled_session_is_called_off_as_it_was_convened(session, sending, entities):
    sending(session)
    late = summoned.designate(entities["INEI"], Capacity.HOLDER, "Tarde", "tarde@inei.example")
    change(session, state=SessionState.CANCELLED, venue="Otra")
    mail.outbox.clear()
    with pytest.raises(ValidationError, match="Diga el motivo"):
        sending(session, SummonsKind.CANCELLATION)
    cancellation = sending(session, SummonsKind.CANCELLATION, "Por duelo nacional.")
    assert str(cancellation) == "Cancelación de la Sesión Ordinaria N° 121"
    assert late.email not in to()
    assert len(to()) == 5
    assert "Se cancela la Sesión Ordinaria N° 121" in mail.outbox[0].body
    assert "Motivo: Por duelo nacional." in mail.outbox[0].body
    assert "Sede: Sala A." in mail.outbox[0].body
    assert "/convocatoria/" not in mail.outbox[0].body
    calendar = calendars()[0]
    assert (calendar["METHOD"], calendar.events[0]["SEQUENCE"]) == ("CANCEL", 1)
    assert calendar.events[0]["STATUS"] == "CANCELLED"
    assert state(session).kind is None


def test_a_session_cancelled_before_anybody_was_convened_needs_nothing(session):
    change(session, state=SessionState.CANCELLED)
    assert (state(session).kind, state(session).recipients) == (None, [])


def test_a_session_taken_up_again_is_convened_anew_as_the_same_event(session, sending):
    sending(session)
    change(session, state=SessionState.CANCELLED)
    sending(session, SummonsKind.CANCELLATION, "Por duelo nacional.")
    change(session, state=SessionState.SCHEDULED)
    assert state(session).kind == SummonsKind.SUMMONS
    assert sending(session).number == 3
    events = [calendar.events[0] for calendar in calendars()]
    assert {event["UID"] for event in events} == {events[0]["UID"]}
    assert [event["SEQUENCE"] for event in events] == [0] * 5 + [1] * 5 + [2] * 5


# --- What became of the messages ------------------------------------------------------------


def test_a_failure_is_on_record_and_retried(session, sending, resending, settings):
    locmem = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = REFUSING
    sending(session)
    assert list(Dispatch.objects.values_list("state", "tries")) == [(DispatchState.FAILED, 1)] * 5
    assert len(state(session).waiting) == 5
    settings.EMAIL_BACKEND = locmem
    assert resending(session) == 5
    assert list(Dispatch.objects.values_list("state", "tries")) == [(DispatchState.SENT, 2)] * 5
    assert (resending(session), len(mail.outbox)) == (0, 5)


def test_who_gets_an_address_later_is_written_to_then(session, sending, resending):
    sending(session)
    mail.outbox.clear()
    Person.objects.filter(given_names="Ana").update(email="ana@inei.example")
    Invitation.objects.create(session=session, guest_name="Gil", guest_email="gil@oit.example")
    assert resending(session) == 2
    assert to() == ["ana@inei.example", "gil@oit.example"]
    assert mail.outbox[0].subject.startswith("Convocatoria a la Sesión Ordinaria N° 121")


def test_a_corrected_address_gets_a_message_of_its_own(session, sending, resending, settings):
    locmem = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = REFUSING
    sending(session)
    settings.EMAIL_BACKEND = locmem
    Person.objects.filter(given_names="Tita").update(email="nueva@minam.example")
    resending(session)
    own = Dispatch.objects.filter(recipient_name="Tita de MINAM")
    assert list(own.values_list("recipient_email", "state")) == [
        ("tita@minam.example", DispatchState.FAILED),
        ("nueva@minam.example", DispatchState.SENT),
    ]
    assert state(session).waiting == []


def test_before_any_summons_there_is_nothing_to_send_again(session):
    with pytest.raises(ValidationError, match="Todavía no se ha convocado"):
        resend(session, summoned.act())
