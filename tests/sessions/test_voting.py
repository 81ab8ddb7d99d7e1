import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.voting import Outcome, Side, Tally, majority

ELEVEN = (
    "MTPE", "MINJUS", "MININTER", "MINCETUR", "MPFN", "MIMP",
    "MINAM", "MINEM", "PRODUCE", "INEI", "SUNAFIL",
)  # fmt: skip


def tally(favor, against, abstentions=0, present=None, **fields):
    """So many on each side, named in protocol order."""
    names = iter(ELEVEN)
    sides = [tuple(next(names) for _ in range(many)) for many in (favor, against, abstentions)]
    present = favor + against + abstentions if present is None else present
    return Tally(present, 0, *sides, **fields)


@pytest.mark.parametrize(
    ("present", "needed"), [(0, 1), (1, 1), (2, 2), (3, 2), (9, 5), (10, 6), (11, 6)]
)
def test_majority_of_the_seats_present(present, needed):
    assert majority(present) == needed


@pytest.mark.parametrize(
    ("votes", "outcome"),
    [
        ((11, 0, 0), Outcome.ADOPTED),
        ((8, 2, 1), Outcome.ADOPTED),
        ((6, 5, 0), Outcome.ADOPTED),
        # More in favour than against, and no majority of the seats present.
        ((5, 4, 2), Outcome.NOT_ADOPTED),
        ((4, 6, 1), Outcome.NOT_ADOPTED),
        ((0, 0, 11), Outcome.NOT_ADOPTED),
        ((5, 5, 0), Outcome.TIE),
        ((5, 5, 1), Outcome.TIE),
        # One vote more would be 5 of 11 or of 10: nobody decides that.
        ((4, 4, 3), Outcome.NOT_ADOPTED),
        ((4, 4, 2), Outcome.NOT_ADOPTED),
    ],
)
def test_outcome(votes, outcome):
    assert tally(*votes).outcome == outcome


@pytest.mark.parametrize(
    ("votes", "casting", "outcome"),
    [
        ((5, 5, 0), Side.FAVOR, Outcome.ADOPTED),
        ((5, 5, 1), Side.FAVOR, Outcome.ADOPTED),
        ((5, 5, 1), Side.AGAINST, Outcome.NOT_ADOPTED),
        # Where there is no tie to break, it decides nothing.
        ((6, 5, 0), Side.AGAINST, Outcome.ADOPTED),
        ((5, 6, 0), Side.FAVOR, Outcome.NOT_ADOPTED),
        ((4, 4, 3), Side.FAVOR, Outcome.NOT_ADOPTED),
    ],
)
def test_casting_vote(votes, casting, outcome):
    assert tally(*votes, casting=casting).outcome == outcome


def test_a_vote_without_every_ballot_has_no_result():
    short = tally(6, 0, present=11)
    assert (short.outcome, short.missing) == (Outcome.INCOMPLETE, 5)
    # As many on each side so far: no tie until everybody has voted.
    assert not tally(4, 4, present=9).tied


def test_nothing_is_adopted_without_quorum():
    assert Tally(5, 6, ELEVEN[:5]).outcome == Outcome.NO_QUORUM
    assert Tally(0).outcome == Outcome.NO_QUORUM


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"present": -1}, "Seats and quorum cannot be negative"),
        ({"present": 1, "quorum": -1}, "Seats and quorum cannot be negative"),
        ({"present": 3, "favor": ("MINEM",), "against": ("MINEM",)}, "An entity votes once"),
        ({"present": 1, "favor": ("MINEM", "INEI")}, "2 votes of 1 seats present"),
    ],
)
def test_what_cannot_be(fields, message):
    with pytest.raises(ValueError, match=message):
        Tally(**fields)
    with pytest.raises(ValueError, match="cannot be negative: -1"):
        majority(-1)


SENTENCES = {
    "Adoptado por mayoría: 8 votos a favor (MTPE, MINJUS, MININTER, MINCETUR, MPFN, MIMP, MINAM, "
    "MINEM), 2 en contra (PRODUCE, INEI) y 1 abstención (SUNAFIL)": tally(8, 2, 1),
    "Adoptado por unanimidad: 2 votos a favor (MTPE, MINJUS) y ninguno en contra": tally(2, 0),
    "Adoptado por mayoría, con el voto dirimente de la Presidencia: 1 voto a favor (MTPE) y 1 en "
    "contra (MINJUS)": tally(1, 1, casting=Side.FAVOR),
    "No adoptado, con el voto dirimente de la Presidencia en contra: 1 voto a favor (MTPE) y 1 en "
    "contra (MINJUS)": tally(1, 1, casting=Side.AGAINST),
    "Votación empatada, sin que la Presidencia haya dirimido: 1 voto a favor (MTPE) y 1 en contra "
    "(MINJUS)": tally(1, 1),
    "No adoptado por falta de mayoría: 0 votos a favor, 1 en contra (MTPE) y 2 abstenciones "
    "(MINJUS, MININTER)": tally(0, 1, 2),
    "Votación incompleta, que todavía no adopta nada (falta 1 voto): 2 votos a favor (MTPE, "
    "MINJUS) y ninguno en contra": tally(2, 0, present=3),
    "Votación incompleta, que todavía no adopta nada (faltan 2 votos): 1 voto a favor (MTPE) y "
    "ninguno en contra": tally(1, 0, present=3),
    "Votación sin votos registrados, que no adopta nada: 0 votos a favor y ninguno en contra": (
        tally(0, 0, present=3)
    ),
    "Votación sin quórum, que no adopta nada: 1 voto a favor (MTPE) y ninguno en contra": (
        Tally(2, 3, ("MTPE",))
    ),
}


@pytest.mark.parametrize("said", SENTENCES)
def test_sentence(said):
    cast = SENTENCES[said]
    figures = f"de {cast.present} asientos presentes a las 10:40 a.m. (se requerían {cast.majority}"
    assert cast.sentence("10:40 a.m.") == f"{said}, {figures} votos)."


def test_a_sentence_without_the_hour():
    assert tally(1, 0).sentence() == (
        "Adoptado por unanimidad: 1 voto a favor (MTPE) y ninguno en contra, de 1 asiento presente "
        "(se requería 1 voto)."
    )


# --- Whatever the votes ---------------------------------------------------------------------


def of_senses(drawn):
    """A vote of the seats present: F, C and A are the sides, and "-" has not voted."""
    senses, quorum, casting = drawn
    sides = (
        tuple(name for name, sense in zip(ELEVEN, senses, strict=False) if sense == side)
        for side in "FCA"
    )
    return Tally(len(senses), quorum, *sides, casting=casting)


# Any vote of up to eleven seats, complete or not.
TALLIES = st.tuples(
    st.lists(st.sampled_from("FCA-"), max_size=11),
    st.integers(0, 11),
    st.sampled_from([None, *Side]),
).map(of_senses)


def with_casting(cast, casting):
    return Tally(cast.present, cast.quorum, cast.favor, cast.against, cast.abstentions, casting)


@given(TALLIES)
def test_every_seat_present_has_voted_or_is_missing(cast):
    votes = len(cast.favor) + len(cast.against) + len(cast.abstentions)
    assert votes + cast.missing == cast.present
    assert cast.missing >= 0


@given(TALLIES)
def test_the_casting_vote_decides_ties_and_nothing_else(cast):
    outcomes = {casting: with_casting(cast, casting).outcome for casting in (None, *Side)}
    if cast.tied and cast.outcome != Outcome.NO_QUORUM:
        assert outcomes == {
            None: Outcome.TIE,
            Side.FAVOR: Outcome.ADOPTED,
            Side.AGAINST: Outcome.NOT_ADOPTED,
        }
    else:
        assert len(set(outcomes.values())) == 1


@given(TALLIES)
def test_what_is_adopted_has_a_quorum_every_vote_and_a_majority(cast):
    votes = len(cast.favor) + cast.decided_by_chair
    if cast.adopted:
        assert cast.present >= cast.quorum
        assert cast.missing == 0
        assert 2 * votes > cast.present
        assert len(cast.favor) >= len(cast.against)
    # And what is not adopted never reads as if it were.
    assert cast.adopted == cast.sentence().startswith("Adoptado")


@given(TALLIES)
def test_a_dissent_undoes_unanimity(cast):
    assert not (cast.unanimous and (cast.against or cast.abstentions))


@given(TALLIES)
def test_a_vote_that_turns_in_favour_never_undoes_an_agreement(cast):
    if cast.adopted and cast.against:
        turned = Tally(
            cast.present,
            cast.quorum,
            (*cast.favor, cast.against[0]),
            cast.against[1:],
            cast.abstentions,
            cast.casting,
        )
        assert turned.adopted
