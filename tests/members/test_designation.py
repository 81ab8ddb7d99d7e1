import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from members.choices import Capacity, EntityKind, Gender
from members.models import Designation, Entity, Membership, Person

pytestmark = pytest.mark.django_db

JANUARY = datetime.date(2020, 1, 1)
JUNE = datetime.date(2020, 6, 30)
JULY = datetime.date(2020, 7, 1)
DECEMBER = datetime.date(2020, 12, 31)


@pytest.fixture
def entity():
    return Entity.objects.create(
        acronym="MINJUS", slug="minjus", name="Ministerio de Justicia", kind=EntityKind.MINISTRY
    )


@pytest.fixture
def person():
    return Person.objects.create(given_names="Ana", surnames="Ñahui", gender=Gender.FEMININE)


def designation(entity, person, starts_on, ends_on, capacity=Capacity.HOLDER):
    return Designation(
        entity=entity, person=person, capacity=capacity, starts_on=starts_on, ends_on=ends_on
    )


# The second period clashes with the first; None is an open end.
OVERLAPS = [
    (JANUARY, JUNE, JUNE, DECEMBER),
    (JANUARY, JUNE, None, JANUARY),
    (None, None, JULY, DECEMBER),
    (JANUARY, None, JULY, None),
    (JANUARY, DECEMBER, None, None),
    (JULY, JULY, JULY, JULY),
]


@pytest.mark.parametrize(("first_start", "first_end", "start", "end"), OVERLAPS)
def test_a_seat_is_held_by_one_at_a_time(entity, person, first_start, first_end, start, end):
    designation(entity, person, first_start, first_end).save()
    second = designation(entity, person, start, end)
    with pytest.raises(ValidationError) as refusal:
        second.full_clean()
    assert refusal.value.messages[0] == (
        "En esas fechas el asiento ya lo ocupa Ana Ñahui, Titular (MINJUS): ponga término a esa "
        "designación o corrija la vigencia."
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()


def test_the_database_refuses_an_overlap_made_by_an_update(entity, person):
    designation(entity, person, JANUARY, JUNE).save()
    second = designation(entity, person, JULY, DECEMBER)
    second.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Designation.objects.filter(pk=second.pk).update(starts_on=JUNE)


def test_one_follows_the_other(entity, person):
    designation(entity, person, None, JUNE).save()
    second = designation(entity, person, JULY, None)
    second.full_clean()
    second.save()
    assert Designation.objects.in_force_on(JUNE).get() != second
    assert Designation.objects.in_force_on(JULY).get() == second


def test_holder_alternate_and_observers_sit_side_by_side(entity, person):
    for capacity in (Capacity.HOLDER, Capacity.ALTERNATE, Capacity.OBSERVER, Capacity.OBSERVER):
        row = designation(entity, person, JANUARY, None, capacity)
        row.full_clean()
        row.save()
    assert entity.designations.count() == 4


def test_an_end_before_the_start_is_refused(entity, person):
    row = designation(entity, person, JULY, JUNE)
    with pytest.raises(ValidationError) as refusal:
        row.full_clean()
    assert refusal.value.messages == ["La vigencia no puede terminar antes de empezar."]
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_a_designation_without_a_person_says_why(entity):
    row = designation(entity, None, JANUARY, None)
    with pytest.raises(ValidationError) as refusal:
        row.full_clean()
    assert refusal.value.messages == [
        "Indique la persona designada o explique en las observaciones por qué falta."
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
    row.remarks = "El acta no da su nombre."
    row.full_clean()
    row.save()
    assert str(row) == "persona por identificar, Titular (MINJUS)"


def test_a_norm_is_not_received_before_its_date(entity, person):
    row = designation(entity, person, JANUARY, None)
    row.norm_date, row.received_on = JUNE, JANUARY
    with pytest.raises(ValidationError) as refusal:
        row.full_clean()
    assert refusal.value.messages == ["La norma no pudo recibirse antes de su fecha."]
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_guests_are_not_designated(entity, person):
    with pytest.raises(IntegrityError), transaction.atomic():
        designation(entity, person, JANUARY, None, Capacity.GUEST).save()


@pytest.mark.parametrize(("first_start", "first_end", "start", "end"), OVERLAPS)
def test_an_entity_has_one_membership_at_a_time(entity, first_start, first_end, start, end):
    Membership.objects.create(entity=entity, starts_on=first_start, ends_on=first_end)
    second = Membership(entity=entity, starts_on=start, ends_on=end)
    with pytest.raises(ValidationError) as refusal:
        second.full_clean()
    assert refusal.value.messages[0] == (
        "La entidad ya está en la comisión en esas fechas (MINJUS: miembro): cierre antes esa "
        "membresía o corrija la vigencia."
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()


def test_titles_follow_the_person(entity, person):
    row = designation(entity, person, JANUARY, None, Capacity.SECRETARY)
    assert row.title == "Secretaria Técnica"
    person.gender = Gender.MASCULINE
    assert row.title == "Secretario Técnico"


def test_two_people_do_not_share_a_full_name(person):
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(given_names="Ana", surnames="Ñahui", gender=Gender.FEMININE)


def test_an_entity_does_not_belong_to_itself(entity):
    entity.parent = entity
    with pytest.raises(ValidationError) as refusal:
        entity.full_clean()
    assert refusal.value.messages == ["Una entidad no puede pertenecer a sí misma."]
    with pytest.raises(IntegrityError), transaction.atomic():
        entity.save()
