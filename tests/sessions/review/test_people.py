from dataclasses import replace
from datetime import time

import pytest

from sessions.review import people
from tests.sessions.review.made import (
    ANA,
    LUIS,
    PEDRO,
    agreement,
    attendee,
    facts,
    passage,
    said,
    turn,
)

# --- Who speaks -----------------------------------------------------------------------------


def test_who_attends_may_speak():
    acta = facts(turns=(turn("dijo."), turn("dijo.", speaker=LUIS, entity="TRES")))
    assert said(people.absent_speakers, acta) == []
    assert said(people.unnamed_speakers, acta) == []


@pytest.mark.parametrize(
    ("speech", "message"),
    [
        (
            turn("dijo.", speaker=None, entity="CUATRO"),
            "Habla alguien de CUATRO, y nadie de CUATRO asistió.",
        ),
        (
            turn("dijo.", speaker=None, entity="CUATRO", parent="DOS"),
            (
                "Habla alguien de CUATRO, y nadie de CUATRO asistió. De DOS, a la que pertenece, "
                "asistió Ana."
            ),
        ),
        (
            turn("dijo.", speaker=None, entity=""),
            "No consta quién habla ni por qué entidad.",
        ),
        (
            turn("dijo.", speaker=replace(ANA, is_present=False)),
            "Habla Ana (DOS), que no figura entre los presentes.",
        ),
    ],
)
def test_who_speaks_and_did_not_attend(speech, message):
    acta = facts(turns=(speech,))
    [remark] = people.absent_speakers(acta)
    assert (remark.message, remark.is_blocking) == (message, speech.speaker is not None)
    assert said(people.unnamed_speakers, acta) == []


@pytest.mark.parametrize(
    ("attendees", "message"),
    [
        ((ANA,), "No consta quién habla por DOS; asistió Ana."),
        (
            (ANA, attendee("Eva", "DOS", "A"), attendee("Paz", "DOS", "A", is_present=False)),
            "No consta quién habla por DOS; asistieron 2 personas: Ana y Eva.",
        ),
    ],
)
def test_the_entity_attends_and_who_speaks_is_not_told(attendees, message):
    acta = facts(turns=(turn("dijo.", speaker=None),), attendees=attendees)
    assert said(people.unnamed_speakers, acta) == [message]
    assert said(people.absent_speakers, acta) == []


# --- Who signs ------------------------------------------------------------------------------


def test_every_seat_signs():
    assert said(people.seats_without_signature, facts()) == []
    assert said(people.signatures_without_seat, facts()) == []


def test_a_seat_without_signature():
    acta = facts(attendees=(PEDRO, replace(ANA, signs=False)))
    assert said(people.seats_without_signature, acta) == [
        "Ana (DOS), titular, no está en la tabla de firmas."
    ]


def test_the_secretary_signs_without_a_seat():
    secretary = attendee("Eva", "UNO", "ST", title="Secretaria Técnica", signs=False)
    acta = facts(attendees=(PEDRO, secretary, ANA))
    assert said(people.seats_without_signature, acta) == [
        "Eva (UNO), secretaria técnica, no está en la tabla de firmas."
    ]
    signs = facts(attendees=(PEDRO, replace(secretary, signs=True), ANA))
    assert said(people.signatures_without_seat, signs) == []


def test_who_left_before_the_end_has_nothing_to_sign():
    left = replace(ANA, signs=False, left_at=time(11))
    assert said(people.seats_without_signature, facts(attendees=(PEDRO, left))) == []


@pytest.mark.parametrize(
    ("signer", "message", "is_blocking"),
    [
        (
            replace(LUIS, signs=True),
            "Luis (TRES) está en la tabla de firmas y tiene voz, pero no asiento.",
            False,
        ),
        (
            attendee("Eva", "DOS", "A"),
            "Eva (DOS) está en la tabla de firmas y el asiento lo ocupa Ana.",
            False,
        ),
        (
            attendee("Eva", "DOS", "A", is_present=False),
            "Eva (DOS) está en la tabla de firmas y no asistió.",
            True,
        ),
    ],
)
def test_a_signature_without_seat(signer, message, is_blocking):
    [remark] = people.signatures_without_seat(facts(attendees=(PEDRO, ANA, signer)))
    assert (remark.message, remark.is_blocking) == (message, is_blocking)


# --- Quorum and hours -----------------------------------------------------------------------


def test_there_is_quorum():
    assert said(people.no_quorum, facts()) == []


def test_no_quorum_to_begin_with():
    late = replace(ANA, arrived_at=time(9, 40))
    message = "Al instalarse, a las 09:22 a.m., había 1 asiento y el quórum es de 2."
    assert said(people.no_quorum, facts(attendees=(PEDRO, late))) == [message]


def test_a_failed_session_needs_none():
    assert said(people.no_quorum, facts(attendees=(PEDRO,), failed=True)) == []


def test_no_rule_in_force():
    assert said(people.no_quorum, facts(required=None)) == [
        "No hay regla del quórum vigente en la fecha de la sesión."
    ]


@pytest.mark.parametrize(
    ("attendees", "agreements", "message", "is_blocking"),
    [
        (
            (PEDRO, replace(ANA, left_at=time(10))),
            (agreement(),),
            (
                "Desde las 10:00 a.m. y hasta el cierre hubo 1 asiento y el quórum es de 2: en ese "
                "tiempo no pudo acordarse nada."
            ),
            True,
        ),
        (
            (PEDRO, replace(ANA, left_at=time(10))),
            (),
            (
                "Desde las 10:00 a.m. y hasta el cierre hubo 1 asiento y el quórum es de 2: en ese "
                "tiempo no pudo acordarse nada."
            ),
            False,
        ),
        (
            (
                PEDRO,
                replace(ANA, left_at=time(10)),
                attendee("Eva", "DOS", "A", arrived_at=time(10, 30)),
            ),
            (agreement(),),
            (
                "Desde las 10:00 a.m. y hasta las 10:30 a.m. hubo 1 asiento y el quórum es de 2: "
                "en ese tiempo no pudo acordarse nada."
            ),
            False,
        ),
    ],
)
def test_the_quorum_is_lost(attendees, agreements, message, is_blocking):
    [remark] = people.no_quorum(facts(attendees=attendees, agreements=agreements))
    assert (remark.message, remark.is_blocking) == (message, is_blocking)


def test_the_alternate_keeps_the_seat_of_who_leaves():
    alternate = attendee("Eva", "DOS", "A")
    acta = facts(attendees=(PEDRO, replace(ANA, left_at=time(10)), alternate))
    assert said(people.no_quorum, acta) == []


def test_who_leaves_at_the_end_was_there():
    acta = facts(attendees=(PEDRO, replace(ANA, left_at=time(11, 25))), agreements=(agreement(),))
    assert said(people.no_quorum, acta) == []


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("Con 2 de 2 miembros presentes hay quórum.", []),
        ("Con dos miembros presentes hay quórum.", []),
        ("Se dio inicio a la sesión.", []),
        (
            "Verificado el quórum de la Sesión N° 2, se dio inicio.",
            [
                "Habla del quórum y no da sus cifras: se requerían 2 asientos y asistieron 2.",
            ],
        ),
    ],
)
def test_the_figures_of_the_quorum(text, messages):
    assert said(people.quorum_without_figures, facts(opening=passage(text))) == messages


@pytest.mark.parametrize(
    ("hours", "message"),
    [
        (
            {"arrived_at": time(11, 40)},
            "Ana (DOS) llegó a las 11:40 a.m., terminada ya la sesión.",
        ),
        ({"left_at": time(9)}, "Ana (DOS) se retiró a las 09:00 a.m., antes de la sesión."),
        (
            {"arrived_at": time(10), "left_at": time(9, 30)},
            "Ana (DOS) se retiró antes de haber llegado.",
        ),
    ],
)
def test_hours_out_of_order(hours, message):
    acta = facts(attendees=(PEDRO, replace(ANA, **hours)))
    assert said(people.hours_out_of_order, acta) == [message]


def test_hours_in_order():
    came = replace(ANA, arrived_at=time(9, 30), left_at=time(11))
    assert said(people.hours_out_of_order, facts(attendees=(PEDRO, came))) == []
