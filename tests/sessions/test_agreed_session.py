import datetime

import pytest

from sessions.agreed_session import AgreedSession, agreed_session
from sessions.choices import SessionKind
from tests.sessions import kit

ORDINARY, EXTRAORDINARY = SessionKind.ORDINARY, SessionKind.EXTRAORDINARY


@pytest.mark.parametrize(
    ("text", "kind", "day"),
    [
        (
            "Aprobar que la Sesión Ordinaria N° 121 se realizará el jueves 19 de marzo de 2020.",
            ORDINARY,
            (2020, 3, 19),
        ),
        (
            (
                "La próxima sesión extraordinaria se llevará a cabo, a las 9:00 a.m., el 3 de "
                "septiembre del año 2020."
            ),
            EXTRAORDINARY,
            (2020, 9, 3),
        ),
        ("Que la SE N° 4 se celebre el 20/01/2020.", EXTRAORDINARY, (2020, 1, 20)),
        ("La sesion siguiente se programa para el 5 de mayo de 2020", ORDINARY, (2020, 5, 5)),
    ],
)
def test_an_agreement_fixes_a_session(text, kind, day):
    assert agreed_session(text) == AgreedSession(kind, datetime.date(*day))


@pytest.mark.parametrize(
    "text",
    [
        "Aprobar el Plan, por lo que se enviará hasta el día jueves 23 de enero de 2020.",
        "Enviar la propuesta con anticipación a la próxima sesión de la CNLCTF.",
        "En la sesión se aprobó el acta. Los talleres se realizarán el 5 de mayo de 2020.",
        "La sesión se realizará el 31 de abril de 2020.",
        "Los talleres en que se insiste se realizarán el 5 de mayo de 2020.",
        "",
        "sesión " * 30_000,
    ],
)
def test_other_agreements_fix_none(text):
    assert agreed_session(text) is None


@pytest.mark.django_db
def test_an_agreement_has_a_session_to_schedule_until_there_is_one():
    fixing = kit.agreement(
        kit.session(120), 1, text="La **sesión** se realizará el 19 de marzo de 2020."
    )
    day = datetime.date(2020, 3, 19)
    assert fixing.session_to_schedule == AgreedSession(ORDINARY, day)
    kit.session(121, agreed_in=fixing)
    fixing.refresh_from_db()
    assert fixing.session_to_schedule is None
