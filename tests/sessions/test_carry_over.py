import datetime

import pytest

from sessions.carry_over import carried_over
from sessions.choices import AgendaState, AgreementState, PetitionOrigin, SessionKind, SessionState
from sessions.models import AgendaItem, Petition
from tests.sessions import kit

pytestmark = pytest.mark.django_db

COMING = datetime.date(2020, 3, 19)


def titles(kind=SessionKind.ORDINARY, **of) -> list[str]:
    return [point.title for point in carried_over(kind, **of)]


def petition(session, body="Enviar el plan:", origin=PetitionOrigin.MEMBERS) -> Petition:
    acta = getattr(session, "acta", None) or kit.acta(session, approved=False)
    return Petition.objects.create(acta=acta, origin=origin, position=1, body=body)


def point(session, **fields) -> AgendaItem:
    return AgendaItem.objects.create(
        **{"session": session, "position": 1, "title": "Asunto", **fields}
    )


def coming(number=121, **fields):
    return kit.session(number, state=SessionState.SCHEDULED, held_on=COMING, **fields)


def test_everything_that_waits_in_its_order():
    session = kit.session(120)
    asked = petition(session, "Enviar a **todos** los_planes:\n- uno")
    agreed = kit.agreement(session, 2, text="Aprobar el *plan*.")
    assert [(p.title, p.kind, p.origin) for p in carried_over("SO")] == [
        ("Aprobación del acta de la Sesión Ordinaria N° 120.", "approval", session.acta),
        ("Seguimiento del acuerdo 2 de la SO N° 120: Aprobar el *plan*.", "information", agreed),
        (
            (
                "Atención del pedido de los integrantes en la SO N° 120: Enviar a todos "
                "los_planes: - uno."
            ),
            "information",
            asked,
        ),
    ]


def test_what_comes_over_means_as_markup_what_it_said():
    kit.agreement(kit.session(120), 1, text=r"Usar \_esto\_ y \[lo otro].")
    assert titles() == [r"Seguimiento del acuerdo 1 de la SO N° 120: Usar \_esto\_ y \[lo otro]."]


def test_a_long_text_comes_shortened():
    kit.agreement(kit.session(120), 1, text="palabra " * 40)
    [title] = titles()
    assert title == f"Seguimiento del acuerdo 1 de la SO N° 120: {'palabra ' * 24}palabra…"


def test_the_last_acta_of_the_kind_that_is_not_approved():
    kit.acta(kit.session(118, held_on=datetime.date(2019, 8, 1)), approved=False)
    kit.acta(kit.session(119, held_on=datetime.date(2019, 10, 24)), approved=False)
    kit.acta(kit.session(120))
    kit.acta(kit.session(3, kind="SE"), approved=False)
    kit.acta(coming(), approved=False)
    assert titles() == ["Aprobación del acta de la Sesión Ordinaria N° 119."]
    assert titles(SessionKind.EXTRAORDINARY) == [
        "Aprobación del acta de la Sesión Extraordinaria N° 3."
    ]


def test_agreements_that_are_done_or_only_fix_a_session_do_not_come_over():
    session = kit.session(120)
    kit.agreement(session, 1, state=AgreementState.FULFILLED, fulfilled_on=kit.DAY)
    kit.agreement(session, 2, state=AgreementState.WITHDRAWN)
    kit.agreement(session, 3, text="La sesión se realizará el 19 de marzo de 2020.")
    fixing = kit.agreement(session, 4)
    assert titles(agreed_in=fixing) == []
    coming(agreed_in=fixing)
    assert titles() == []


@pytest.mark.parametrize(
    ("state", "stays"),
    [
        (SessionState.SCHEDULED, True),
        (SessionState.CANCELLED, False),
        (SessionState.HELD, False),
    ],
)
def test_an_agreement_waits_in_one_agenda_at_a_time_until_it_is_fulfilled(state, stays):
    session = kit.session(120)
    agreed = kit.agreement(session, 1)
    point(kit.session(121, state=state, held_on=COMING), carried_agreement=agreed)
    assert (titles() == []) == stays


@pytest.mark.parametrize(
    ("state", "stays"),
    [
        (SessionState.SCHEDULED, True),
        (SessionState.HELD, True),
        (SessionState.CANCELLED, False),
    ],
)
def test_a_petition_is_attended_by_the_session_that_had_it_on_its_agenda(state, stays):
    session = kit.session(120)
    asked = petition(session)
    kit.approve(session.acta)
    item = point(kit.session(121, state=state, held_on=COMING), carried_petition=asked)
    assert (titles() == []) == stays
    AgendaItem.objects.filter(pk=item.pk).update(
        state=AgendaState.DECLINED, decline_reason="Después"
    )
    assert len(titles()) == 1


def test_the_acta_waits_in_one_agenda():
    session = kit.session(120)
    acta = kit.acta(session, approved=False)
    point(coming(), carried_acta=acta)
    assert titles() == []


def test_it_asks_as_much_for_many(django_assert_num_queries):
    for number in (118, 119, 120):
        session = kit.session(number)
        petition(session)
        kit.agreement(session, 1)
        kit.agreement(session, 2)
    # The acta, the agreements and the petitions.
    with django_assert_num_queries(3):
        assert len(titles()) == 10
