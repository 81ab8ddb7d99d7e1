"""Rules on what an agreement needs besides its text (domain § 2, rules 4 to 6)."""

from collections.abc import Iterator

from sessions.choices import Adoption
from sessions.review.dates import deadlines
from sessions.review.facts import Agreement, Facts
from sessions.review.finding import Excerpt, Remark, beginning
from sessions.review.people import seats_at

BY_ALL = (Adoption.CONSENSUS, Adoption.UNANIMITY)


def numbering(facts: Facts) -> Iterator[Remark]:
    for expected, agreement in enumerate(facts.agreements, 1):
        if agreement.number != expected:
            yield Remark(
                agreement.block,
                f"Después del acuerdo {expected - 1} sigue el {agreement.number}."
                if expected > 1
                else f"El primer acuerdo lleva el número {agreement.number}.",
                f"Los acuerdos se numeran de corrido: falta el {expected}.",
                str([agreement.number for agreement in facts.agreements]),
                is_blocking=True,
            )
            return


def without_quorum(facts: Facts) -> Iterator[Remark]:
    if not facts.failed:
        return
    for agreement in facts.agreements:
        yield Remark(
            agreement.block,
            "La sesión no tuvo quórum: no pudo adoptarse ningún acuerdo.",
            "Quite el acuerdo, o corrija el estado de la sesión.",
            _concerns(agreement),
            _text(agreement),
            is_blocking=True,
        )


def off_agenda(facts: Facts) -> Iterator[Remark]:
    """Only with every member present and unanimous (rule 5): warn, and let the reason be told."""
    present = seats_at(facts, None)
    for agreement in facts.agreements:
        if agreement.on_agenda:
            continue
        lacking = []
        if present < facts.members:
            lacking.append(f"no asistieron todos los miembros ({present} de {facts.members})")
        if agreement.adoption not in BY_ALL:
            lacking.append("no consta que fuera por unanimidad")
        if not agreement.off_agenda_reason.strip():
            lacking.append("no se dice por qué")
        if lacking:
            yield Remark(
                agreement.block,
                f"Se acordó fuera del orden del día y {' y '.join(lacking)}.",
                "Asócielo al punto del que trata. Si no lo tiene, anote por qué se trató: hace "
                "falta que asistan todos los miembros y lo acepten por unanimidad.",
                f"{_concerns(agreement)}\n{agreement.off_agenda_reason}\n{present}",
                _text(agreement),
            )


def without_adoption(facts: Facts) -> Iterator[Remark]:
    for agreement in facts.agreements:
        if agreement.adoption == Adoption.NOT_RECORDED:
            yield Remark(
                agreement.block,
                "No consta cómo se adoptó.",
                "Indique la forma de adopción: por consenso, por unanimidad o por votación.",
                _concerns(agreement),
                _text(agreement),
                is_blocking=True,
            )


def without_responsible(facts: Facts) -> Iterator[Remark]:
    for agreement in facts.agreements:
        if not agreement.responsibles:
            yield Remark(
                agreement.block,
                "No tiene responsable.",
                "Elija la entidad que lo cumplirá, o anote por qué no hace falta.",
                _concerns(agreement),
                _text(agreement),
            )


def without_term(facts: Facts) -> Iterator[Remark]:
    for agreement in facts.agreements:
        # A date in the text that is no term yet has a rule of its own.
        if agreement.due_on or agreement.condition.strip() or deadlines(agreement, facts):
            continue
        yield Remark(
            agreement.block,
            "No dice para cuándo: no tiene plazo ni condición.",
            "Registre su plazo o su condición, o anote por qué no hace falta.",
            _concerns(agreement),
            _text(agreement),
        )


def _concerns(agreement: Agreement) -> str:
    return f"{agreement.passage.whole}\n{agreement.adoption}"


def _text(agreement: Agreement) -> Excerpt:
    return beginning(agreement.passage.whole)
