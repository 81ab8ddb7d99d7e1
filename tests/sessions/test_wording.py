import datetime

import pytest

from sessions.models import Session
from sessions.wording import adapted, first_closing, first_opening

BEFORE = Session(kind="SO", number=120, held_on=datetime.date(2020, 1, 16))


@pytest.mark.parametrize(
    ("session", "text", "expected"),
    [
        (
            Session(kind="SO", number=121, held_on=datetime.date(2020, 3, 19)),
            "El 16 de enero de 2020 se instala la Sesión Ordinaria (SO) N° 120; 120 asistentes.",
            "El 19 de marzo de 2020 se instala la Sesión Ordinaria (SO) N° 121; 120 asistentes.",
        ),
        (
            Session(kind="SE", number=4, held_on=datetime.date(2020, 3, 19)),
            "Se instala la Sesión Ordinaria (SO) N° 120: una sesión ordinaria más.",
            "Se instala la Sesión Extraordinaria (SE) N° 4: una sesión extraordinaria más.",
        ),
        (
            Session(kind="SO", number=121, held_on=datetime.date(2020, 3, 19)),
            "En Lima, siendo las 11:25 a.m., se levantó la Sesión Ordinaria.",
            "En Lima, siendo las [hora], se levantó la Sesión Ordinaria.",
        ),
        (Session(kind="SO", number=121), "SO N° 1200 de 2020", "SO N° 1200 de 2020"),
    ],
)
def test_a_sentence_of_the_last_acta_says_what_the_new_session_is(session, text, expected):
    assert adapted(text, BEFORE, session) == expected


def test_the_sentences_of_the_first_acta():
    session = Session(kind="SE", number=1)
    assert first_opening(session, chair="el Presidente alterno", commission="Comisión Uno") == (
        "Verificada la asistencia y el quórum requerido para la instalación de la Sesión "
        "Extraordinaria, el Presidente alterno dio inicio a la Sesión Extraordinaria (SE) N° 1 de "
        "la Comisión Uno."
    )
    assert first_closing(session, place="Lima") == (
        "En Lima, siendo las [hora], se levantó la Sesión Extraordinaria y en señal de conformidad "
        "se procedió a la suscripción del Acta, extendiéndose copia simple a cada representante."
    )


def test_without_a_letterhead_nothing_is_made_up():
    session = Session(kind="SO", number=1)
    assert first_opening(session, chair="la Presidencia", commission="").endswith(" (SO) N° 1.")
    assert first_closing(session, place="").startswith("Siendo las [hora], ")
