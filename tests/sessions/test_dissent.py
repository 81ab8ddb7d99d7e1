"""Who represents the seat that voted against hands its reasons in, up to the day after."""

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from members.choices import Capacity, Role
from members.models import Designation
from sessions.acta_document import collect
from sessions.models import Agreement, Ballot, Session, Vote
from tests.sessions import kit
from tests.sessions.voted import PAGE as VOTE
from tests.sessions.voted import agreement_to_vote, all_for, sent

pytestmark = pytest.mark.django_db

PAGE = "/sesiones/so-120/acuerdos/1/razones/"
SESSION = "/sesiones/so-120/"


@pytest.fixture(autouse=True)
def agreement(client: Client, settings) -> Agreement:
    """MINAM and MINJUS vote against, of which only MINJUS says why."""
    settings.TODAY = "2020-01-16"
    agreement = agreement_to_vote()
    client.force_login(kit.user(Role.SECRETARY))
    against = {"MINAM": "against", "MINJUS": ("against", "No se consultó.")}
    client.post(VOTE, sent(agreement, **all_for(**against)))
    return agreement


@pytest.fixture
def minam(client: Client, agreement) -> Client:
    """Of MINAM, by a designation in force."""
    return representative(client, "MINAM")


def representative(client: Client, acronym: str) -> Client:
    row = Session.objects.get().attendances.get(entity__acronym=acronym)
    Designation.objects.create(entity=row.entity, person=row.person, capacity=Capacity.HOLDER)
    client.force_login(kit.user(Role.REPRESENTATIVE, row.person))
    return client


def reasons() -> dict[str, str]:
    against = Ballot.objects.filter(sense="against")
    return {ballot.entity.acronym: ballot.reason for ballot in against}


def test_the_reasons_get_into_the_acta(minam, agreement):
    assertContains(minam.get(SESSION), f'href="{PAGE}"')
    assertContains(minam.get(PAGE), "se entregan hasta el viernes 17 de enero de 2020")
    before = Vote.objects.get().version
    answer = minam.post(PAGE, {"reason": "Falta el informe legal."})
    assertRedirects(answer, agreement.get_absolute_url())
    assert reasons() == {"MINAM": "Falta el informe legal.", "MINJUS": "No se consultó."}
    assert Vote.objects.get().version == before + 1
    printed = collect(Session.objects.get().acta).agreements[0].adoption
    assert "- Razones del voto en contra de MINAM: Falta el informe legal." in printed


def test_the_day_after_is_in_time_and_the_next_is_not(minam, settings):
    settings.TODAY = "2020-01-17"
    minam.post(PAGE, {"reason": "En plazo."})
    settings.TODAY = "2020-01-18"
    late = minam.post(PAGE, {"reason": "Fuera de plazo."})
    assertContains(late, "se entregaban hasta el viernes 17 de enero de 2020")
    assert reasons()["MINAM"] == "En plazo."
    assertNotContains(minam.get(SESSION), PAGE)


@pytest.mark.parametrize(
    ("reason", "said"), [("  ", "Escriba las razones."), ("x" * 5001, "Resuma las razones en 5000")]
)
def test_what_cannot_be_taken_is_said(minam, reason: str, said: str):
    assertContains(minam.post(PAGE, {"reason": reason}), said)
    assert reasons()["MINAM"] == ""


def test_who_voted_in_favour_has_none_to_give(client, agreement):
    inei = representative(client, "INEI")
    assertNotContains(inei.get(SESSION), PAGE)
    assert inei.post(PAGE, {"reason": "No."}).status_code == 404


def test_an_approved_acta_takes_no_more(minam, agreement):
    kit.approve(agreement.session.acta)
    assert minam.post(PAGE, {"reason": "Tarde."}).status_code == 403
    assert reasons()["MINAM"] == ""
