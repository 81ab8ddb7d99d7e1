from datetime import date

from sessions.due_dates import DueDate, due_dates

HELD = date(2020, 1, 16)


def test_a_term_in_a_sentence():
    """Seed L153 and L171."""
    text = "a fin de que envíen sus ajustes hasta el día **jueves 23 de enero de 2020**."
    assert list(due_dates(text, HELD)) == [
        DueDate(date(2020, 1, 23), "jueves 23 de enero de 2020", "")
    ]


def test_a_weekday_of_another_date():
    assert list(due_dates("hasta el lunes 23 de enero de 2020", HELD)) == [
        DueDate(
            date(2020, 1, 23),
            "jueves 23 de enero de 2020",
            "El 23 de enero de 2020 es jueves, no lunes.",
        )
    ]


def test_what_is_past_or_no_day_is_no_term():
    assert list(due_dates("Del 15/01/2020 al 31 de febrero de 2020.", HELD)) == []


def test_each_day_once():
    text = "el 23 de enero de 2020, es decir, el 23/01/2020"
    assert [found.day for found in due_dates(text, HELD)] == [date(2020, 1, 23)]


def test_without_a_session_day_any_day_counts():
    assert [found.day for found in due_dates("el 15/01/1999", None)] == [date(1999, 1, 15)]
