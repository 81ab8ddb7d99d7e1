import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from members.choices import Role
from sessions.choices import SessionState
from sessions.models import Session
from tests.sessions import kit

pytestmark = pytest.mark.django_db

EDIT = "/sesiones/so-120/editar/"
CANCEL = "/sesiones/so-120/cancelar/"


@pytest.fixture
def secretary(client):
    account = kit.user(Role.SECRETARY)
    client.force_login(account)
    return account


def test_a_session_is_cancelled_with_a_reason_after_asking(client, secretary):
    kit.session(120, state=SessionState.SCHEDULED)
    assertContains(client.get("/sesiones/so-120/"), CANCEL)
    assertContains(client.get(CANCEL), "No se puede deshacer.")
    assertContains(client.post(CANCEL, {"reason": " "}), "Diga por qué se cancela")
    response = client.post(CANCEL, {"reason": "Por la huelga."}, follow=True)
    assertRedirects(response, "/sesiones/so-120/")
    assertContains(response, "<strong>Sesión cancelada.</strong> Por la huelga.")
    assertNotContains(response, EDIT)
    assertNotContains(response, CANCEL)


def test_what_was_held_is_not_cancelled(client, secretary):
    kit.session(120)
    assertNotContains(client.get("/sesiones/so-120/"), CANCEL)
    for response in (client.get(CANCEL), client.post(CANCEL, {"reason": "Por la huelga."})):
        assertContains(response, "La SO N° 120 ya no está programada", status_code=403)
    assert Session.objects.get().state == SessionState.HELD
