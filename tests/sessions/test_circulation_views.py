"""The Secretaría circulates a draft and attends to what is said of it."""

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from cnlctf.documents.models import IssuedDocument
from members.choices import Role
from sessions.choices import RemarkState
from sessions.models import Acta, Circulation, Intervention, Reader, Remark, Session
from sessions.review import blocking
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


# --- Remarks --------------------------------------------------------------------------------


def test_remarks_are_listed_in_the_order_of_the_acta(client, secretary, acta):
    circulated.circulate(acta)
    olga = circulated.reader()
    circulated.remark(olga, kind="", block=None, before="", place="El acta en general")
    said = circulated.remark(olga)
    circulated.remark(circulated.reader("Tita"), kind="instalacion", block=acta.pk, place="Quórum")
    circulated.remark(olga, comment="Retirada.", state=RemarkState.WITHDRAWN)
    page = client.get(PAGE)
    assert [row.remark.place for row in page.context["seen"]] == [
        "Quórum",
        "Punto 1, intervención 1",
        "El acta en general",
    ]
    assertContains(page, f'/acta/editar/#b-intervencion-{said.block}">Punto 1, intervención 1</a>')
    assertContains(page, "La representante de la Entidad OIT, Olga OIT 120")
    assertNotContains(page, "Retirada.")


def test_what_is_accepted_is_written_with_its_author(client, secretary, acta, send):
    circulated.circulate(acta)
    remark = circulated.remark(circulated.reader(), proposal=OTHER)
    path = f"{PAGE}{remark.pk}/"
    page = client.get(path)
    assertContains(page, '<ins><span class="visually-hidden"> [se agrega: </span> del plan')
    version = page.context["row"].text.version
    response = send(path, decision="accepted", adopted=OTHER, version=version, answer="")
    said = Intervention.objects.get()
    assert (said.body, said.version, said.edited_by) == (OTHER, version + 1, secretary)
    assertContains(response, "Propuesto por la representante de la Entidad OIT")
    assertContains(response, "aceptado por Sara Tello el 3 de febrero de 2020")
    assertRedirects(
        client.get(path), f"{PAGE}#observacion-{remark.pk}", fetch_redirect_response=False
    )


def test_a_text_changed_since_is_shown_three_times_and_never_written_over_unread(
    client, secretary, acta, send
):
    circulated.circulate(acta)
    remark = circulated.remark(circulated.reader(), proposal=OTHER)
    path = f"{PAGE}{remark.pk}/"
    read = client.get(path).context["row"].text.version
    Intervention.objects.update(body="Preguntó por las fechas.", version=read + 1)
    response = send(path, decision="accepted", adopted=OTHER, version=read)
    assertContains(response, "Otra persona cambió el texto mientras usted decidía", status_code=409)
    for words in ("Como lo leyó", "Como está ahora", "Como lo propone", "Preguntó por las fechas."):
        assertContains(response, words, status_code=409)
    assert Remark.objects.get().state == RemarkState.OPEN
    assert Intervention.objects.get().body == "Preguntó por las fechas."
    send(path, decision="accepted", adopted=OTHER, version=read + 1)
    assert Intervention.objects.get().body == OTHER


def test_a_remark_on_a_text_that_is_gone_keeps_its_words_and_is_answered(
    client, secretary, acta, send
):
    circulated.circulate(acta)
    remark = circulated.remark(circulated.reader(), proposal=OTHER)
    Intervention.objects.get().delete()
    assertContains(client.get(PAGE), "Ese texto ya no está en el acta")
    path = f"{PAGE}{remark.pk}/"
    assertContains(client.get(path), circulated.SAID)
    response = send(path, decision="accepted", adopted=OTHER, version=1)
    assertContains(response, "No hay un texto del acta que cambiar: responda la observación.")
    assertContains(send(path, decision="answered", answer="Se quitó."), "Se quitó.")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "Diga si la acepta o la responde."),
        ({"decision": "borrar"}, "Diga si la acepta o la responde."),
        ({"decision": "answered"}, "Escriba la respuesta: la lee quien hizo la observación."),
        ({"decision": "accepted", "adopted": " "}, "El texto no puede quedar vacío."),
        ({"decision": "accepted", "adopted": "a" * 200_001}, "tiene 200001 caracteres"),
        ({"decision": "answered", "answer": "a" * 10_001}, "10001"),
    ],
)
def test_a_decision_that_cannot_be_is_refused(client, secretary, acta, data, message):
    circulated.circulate(acta)
    remark = circulated.remark(circulated.reader())
    assertContains(client.post(f"{PAGE}{remark.pk}/", {"version": "1", **data}), message)
    assert Remark.objects.get().state == RemarkState.OPEN


def test_a_decision_without_the_version_read_writes_nothing(client, secretary, acta):
    circulated.circulate(acta)
    remark = circulated.remark(circulated.reader())
    data = {"decision": "accepted", "adopted": OTHER}
    assert client.post(f"{PAGE}{remark.pk}/", data).status_code == 409
    assert Intervention.objects.get().body == circulated.SAID


def test_a_remark_of_another_acta_is_not_there(client, secretary, acta):
    circulated.circulate(acta)
    remark = circulated.remark(circulated.reader())
    kit.acta(kit.session(121), approved=False)
    path = f"/sesiones/so-121/acta/observaciones/{remark.pk}/"
    assert (client.get(path).status_code, client.post(path).status_code) == (404, 404)


def test_a_decision_after_the_approval_is_refused(client, secretary, acta):
    circulated.circulate(acta)
    remark = circulated.remark(circulated.reader(), proposal=OTHER)
    kit.approve(acta)
    data = {"decision": "accepted", "adopted": OTHER, "version": "1"}
    assert client.post(f"{PAGE}{remark.pk}/", data).status_code == 403
    assert Intervention.objects.get().body == circulated.SAID


def test_markup_that_tries_to_be_html_is_literal(client, secretary, acta):
    circulated.circulate(acta)
    evil = "<script>alert(1)</script>"
    remark = circulated.remark(circulated.reader(), comment=evil, proposal=evil, before=evil)
    for path in (PAGE, f"{PAGE}{remark.pk}/"):
        page = client.get(path)
        assertNotContains(page, evil)
        assertContains(page, "&lt;script&gt;alert(1)&lt;/script&gt;")


def test_the_editor_shows_it_beside_the_text(client, secretary, acta, send):
    circulated.circulate(acta)
    remark = circulated.remark(circulated.reader(), proposal=OTHER)
    beside = f'data-beside="b-intervencion-{remark.block}"'
    page = client.get("/sesiones/so-120/acta/editar/")
    assertContains(page, beside)
    assertContains(page, "por atender, de la representante de la Entidad OIT.")
    send(f"{PAGE}{remark.pk}/", decision="accepted", adopted=OTHER, version=1)
    page = client.get("/sesiones/so-120/acta/editar/")
    assertContains(page, beside)
    assertContains(page, "texto propuesto por la representante de la Entidad OIT, aceptado por")


def test_the_reviewer_finds_what_is_not_attended_to(client, secretary, acta, send):
    circulated.circulate(acta)
    remark = circulated.remark(circulated.reader())
    review = "/sesiones/so-120/acta/revision/"
    page = client.get(review)
    assertContains(page, "La representante de la Entidad OIT lo observó y todavía no se le respon")
    assertContains(page, f'href="{PAGE}">Corregir')
    assertContains(page, "Descartar<span")
    assert [f.rule for f in blocking(acta)].count("open_remark") == 0
    send(f"{PAGE}{remark.pk}/", decision="answered", answer="Así consta.")
    assertNotContains(client.get(review), "todavía no se le responde")


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
