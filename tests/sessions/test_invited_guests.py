"""Guests of the convocatoria, put in the attendance with one click."""

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from members.choices import Capacity, Gender, Role
from sessions.choices import Answer
from sessions.known_people import invited_guests, name_parts
from sessions.models import Attendance, Invitation
from tests.sessions import kit
from tests.sessions.roll import PAGE, scheduled, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(client):
    client.force_login(kit.user(Role.SECRETARY))
    session, _ = scheduled()
    return session


def invite(session, name: str, **fields) -> Invitation:
    fields = {"answer": Answer.YES} | fields
    if "entity" not in fields:
        fields["entity"] = kit.entity("OIT")
    if fields["answer"] != Answer.PENDING:
        fields["answered_at"] = timezone.now()
    return Invitation.objects.create(
        session=session, guest_name=name, guest_email=f"{name.split()[0].lower()}@oit.org", **fields
    )


def names(session) -> list[str]:
    return [guest.invitation.guest_name for guest in invited_guests(session)]


def test_whoever_confirmed_comes_first_and_who_declined_not(session):
    oit = kit.entity("OIT")
    for name, answer in (("Ana Paz", "pending"), ("Luz Sol", "yes"), ("Eva Mar", "no")):
        invite(session, name, answer=answer, entity=oit)
    assert names(session) == ["Luz Sol", "Ana Paz"]


def test_one_click_adds_somebody_new(client, session):
    invite(session, "Rosa María Peña Ñahui")
    response = client.get(PAGE)
    assertContains(response, "Añadir como invitada")
    fields = {
        "nueva-given_names": "Rosa María",
        "nueva-surnames": "Peña Ñahui",
        "nueva-capacity": "G",
        "nueva-entity": str(invited_guests(session)[0].invitation.entity),
        "nueva-gender": "F",
    }
    for name, value in fields.items():
        assertContains(response, f'name="{name}" value="{value}"')
    client.post(url("attendance_create"), fields)
    added = Attendance.objects.get()
    assert (added.person.full_name, added.person.gender) == (
        "Rosa María Peña Ñahui",
        Gender.FEMININE,
    )
    assert (added.entity.acronym, added.capacity) == ("OIT", Capacity.GUEST)
    assert names(session) == []
    assertNotContains(client.get(PAGE), "Invitados en la convocatoria")


@pytest.mark.parametrize("by", ["name", "address"])
def test_one_click_adds_somebody_known(client, session, by):
    person = kit.person("Fe")
    name = person.full_name if by == "name" else "Fe de la Torre"
    invitation = invite(session, name)
    if by == "address":
        person.email = invitation.guest_email
        person.save()
    (guest,) = invited_guests(session)
    assert guest.person == person
    assertContains(client.get(PAGE), f'name="person" value="{person.pk}"')
    fields = {"person": person.pk, "capacity": "G", "entity": str(invitation.entity)}
    client.post(url("attendance_add"), fields)
    assert Attendance.objects.get().person == person
    assert names(session) == []


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Rosa María Peña Ñahui", ("Rosa María", "Peña Ñahui")),
        ("Rosa Peña Ñahui", ("Rosa", "Peña Ñahui")),
        ("Rosa Peña", ("Rosa", "Peña")),
        ("Rosa", ("Rosa", "")),
    ],
)
def test_the_parts_of_a_name(name, parts):
    assert name_parts(name) == parts
