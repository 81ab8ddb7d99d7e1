import datetime

import pytest

from members.choices import Capacity
from members.models import Membership
from sessions.choices import Presence, SessionState
from sessions.models import QuorumRule
from sessions.seating import seating_now, seatings
from tests.sessions import kit

pytestmark = pytest.mark.django_db


def seating(session):
    return seatings([session])[session.pk]


def names(attendances):
    return [attendance.person.given_names for attendance in attendances]


def test_one_seat_a_member_in_protocol_order():
    minam, minjus, mtpe = kit.members("MINAM", "MINJUS", "MTPE")
    guest = kit.entity("OIT")
    kit.rule()
    session = kit.session()
    kit.attend(session, mtpe, "Eva", Capacity.SECRETARY)
    kit.attend(session, mtpe, "Rosa", Capacity.ALTERNATE_PRESIDENT)
    kit.attend(session, minam, "Sol", Capacity.ALTERNATE)
    kit.attend(session, minam, "Ana", Capacity.HOLDER)
    kit.attend(session, minjus, "Luz", presence=Presence.EXCUSED, excuse="Comisión de servicio")
    kit.attend(session, guest, "Fe", Capacity.GUEST)
    kit.attend(session, guest, "Paz", Capacity.OBSERVER)
    kit.attend(session, guest, "Iris", Capacity.HOLDER)
    found = seating(session)
    assert [(s.entity, s.holder and s.holder.person.given_names) for s in found.seats] == [
        (minam, "Ana"),
        (minjus, None),
        (mtpe, "Rosa"),
    ]
    assert [names(s.companions) for s in found.seats] == [["Sol"], [], ["Eva"]]
    assert [names(s.absent) for s in found.seats] == [[], ["Luz"], []]
    assert (names(found.guests), names(found.observers)) == (["Fe"], ["Paz"])
    assert names(found.without_seat) == ["Iris"]
    assert (found.missing, found.recorded) == (1, True)
    quorum = found.quorum
    assert (quorum.members, quorum.required, quorum.present, quorum.met) == (3, 2, 2, True)


def test_members_and_rule_are_those_of_the_day():
    minam, minjus = kit.members("MINAM", "MINJUS")
    Membership.objects.filter(entity=minjus).update(starts_on=datetime.date(2020, 1, 17))
    before = QuorumRule.objects.create(citation="La de antes", ends_on=kit.DAY)
    kit.rule(starts_on=datetime.date(2020, 1, 17))
    session, after = kit.session(120), kit.session(121, held_on=datetime.date(2020, 1, 17))
    found = seatings([session, after])
    assert [seat.entity for seat in found[session.pk].seats] == [minam]
    assert found[session.pk].quorum.rule.name == before.citation
    assert [seat.entity for seat in found[after.pk].seats] == [minam, minjus]
    assert found[after.pk].quorum.rule.name == "Ley N° 27444, artículo 99"


def test_without_a_date_or_a_rule_there_is_no_quorum():
    kit.members("MINAM")
    undated = kit.session(119, state=SessionState.REFERRED, held_on=None)
    assert seating(undated).quorum is None
    assert seating(undated).seats == ()
    dated = kit.session(120)
    assert seating(dated).quorum is None
    assert len(seating(dated).seats) == 1


def test_says_what_the_session_says_of_itself():
    minam, *_ = kit.members("MINAM", "MINJUS")
    kit.rule()
    session = kit.session(call=2)
    kit.attend(session, minam, "Ana")
    kit.attend(session, kit.entity("OIT"), "Fe", Capacity.HOLDER)
    assert seating(session).quorum == session.quorum()


def test_the_quorum_of_the_start_counts_nobody_who_came_later():
    minam, minjus, mtpe = kit.members("MINAM", "MINJUS", "MTPE")
    kit.rule()
    session = kit.session(starts_at=datetime.time(9))
    kit.attend(session, minam, "Ana", left_at=datetime.time(10))
    kit.attend(session, minam, "Sol", Capacity.ALTERNATE)
    kit.attend(session, minjus, "Luz", arrived_at=datetime.time(9, 30))
    kit.attend(session, mtpe, "Eva", left_at=datetime.time(11))

    def holders(found):
        return [s.holder and s.holder.person.given_names for s in found.seats]

    verified = seating(session)
    assert (verified.quorum.present, holders(verified)) == (2, ["Ana", "Luz", "Eva"])
    assert session.quorum() == verified.quorum
    now = seating_now(session)
    assert (now.quorum.present, holders(now), now.missing) == (2, ["Sol", "Luz", None], 1)
    assert session.quorum(at=datetime.time(9, 45)).present == 3
    session.starts_at = None
    assert session.quorum().present == seating(session).quorum.present == 3


def test_three_queries_however_many_sessions(django_assert_num_queries):
    minam, *_ = kit.members("MINAM", "MINJUS")
    kit.rule()
    sessions = [kit.session(number) for number in range(1, 5)]
    for session in sessions:
        kit.attend(session, minam, "Ana")
    for some in (sessions[:1], sessions):
        with django_assert_num_queries(3):
            assert [s.quorum.present for s in seatings(some).values()] == [1] * len(some)
