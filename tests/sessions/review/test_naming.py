from datetime import date

import pytest

from sessions.review import naming
from tests.sessions.review.made import facts, marked, passage, said

SESSION = {"kind": "Ordinaria", "number": 121, "day": date(2020, 3, 19)}


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("Se dio inicio a la Sesión Ordinaria (SO) N° 121 de la Comisión.", []),
        ("Se dio inicio a la sesión.", []),
        ("Se instaló la SO N° 121, aprobada el acta de la SO N° 120.", []),
        ("Se instaló la sesión del jueves 19 de marzo, citada el 12 de marzo de 2020.", []),
        (
            "Se dio inicio a la Sesión Ordinaria (SO) N° 120 de la Comisión.",
            ["Dice «Ordinaria (SO) N° 120»; según los datos, la sesión es la N° 121."],
        ),
        (
            "Se dio inicio a la Sesión Extraordinaria N° 121.",
            ["Dice «Sesión Extraordinaria»; según los datos, la sesión es ordinaria."],
        ),
        (
            "Siendo el 16 de enero de 2020, se levantó.",
            ["Dice «16 de enero de 2020»; según los datos, la sesión fue el 19 de marzo de 2020."],
        ),
    ],
)
@pytest.mark.parametrize("place", ["opening", "closing"])
def test_the_sentences_name_their_session(place: str, text: str, messages: list[str]):
    other = {"opening": passage(""), "closing": passage("")} | {place: passage(text)}
    assert said(naming.another_session, facts(**SESSION, **other)) == messages


def test_what_is_marked():
    opening = passage("Se instaló la Sesión Ordinaria N° 120.")
    assert marked(naming.another_session, facts(**SESSION, opening=opening)) == ["Ordinaria N° 120"]


def test_nothing_to_compare_with():
    opening = passage("La Sesión Ordinaria N° 120, el 16 de enero de 2020.")
    unknown = {"kind": "", "number": None, "day": None}
    assert said(naming.another_session, facts(**unknown, opening=opening)) == []
