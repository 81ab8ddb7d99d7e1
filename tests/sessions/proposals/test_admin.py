"""Where the Secretaría words what is proposed."""

import pytest
from django.test import Client
from pytest_django.asserts import assertContains

from members.choices import Role
from sessions.models import ProposalPattern
from tests.sessions import kit

pytestmark = pytest.mark.django_db

ADD = "/admin/cnlctf_sessions/proposalpattern/add/"


@pytest.fixture
def secretary(client: Client) -> Client:
    client.force_login(kit.user(Role.SECRETARY, is_staff=True))
    return client


def test_a_sentence_is_picked_by_its_name_and_worded(secretary: Client) -> None:
    page = secretary.get(ADD)
    assertContains(page, '<option value="cierre">Suscripción del acta</option>', html=True)
    assertContains(page, "Plan operativo: las tres cifras")
    secretary.post(ADD, {"slug": "cierre", "text": "Se levanta a las {hora}."})
    row = ProposalPattern.objects.get()
    assert (row.slug, row.text) == ("cierre", "Se levanta a las {hora}.")
    # What it may name, and what the program says without it.
    shown = secretary.get(f"/admin/cnlctf_sessions/proposalpattern/{row.pk}/change/")
    assertContains(shown, "{clase} {codigo} {numero} {comision} {sigla} {lugar} {hora}")
    assertContains(shown, "En {lugar}, siendo las {hora}, se levantó la Sesión {clase}")


def test_a_wrong_wording_comes_back_in_spanish(secretary: Client) -> None:
    response = secretary.post(ADD, {"slug": "cierre", "text": "A las {ora}."})
    assertContains(response, "No existe el dato {ora}.")
    assert not ProposalPattern.objects.exists()
