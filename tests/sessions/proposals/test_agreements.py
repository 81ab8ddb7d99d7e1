"""4.1: what became of the agreements of the sessions before."""

from datetime import date

import pytest

from sessions.choices import AgreementState
from sessions.models import Acta, Agreement, Session
from sessions.proposals.agreements import SHOWN
from tests.sessions import kit
from tests.sessions.acta_factory import make_acta
from tests.sessions.proposals.made import lines, proposed

pytestmark = pytest.mark.django_db


@pytest.fixture
def acta() -> Acta:
    return make_acta()


@pytest.fixture
def before(acta: Acta) -> Session:
    """The one before SO 125, which is of 18 March 2021."""
    return kit.session(124, held_on=date(2021, 1, 21))


def agreed(session: Session, number: int, **fields: object) -> Agreement:
    said = {"text": "Aprobar el _Plan_ de 2021.", **fields}
    return Agreement.objects.create(session=session, number=number, **said)


def test_its_own_agreements_are_none_of_them(acta: Acta) -> None:
    assert acta.session.agreements.exists()
    assert proposed(acta, "acuerdos") is None


def test_each_with_its_state_on_the_day_of_the_session(acta: Acta, before: Session) -> None:
    agreed(before, 1)
    agreed(before, 2, due_on=date(2021, 3, 17))
    agreed(before, 3, due_on=date(2021, 3, 18))
    agreed(before, 4, state=AgreementState.FULFILLED, fulfilled_on=date(2021, 2, 1))
    agreed(before, 5, state=AgreementState.FULFILLED, fulfilled_on=date(2021, 1, 21))
    agreed(before, 6, state=AgreementState.WITHDRAWN)
    proposal = proposed(acta, "acuerdos")
    assert proposal.texts["title"] == "Sobre el estado de los acuerdos"
    of = "de la SO N° 124, «Aprobar el Plan de 2021»"
    assert lines(acta, "acuerdos") == [
        f"- Acuerdo 1 {of}: pendiente.",
        f"- Acuerdo 2 {of}: pendiente; su plazo venció el miércoles 17 de marzo de 2021.",
        f"- Acuerdo 3 {of}: pendiente, con plazo hasta el jueves 18 de marzo de 2021.",
        f"- Acuerdo 4 {of}: cumplido el lunes 1 de febrero de 2021.",
    ]


def test_that_which_fixed_this_session_goes_without_saying(acta: Acta, before: Session) -> None:
    acta.session.agreed_in = agreed(before, 1)
    acta.session.save()
    assert proposed(acta, "acuerdos") is None


def test_a_long_one_is_shortened(acta: Acta, before: Session) -> None:
    agreed(before, 1, text=", ".join(["palabra"] * 40))
    assert lines(acta, "acuerdos") == [
        f"- Acuerdo 1 de la SO N° 124, «{', '.join(['palabra'] * 18)}…»: pendiente."
    ]


def test_past_a_sheet_the_register_has_them(acta: Acta, before: Session) -> None:
    for number in range(1, SHOWN + 2):
        agreed(before, number)
    found = lines(acta, "acuerdos")
    assert len(found) == SHOWN + 1
    assert found[-1] == "- Los demás acuerdos pendientes constan en el registro de acuerdos."
