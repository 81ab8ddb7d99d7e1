import datetime
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.quorum import (
    Attendee,
    Quorum,
    QuorumRule,
    in_the_room,
    required,
    seats,
    seats_present,
    signatories,
)

LEY_27444 = QuorumRule("Ley 27444, art. 99")
PROTOCOL = [
    "MTPE", "MINJUS", "MININTER", "MINCETUR", "MPFN", "MIMP",
    "MINAM", "MINEM", "PRODUCE", "INEI", "SUNAFIL",
]  # fmt: skip
# The attendance list of SO 120 (seed L22–47): groups as listed, entity and capacity.
SO_120 = [
    ("MTPE", "PA"), ("MTPE", "ST"),
    ("MINJUS", "T"), ("MININTER", "T"), ("MPFN", "T"), ("MIMP", "T"),
    ("MINAM", "T"), ("INEI", "T"), ("SUNAFIL", "T"),
    ("MINCETUR", "A"), ("MINAM", "A"), ("MINEM", "A"), ("PRODUCE", "A"),
    ("DP", "O"), ("DP", "O"),
    ("OIT", "G"), ("RREE", "G"), ("RREE", "G"), ("RREE", "G"), ("CULTURA", "G"), ("MINAGRI", "G"),
]  # fmt: skip
# Its signature table (L178–203).
SIGNED = [
    ("MTPE", "PA"), ("MTPE", "ST"), ("MINJUS", "T"), ("MININTER", "T"), ("MINCETUR", "A"),
    ("MPFN", "T"), ("MIMP", "T"), ("MINAM", "T"), ("MINEM", "A"), ("PRODUCE", "A"),
    ("INEI", "T"), ("SUNAFIL", "T"),
]  # fmt: skip


def attendees(rows):
    places = {entity: place for place, entity in enumerate(PROTOCOL)}
    return [Attendee(entity, capacity, order=places.get(entity, 99)) for entity, capacity in rows]


def codes(rows):
    return [(row.entity, row.capacity) for row in rows]


@pytest.mark.parametrize(
    ("members", "first", "second"),
    [(0, 1, 3), (1, 1, 3), (3, 2, 3), (4, 3, 3), (9, 5, 3), (10, 6, 4), (11, 6, 4), (12, 7, 4),
     (13, 7, 5)],
)  # fmt: skip
def test_required(members, first, second):
    assert required(members, LEY_27444) == first
    assert required(members, LEY_27444, call=2) == second


def test_the_rule_is_data():
    rule = QuorumRule("Reglamento Interno", first_divisor=3, second_divisor=4, second_minimum=2)
    assert required(11, rule) == 4
    assert required(11, rule, call=2) == 3
    assert required(4, rule, call=2) == 2
    assert Quorum(11, 4, rule).arithmetic == "más de la tercera parte: 11 ÷ 3 ≈ 3.67 → 4"
    assert Quorum(11, 4, QuorumRule("X", second_divisor=5), call=2).arithmetic == (
        "1/5, no menos de 3: 11 ÷ 5 = 2.2 → 3"
    )


@given(st.integers(min_value=1, max_value=10_000))
def test_the_first_call_needs_more_than_half_and_no_more(members):
    seats_needed = required(members, LEY_27444)
    assert 2 * seats_needed > members
    assert 2 * (seats_needed - 1) <= members
    assert seats_needed <= members


@given(st.integers(min_value=0, max_value=10_000))
def test_the_second_call_needs_a_third_and_three(members):
    seats_needed = required(members, LEY_27444, call=2)
    assert seats_needed >= 3
    assert 3 * seats_needed >= members
    assert seats_needed == 3 or 3 * (seats_needed - 1) < members


def test_refusals():
    with pytest.raises(ValueError, match="The members cannot be negative: -1"):
        required(-1, LEY_27444)
    for call in (0, 3):
        with pytest.raises(ValueError, match=f"The call must be 1 or 2, not {call}"):
            required(11, LEY_27444, call)
    with pytest.raises(ValueError, match="The seats present cannot be negative: -1"):
        Quorum(11, -1, LEY_27444)
    with pytest.raises(ValueError, match="must be 1 or more"):
        QuorumRule("X", first_divisor=0)
    with pytest.raises(ValueError, match="must be 1 or more"):
        QuorumRule("X", second_divisor=0)
    with pytest.raises(ValueError, match="cannot be negative: -1"):
        QuorumRule("X", second_minimum=-1)
    with pytest.raises(ValueError, match="Unknown capacity: 'X'"):
        Attendee("MTPE", "X")


def test_the_sentence_of_so_120():
    quorum = Quorum(11, seats_present(attendees(SO_120)), LEY_27444)
    assert quorum.required == 6
    assert quorum.met
    assert quorum.sentence == (
        "11 entidades miembros con asiento"
        " · quórum requerido 6 (más de la mitad: 11 ÷ 2 = 5.5 → 6)"
        " · 11 asientos presentes · primera convocatoria · hay quórum"
    )


def test_the_sentence_without_quorum():
    assert Quorum(20, 10, LEY_27444).sentence == (
        "20 entidades miembros con asiento"
        " · quórum requerido 11 (más de la mitad: 20 ÷ 2 = 10 → 11)"
        " · 10 asientos presentes · primera convocatoria · no hay quórum"
    )


def test_the_sentence_of_a_second_call():
    assert Quorum(11, 4, LEY_27444, call=2).sentence == (
        "11 entidades miembros con asiento"
        " · quórum requerido 4 (la tercera parte, no menos de 3: 11 ÷ 3 ≈ 3.67 → 4)"
        " · 4 asientos presentes · segunda convocatoria · hay quórum"
    )


def test_the_sentence_in_the_singular():
    assert Quorum(1, 1, LEY_27444).sentence == (
        "1 entidad miembro con asiento"
        " · quórum requerido 1 (más de la mitad: 1 ÷ 2 = 0.5 → 1)"
        " · 1 asiento presente · primera convocatoria · hay quórum"
    )


def test_one_seat_a_member_entity():
    assert seats_present(attendees(SO_120)) == 11
    assert [seat.entity for seat in seats(attendees(SO_120))] == PROTOCOL


def test_the_signature_table_of_so_120():
    assert codes(signatories(attendees(SO_120))) == SIGNED
    assert codes(signatories(reversed(attendees(SO_120)))) == SIGNED


@pytest.mark.parametrize(
    "order", list(permutations([("MINAM", "T"), ("MINAM", "A"), ("MTPE", "ST")]))
)
def test_the_alternate_sits_only_while_the_holder_is_absent(order):
    def present(absent=()):
        rows = [Attendee(*row, present=row[1] not in absent) for row in order]
        return {(row.entity, row.capacity) for row in seats(rows)}

    assert present() == {("MINAM", "T"), ("MTPE", "ST")}
    assert present(absent={"T"}) == {("MINAM", "A"), ("MTPE", "ST")}
    assert present(absent={"T", "A"}) == {("MTPE", "ST")}
    assert present(absent={"T", "A", "ST"}) == set()


def test_the_presidency_has_one_seat_whoever_chairs():
    rows = attendees(
        [("MTPE", "A"), ("MTPE", "ST"), ("MINJUS", "T"), ("MTPE", "PA"), ("MTPE", "P")]
    )
    assert seats_present(rows) == 2
    assert codes(signatories(rows)) == [("MTPE", "P"), ("MTPE", "ST"), ("MINJUS", "T")]


def test_the_secretary_signs_once_and_only_if_present():
    secretary = Attendee("MTPE", "ST", order=1)
    assert codes(signatories([secretary])) == [("MTPE", "ST")]
    absent = Attendee("MTPE", "ST", present=False)
    assert codes(signatories([absent, Attendee("MTPE", "PA")])) == [("MTPE", "PA")]


def test_observers_and_guests_have_no_seat_and_do_not_sign():
    rows = attendees([("DP", "O"), ("OIT", "G")])
    assert seats_present(rows) == 0
    assert signatories(rows) == []


def test_signatories_give_back_what_the_caller_put_in():
    titular, alternate = object(), object()
    rows = [Attendee("MINAM", "A", who=alternate), Attendee("MINAM", "T", who=titular)]
    assert [row.who for row in signatories(rows)] == [titular]


# --- Arrivals and departures ----------------------------------------------------------------

NINE, TEN, ELEVEN = datetime.time(9), datetime.time(10), datetime.time(11)
ALL_DAY = (datetime.time.min, NINE, TEN, ELEVEN, datetime.time.max)


@pytest.mark.parametrize(
    ("arrived", "left", "there"),
    [
        (None, None, [True, True, True, True, True]),
        (TEN, None, [False, False, True, True, True]),
        (None, TEN, [True, True, False, False, False]),
        (NINE, ELEVEN, [False, True, True, False, False]),
        (TEN, TEN, [False, False, False, False, False]),
    ],
)
def test_who_is_in_the_room(arrived, left, there):
    ana = Attendee("MINAM", "T", arrived=arrived, left=left)
    assert [in_the_room([ana], at=moment) == [ana] for moment in ALL_DAY] == there


def test_who_is_absent_is_never_in_the_room():
    assert in_the_room([Attendee("MINAM", "T", present=False)], at=NINE) == []


def test_the_alternate_takes_the_seat_when_the_holder_leaves():
    rows = [Attendee("MINAM", "T", left=TEN), Attendee("MINAM", "A")]
    at = {moment: codes(seats(in_the_room(rows, moment))) for moment in (NINE, TEN)}
    assert at == {NINE: [("MINAM", "T")], TEN: [("MINAM", "A")]}


def test_quorum_is_lost_by_a_departure():
    rows = [Attendee(entity, "T", left=TEN if n == 5 else None) for n, entity in
            enumerate(PROTOCOL[:6])]  # fmt: skip
    met = {
        moment: Quorum(11, seats_present(in_the_room(rows, moment)), LEY_27444).met
        for moment in (NINE, TEN)
    }
    assert met == {NINE: True, TEN: False}
