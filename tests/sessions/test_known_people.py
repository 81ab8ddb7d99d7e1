import datetime

import pytest

from members.choices import Capacity, MembershipKind
from members.models import Designation, Membership
from sessions.known_people import MOST, known_people
from tests.sessions import kit

pytestmark = pytest.mark.django_db


def found(typed, session):
    return [row.person.given_names for row in known_people(typed, session)]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("ángel", ["Ángela"]),
        ("ANGEL nahui", ["Ángela"]),
        ("ñahui", ["Rosa", "Ángela"]),
        ("torres", []),
        ("angela torres", []),
        ("%", []),
        ("%%", []),
        ("n", []),
        ("", []),
    ],
)
def test_words_in_any_order_without_minding_accents(typed, names):
    for name in ("Ángela", "Rosa"):
        kit.person(name)
    assert sorted(found(typed, kit.session())) == sorted(names)


def test_with_the_entity_that_they_last_came_for():
    defensoria, oit = kit.entity("DP"), kit.entity("OIT")
    Membership.objects.create(entity=defensoria, kind=MembershipKind.OBSERVER)
    before = kit.session(119, held_on=datetime.date(2019, 10, 1))
    session = kit.session(120)
    fe = kit.attend(before, oit, "Fe", Capacity.GUEST).person
    paz = kit.person("Paz", "Fernández")
    Designation.objects.create(entity=defensoria, person=paz, capacity=Capacity.OBSERVER)
    kit.person("Fedra", "Flores")
    known = {row.person.given_names: row for row in known_people("fe", session)}
    assert {name: (row.entity, row.capacity) for name, row in known.items()} == {
        "Fe": (oit, Capacity.GUEST),
        "Paz": (defensoria, Capacity.OBSERVER),
        "Fedra": (None, Capacity.GUEST),
    }
    assert known["Fe"].person == fe
    assert not known["Fe"].is_listed


def test_whoever_is_listed_is_told():
    session = kit.session()
    kit.attend(session, kit.entity("OIT"), "Fe", Capacity.GUEST)
    assert [row.is_listed for row in known_people("fe", session)] == [True]


def test_no_more_than_a_list_tells_apart(django_assert_num_queries):
    session = kit.session()
    kit.person("Eva", "Sola")
    with django_assert_num_queries(4):
        assert len(known_people("eva", session)) == 1
    for number in range(MOST + 1):
        kit.person(f"Eva {number}")
    with django_assert_num_queries(4):
        assert len(known_people("eva", session)) == MOST
