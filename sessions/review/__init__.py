"""The acta's reviewer: rules over plain facts, and what they find.

A rule is a function from the facts of an acta to remarks; its code is kept with what people
dismiss, so it never changes.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from itertools import islice
from typing import NamedTuple

from sessions import models
from sessions.review import agreements, circulation, dates, naming, people, prose, sections, votes
from sessions.review.collect import collect
from sessions.review.facts import SECTIONS, Facts, Section
from sessions.review.finding import Finding, Remark, fingerprint

__all__ = ["RULES", "SECTIONS", "Finding", "Section", "blocking", "findings", "review"]


class Rule(NamedTuple):
    code: str
    title: str
    remarks: Callable[[Facts], Iterable[Remark]]


RULES = (
    Rule("missing_data", "Falta un dato de la sesión", sections.missing_data),
    Rule("hours_out_of_order", "Horas en desorden", people.hours_out_of_order),
    Rule("no_quorum", "Sin quórum", people.no_quorum),
    Rule("quorum_without_figures", "Quórum sin cifras", people.quorum_without_figures),
    Rule("absent_speaker", "Habla quien no figura", people.absent_speakers),
    Rule("unnamed_speaker", "No consta quién habla", people.unnamed_speakers),
    Rule("seat_without_signature", "Falta una firma", people.seats_without_signature),
    Rule("signature_without_seat", "Firma de más", people.signatures_without_seat),
    Rule("empty_section", "Parte vacía", sections.empty_sections),
    Rule("empty_text", "Texto vacío", sections.empty_texts),
    Rule("unfinished_sentence", "Frase inconclusa", prose.unfinished_sentences),
    Rule("repeated_paragraph", "Párrafo repetido", prose.repeated_paragraphs),
    Rule("office_variant", "Nombre de un cargo", prose.office_variants),
    Rule("missing_accent", "Falta una tilde", prose.missing_accents),
    Rule("odd_capitals", "Sigla mal escrita", prose.odd_capitals),
    Rule("spacing", "Espacios", prose.spacing),
    Rule("missing_annex", "Falta un anexo", prose.missing_annexes),
    Rule("wrong_weekday", "Día de la semana", dates.wrong_weekdays),
    Rule("impossible_date", "Fecha que no existe", dates.impossible_dates),
    Rule("another_session", "Otra sesión", naming.another_session),
    Rule("wrong_hour", "Hora que no coincide", dates.wrong_hours),
    Rule("petition_without_deadline", "Pedido sin plazo", dates.petitions_without_deadline),
    Rule("unrecorded_deadline", "Plazo sin registrar", dates.unrecorded_deadlines),
    Rule("agreement_numbering", "Numeración de acuerdos", agreements.numbering),
    Rule("agreement_without_quorum", "Acuerdo sin quórum", agreements.without_quorum),
    Rule("off_agenda", "Fuera del orden del día", agreements.off_agenda),
    Rule("no_adoption", "Sin forma de adopción", agreements.without_adoption),
    Rule("vote_missing", "Falta la votación", votes.missing),
    Rule("vote_out_of_hours", "Votación fuera de hora", votes.out_of_hours),
    Rule("vote_without_quorum", "Votación sin quórum", votes.without_quorum),
    Rule("vote_without_result", "Votación sin acuerdo", votes.without_result),
    Rule("vote_displaced", "Vota quien no estaba", votes.displaced),
    Rule("abstention_without_ground", "Abstención sin fundamento", votes.ungrounded_abstentions),
    Rule("unanimity_with_dissent", "Unanimidad con disidencia", votes.dissents),
    Rule("no_responsible", "Sin responsable", agreements.without_responsible),
    Rule("no_term", "Sin plazo ni condición", agreements.without_term),
    Rule("open_remark", "Observación por atender", circulation.open_remarks),
)

# No acta that people write has as many: a text pasted without its spaces may.
MOST_OF_A_RULE = 200


def review(acta: models.Acta) -> tuple[Finding, ...]:
    """What there is to say of the acta as the tables have it now, dismissed or not."""
    return findings(collect(acta))


def blocking(acta: models.Acta) -> tuple[Finding, ...]:
    """What has to be mended before the acta can be approved: none of it can be dismissed."""
    return tuple(finding for finding in review(acta) if finding.remark.is_blocking)


def findings(facts: Facts) -> tuple[Finding, ...]:
    """The findings of every rule, in the order of the acta's sections: first what blocks."""
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for rule in RULES:
        for remark in islice(rule.remarks(facts), MOST_OF_A_RULE):
            repetition = seen[rule.code, remark.concerns]
            seen[rule.code, remark.concerns] += 1
            digest = fingerprint(rule.code, remark.concerns, repetition)
            found.append(Finding(rule.code, rule.title, remark, digest))
    return tuple(sorted(found, key=partial(_place, _places(facts))))


def _places(facts: Facts) -> dict[str, int]:
    return {
        anchor: place
        for place, anchor in enumerate(dict.fromkeys(p.block.anchor for p in facts.passages))
    }


def _place(places: dict[str, int], finding: Finding) -> tuple[int, bool, int]:
    block = finding.remark.block
    place = places.get(block.anchor, -1)
    return SECTIONS.index(block.section), not finding.remark.is_blocking, place
