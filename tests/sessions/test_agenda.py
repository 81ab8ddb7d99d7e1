"""The orden del día as a list that is kept: its numbers, its order, what may leave it."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from members.choices import Capacity, Role
from members.models import Designation
from sessions.choices import AgendaState
from sessions.models import AgendaItem, Intervention
from tests.sessions import kit

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    return kit.session(121, state="scheduled", held_on=datetime.date(2020, 3, 19))


@pytest.fixture
def ana():
    """A representative of MINAM."""
    [minam] = kit.members("MINAM")
    person = kit.person("Ana")
    Designation.objects.create(entity=minam, capacity=Capacity.HOLDER, person=person)
    return kit.user(Role.REPRESENTATIVE, person)


def points(session, *titles: str) -> list[AgendaItem]:
    return [
        AgendaItem.objects.create(session=session, position=place, title=title)
        for place, title in enumerate(titles, 1)
    ]


def propose(session, user, title="Lo propuesto", **fields) -> AgendaItem:
    item = AgendaItem(
        **{"session": session, "title": title, "proposed_by": user, "state": AgendaState.PROPOSED}
        | fields
    )
    item.append()
    return item


def order(session) -> list[str]:
    return [item.title for item in session.agenda_items.accepted()]


def refusal(act, *args) -> str:
    with pytest.raises(ValidationError) as caught:
        act(*args)
    [message] = caught.value.messages
    return message


def test_a_point_is_appended_at_the_end(session):
    points(session, "A", "B")
    AgendaItem(session=session, title="C").append()
    assert order(session) == ["A", "B", "C"]


def test_a_point_without_a_title_is_not_appended(session):
    with pytest.raises(ValidationError):
        AgendaItem(session=session, title="").append()
    assert order(session) == []


def test_points_are_numbered_without_what_was_only_proposed(session, ana):
    points(session, "A")
    propose(session, ana)
    AgendaItem(session=session, title="B").append()
    points(kit.session(120), "Otra")
    numbered = session.agenda_items.accepted().numbered()
    assert [(item.title, item.number) for item in numbered] == [("A", 1), ("B", 2)]


@pytest.mark.parametrize(
    ("title", "up", "expected"),
    [
        ("A", False, "BAC"),
        ("B", True, "BAC"),
        ("B", False, "ACB"),
        ("C", True, "ACB"),
        ("A", True, "ABC"),
        ("C", False, "ABC"),
    ],
)
def test_a_point_moves_by_one_and_stays_at_the_ends(session, ana, title, up, expected):
    points(session, "A")
    propose(session, ana)
    for name in "BC":
        AgendaItem(session=session, title=name).append()
    points(kit.session(120), "Otra")
    AgendaItem.objects.get(title=title).move(up=up)
    assert "".join(order(session)) == expected


def test_a_copy_read_before_somebody_else_moved_it_moves_from_where_it_is(session):
    first, _, _ = points(session, "A", "B", "C")
    AgendaItem.objects.get(pk=first.pk).move(up=False)
    first.move(up=False)
    assert order(session) == ["B", "C", "A"]


def test_a_proposal_is_accepted_at_the_end(session, ana):
    points(session, "A")
    item = propose(session, ana)
    AgendaItem(session=session, title="B").append()
    assert order(session) == ["A", "B"]
    item.accept()
    assert order(session) == ["A", "B", "Lo propuesto"]
    assert refusal(item.accept) == "El punto ya está en el orden del día."


def test_a_proposal_is_declined_with_its_reason_and_may_be_accepted_after_all(session, ana):
    item = propose(session, ana)
    item.decline("Se vio en la SO N° 120.")
    item.refresh_from_db()
    assert (item.state, item.decline_reason) == ("declined", "Se vio en la SO N° 120.")
    item.accept()
    item.refresh_from_db()
    assert (item.state, item.decline_reason) == ("accepted", "")


def test_nothing_is_declined_without_a_reason(session, ana):
    item = propose(session, ana)
    assert refusal(item.decline, "") == "Diga por qué no se incluye el punto propuesto."
    item.refresh_from_db()
    assert item.state == "proposed"


def test_a_point_that_nobody_proposed_is_removed_and_not_declined(session):
    [item] = points(session, "A")
    assert refusal(item.decline, "Por algo") == "Este punto no es una propuesta: puede quitarlo."
    item.remove()
    assert order(session) == []


def test_what_somebody_proposed_is_declined_and_not_removed(session, ana):
    item = propose(session, ana)
    item.accept()
    assert refusal(item.remove) == (
        "Lo propuso Ana Ñahui: en vez de quitarlo, diga por qué no se incluye."
    )
    item.decline("No hay tiempo.")
    assert order(session) == []


def test_a_point_in_use_in_the_acta_stays(session, ana):
    [item] = points(session, "A")
    Intervention.objects.create(agenda_item=item, position=1, attribution="La jefa", body="dijo.")
    kit.agreement(session, 1, agenda_item=item)
    kit.agreement(session, 2, agenda_item=item)
    used = (
        "El punto tiene 1 intervención y 2 acuerdos en el acta: no se puede sacar del orden del "
        "día mientras los tenga."
    )
    assert refusal(item.remove) == used
    item.proposed_by = ana
    item.save()
    assert refusal(item.decline, "No hay tiempo") == used
    assert order(session) == ["A"]


def test_each_sees_their_proposals_and_the_secretary_all(session, ana):
    secretary = kit.user(Role.SECRETARY)
    points(session, "A")
    mine, other = propose(session, ana), propose(session, secretary, "Otro")
    items = AgendaItem.objects.filter(session=session).order_by("position")
    assert list(items.proposals_visible_to(ana)) == [mine]
    assert list(items.proposals_visible_to(secretary)) == [mine, other]
    assert list(items.proposals_visible_to(kit.user(Role.OBSERVER))) == []
    [named] = items.proposals_visible_to(ana).with_proposer(on=session.held_on)
    assert (named.proposed_by, named.proposer_entity) == (ana, "MINAM")
