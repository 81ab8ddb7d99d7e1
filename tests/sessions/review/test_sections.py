import pytest

from sessions.review import sections
from sessions.review.facts import AGENDA, QUORUM, REPORTS, Kind
from tests.sessions.review.made import agreement, block, facts, passage, said

WHOLE = (passage("Un informe."), passage("Un punto.", section=AGENDA, kind=Kind.TITLE))


def test_nothing_is_missing():
    acta = facts(*WHOLE, agreements=(agreement(),))
    assert said(sections.missing_data, acta) == []
    assert said(sections.empty_sections, acta) == []
    assert said(sections.empty_texts, acta) == []


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("day", "Falta la fecha de la sesión."),
        ("starts_at", "Falta la hora de inicio de la sesión."),
        ("ends_at", "Falta la hora de término de la sesión."),
    ],
)
def test_missing_data(field, message):
    assert said(sections.missing_data, facts(**{field: None})) == [message]


@pytest.mark.parametrize(
    ("passages", "fields", "message", "is_blocking"),
    [
        (WHOLE, {"attendees": ()}, "No hay asistentes.", True),
        (
            WHOLE,
            {"opening": passage("", section=QUORUM)},
            "Falta la verificación del quórum.",
            True,
        ),
        (WHOLE, {"closing": passage("")}, "Falta la oración de cierre.", True),
        (WHOLE[1:], {}, "No hay informes.", False),
        (WHOLE[:1], {}, "El orden del día no tiene puntos.", True),
        (WHOLE, {"agreements": ()}, "No hay acuerdos.", False),
        (
            WHOLE,
            {"empty_points": (block(AGENDA, "Punto 1"),)},
            "Punto 1: no dice nada de lo que se trató.",
            False,
        ),
    ],
)
def test_an_empty_section(passages, fields, message, is_blocking):
    acta = facts(*passages, **({"agreements": (agreement(),)} | fields))
    [remark] = sections.empty_sections(acta)
    assert (remark.message, remark.is_blocking) == (message, is_blocking)


def test_a_failed_session_has_only_its_opening_and_its_closing():
    assert said(sections.empty_sections, facts(failed=True)) == []


def test_an_empty_text():
    acta = facts(passage("", section=REPORTS), passage("", attribution="El jefe,"))
    assert said(sections.empty_texts, acta) == ["No tiene texto."] * 2
    assert said(sections.empty_texts, facts(passage("", kind=Kind.SET_PHRASE))) == []
