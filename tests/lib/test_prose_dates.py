from datetime import date, time

import pytest

from cnlctf.lib.prose_dates import dates_in, hours_in

NEAR = date(2020, 1, 16)


@pytest.mark.parametrize(
    ("text", "words", "day", "is_wrong"),
    [
        ("hasta el día jueves 23 de enero de 2020.", "jueves 23 de enero de 2020", (1, 23), False),
        ("el viernes 23 de enero de 2020", "viernes 23 de enero de 2020", (1, 23), True),
        ("Miercoles, 22 de Enero del 2020", "Miercoles, 22 de Enero del 2020", (1, 22), False),
        ("sábado 1° de febrero del año 2020", "sábado 1° de febrero del año 2020", (2, 1), False),
        ("el primero de febrero de 2020", "primero de febrero de 2020", (2, 1), False),
        ("un correo (13/01/2020)", "13/01/2020", (1, 13), False),
        ("jueves 13.01.2020", "jueves 13.01.2020", (1, 13), True),
        ("el 19 de septiembre de 2020", "19 de septiembre de 2020", (9, 19), False),
        ("el lunes 20 de enero", "lunes 20 de enero", (1, 20), False),
    ],
)
def test_a_date(text, words, day, is_wrong):
    [found] = dates_in(text, NEAR)
    assert (found.words, found.day, found.is_wrong) == (words, date(2020, *day), is_wrong)
    assert text[found.start : found.end] == words


def test_a_date_without_a_year_is_the_nearest():
    assert [mention.day for mention in dates_in("lunes 30 de diciembre", NEAR)] == [
        date(2019, 12, 30)
    ]
    assert list(dates_in("lunes 30 de diciembre")) == []


@pytest.mark.parametrize(
    "text",
    [
        "el 1 de febrero de cada año",
        "el 23 de enero",
        "en enero de 2020",
        "el III Plan 2019-2022",
        "Resolución 061-2017-TR",
        "los puntos 1.2.3",
    ],
)
def test_no_date(text):
    assert list(dates_in(text, NEAR)) == []


@pytest.mark.parametrize("text", ["31 de junio de 2020", "lunes 30/02/2020", "1/13/2020"])
def test_a_day_that_does_not_exist(text):
    [found] = dates_in(text, NEAR)
    assert (found.words, found.day, found.is_wrong) == (text, None, False)


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("siendo las 11:25 a.m., se levantó", {time(11, 25)}),
        ("a las 3:05 pm", {time(15, 5)}),
        ("a las 12.10 p. m.", {time(12, 10)}),
        ("a las 12:10 a.m.", {time(0, 10)}),
        ("siendo las 15:05 horas", {time(15, 5)}),
        ("siendo las 3:05", {time(3, 5), time(15, 5)}),
        ("a las 15:05", {time(15, 5)}),
    ],
)
def test_an_hour(text, times):
    [found] = hours_in(text)
    assert found.times == times


@pytest.mark.parametrize("text", ["el punto 4.12", "las 25:10", "las 10:75 a.m.", "en 11:25"])
def test_no_hour(text):
    assert list(hours_in(text)) == []
