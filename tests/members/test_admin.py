import datetime

import pytest
from django.contrib.auth.models import Group
from pytest_django.asserts import assertContains, assertNotContains

from members.choices import Capacity, EntityKind, Gender, Role
from members.models import Designation, Entity, Person, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    user = User.objects.create_user("ada", is_staff=True)
    user.groups.add(Group.objects.get(name=Role.ADMIN))
    client.force_login(user)
    return user


@pytest.fixture
def entity():
    return Entity.objects.create(
        acronym="MINJUS", slug="minjus", name="Ministerio de Justicia", kind=EntityKind.MINISTRY
    )


@pytest.fixture
def person():
    return Person.objects.create(given_names="Ana", surnames="Ñahui", gender=Gender.FEMININE)


def form(entity, person, **changes):
    return {
        "entity": entity.pk,
        "capacity": Capacity.HOLDER,
        "person": person.pk,
        "starts_on": "01/01/2020",
        "ends_on": "",
        **changes,
    }


ADD = "/admin/members/designation/add/"
CHANGELIST = "/admin/members/designation/"


def test_designation_add(client, administrator, entity, person):
    client.post(ADD, form(entity, person))
    designation = Designation.objects.get()
    assert (designation.person, designation.starts_on) == (person, datetime.date(2020, 1, 1))


def test_designation_add_refuses_an_overlap_in_words(client, administrator, entity, person):
    Designation.objects.create(entity=entity, person=person, capacity=Capacity.HOLDER)
    response = client.post(ADD, form(entity, person))
    assertContains(response, "En esas fechas el asiento ya lo ocupa Ana Ñahui, Titular (MINJUS)")
    assert Designation.objects.count() == 1


def test_designation_add_refuses_an_end_before_its_start(client, administrator, entity, person):
    response = client.post(ADD, form(entity, person, ends_on="31/12/2019"))
    assertContains(response, "La vigencia no puede terminar antes de empezar.")
    assert not Designation.objects.exists()


def test_designation_changelist_tells_and_filters_what_is_in_force(
    client, administrator, entity, person
):
    Designation.objects.create(
        entity=entity,
        person=person,
        capacity=Capacity.HOLDER,
        ends_on=datetime.date(2019, 12, 31),
    )
    Designation.objects.create(entity=entity, person=person, capacity=Capacity.ALTERNATE)

    def capacities(**query):
        return [row.capacity for row in client.get(CHANGELIST, query).context["cl"].queryset]

    assert capacities() == [Capacity.ALTERNATE, Capacity.HOLDER]
    assert capacities(vigente="si") == [Capacity.ALTERNATE]
    assert capacities(vigente="no") == [Capacity.HOLDER]
    assert capacities(q="nahui", vigente="si") == [Capacity.ALTERNATE]


@pytest.mark.parametrize("rows", [1, 3])
def test_designation_changelist_queries(
    client, administrator, entity, person, rows, django_assert_num_queries
):
    for number in range(rows):
        day = datetime.date(2019, 1 + number, 1)
        Designation.objects.create(
            entity=entity, person=person, capacity=Capacity.HOLDER, starts_on=day, ends_on=day
        )
    with django_assert_num_queries(10):
        client.get(CHANGELIST)


def test_an_administrator_does_not_make_superusers(client, administrator):
    url = f"/admin/members/user/{administrator.pk}/change/"
    response = client.get(url)
    assertContains(response, "Estado de superusuario")
    assertNotContains(response, 'name="is_superuser"')


def test_a_representative_stays_outside(client):
    user = User.objects.create_user("rita")
    user.groups.add(Group.objects.get(name=Role.REPRESENTATIVE))
    client.force_login(user)
    assert client.get(CHANGELIST).status_code == 403
