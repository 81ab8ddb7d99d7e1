import datetime

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertNumQueries

from members.choices import Capacity, EntityKind, Gender, MembershipKind
from members.models import Designation, Entity, Membership, Person

pytestmark = pytest.mark.django_db

LIST = "/miembros/"


def member(number: int, kind: str = MembershipKind.MEMBER) -> Entity:
    entity = Entity.objects.create(
        acronym=f"E{number}",
        slug=f"e{number}",
        name=f"Entidad {number}",
        kind=EntityKind.MINISTRY,
        protocol_order=number,
    )
    Membership.objects.create(entity=entity, kind=kind)
    return entity


def sit(entity: Entity, capacity: str, name: str, **dates: datetime.date) -> Designation:
    person = Person.objects.create(
        given_names=name, surnames=entity.acronym, gender=Gender.FEMININE
    )
    return Designation.objects.create(entity=entity, capacity=capacity, person=person, **dates)


def test_entity_list_shows_who_sits_today_and_what_is_vacant(client):
    entity = member(1)
    sit(entity, Capacity.HOLDER, "Rosa", ends_on=datetime.date(2020, 2, 2))
    sit(entity, Capacity.ALTERNATE, "Inés")
    member(2, MembershipKind.OBSERVER)
    response = client.get(LIST)
    ((shown, seats),) = response.context["members"]
    assert shown == entity
    holder, alternate = seats
    assert (holder.capacity, holder.designation) == (Capacity.HOLDER, None)
    assert (alternate.capacity, alternate.designation.person.given_names) == (
        Capacity.ALTERNATE,
        "Inés",
    )
    assert response.context["vacancies"] == 1
    assertContains(response, "Inés E1")
    assertContains(response, "Vacante", count=1)
    assertNotContains(response, "Rosa")


def test_entity_list_asks_no_holder_of_who_presides(client):
    entity = member(1)
    sit(entity, Capacity.PRESIDENT, "Elsa")
    sit(entity, Capacity.SECRETARY, "Nora")
    ((_, seats),) = client.get(LIST).context["members"]
    assert [seat.label for seat in seats] == ["Presidenta", "Secretaria Técnica"]


def test_entity_list_is_empty(client):
    assertContains(client.get(LIST), "Todavía no hay entidades miembros")


@pytest.mark.parametrize("entities", [1, 4])
def test_entity_list_queries(client, entities):
    for number in range(entities):
        sit(member(number), Capacity.HOLDER, "Rosa")
    with assertNumQueries(2):
        client.get(LIST)


@pytest.mark.parametrize("designations", [1, 4])
def test_entity_detail_queries(client, designations):
    entity = member(1)
    for number in range(designations):
        day = datetime.date(2019, 1 + number, 1)
        sit(entity, Capacity.HOLDER, f"Rosa {number}", starts_on=day, ends_on=day)
    with assertNumQueries(4):
        client.get(entity.get_absolute_url())


def test_entity_detail_tells_the_history_latest_first(client):
    entity = member(1)
    first = sit(entity, Capacity.HOLDER, "Rosa", ends_on=datetime.date(2019, 12, 31))
    first.end_cause = "Dejó de prestar servicios"
    first.save()
    second = sit(entity, Capacity.HOLDER, "Inés", starts_on=datetime.date(2020, 1, 1))
    response = client.get(entity.get_absolute_url())
    assert response.context["designations"] == [second, first]
    assertContains(response, "hasta el 31/12/2019")
    assertContains(response, "Dejó de prestar servicios")


def test_entity_detail_of_an_entity_without_seat(client):
    Entity.objects.create(acronym="OIT", slug="oit", name="OIT", kind=EntityKind.INTERNATIONAL)
    response = client.get("/miembros/oit/")
    assertContains(response, "No es miembro de la comisión")
    assertContains(response, "Nunca ha tenido asiento")


def test_entity_detail_unknown(client):
    assert client.get("/miembros/nadie/").status_code == 404


def test_private_data_are_never_published(client):
    entity = member(1)
    person = sit(entity, Capacity.HOLDER, "Rosa").person
    person.email, person.phone = "rosa@privado.example", "999 888 777"
    person.save()
    for url in (LIST, entity.get_absolute_url()):
        response = client.get(url)
        assertContains(response, "Rosa")
        assertNotContains(response, "privado")
        assertNotContains(response, "888")
