"""The rules of the proposals that the database holds; tests/sessions/test_models.py tries them."""

import datetime
from typing import Any

from sessions.models import Acta, ProposalDecision, ProposalPattern

DAY = datetime.date(2020, 1, 16)


def prepare(acta: Acta) -> None:
    ProposalPattern.objects.create(slug="cierre", text="Se cierra.", starts_on=DAY)
    ProposalDecision.objects.create(acta=acta, slug="cierre", digest="a")


def worded(**fields: Any) -> ProposalPattern:
    return ProposalPattern(**{"slug": "cierre", "text": "Se levanta.", **fields})


REFUSED_PROPOSALS = {
    "proposal_pattern_start_unique": (
        lambda r: worded(starts_on=DAY),
        "Esa fórmula ya tiene un texto que empieza ese día.",
    ),
    "cnlctf_sessions_proposalpattern_ends_after_start": (
        lambda r: worded(starts_on=DAY.replace(day=17), ends_on=DAY),
        "La vigencia no puede terminar antes de empezar.",
    ),
    "proposal_decision_once": (
        lambda r: ProposalDecision(acta=r["acta"], slug="cierre", digest="b"),
        "Sobre esa propuesta ya hay una decisión.",
    ),
}
