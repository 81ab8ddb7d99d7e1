"""What a vote leaves where agreements are written, kept and listed."""

from datetime import time

import pytest
from django.test import Client
from pytest_django.asserts import assertContains

from cnlctf.lib.frozen import freeze, thaw
from members.choices import Role
from sessions.acta_data import Agreement as PrintedAgreement
from sessions.choices import Adoption, Sense
from sessions.models import Agreement, Ballot, Vote
from sessions.votes import adoption_text, votes_of
from tests.sessions import kit
from tests.sessions.voted import NAMES, agreement_to_vote

pytestmark = pytest.mark.django_db

EDIT = "/sesiones/so-120/acta/editar/acuerdo/"
SCRIPT = {"accept": "application/json"}


@pytest.fixture
def agreement() -> Agreement:
    """Adopted by three of four: MINAM was against."""
    agreement = agreement_to_vote()
    vote = Vote.objects.create(agreement=agreement, at=time(10))
    for attendance in agreement.session.attendances.filter(entity__acronym__in=NAMES):
        dissents = attendance.entity.acronym == "MINAM"
        Ballot.objects.create(
            vote=vote,
            entity=attendance.entity,
            cast_by=attendance,
            sense=Sense.AGAINST if dissents else Sense.FAVOR,
            reason="Falta _dinero_.\nY tiempo." if dissents else "",
        )
    return agreement


def test_an_agreement_frozen_before_there_were_votes_has_no_more_to_say():
    frozen = {"anchor": "acuerdo-1", "number": "1.", "text": "Aprobar."}
    thawed = thaw(frozen, PrintedAgreement)
    assert thawed.adoption == ""
    assert freeze(thawed) == frozen | {"adoption": ""}


@pytest.mark.parametrize(
    ("adoption", "printed"),
    [
        (Adoption.CONSENSUS, ""),
        (Adoption.NOT_RECORDED, ""),
        (Adoption.UNANIMITY, "Adoptado por unanimidad."),
        (Adoption.VOTE, "Votación sin registrar, que no adopta nada."),
    ],
)
def test_what_is_printed_without_a_vote(adoption, printed):
    assert adoption_text(Agreement(adoption=adoption), None) == printed


def test_reasons_are_printed_to_the_letter_and_in_one_line(agreement):
    said = adoption_text(agreement, votes_of(agreement.session)[agreement.pk])
    assert said.splitlines()[1:] == [
        "- Razones del voto en contra de MINAM: Falta \\_dinero\\_. Y tiempo."
    ]


def test_votes_are_read_in_as_many_queries_however_many(agreement, django_assert_num_queries):
    for more in (0, 3):
        for number in range(more):
            row = kit.agreement(agreement.session, number + 2, adoption=Adoption.VOTE)
            Vote.objects.create(agreement=row, at=time(10))
        with django_assert_num_queries(7):
            votes_of(agreement.session)


def test_an_agreement_comes_back_with_its_vote(client: Client, agreement):
    client.force_login(kit.user(Role.SECRETARY))
    before = set(Ballot.objects.values_list("pk", "sense", "reason"))
    gone = client.post(f"{EDIT}{agreement.pk}/quitar/", {"version": 1}, headers=SCRIPT)
    assert not Vote.objects.exists()
    client.post(f"{EDIT}deshacer/", {"token": gone.json()["token"]}, headers=SCRIPT)
    assert Vote.objects.get().agreement == agreement
    assert set(Ballot.objects.values_list("pk", "sense", "reason")) == before


def test_an_agreement_with_a_vote_is_not_joined_to_another(client: Client, agreement):
    agreement.number = 2
    agreement.save()
    kit.agreement(agreement.session, 1)
    client.force_login(kit.user(Role.SECRETARY))
    refused = client.post(f"{EDIT}{agreement.pk}/unir/", {"version": 1}, headers=SCRIPT)
    assert refused.status_code == 409
    assert Ballot.objects.count() == 4


def test_the_admin_shows_the_vote(client: Client, agreement):
    client.force_login(kit.user(Role.ADMIN, is_staff=True))
    page = client.get(f"/admin/cnlctf_sessions/agreement/{agreement.pk}/change/")
    assertContains(page, "Adoptado por mayoría: 3 votos a favor (MINJUS, MTPE, INEI) y 1 en contra")
