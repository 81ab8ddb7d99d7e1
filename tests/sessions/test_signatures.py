import pytest
from django.core.exceptions import ValidationError

from members.choices import Capacity
from sessions.choices import ActaState, Office, Presence
from sessions.models import Acta, SessionOffice
from sessions.signatures import adopt, proposal
from tests.sessions import kit

pytestmark = pytest.mark.django_db


@pytest.fixture
def acta():
    minam, minjus, mtpe = kit.members("MINAM", "MINJUS", "MTPE")
    session = kit.session()
    kit.attend(session, minam, "Ana")
    kit.attend(session, minam, "Sol", Capacity.ALTERNATE)
    kit.attend(session, minjus, "Luz", presence=Presence.ABSENT)
    kit.attend(session, mtpe, "Rosa", Capacity.ALTERNATE_PRESIDENT)
    kit.attend(session, mtpe, "Eva", Capacity.SECRETARY)
    kit.attend(session, kit.entity("OIT"), "Fe", Capacity.GUEST)
    return Acta.objects.create(session=session)


def names(attendances):
    return [row.person.given_names for row in attendances]


def test_the_seats_present_and_the_secretary_sign(acta):
    proposed = proposal(acta)
    assert names(proposed.rows) == ["Rosa", "Eva", "Ana"]
    assert (proposed.current, proposed.differs) == ((), True)
    assert adopt(acta, proposed.key) == proposed.rows
    signed = acta.signatories.order_by("position")
    assert [(row.position, row.attendance.person.given_names) for row in signed] == [
        (1, "Rosa"),
        (2, "Eva"),
        (3, "Ana"),
    ]
    assert not proposal(acta).differs


def test_whoever_keeps_the_acta_ad_hoc_signs_too(acta):
    sol = acta.session.attendances.get(person__given_names="Sol").person
    SessionOffice.objects.create(
        session=acta.session, office=Office.CLERK, person=sol, charge="Asesora"
    )
    assert names(proposal(acta).rows) == ["Rosa", "Eva", "Ana", "Sol"]


def test_the_difference_is_told(acta):
    adopt(acta, proposal(acta).key)
    acta.session.attendances.filter(person__given_names="Ana").update(presence=Presence.EXCUSED)
    proposed = proposal(acta)
    assert names(proposed.added) == ["Sol"]
    assert names(proposed.removed) == ["Ana"]
    adopt(acta, proposed.key)
    assert names(proposal(acta).current) == ["Rosa", "Eva", "Sol"]


def test_a_proposal_that_has_changed_is_not_adopted(acta):
    key = proposal(acta).key
    acta.session.attendances.filter(person__given_names="Ana").update(presence=Presence.EXCUSED)
    with pytest.raises(ValidationError) as refused:
        adopt(acta, key)
    assert refused.value.messages == [
        "La asistencia cambió entre tanto: revise de nuevo los firmantes."
    ]
    assert not acta.signatories.exists()


def test_only_a_draft_takes_it(acta):
    acta.state = ActaState.IN_REVIEW
    with pytest.raises(ValidationError) as refused:
        adopt(acta, proposal(acta).key)
    assert refused.value.messages == [
        "Los firmantes se proponen mientras el acta está en borrador."
    ]
