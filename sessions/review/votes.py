"""Rules on the votes of the agreements (domain § 2, rules 1, 2 and 4): all of them block.

Who reads the acta takes what stands under «Acuerdos» as adopted; what is not, cannot stay there.
"""

from collections.abc import Iterator
from dataclasses import replace

from cnlctf.lib.calendar import clock
from sessions.choices import Adoption
from sessions.review.facts import Agreement, Facts, Vote
from sessions.review.finding import Remark, beginning
from sessions.voting import Outcome

BY_ALL = {Adoption.CONSENSUS: "por consenso", Adoption.UNANIMITY: "por unanimidad"}
REMEDIES = {
    Outcome.INCOMPLETE: "Registre el voto de cada asiento presente.",
    Outcome.TIE: "Registre el voto dirimente de quien presidía.",
    Outcome.NOT_ADOPTED: "Relate la votación en el orden del día y quite el acuerdo.",
}


def missing(facts: Facts) -> Iterator[Remark]:
    for agreement in facts.agreements:
        if agreement.adoption == Adoption.VOTE and agreement.vote is None:
            yield _remark(
                agreement,
                "Se adoptó por votación, y la votación no está registrada.",
                "Registre el voto de cada asiento presente.",
            )


def out_of_hours(facts: Facts) -> Iterator[Remark]:
    for agreement, vote in _voted(facts):
        begins, ends = facts.starts_at, facts.ends_at
        if (begins and vote.at < begins) or (ends and vote.at > ends):
            yield _remark(
                agreement,
                f"Se votó a las {clock(vote.at)}, fuera de las horas de la sesión.",
                "Corrija la hora de la votación, o las de la sesión.",
            )


def without_quorum(facts: Facts) -> Iterator[Remark]:
    for agreement, vote in _voted(facts):
        if vote.tally.outcome == Outcome.NO_QUORUM:
            yield _remark(
                agreement,
                f"Cuando se votó, a las {clock(vote.at)}, los asientos presentes eran "
                f"{vote.tally.present} y el quórum es de {vote.tally.quorum}.",
                "Revise la hora de la votación y las de la asistencia: sin quórum no hay acuerdo.",
            )


def without_result(facts: Facts) -> Iterator[Remark]:
    for agreement, vote in _voted(facts):
        if remedy := REMEDIES.get(vote.tally.outcome):
            yield _remark(agreement, f"{vote.tally.verdict}: {vote.tally.count}.", remedy)


def displaced(facts: Facts) -> Iterator[Remark]:
    for agreement, vote in _voted(facts):
        for entity in vote.displaced:
            yield _remark(
                agreement,
                f"Consta el voto de {entity}, y a las {clock(vote.at)} su asiento no lo ocupaba "
                "quien votó.",
                "Revise la hora de la votación y las de la asistencia, y guárdela otra vez.",
            )


def ungrounded_abstentions(facts: Facts) -> Iterator[Remark]:
    for agreement, vote in _voted(facts):
        for entity in vote.ungrounded:
            yield _remark(
                agreement,
                f"La abstención de {entity} no tiene fundamento.",
                "Pida su fundamento por escrito y regístrelo con su voto.",
            )


def dissents(facts: Facts) -> Iterator[Remark]:
    """Its votes are kept when another form of adoption is chosen after all."""
    for agreement in facts.agreements:
        if agreement.adoption not in BY_ALL or agreement.vote is None:
            continue
        tally = agreement.vote.tally
        if tally.against or tally.abstentions:
            yield _remark(
                agreement,
                f"Figura como adoptado {BY_ALL[Adoption(agreement.adoption)]}, y en su votación "
                f"hubo {tally.count}.",
                "Elija «Por votación» como forma de adopción, o corrija los votos.",
            )


def _voted(facts: Facts) -> Iterator[tuple[Agreement, Vote]]:
    for agreement in facts.agreements:
        if agreement.adoption == Adoption.VOTE and agreement.vote:
            yield agreement, agreement.vote


def _remark(agreement: Agreement, message: str, remedy: str) -> Remark:
    whole = agreement.passage.whole
    return Remark(
        replace(agreement.block, page="agreement_vote", numbers=(agreement.number,)),
        message,
        remedy,
        f"{whole}\n{message}",
        beginning(whole),
        is_blocking=True,
    )
