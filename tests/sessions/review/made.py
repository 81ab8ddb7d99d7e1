"""Facts by hand: an acta in which there is nothing to remark, to be spoilt by each test."""

from collections.abc import Callable, Iterable
from datetime import date, time
from typing import Any

from sessions.choices import Adoption
from sessions.review.facts import (
    AGENDA,
    AGREEMENTS,
    DATA,
    PEOPLE,
    PETITIONS,
    QUORUM,
    REPORTS,
    SIGNATURES,
    Agreement,
    Attendee,
    Block,
    Facts,
    Kind,
    Line,
    Passage,
    Petition,
    Section,
    Turn,
)
from sessions.review.finding import Remark

DAY = date(2020, 1, 16)


def block(section: Section = REPORTS, name: str = "Informe 4.1.1") -> Block:
    return Block(section, section.anchor, name)


def passage(
    *words: str, section: Section = REPORTS, name: str = "Informe", **fields: Any
) -> Passage:
    """Lines that start with a hyphen are bullets."""
    lines = tuple(Line(line.removeprefix("- "), line.startswith("- ")) for line in words)
    return Passage(block(section, name), fields.pop("kind", Kind.TEXT), lines, **fields)


def attendee(name: str, entity: str, capacity: str = "T", **fields: Any) -> Attendee:
    values = {
        "title": "Titular",
        "is_present": True,
        "arrived_at": None,
        "left_at": None,
        "order": 1,
        "of_member": capacity not in "OG",
        "signs": capacity not in "OG",
    }
    return Attendee(name=name, entity=entity, capacity=capacity, **(values | fields))


PEDRO, ANA, LUIS = (
    attendee("Pedro", "UNO", "PA", title="Presidente alterno", order=1),
    attendee("Ana", "DOS", order=2),
    attendee("Luis", "TRES", "G", order=3),
)


def turn(said: str, attribution: str = "La representante de DOS,", **fields: Any) -> Turn:
    values = {"speaker": ANA, "entity": "DOS", "parent": ""} | fields
    return Turn(passage(said, section=AGENDA, attribution=attribution), **values)


def petition(*texts: str) -> Petition:
    passages = tuple(passage(text, section=PETITIONS) for text in texts)
    return Petition(passages[0].block, passages)


def agreement(text: str = "Aprobar el plan.", number: int = 1, **fields: Any) -> Agreement:
    values = {
        "on_agenda": True,
        "off_agenda_reason": "",
        "adoption": Adoption.CONSENSUS,
        "responsibles": ("UNO",),
        "due_on": date(2020, 1, 23),
        "condition": "",
        "session_on": None,
    }
    said = passage(text, section=AGREEMENTS, name=f"Acuerdo {number}")
    return Agreement(number=number, passage=said, **(values | fields))


OPENING = passage(
    "Se instala con 2 de 2 miembros.", section=QUORUM, kind=Kind.SET_PHRASE, name="Quórum"
)
CLOSING = passage(
    "Siendo las 11:25 a.m., se levantó.", section=SIGNATURES, kind=Kind.SET_PHRASE, name="Cierre"
)


def facts(*passages: Passage, **fields: Any) -> Facts:
    values: dict[str, Any] = {
        "data": block(DATA, "Datos"),
        "people": block(PEOPLE, "Asistencia"),
        "quorum": block(QUORUM, "Quórum"),
        "reports": block(REPORTS, "Informes"),
        "agenda": block(AGENDA, "Orden del día"),
        "agreement_list": block(AGREEMENTS, "Acuerdos"),
        "signatures": block(SIGNATURES, "Firmas"),
        "day": DAY,
        "starts_at": time(9, 22),
        "ends_at": time(11, 25),
        "failed": False,
        "members": 2,
        "required": 2,
        "attendees": (PEDRO, ANA, LUIS),
        "opening": OPENING,
        "closing": CLOSING,
        "passages": passages,
        "turns": (),
        "petitions": (),
        "agreements": (),
        "empty_points": (),
        "annexes": frozenset(),
        "acronyms": frozenset({"UNO", "DOS", "MINSA", "GORES", "CULTURA", "GLs"}),
        "offices": {
            "PA": ("Presidente alterno",),
            "ST": ("Secretaria Técnica",),
        },
    }
    return Facts(**(values | fields))


def said(rule: Callable[[Facts], Iterable[Remark]], on: Facts) -> list[str]:
    """What the rule remarks."""
    return [remark.message for remark in rule(on)]


def marked(rule: Callable[[Facts], Iterable[Remark]], on: Facts) -> list[str]:
    """The words that the rule points at."""
    return [remark.excerpt.marked for remark in rule(on) if remark.excerpt]
