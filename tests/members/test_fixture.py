"""The demo data against the acta that they transcribe: who was who on 16 January 2020."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from cnlctf.lib.fixture_file import Loader
from cnlctf.management.commands.load_demo import FILES
from members.choices import Capacity, Channel, MembershipKind, NormKind
from members.models import Designation, Entity, Membership, Person

pytestmark = pytest.mark.django_db

DAY = date(2020, 1, 16)


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        Loader().load(FILES[0])
        yield
        transaction.set_rollback(True)


def in_force(capacity: Capacity) -> dict[str, str]:
    return {
        designation.entity.acronym: designation.person.full_name if designation.person else ""
        for designation in Designation.objects.in_force_on(DAY)
        .filter(capacity=capacity)
        .select_related("entity", "person")
    }


def test_eleven_members_in_the_order_of_the_signature_table_and_an_observer() -> None:
    members = Entity.objects.members_on(DAY).values_list("acronym", flat=True)
    assert list(members) == [
        "MTPE",
        "MINJUS",
        "MININTER",
        "MINCETUR",
        "MPFN",
        "MIMP",
        "MINAM",
        "MINEM",
        "PRODUCE",
        "INEI",
        "SUNAFIL",
    ]
    observers = Membership.objects.in_force_on(DAY).filter(kind=MembershipKind.OBSERVER)
    assert [membership.entity.acronym for membership in observers] == ["DP"]


def test_every_entity_of_the_acta_and_its_annex() -> None:
    assert Entity.objects.count() == 25
    organs = Entity.objects.exclude(parent=None).values_list("acronym", "parent__acronym")
    assert dict(organs) == {"SERFOR": "MINAGRI", "ST-CNLCTF": "MTPE", "PNP": "MININTER"}


def test_who_sits_that_day() -> None:
    assert in_force(Capacity.PRESIDENT) == {"MTPE": "Augusto Enrique Eguiguren Praeli"}
    assert in_force(Capacity.ALTERNATE_PRESIDENT) == {"MTPE": "Sergio Arturo Quiñones Infante"}
    assert in_force(Capacity.SECRETARY) == {"MTPE": "Cecilia Alejandra Tello Guerrero"}
    assert in_force(Capacity.HOLDER) == {
        "MINJUS": "Ana María Cecilia Valencia Catunta",
        "MININTER": "Úrsula Verónica Rondón Valero",
        "MPFN": "María Jesús Benavides Díaz",
        "MIMP": "Godofredo Miguel Huerta Barrón",
        "MINAM": "Cristian Collins León Vilela",
        "INEI": "Zoraida Castro Ángeles",
        "SUNAFIL": "Álvaro Enrique García Manrique",
    }
    assert in_force(Capacity.ALTERNATE) == {
        "MINCETUR": "Víctor Orlando Camarena Salvador",
        "MPFN": "",  # the acta does not say who
        "MINAM": "Diana Paola Falconí Cutipa",
        "MINEM": "Danixa Katherine Gutierrez Pullchez",
        "PRODUCE": "José Antonio Rojas Coronado",
    }


def test_the_norms_of_report_4_1_2_with_the_day_they_were_learnt() -> None:
    by_norm = Designation.objects.exclude(norm_kind="").order_by("norm_date", "-capacity")
    assert list(
        by_norm.values_list(
            "entity__acronym",
            "capacity",
            "person__surnames",
            "norm_kind",
            "norm_date",
            "received_on",
            "channel",
        )
    ) == [
        (
            "MPFN",
            Capacity.HOLDER,
            "Benavides Díaz",
            NormKind.PROSECUTOR_RESOLUTION,
            date(2019, 11, 20),
            date(2019, 11, 21),
            Channel.LETTER,
        ),
        (
            "MPFN",
            Capacity.ALTERNATE,
            None,
            NormKind.PROSECUTOR_RESOLUTION,
            date(2019, 11, 20),
            date(2019, 11, 21),
            Channel.LETTER,
        ),
        (
            "PRODUCE",
            Capacity.ALTERNATE,
            "Rojas Coronado",
            NormKind.MINISTERIAL_RESOLUTION,
            date(2019, 11, 22),
            None,
            "",
        ),
        (
            "MINAM",
            Capacity.ALTERNATE,
            "Falconí Cutipa",
            NormKind.MINISTERIAL_RESOLUTION,
            date(2020, 1, 9),
            date(2020, 1, 13),
            Channel.EMAIL,
        ),
    ]


def test_the_seat_of_produce_was_vacant_until_the_resolution() -> None:
    alternates = Designation.objects.filter(entity__acronym="PRODUCE", capacity=Capacity.ALTERNATE)
    surnames = "person__surnames"
    assert list(alternates.in_force_on(date(2019, 10, 28)).values_list(surnames, "end_cause")) == [
        (None, "Dejó de prestar servicios en la institución")
    ]
    assert not alternates.in_force_on(date(2019, 11, 21)).exists()
    assert list(alternates.in_force_on(date(2019, 11, 22)).values_list(surnames)) == [
        ("Rojas Coronado",)
    ]


def test_everybody_has_a_gender_to_be_named_by() -> None:
    people = Person.objects.values_list("gender", flat=True)
    assert (list(people).count("F"), list(people).count("M")) == (11, 11)
