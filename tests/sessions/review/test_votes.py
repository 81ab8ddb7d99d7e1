from dataclasses import replace
from datetime import time

import pytest

from sessions.choices import Adoption
from sessions.review import RULES, votes
from sessions.review.facts import Vote
from sessions.voting import Side, Tally
from tests.sessions.review.made import agreement, facts, said

BOTH = Tally(2, 2, favor=("UNO", "DOS"))
TIE = Tally(2, 2, favor=("UNO",), against=("DOS",))
GOOD = Vote(time(10), BOTH)
OF_VOTES = [rule for rule in RULES if rule.remarks.__module__ == votes.__name__]


def with_vote(vote, adoption=Adoption.VOTE):
    return facts(agreements=(agreement(adoption=adoption, vote=vote),))


@pytest.mark.parametrize("rule", OF_VOTES, ids=lambda rule: rule.code)
@pytest.mark.parametrize(
    "vote", [GOOD, Vote(time(9, 22), replace(TIE, casting=Side.FAVOR)), Vote(time(11, 25), BOTH)]
)
def test_nothing_on_a_good_vote(rule, vote):
    assert said(rule.remarks, with_vote(vote)) == []


def test_by_vote_without_a_vote():
    message = "Se adoptó por votación, y la votación no está registrada."
    assert said(votes.missing, with_vote(None)) == [message]
    assert said(votes.missing, with_vote(None, Adoption.CONSENSUS)) == []


@pytest.mark.parametrize("at", [time(9, 21), time(11, 26)])
def test_out_of_hours(at):
    hour = "09:21 a.m." if at.hour == 9 else "11:26 a.m."
    assert said(votes.out_of_hours, with_vote(Vote(at, BOTH))) == [
        f"Se votó a las {hour}, fuera de las horas de la sesión."
    ]


def test_hours_that_are_not_known_are_no_limit():
    vote = Vote(time(23), BOTH)
    on = replace(with_vote(vote), starts_at=None, ends_at=None)
    assert said(votes.out_of_hours, on) == []


def test_without_quorum():
    vote = Vote(time(10), Tally(1, 2, favor=("UNO",)))
    assert said(votes.without_quorum, with_vote(vote)) == [
        "Cuando se votó, a las 10:00 a.m., los asientos presentes eran 1 y el quórum es de 2."
    ]
    assert said(votes.without_result, with_vote(vote)) == []


WITHOUT_RESULT = {
    "Votación empatada, sin que la Presidencia haya dirimido: 1 voto a favor y 1 en contra.": TIE,
    "No adoptado, con el voto dirimente de la Presidencia en contra: 1 voto a favor y 1 en "
    "contra.": (replace(TIE, casting=Side.AGAINST)),
    "No adoptado por falta de mayoría: 0 votos a favor y 2 en contra.": (
        Tally(2, 2, against=("UNO", "DOS"))
    ),
    "Votación sin votos registrados, que no adopta nada: 0 votos a favor y ninguno en contra.": (
        Tally(2, 2)
    ),
    "Votación incompleta, que todavía no adopta nada (falta 1 voto): 1 voto a favor y ninguno en "
    "contra.": Tally(2, 2, favor=("UNO",)),
}


@pytest.mark.parametrize("message", WITHOUT_RESULT)
def test_without_result(message):
    vote = Vote(time(10), WITHOUT_RESULT[message])
    assert said(votes.without_result, with_vote(vote)) == [message]


def test_who_votes_and_was_not_there():
    assert said(votes.displaced, with_vote(replace(GOOD, displaced=("TRES",)))) == [
        "Consta el voto de TRES, y a las 10:00 a.m. su asiento no lo ocupaba quien votó."
    ]


def test_an_abstention_says_why():
    assert said(votes.ungrounded_abstentions, with_vote(replace(GOOD, ungrounded=("DOS",)))) == [
        "La abstención de DOS no tiene fundamento."
    ]


def test_unanimity_with_a_dissent():
    vote = Vote(time(10), Tally(3, 2, favor=("UNO", "DOS"), abstentions=("TRES",)))
    message = "y en su votación hubo 2 votos a favor, ninguno en contra y 1 abstención."
    assert said(votes.dissents, with_vote(vote, Adoption.UNANIMITY)) == [
        f"Figura como adoptado por unanimidad, {message}"
    ]
    assert said(votes.dissents, with_vote(vote, Adoption.CONSENSUS)) == [
        f"Figura como adoptado por consenso, {message}"
    ]
    assert said(votes.dissents, with_vote(GOOD, Adoption.UNANIMITY)) == []
    assert said(votes.dissents, with_vote(vote)) == []


def test_every_remark_blocks_and_leads_to_the_vote():
    spoilt = Vote(time(8), Tally(3, 2, favor=("UNO",)), displaced=("X",), ungrounded=("Y",))
    remarks = [
        remark
        for rule in OF_VOTES
        for vote, adoption in ((spoilt, Adoption.VOTE), (None, Adoption.VOTE))
        for remark in rule.remarks(with_vote(vote, adoption))
    ]
    assert {remark.is_blocking for remark in remarks} == {True}
    assert {(remark.block.page, remark.block.numbers) for remark in remarks} == {
        ("agreement_vote", (1,))
    }
