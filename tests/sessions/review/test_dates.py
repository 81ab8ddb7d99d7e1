from datetime import date, time

import pytest

from sessions.review import dates
from tests.sessions.review.made import agreement, facts, marked, passage, petition, said


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("El jueves 16 de enero de 2020.", []),
        ("El viernes 16 de enero de 2020.", ["El 16 de enero de 2020 cae jueves, no viernes."]),
        ("El viernes 16 de enero.", ["El 16 de enero de 2020 cae jueves, no viernes."]),
        ("El 16 de enero de 2020.", []),
    ],
)
def test_weekday(text, messages):
    assert said(dates.wrong_weekdays, facts(passage(text))) == messages


def test_a_day_that_does_not_exist():
    acta = facts(passage("Desde el 30 de junio hasta el 31 de junio de 2020."))
    assert said(dates.impossible_dates, acta) == [
        "«31 de junio de 2020» no existe en el calendario."
    ]


@pytest.mark.parametrize(
    ("place", "text", "messages"),
    [
        ("closing", "Siendo las 11:25 a.m., se levantó.", []),
        ("closing", "Se levantó la sesión.", []),
        ("closing", "Siendo las 11:25 horas de hoy, iniciada a las 09:22 a.m.", []),
        (
            "closing",
            "Siendo las 11:52 a.m., se levantó.",
            [
                "Dice «las 11:52 a.m.»; según los datos, la sesión terminó a las 11:25 a.m.",
            ],
        ),
        (
            "opening",
            "Siendo las 9:20 a.m., se instaló.",
            ["Dice «las 9:20 a.m.»; según los datos, la sesión empezó a las 09:22 a.m."],
        ),
    ],
)
def test_hours(place, text, messages):
    assert said(dates.wrong_hours, facts(**{place: passage(text)})) == messages


def test_no_hour_to_compare_with():
    closing = passage("Siendo las 11:52 a.m., se levantó.")
    assert said(dates.wrong_hours, facts(closing=closing, ends_at=None)) == []


def test_seconds_are_not_compared():
    assert said(dates.wrong_hours, facts(ends_at=time(11, 25, 40))) == []


# --- Deadlines ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "messages"),
    [
        ({"due_on": date(2020, 1, 23)}, []),
        ({"due_on": None, "session_on": date(2020, 1, 23)}, []),
        (
            {"due_on": None},
            ["El texto dice «jueves 23 de enero de 2020», y el acuerdo no tiene plazo registrado."],
        ),
        (
            {"due_on": date(2020, 1, 30)},
            [
                (
                    "El texto dice «jueves 23 de enero de 2020», y el plazo registrado es el 30 de "
                    "enero de 2020."
                )
            ],
        ),
    ],
)
def test_a_deadline_in_prose(fields, messages):
    row = agreement("Enviar hasta el jueves 23 de enero de 2020.", **fields)
    assert said(dates.unrecorded_deadlines, facts(agreements=(row,))) == messages


@pytest.mark.parametrize(
    "text", ["Aprobar el acta del 9 de enero de 2020.", "Aprobar el 1 de febrero de cada año."]
)
def test_no_deadline_in_prose(text):
    row = agreement(text, due_on=None)
    assert said(dates.unrecorded_deadlines, facts(agreements=(row,))) == []


LATE = "Pide información o un envío, y no dice para cuándo."


@pytest.mark.parametrize(
    ("texts", "messages"),
    [
        (["Se enviará un oficio con el requerimiento:", "Acciones de 2019."], [LATE]),
        (
            ["Se enviará un oficio:", "Acciones realizadas durante el año 2018 y 2019."],
            [f"{LATE} Además, pide información de 2018."],
        ),
        (["Se solicita el informe.", "Hasta el 31 de enero de 2020."], []),
        (["Se solicita el informe antes de la próxima sesión."], []),
        (["Se agradece a los sectores."], []),
        (["No se formularon pedidos."], []),
    ],
)
def test_a_petition(texts, messages):
    acta = facts(petitions=(petition(*texts),))
    assert said(dates.petitions_without_deadline, acta) == messages
    assert marked(dates.petitions_without_deadline, acta) == [""] * len(messages)
