"""The Secretaría circulates the draft of an acta among those who attended."""

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from cnlctf.documents.models import IssuedDocument
from members.choices import Role
from sessions.models import Acta, Circulation, Intervention, Reader, Session
from tests.documents.test_dispatch import REFUSING
from tests.sessions import circulated, kit

pytestmark = pytest.mark.django_db

PAGE = "/sesiones/so-120/acta/observaciones/"
OPEN = f"{PAGE}circular/"
EXTEND = f"{PAGE}plazo/"
ASKED = {"days": "5", "hour": "18:00", "message": "Con cuidado."}
OTHER = "Preguntó por los plazos del plan."


@pytest.fixture
def acta():
    return circulated.draft()


@pytest.fixture
def secretary(client):
    account = kit.user(Role.SECRETARY, person=kit.person("Sara", "Tello"))
    client.force_login(account)
    return account


@pytest.fixture
def send(client, django_capture_on_commit_callbacks):
    def send(path: str, **data):
        """The page that follows, once what waits for the end of the transaction is done."""
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(path, data)
        return client.get(response.url) if response.status_code == 302 else response

    return send


def everybody() -> list[int]:
    return [
        row.pk
        for row in Session.objects.get().attendances.filter(presence="present")
        if row.person.email
    ]


# --- Opening --------------------------------------------------------------------------------


def test_before_circulating_it_says_what_it_is_and_offers_it(client, secretary, acta):
    assertContains(client.get("/sesiones/so-120/acta/"), f'href="{PAGE}"')
    page = client.get(PAGE)
    assertContains(page, "El borrador todavía no ha circulado.")
    assertContains(page, f'href="{OPEN}"')
    form = client.get(OPEN)
    assertContains(form, "5 días hábiles: hasta el lunes 10 de febrero de 2020")
    assertContains(form, "Tita MINAM 120 (MINAM), tita@minam.example")
    assertContains(form, "Ana INEI 120 (INEI). No se les puede enviar el borrador")
    assertNotContains(form, "Luz")
    assert form.content.decode().count(" checked") == 3


def test_each_reader_is_written_to_with_a_link_and_the_draft(client, secretary, acta, send):
    response = send(OPEN, **ASKED, readers=everybody())
    assertContains(response, "En circulación hasta el lunes 10 de febrero de 2020, 06:00 p.m.")
    assertContains(response, '<span class="badge badge-good">Enviado</span>')
    assert [message.to for message in mail.outbox] == [["tita@minam.example"], ["olga@oit.example"]]
    olga = Reader.objects.get(attendance__person__given_names="Olga")
    body = mail.outbox[1].body
    assert f"http://testserver{olga.get_absolute_url()}" in body
    assert "hasta el lunes 10 de febrero de 2020, a las 06:00 p.m., hora de Lima." in body
    assert "Con cuidado." in body
    assert mail.outbox[1].subject == (
        "Borrador del acta de la Sesión Ordinaria N° 120, para sus observaciones"
    )
    issued = IssuedDocument.objects.get()
    assert issued.name == "borrador-acta-so-120"
    assert mail.outbox[1].attachments[0].content == bytes(issued.content)
    # It circulates once a version.
    assertRedirects(client.get(OPEN), PAGE)
    client.post(OPEN, {**ASKED, "readers": everybody()})
    assert (Circulation.objects.count(), len(mail.outbox)) == (1, 2)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"days": ""}, "Indique la otra fecha, o elija unos días hábiles."),
        ({"days": "", "day": "2020-02-02"}, "Ese plazo ya pasó: elija uno posterior."),
        ({"days": "", "day": "2029-02-02"}, "Ese plazo está a más de un año: revise la fecha."),
        ({"days": "7"}, "7 no es una de las opciones disponibles."),
        ({"hour": "99"}, "Escriba la hora como 18:00."),
        ({"readers": []}, "Elija al menos a una persona."),
        ({"readers": ["x"]}, "Solo se envía a quien asistió y tiene correo electrónico."),
        ({"readers": ["99999999999999999999"]}, "Solo se envía a quien asistió y tiene correo"),
        ({"message": "a" * 5001}, "5001"),
    ],
)
def test_what_cannot_be_is_refused_in_spanish(client, secretary, acta, data, message):
    response = client.post(OPEN, {**ASKED, "readers": everybody(), **data})
    assertContains(response, message)
    assert Circulation.objects.count() == 0


def test_who_has_no_address_or_was_absent_is_not_written_to(client, secretary, acta):
    pks = [row.pk for row in Session.objects.get().attendances.all()]
    response = client.post(OPEN, {**ASKED, "readers": pks})
    assertContains(response, "Solo se envía a quien asistió y tiene correo electrónico.")
    assert Circulation.objects.count() == 0


@pytest.mark.parametrize("role", [Role.REPRESENTATIVE, Role.OBSERVER, Role.ADMIN])
def test_it_is_for_the_secretary_only(client, acta, role):
    circulated.circulate(acta)
    remark = circulated.remark(circulated.reader())
    client.force_login(kit.user(role))
    for path in (PAGE, OPEN, EXTEND, f"{PAGE}{remark.pk}/"):
        assert (client.get(path).status_code, client.post(path).status_code) == (403, 403)
    for path in ("cerrar/", "destinatarios/", "reenviar/"):
        assert client.post(f"{PAGE}{path}").status_code == 403
    assertNotContains(client.get("/sesiones/so-120/"), PAGE)


def test_an_approved_acta_does_not_circulate(client, secretary, acta):
    kit.approve(acta)
    assertContains(client.get(PAGE), "está aprobada: la sesión ya no admite cambios.")
    assert client.get(OPEN).status_code == 403
    assert client.post(OPEN, {**ASKED, "readers": everybody()}).status_code == 403


# --- Deadline -------------------------------------------------------------------------------


def test_the_deadline_is_extended_and_everybody_told(client, secretary, acta, send):
    circulated.circulate(acta)
    response = send(EXTEND, days="10", hour="12:00")
    assertContains(response, "En circulación hasta el lunes 17 de febrero de 2020, 12:00 p.m.")
    assertContains(response, "se le escribió a 2 personas")
    assert [message.subject for message in mail.outbox] == [
        "Borrador del acta de la Sesión Ordinaria N° 120: más plazo para sus observaciones"
    ] * 2
    assertContains(response, "Ampliada por Sara Tello")


def test_a_deadline_is_not_shortened(client, secretary, acta):
    circulated.circulate(acta)
    response = client.post(EXTEND, {"days": "3", "hour": "18:00"})
    assertContains(response, "El nuevo plazo tiene que vencer después del que ya se dio.")
    assert Circulation.objects.get().deadline == circulated.DEADLINE


def test_it_is_closed_early_and_opened_again(client, secretary, acta, send):
    circulated.circulate(acta)
    assertContains(send(f"{PAGE}cerrar/"), "<strong>Cerrada</strong> por Sara Tello")
    assertContains(send(f"{PAGE}cerrar/"), "El borrador ya no está en circulación.")
    response = send(EXTEND, days="3", hour="18:00")
    assertContains(response, "En circulación hasta el jueves 6 de febrero de 2020, 06:00 p.m.")
    assert "Se reciben otra vez observaciones al borrador" in mail.outbox[0].body
    for step in ("Abierta", "Cerrada", "Reabierta"):
        assertContains(response, f"<li>{step} por ")


def test_after_the_deadline_it_says_so_and_can_be_reopened(client, secretary, acta, settings):
    circulated.circulate(acta)
    settings.TODAY = "2020-02-11"
    page = client.get(PAGE)
    assertContains(page, "<strong>El plazo venció</strong> el lunes 10 de febrero de 2020")
    assertContains(page, "Reabrir con otro plazo")


def test_an_approval_ends_it_and_a_reopened_acta_circulates_anew(client, secretary, acta):
    circulated.circulate(acta)
    kit.approve(acta)
    assertContains(client.get(PAGE), "Terminó con la aprobación.")
    assert client.post(EXTEND, {"days": "3", "hour": "18:00"}).status_code == 403
    acta.reopen(at=circulated.NOW, by=secretary, reason="Falta un nombre.")
    assertContains(client.get(PAGE), "su nuevo borrador puede circular")
    assertRedirects(client.post(OPEN, {**ASKED, "readers": everybody()}), PAGE)
    assert list(Circulation.objects.values_list("of_version", flat=True)) == [1, 2]


# --- Readers --------------------------------------------------------------------------------


def test_whoever_got_an_address_later_is_added(client, secretary, acta, send):
    circulated.circulate(acta)
    ana = Session.objects.get().attendances.get(person__given_names="Ana")
    response = send(f"{PAGE}destinatarios/", readers=[ana.pk])
    assertContains(response, "Solo se envía a quien asistió y tiene correo electrónico.")
    ana.person.email = "ana@inei.example"
    ana.person.save()
    assertContains(client.get(PAGE), "Enviarlo a alguien más")
    assertContains(send(f"{PAGE}destinatarios/", readers=[ana.pk]), "a 1 persona más")
    assert mail.outbox[-1].to == ["ana@inei.example"]
    assertContains(send(f"{PAGE}destinatarios/"), "Elija al menos a una persona.")


def test_a_message_that_failed_is_sent_again(client, secretary, acta, send, settings):
    locmem = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = REFUSING
    response = send(OPEN, **ASKED, readers=everybody())
    assertContains(response, "Enviar a quienes todavía no les llegó (2)")
    settings.EMAIL_BACKEND = locmem
    olga = Reader.objects.get(attendance__person__given_names="Olga")
    olga.attendance.person.email = "olga.nueva@oit.example"
    olga.attendance.person.save()
    assertContains(send(f"{PAGE}reenviar/"), "2 mensajes en camino")
    assert sorted(message.to[0] for message in mail.outbox) == [
        "olga.nueva@oit.example",
        "tita@minam.example",
    ]
    assertContains(send(f"{PAGE}reenviar/"), "No había nada por enviar.")


# --- Queries --------------------------------------------------------------------------------


def test_its_queries_do_not_grow_with_readers_and_remarks(client, secretary, acta):
    circulated.circulate(acta)
    olga = circulated.reader()
    remark = circulated.remark(olga, proposal=OTHER)

    def count() -> list[int]:
        counts = []
        for path in (PAGE, f"{PAGE}{remark.pk}/", olga.get_absolute_url()):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(path).status_code == 200
            counts.append(len(queries))
        return counts

    before = count()
    item = acta.session.agenda_items.get()
    for number in range(2, 22):
        row = kit.attend(acta.session, kit.entity(f"E{number}"), f"P{number}")
        sent = Reader.objects.create(
            circulation=Circulation.objects.get(), attendance=row, email="p@e.example"
        )
        said = Intervention.objects.create(
            agenda_item=item, position=number, attribution="Quien sea,", body="Dijo."
        )
        for author in (sent, olga):
            circulated.remark(author, block=said.pk, before="Dijo.", proposal="Dijo algo.")
    assert count() == before


def test_the_page_of_an_acta_that_is_not_there(client, secretary):
    assert client.get(PAGE).status_code == 404
    assert Acta.objects.count() == 0
