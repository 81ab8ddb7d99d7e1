from dataclasses import replace

import pytest

from sessions.choices import Adoption
from sessions.review import agreements
from tests.sessions.review.made import ANA, PEDRO, agreement, facts, said


@pytest.mark.parametrize(
    ("numbers", "messages"),
    [
        ((1, 2, 3), []),
        ((), []),
        ((1, 3), ["Después del acuerdo 1 sigue el 3."]),
        ((2, 3), ["El primer acuerdo lleva el número 2."]),
    ],
)
def test_numbering(numbers, messages):
    acta = facts(agreements=tuple(agreement(number=number) for number in numbers))
    assert said(agreements.numbering, acta) == messages


def test_a_failed_session_agrees_nothing():
    assert said(agreements.without_quorum, facts(agreements=(agreement(),))) == []
    assert said(agreements.without_quorum, facts(agreements=(agreement(),), failed=True)) == [
        "La sesión no tuvo quórum: no pudo adoptarse ningún acuerdo."
    ]


ADDED = {"on_agenda": False, "off_agenda_reason": "Urgía.", "adoption": Adoption.UNANIMITY}


@pytest.mark.parametrize(
    ("fields", "lacking"),
    [
        ({"on_agenda": True, "off_agenda_reason": ""}, None),
        ({}, None),
        ({"adoption": Adoption.CONSENSUS}, None),
        ({"adoption": Adoption.VOTE}, "no consta que fuera por unanimidad"),
        ({"off_agenda_reason": " "}, "no se dice por qué"),
        (
            {"adoption": Adoption.NOT_RECORDED, "off_agenda_reason": ""},
            "no consta que fuera por unanimidad y no se dice por qué",
        ),
    ],
)
def test_off_agenda(fields, lacking):
    acta = facts(agreements=(agreement(**(ADDED | fields)),))
    messages = [f"Se acordó fuera del orden del día y {lacking}."] if lacking else []
    assert said(agreements.off_agenda, acta) == messages
    assert not any(remark.is_blocking for remark in agreements.off_agenda(acta))


def test_off_agenda_without_every_member():
    acta = facts(
        agreements=(agreement(**ADDED),), attendees=(PEDRO, replace(ANA, is_present=False))
    )
    assert said(agreements.off_agenda, acta) == [
        "Se acordó fuera del orden del día y no asistieron todos los miembros (1 de 2)."
    ]


@pytest.mark.parametrize("adoption", Adoption.values)
def test_adoption(adoption):
    acta = facts(agreements=(agreement(adoption=adoption),))
    messages = ["No consta cómo se adoptó."] if adoption == Adoption.NOT_RECORDED else []
    assert said(agreements.without_adoption, acta) == messages


def test_responsible():
    acta = facts(agreements=(agreement(), agreement(number=2, responsibles=())))
    assert said(agreements.without_responsible, acta) == ["No tiene responsable."]


@pytest.mark.parametrize(
    ("fields", "messages"),
    [
        ({}, []),
        ({"due_on": None, "condition": "Aprobada la resolución"}, []),
        ({"due_on": None, "text": "Aprobar que se envíe el 23 de enero de 2020."}, []),
        ({"due_on": None}, ["No dice para cuándo: no tiene plazo ni condición."]),
    ],
)
def test_term(fields, messages):
    acta = facts(agreements=(agreement(**fields),))
    assert said(agreements.without_term, acta) == messages
