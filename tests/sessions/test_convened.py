"""Whoever is convened to a session, and the quorum that their answers promise."""

import datetime

import pytest
from pytest_django.asserts import assertContains

from members.choices import Capacity
from members.models import Person
from sessions.choices import Answer, SummonsKind
from sessions.models import Invitation, Session
from sessions.summoning import Summoning, send
from tests.sessions import kit, summoned

pytestmark = pytest.mark.django_db


@pytest.fixture
def entities():
    return summoned.commission()


@pytest.fixture
def session(entities) -> Session:
    return summoned.coming()


def recipients(session: Session) -> list[tuple[str, str, str]]:
    return [
        (row.invitation.name.split()[0], row.invitation.title, row.invitation.email)
        for row in Summoning(session, summoned.act()).recipients
    ]


def test_whoever_sits_that_day_is_convened_in_the_order_of_the_acta(session):
    assert recipients(session) == [
        ("Paz", "Presidenta", "paz@mtpe.example"),
        ("Sara", "Secretaria Técnica", "sara@mtpe.example"),
        ("Tita", "Titular", "tita@minam.example"),
        ("Alma", "Alterna", "alma@minam.example"),
        ("Ana", "Alterna", ""),
        ("Olga", "Observadora", "olga@dp.example"),
    ]


def test_who_sits_is_asked_of_the_day_of_the_session(session, entities):
    day = datetime.timedelta(days=1)
    Person.objects.get(given_names="Alma").designations.update(ends_on=summoned.DAY - day)
    summoned.designate(entities["MINAM"], Capacity.ALTERNATE, "Nora", starts_on=summoned.DAY)
    summoned.designate(entities["MTPE"], "T", "Tarde", starts_on=summoned.DAY + day)
    names = [name for name, *_ in recipients(session)]
    assert names == ["Paz", "Sara", "Tita", "Nora", "Ana", "Olga"]


def test_an_entity_without_a_place_that_day_convenes_nobody(session):
    outside = kit.entity("OIT")
    summoned.designate(outside, Capacity.HOLDER, "Ida", "ida@oit.example")
    assert "Ida" not in [name for name, *_ in recipients(session)]


def test_who_sits_twice_is_convened_once(session, entities):
    paz = Person.objects.get(given_names="Paz")
    paz.designations.create(entity=entities["INEI"], capacity=Capacity.HOLDER)
    assert [name for name, *_ in recipients(session)].count("Paz") == 1


def test_guests_come_last_and_places_without_anybody_are_named(session, entities):
    Invitation.objects.create(session=session, guest_name="Gil", guest_email="gil@oit.example")
    assert recipients(session)[-1] == ("Gil", "Invitado/a", "gil@oit.example")
    vacancies = Summoning(session, summoned.act()).convened.vacancies
    assert [(row.entity, row.seat) for row in vacancies] == [("INEI", "titular")]


def test_the_seats_of_who_said_yes_make_the_expected_quorum(session):
    send(session, summoned.act(), expected=SummonsKind.SUMMONS, reason="")
    answers = {"Tita": Answer.YES, "Alma": Answer.YES, "Olga": Answer.YES, "Paz": Answer.NO}
    for name, answer in answers.items():
        session.invitations.filter(person__given_names=name).update(
            answer=answer, answered_at=summoned.NOW
        )
    quorum = Summoning(session, summoned.act()).convened.quorum
    # MINAM's seat counts once, the observer has none.
    assert (quorum.members, quorum.present, quorum.required, quorum.met) == (3, 1, 2, False)


def test_whoever_was_written_to_and_no_longer_sits_is_told_of(client, session):
    act = summoned.act()
    send(session, act, expected=SummonsKind.SUMMONS, reason="")
    assert Summoning(session, act).convened.former == []
    day = datetime.timedelta(days=1)
    Person.objects.get(given_names="Alma").designations.update(ends_on=summoned.DAY - day)
    former = Summoning(session, act).convened.former
    assert [row.name.split()[0] for row in former] == ["Alma"]
    client.force_login(act.by)
    response = client.get("/sesiones/so-121/convocatoria/")
    assertContains(response, "Una persona convocada ya no ejerce:")
    assertContains(response, "Alma de MINAM (MINAM)")
