import datetime

import pytest
from django.core.exceptions import ValidationError

from members.choices import Capacity
from members.models import Designation
from sessions import holding
from sessions.choices import Office, SessionState
from sessions.models import Acta, Letterhead, Session
from tests.sessions import kit

pytestmark = pytest.mark.django_db

NINE, TEN = datetime.time(9), datetime.time(10)
COMMISSION = "Comisión Nacional para la Lucha contra el Trabajo Forzoso"


@pytest.fixture
def scheduled():
    """Three members; the alternate president of one of them has come, and nobody else."""
    members = kit.members("MTPE", "MINAM", "MINJUS")
    kit.rule()
    session = kit.session(state=SessionState.SCHEDULED, starts_at=NINE)
    rosa = kit.attend(session, members[0], "Rosa", Capacity.ALTERNATE_PRESIDENT)
    Designation.objects.create(
        entity=members[0], person=rosa.person, capacity="PA", charge="Directora General"
    )
    session.members = members
    return session


def arrive(session, number, **fields):
    return kit.attend(session, session.members[number], f"Ana{number}", **fields)


def stored(session):
    session = Session.objects.get(pk=session.pk)
    return session.state, session.starts_at


def refusal(act, *args, **kwargs):
    with pytest.raises(ValidationError) as refused:
        act(*args, **kwargs)
    return refused.value.messages


# --- Installing it --------------------------------------------------------------------------


def test_with_quorum_it_is_installed_and_the_presidency_conducts(scheduled):
    arrive(scheduled, 1)
    holding.install(scheduled, at=TEN, on=kit.DAY)
    assert stored(scheduled) == (SessionState.HELD, TEN)
    chair = scheduled.offices.get(office=Office.CHAIR)
    assert (chair.person.given_names, chair.charge) == ("Rosa", "Directora General")


def test_without_quorum_at_that_hour_it_is_not_installed(scheduled):
    arrive(scheduled, 1, arrived_at=TEN)
    assert refusal(holding.install, scheduled, at=NINE, on=kit.DAY) == [
        "A las 09:00 a.m. no hay quórum: 1 de los 2 asientos necesarios."
    ]
    assert stored(scheduled) == (SessionState.SCHEDULED, NINE)
    holding.install(scheduled, at=TEN, on=kit.DAY)
    assert stored(scheduled) == (SessionState.HELD, TEN)


def test_before_its_day_it_is_neither_installed_nor_failed(scheduled):
    arrive(scheduled, 1)
    for act in (holding.install, holding.fail):
        assert refusal(act, scheduled, at=NINE, on=datetime.date(2020, 1, 15)) == [
            "La sesión es el jueves 16 de enero de 2020: aún no se instala."
        ]


def test_a_suspended_session_is_not_installed_again(scheduled):
    scheduled.state = SessionState.SUSPENDED
    assert refusal(holding.install, scheduled, at=NINE, on=kit.DAY) == [
        "La sesión consta como suspendida."
    ]


def test_the_hour_of_the_start_is_corrected(scheduled):
    arrive(scheduled, 1)
    holding.install(scheduled, at=TEN, on=kit.DAY)
    holding.install(scheduled, at=NINE, on=kit.DAY)
    assert stored(scheduled) == (SessionState.HELD, NINE)


def test_it_does_not_start_after_its_end(scheduled):
    arrive(scheduled, 1)
    scheduled.ends_at = TEN
    assert refusal(holding.install, scheduled, at=datetime.time(11), on=kit.DAY) == [
        "La sesión no puede terminar antes de empezar."
    ]


def test_whoever_conducts_has_to_be_there(scheduled):
    arrive(scheduled, 1)
    kit.chair(scheduled, "Eva")
    said = refusal(holding.install, scheduled, at=NINE, on=kit.DAY)
    assert " ".join(said) == (
        "En la conducción figura Eva so-120, que no está presente a las 09:00 a.m.: elija quién "
        "conduce la sesión."
    )


def test_without_the_presidency_somebody_is_chosen(scheduled):
    scheduled.attendances.all().delete()
    attendance = arrive(scheduled, 1)
    arrive(scheduled, 2)
    assert refusal(holding.install, scheduled, at=NINE, on=kit.DAY) == [
        "Elija quién conduce la sesión entre quienes están presentes."
    ]
    holding.take_office(scheduled, Office.CHAIR, attendance.person, "Asesora")
    holding.install(scheduled, at=NINE, on=kit.DAY)
    assert stored(scheduled) == (SessionState.HELD, NINE)


# --- Who conducts ---------------------------------------------------------------------------


def test_an_office_changes_hands_and_is_freed(scheduled):
    rosa, ana = scheduled.attendances.get().person, arrive(scheduled, 1).person
    holding.take_office(scheduled, Office.CLERK, rosa)
    holding.take_office(scheduled, Office.CLERK, ana, "Asesora")
    clerk = scheduled.offices.get()
    assert (clerk.office, clerk.person, clerk.charge) == (Office.CLERK, ana, "Asesora")
    holding.take_office(scheduled, Office.CLERK, None)
    assert not scheduled.offices.exists()


def test_a_charge_that_nobody_knows_is_asked(scheduled):
    ana = arrive(scheduled, 1).person
    assert refusal(holding.take_office, scheduled, Office.CHAIR, ana) == [
        "Escriba el cargo de Ana1 MINAM 120: ninguna designación vigente ese día lo dice."
    ]


# --- Without quorum -------------------------------------------------------------------------

OPENING = (
    "Siendo las 10:00 a.m. del jueves 16 de enero de 2020, en primera convocatoria, se verificó la "
    "asistencia: se encontraba presente 1 de las 3 entidades miembros, y el quórum requerido es de "
    "2. Al no haber quórum, no se instaló la Sesión Ordinaria N° 120."
)


def test_without_quorum_the_session_fails_and_its_acta_opens_so(scheduled):
    assert holding.fail(scheduled, at=TEN, on=kit.DAY) == OPENING
    assert stored(scheduled) == (SessionState.FAILED, TEN)
    acta = Acta.objects.get(session=scheduled)
    assert (acta.opening, acta.version) == (OPENING, 2)


def test_the_opening_names_the_commission_and_the_second_call(scheduled):
    Letterhead.objects.create(commission=COMMISSION, acronym="CNLCTF")
    scheduled.call = 2
    arrive(scheduled, 1)
    scheduled.starts_at = None
    assert holding.failed_opening(scheduled) == (
        "El jueves 16 de enero de 2020, en segunda convocatoria, se verificó la asistencia: se "
        "encontraban presentes 2 de las 3 entidades miembros, y el quórum requerido es de 3. Al no "
        f"haber quórum, no se instaló la Sesión Ordinaria N° 120 de la {COMMISSION} (CNLCTF)."
    )


def test_what_a_person_wrote_in_the_acta_stays(scheduled):
    written = datetime.datetime(2020, 1, 16, tzinfo=datetime.UTC)
    Acta.objects.create(session=scheduled, opening="A mano.", edited_at=written)
    assert holding.fail(scheduled, at=TEN, on=kit.DAY) == OPENING
    acta = Acta.objects.get()
    assert (acta.opening, acta.version) == ("A mano.", 1)


def test_with_quorum_it_does_not_fail(scheduled):
    arrive(scheduled, 1)
    assert refusal(holding.fail, scheduled, at=TEN, on=kit.DAY) == [
        "A las 10:00 a.m. sí hay quórum: la sesión puede instalarse."
    ]


def test_quorum_lost_later_does_not_undo_the_session(scheduled):
    arrive(scheduled, 1, left_at=TEN)
    holding.install(scheduled, at=NINE, on=kit.DAY)
    assert refusal(holding.fail, scheduled, at=TEN, on=kit.DAY) == [
        "La sesión se instaló con quórum: no puede constar como sin él."
    ]


def test_with_agreements_it_does_not_fail(scheduled):
    kit.agreement(scheduled)
    assert refusal(holding.fail, scheduled, at=TEN, on=kit.DAY) == [
        "La sesión tiene acuerdos: no puede constar como sin quórum."
    ]


def test_a_failed_session_is_installed_when_they_come(scheduled):
    holding.fail(scheduled, at=NINE, on=kit.DAY)
    arrive(scheduled, 1, arrived_at=TEN)
    holding.install(scheduled, at=TEN, on=kit.DAY)
    assert stored(scheduled) == (SessionState.HELD, TEN)
