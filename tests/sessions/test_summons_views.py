import datetime
from io import BytesIO

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from cnlctf.documents.models import Dispatch
from members.choices import Capacity, Role
from members.models import Person
from sessions.choices import SessionState
from sessions.forms.summons import GuestForm
from sessions.models import Invitation, Session, Summons, SummonsRule
from tests.documents.test_dispatch import REFUSING
from tests.sessions import kit, summoned

pytestmark = pytest.mark.django_db

PAGE = "/sesiones/so-121/convocatoria/"
SEND = f"{PAGE}enviar/"
RESEND = f"{PAGE}reenviar/"


@pytest.fixture
def session():
    summoned.commission()
    return summoned.coming("Aprobar el acta anterior", "Aprobar el plan")


@pytest.fixture
def secretary(client):
    client.force_login(kit.user(Role.SECRETARY))


@pytest.fixture
def send(client, django_capture_on_commit_callbacks):
    def send(path: str = SEND, **data: str):
        """The page that follows, once what waits for the end of the transaction is done."""
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(path, {"kind": "summons", **data})
        return client.get(response.url) if response.status_code == 302 else response

    return send


def text(response) -> str:
    return " ".join(response.content.decode().split())


def words(pdf: bytes) -> str:
    return " ".join(" ".join(p.extract_text() for p in PdfReader(BytesIO(pdf)).pages).split())


# --- The page -------------------------------------------------------------------------------


def test_before_sending_it_shows_to_whom_and_the_notice(client, secretary, session):
    page = text(client.get(PAGE))
    assert "<strong>Lista para convocar.</strong>" in page
    assert "<strong>Faltan 10 días; se piden 2.</strong>" in page
    assert '<th scope="row">Ana de INEI</th>' in page
    assert page.count('<span class="badge badge-bad">Sin correo</span>') == 1
    assert "INEI (titular)" in page
    assert f'href="{SEND}">Enviar la convocatoria' in page
    assert "Quórum previsto" not in page


def test_a_missing_address_is_mended_in_the_admin_by_who_may_enter_it(client, secretary, session):
    ana = Person.objects.get(given_names="Ana")
    address = f"/admin/members/person/{ana.pk}/change/"
    assertNotContains(client.get(PAGE), address)
    kit.User.objects.update(is_staff=True)
    assertContains(client.get(PAGE), address)


def test_what_the_session_lacks_is_said_with_where_to_write_it(client, secretary, session):
    Session.objects.update(venue="")
    session.agenda_items.all().delete()
    page = text(client.get(PAGE))
    assert "A la sesión todavía le falta la sede. A la sesión todavía le falta el orden" in page
    assert 'href="/sesiones/so-121/editar/"' in page
    assert 'href="/sesiones/so-121/agenda/"' in page
    assert SEND not in page
    assertRedirects(client.get(SEND), PAGE)


@pytest.mark.parametrize("role", [Role.REPRESENTATIVE, Role.OBSERVER, Role.ADMIN])
def test_addresses_are_for_the_secretary_only(client, session, role):
    client.force_login(kit.user(role))
    for path in (PAGE, SEND, f"{PAGE}vista-previa.pdf", "/sesiones/so-121/convocatoria-1.pdf"):
        assert client.get(path).status_code == 403
    for path in (PAGE, SEND, RESEND, f"{PAGE}invitados/1/quitar/"):
        assert client.post(path).status_code == 403
    assertNotContains(client.get("/sesiones/so-121/"), PAGE)


def test_the_session_links_to_its_summons(client, secretary, session):
    assertContains(client.get("/sesiones/so-121/"), f'href="{PAGE}"')
    Session.objects.update(state=SessionState.CANCELLED)
    assertContains(client.get("/sesiones/so-121/"), f'href="{PAGE}"')
    Session.objects.update(state=SessionState.HELD)
    assertNotContains(client.get("/sesiones/so-121/"), PAGE)


def test_its_queries_do_not_grow_with_those_convened(client, secretary, session, send):
    send()

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(PAGE)
        return len(queries)

    before = count()
    minam = kit.Entity.objects.get(acronym="MINAM")
    for number in range(20):
        day = datetime.date(1990 + number, 1, 1)
        entity = kit.entity(f"E{number}", protocol_order=20 + number)
        entity.memberships.create(starts_on=day)
        summoned.designate(entity, Capacity.HOLDER, f"T{number}", f"t{number}@e.example")
        Invitation.objects.create(
            session=session,
            guest_name=f"G{number}",
            guest_email=f"g{number}@g.example",
            entity=minam,
        )
    send(RESEND)
    assert len(mail.outbox) == 45
    assert (before, count()) == (19, 19)


# --- Sending --------------------------------------------------------------------------------


def test_it_is_sent_after_a_confirmation(client, secretary, session, send):
    assertContains(client.get(SEND), "Se escribirá a 5 personas; no tiene correo Ana de INEI.")
    assert Summons.objects.count() == 0
    response = send()
    assert response.request["PATH_INFO"] == PAGE
    assertContains(response, "<strong>Convocada.</strong>")
    assertContains(response, '<span class="badge badge-good">Enviado</span>', 10)
    assert len(mail.outbox) == 5
    assert "http://testserver/convocatoria/" in mail.outbox[0].body


def test_a_short_notice_is_confirmed_with_a_reason(client, secretary, session, send):
    SummonsRule.objects.update(days=11)
    assertContains(client.get(SEND), "Faltan 10 días; se piden 11.")
    assertContains(send(), "Diga el motivo: lo van a leer las personas convocadas.")
    assert mail.outbox == []
    send(reason="Por la emergencia.")
    assert "Motivo: Por la emergencia." in mail.outbox[0].body


def test_a_page_shown_before_a_change_sends_nothing(client, secretary, session, send):
    send()
    assertContains(send(), "No hay nada que enviar.")
    Session.objects.update(starts_at=datetime.time(10))
    response = send()
    assertContains(response, "Ya no hay nada que enviar, o no es lo que se mostraba")
    assert len(mail.outbox) == 5


def test_a_change_offers_the_rectification(client, secretary, session, send):
    send()
    Session.objects.update(venue="Sala B.")
    page = text(client.get(PAGE))
    assert "<li>Sede: antes, «Sala A»; ahora, «Sala B».</li>" in page
    assert f'href="{SEND}">Enviar la rectificación' in page
    response = send(kind="rectification")
    assertContains(response, "Rectificación de la convocatoria a la Sesión Ordinaria N° 121")
    assert len(mail.outbox) == 10


def test_a_cancelled_session_offers_the_cancellation_with_its_reason(
    client, secretary, session, send
):
    send()
    Session.objects.update(state=SessionState.CANCELLED, remarks="Por duelo nacional.")
    assertContains(client.get(PAGE), "Enviar la cancelación")
    assertContains(client.get(SEND), "Por duelo nacional.</textarea>")
    response = send(kind="cancellation", reason="Por duelo nacional.")
    assertContains(response, "La sesión se canceló y se avisó de ello.")
    assertNotContains(response, "Invitar a otra persona")


def test_a_failure_is_shown_with_its_reason_and_sent_again(
    client, secretary, session, send, settings
):
    locmem = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = REFUSING
    response = send()
    assertContains(response, "SMTPRecipientsRefused")
    assertContains(response, "Enviar a quienes todavía no les llegó (5)")
    settings.EMAIL_BACKEND = locmem
    assertContains(send(RESEND), "5 mensajes en camino")
    assertContains(send(RESEND), "No había nada por enviar.")
    assert (len(mail.outbox), Dispatch.objects.unsent().count()) == (5, 0)


def test_nothing_is_sent_again_before_it_is_sent(client, secretary, session, send):
    assertContains(send(RESEND), "Todavía no se ha convocado a esta sesión.")


# --- Guests ---------------------------------------------------------------------------------


def test_a_guest_is_added_by_name_and_address_and_removed_while_not_written_to(
    client, secretary, session, send
):
    guest = {"guest_name": "Gil Ruiz", "guest_email": "Gil@OIT.example"}
    assertContains(client.post(PAGE, guest, follow=True), '<th scope="row">Gil Ruiz</th>')
    gil = Invitation.objects.get()
    assert (gil.guest_email, gil.capacity) == ("gil@oit.example", Capacity.GUEST)
    remove = f"{PAGE}invitados/{gil.pk}/quitar/"
    assertContains(client.get(PAGE), remove)
    assertRedirects(client.post(remove), PAGE)
    assert Invitation.objects.count() == 0
    client.post(PAGE, guest)
    send()
    gil = Invitation.objects.get(person=None)
    response = client.post(f"{PAGE}invitados/{gil.pk}/quitar/", follow=True)
    assertContains(response, "ya se le escribió")
    assert mail.outbox[-1].to == ["gil@oit.example"]


@pytest.mark.parametrize(
    ("guest", "message"),
    [
        ({"guest_name": "", "guest_email": "gil@oit.example"}, "Este campo es obligatorio."),
        ({"guest_name": "Gil", "guest_email": "gil"}, "correo electrónico válida"),
        ({"guest_name": "Gil", "guest_email": "OTRO@oit.example"}, "Ya hay un invitado con ese"),
    ],
)
def test_a_guest_who_cannot_be_is_refused(client, secretary, session, guest, message):
    Invitation.objects.create(session=session, guest_name="Otro", guest_email="otro@oit.example")
    assertContains(client.post(PAGE, guest), message)
    assert Invitation.objects.count() == 1


def test_nobody_is_added_to_a_session_past(client, secretary, session):
    Session.objects.update(held_on=datetime.date(2020, 2, 2))
    guest = {"guest_name": "Gil", "guest_email": "gil@oit.example"}
    response = client.post(PAGE, guest, follow=True)
    assertContains(response, "A esta sesión ya no se convoca a nadie.")
    assert Invitation.objects.count() == 0


def test_a_member_is_not_removed_as_a_guest(client, secretary, session, send):
    send()
    member = Invitation.objects.first()
    assert client.post(f"{PAGE}invitados/{member.pk}/quitar/").status_code == 404


# --- The document ---------------------------------------------------------------------------


def test_the_issued_document_is_served_as_it_was_sent(client, secretary, session, send):
    send()
    Session.objects.update(venue="Sala B.")
    response = client.get("/sesiones/so-121/convocatoria-1.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="convocatoria-so-121-1.pdf"'
    assert response.content == mail.outbox[0].attachments[0].content
    assert client.get("/sesiones/so-121/convocatoria-2.pdf").status_code == 404
    printed = words(response.content)
    for said in (
        "CONVOCATORIA A LA SESIÓN ORDINARIA N° 121",
        "Jueves 13 de febrero de 2020",
        "1. Aprobar el acta anterior (para aprobación)",
        "Tita de MINAM – Titular MINAM",
        "Lima, 3 de febrero de 2020",
        "Sara de MTPE Secretaria Técnica de la CNLCTF",
    ):
        assert said in printed
    assert "@" not in printed
    assert "Borrador".upper() not in printed.upper()


def test_the_preview_is_a_draft_and_issues_nothing(client, secretary, session):
    response = client.get(f"{PAGE}vista-previa.pdf")
    assert "BORRADOR" in words(response.content).upper()
    assert Summons.objects.count() == 0


def test_a_guest_added_by_two_clicks_at_once_is_one(client, secretary, session, monkeypatch):
    """Where the form could not see the other yet, the database does."""
    guest = {"guest_name": "Gil Ruiz", "guest_email": "gil@oit.example"}
    client.post(PAGE, guest)
    monkeypatch.setattr(GuestForm, "clean_guest_email", lambda form: "gil@oit.example")
    assertContains(client.post(PAGE, guest, follow=True), "Ya hay un invitado con ese correo")
    assert Invitation.objects.count() == 1
