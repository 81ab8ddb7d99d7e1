import datetime

import pytest
from django.core.exceptions import ValidationError

from members.choices import Capacity, MembershipKind
from members.models import Designation, Membership
from sessions.attendance_list import attendance_list, in_order, put_in_order, remove, save
from sessions.choices import Presence
from sessions.models import Acta, Attendance, Session, Signatory
from tests.sessions import kit

pytestmark = pytest.mark.django_db


def designate(entity, name, capacity=Capacity.HOLDER, **fields):
    person = kit.person(name, f"de {entity.acronym}")
    return Designation.objects.create(entity=entity, person=person, capacity=capacity, **fields)


def new(session, entity, name, capacity=Capacity.HOLDER):
    person = kit.person(name, entity.acronym)
    return Attendance(session=session, entity=entity, person=person, capacity=capacity)


def names(attendances):
    return [row.person.given_names for row in attendances]


def positions(session):
    rows = session.attendances.order_by("position").select_related("person")
    return [(row.position, row.person.given_names) for row in rows]


# --- Who is expected ------------------------------------------------------------------------


def test_whoever_is_designated_that_day_is_expected_and_not_marked():
    minam, minjus = kit.members("MINAM", "MINJUS")
    designate(minam, "Sol", Capacity.ALTERNATE)
    designate(minam, "Ana")
    designate(minjus, "Luz", starts_on=datetime.date(2020, 1, 17))
    designate(minjus, "Iris", ends_on=kit.DAY)
    listed = attendance_list(kit.session())
    assert [(group.entity, names(group.people)) for group in listed.members] == [
        (minam, ["Ana", "Sol"]),
        (minjus, ["Iris"]),
    ]
    assert {(row.pk, row.presence, row.session.number) for row in listed} == {(None, "", 120)}
    assert Attendance.objects.count() == 0


def test_whoever_is_listed_is_not_expected_again():
    minam, minjus = kit.members("MINAM", "MINJUS")
    holder = designate(minam, "Ana")
    session = kit.session()
    listed_elsewhere = Attendance.objects.create(
        session=session, entity=minjus, person=holder.person, capacity=Capacity.HOLDER, position=1
    )
    listed = attendance_list(session)
    assert [list(group.people) for group in listed.members] == [[], [listed_elsewhere]]


def test_places_without_anybody_are_named():
    minam, minjus = kit.members("MINAM", "MINJUS")
    designate(minam, "Ana")
    Designation.objects.create(
        entity=minjus, capacity=Capacity.ALTERNATE, remarks="La resolución no trae el nombre."
    )
    groups = attendance_list(kit.session()).members
    assert [group.unfilled for group in groups] == [
        ("Alterno: vacante",),
        ("Titular: vacante", "Alterno: por identificar"),
    ]


def test_observers_guests_and_those_without_a_seat_are_apart():
    kit.members("MINAM")
    defensoria, oit = kit.entity("DP", protocol_order=12), kit.entity("OIT", protocol_order=13)
    Membership.objects.create(entity=defensoria, kind=MembershipKind.OBSERVER)
    designate(defensoria, "Paz", Capacity.OBSERVER)
    designate(oit, "Ida")
    session = kit.session()
    kit.attend(session, oit, "Fe", Capacity.GUEST)
    kit.attend(session, oit, "Eva", Capacity.HOLDER)
    listed = attendance_list(session)
    assert names(listed.voices) == ["Paz", "Fe"]
    assert names(listed.without_seat) == ["Eva"]


def test_present_are_those_marked_so():
    minam, *_ = kit.members("MINAM")
    designate(minam, "Ana")
    session = kit.session()
    kit.attend(session, minam, "Sol", Capacity.ALTERNATE)
    kit.attend(session, minam, "Luz", Capacity.HOLDER, presence=Presence.ABSENT)
    assert names(attendance_list(session).present) == ["Sol"]


def test_four_queries_however_many_people(django_assert_num_queries):
    minam, minjus = kit.members("MINAM", "MINJUS")
    session = kit.session()
    empty = Session.objects.get()
    with django_assert_num_queries(4):
        attendance_list(empty)
    for entity in (minam, minjus):
        designate(entity, "Ana")
        kit.attend(session, entity, "Sol")
    full = Session.objects.get()
    with django_assert_num_queries(4):
        assert len(list(attendance_list(full))) == 4


# --- The order of the acta ------------------------------------------------------------------


def test_the_order_is_by_quality_and_then_by_protocol():
    minjus, mtpe = kit.members("MINJUS", "MTPE")
    guest = kit.entity("OIT", protocol_order=13)
    session = kit.session()
    for entity, name, capacity in (
        (guest, "Fe", Capacity.GUEST),
        (mtpe, "Ana", Capacity.ALTERNATE),
        (minjus, "Luz", Capacity.ALTERNATE),
        (mtpe, "Eva", Capacity.SECRETARY),
        (mtpe, "Sol", Capacity.HOLDER),
        (guest, "Ida", Capacity.GUEST),
        (mtpe, "Rosa", Capacity.ALTERNATE_PRESIDENT),
        (minjus, "Paz", Capacity.HOLDER),
    ):
        kit.attend(session, entity, name, capacity)
    put_in_order(session)
    assert positions(session) == list(
        enumerate(["Rosa", "Eva", "Paz", "Sol", "Luz", "Ana", "Fe", "Ida"], 1)
    )


def test_gaps_are_closed():
    minam, minjus = kit.members("MINAM", "MINJUS")
    session = kit.session()
    kit.attend(session, minjus, "Luz")
    kit.attend(session, minam, "Ana")
    session.attendances.filter(position=2).update(position=9)
    put_in_order(session)
    assert positions(session) == [(1, "Ana"), (2, "Luz")]


def test_a_new_row_takes_its_place():
    minam, minjus = kit.members("MINAM", "MINJUS")
    session = kit.session()
    for entity, name in ((minjus, "Luz"), (minam, "Ana")):
        save(new(session, entity, name))
    assert positions(session) == [(1, "Ana"), (2, "Luz")]
    assert names(in_order(session.attendances.all())) == ["Ana", "Luz"]


def test_a_row_that_is_wrong_is_refused():
    minam, *_ = kit.members("MINAM")
    session = kit.session()
    first = new(session, minam, "Ana")
    save(first)
    again = Attendance(session=session, entity=minam, person=first.person, capacity="A")
    with pytest.raises(ValidationError) as refused:
        save(again)
    assert refused.value.messages == ["Esa persona ya figura en la asistencia de la sesión."]
    first.arrived_at, first.left_at = datetime.time(10), datetime.time(9)
    with pytest.raises(ValidationError) as refused:
        save(first)
    assert refused.value.messages == ["Nadie se retira antes de llegar: revise las horas."]


# --- Taking somebody out --------------------------------------------------------------------


def test_a_row_is_taken_out_and_the_rest_close_up():
    minam, minjus = kit.members("MINAM", "MINJUS")
    session = kit.session()
    first = kit.attend(session, minam, "Ana")
    kit.attend(session, minjus, "Luz")
    remove(first)
    assert positions(session) == [(1, "Luz")]


def speak(acta, attendance):
    acta.sector_reports.create(position=1, speaker=attendance, attribution="La", body="dijo.")


def sign(acta, attendance):
    Signatory.objects.create(acta=acta, attendance=attendance, position=1)


@pytest.mark.parametrize(
    ("acts", "reason"),
    [
        ([speak], "habla en el acta"),
        ([sign], "firma el acta"),
        ([speak, sign], "habla en el acta y firma el acta"),
    ],
)
def test_whoever_speaks_or_signs_stays(acts, reason):
    minam, *_ = kit.members("MINAM")
    session = kit.session()
    attendance = kit.attend(session, minam, "Ana")
    acta = Acta.objects.create(session=session)
    for act in acts:
        act(acta, attendance)
    with pytest.raises(ValidationError) as refused:
        remove(attendance)
    assert refused.value.messages == [
        f"No se puede quitar a Ana MINAM 120 de la asistencia: {reason}."
    ]
    assert session.attendances.count() == 1
