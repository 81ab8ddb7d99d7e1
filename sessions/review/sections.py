"""Rules on what an acta cannot do without."""

from collections.abc import Iterator

from sessions.review.facts import REPORTS, Block, Facts, Kind
from sessions.review.finding import Remark


def missing_data(facts: Facts) -> Iterator[Remark]:
    for value, what in (
        (facts.day, "la fecha"),
        (facts.starts_at, "la hora de inicio"),
        (facts.ends_at, "la hora de término"),
    ):
        if value is None:
            yield _missing(facts.data, f"Falta {what} de la sesión.", f"Indique {what}.")


def empty_sections(facts: Facts) -> Iterator[Remark]:
    has_text = {passage.block.section for passage in facts.passages if passage.whole.strip()}
    if not any(attendee.is_present for attendee in facts.attendees):
        yield _missing(facts.people, "No hay asistentes.", "Registre la asistencia.")
    for passage, what in (
        (facts.opening, "la verificación del quórum"),
        (facts.closing, "la oración de cierre"),
    ):
        if not passage.whole.strip():
            yield _missing(passage.block, f"Falta {what}.", f"Escriba {what}.")
    if not facts.failed:
        yield from _sections_of_a_session_held(facts, has_reports=REPORTS in has_text)


def _sections_of_a_session_held(facts: Facts, *, has_reports: bool) -> Iterator[Remark]:
    if not has_reports:
        yield _may_miss(facts.reports, "No hay informes.", "Escriba los informes")
    if not any(passage.block.section.anchor == facts.agenda.anchor for passage in facts.passages):
        yield _missing(
            facts.agenda, "El orden del día no tiene puntos.", "Añada los puntos que se trataron."
        )
    for block in facts.empty_points:
        yield _may_miss(
            block,
            f"{block.name}: no dice nada de lo que se trató.",
            "Escriba la introducción o las intervenciones",
        )
    if not facts.agreements:
        yield _may_miss(facts.agreement_list, "No hay acuerdos.", "Añada los acuerdos")


def empty_texts(facts: Facts) -> Iterator[Remark]:
    for passage in facts.passages:
        if passage.kind == Kind.SET_PHRASE or any(line.words.strip() for line in passage.lines):
            continue
        yield Remark(
            passage.block,
            "No tiene texto.",
            "Escriba el texto o quite el párrafo.",
            f"{passage.block.anchor} {passage.attribution}",
            is_blocking=True,
        )


def _missing(block: Block, message: str, remedy: str) -> Remark:
    return Remark(block, message, remedy, message, is_blocking=True)


def _may_miss(block: Block, message: str, remedy: str) -> Remark:
    return Remark(block, message, f"{remedy}, o anote por qué no los hay.", message)
