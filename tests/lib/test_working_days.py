"""Terms in working days, with the holidays of Peru."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnlctf.lib.working_days import after, between, holiday_name, is_working

MONDAY = date(2020, 7, 27)
days = st.dates(date(2007, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2020, 1, 16), True),
        (date(2020, 1, 18), False),
        (date(2020, 1, 19), False),
        (date(2020, 4, 10), False),  # Good Friday
        (date(2020, 10, 8), False),  # Angamos
        (date(2026, 12, 9), False),  # Ayacucho, a holiday since 2022
        (date(2020, 12, 9), True),
    ],
)
def test_a_day_is_working_or_not(day, working):
    assert is_working(day) is working


def test_a_norm_may_close_another_day():
    assert not is_working(MONDAY, {MONDAY})


@pytest.mark.parametrize(
    ("days", "last"), [(1, date(2020, 7, 30)), (2, date(2020, 7, 31)), (5, date(2020, 8, 5))]
)
def test_a_term_skips_national_day_and_the_weekend(days, last):
    assert after(MONDAY, days) == last


def test_a_closed_day_puts_a_term_off():
    assert after(MONDAY, 1, {date(2020, 7, 30)}) == date(2020, 7, 31)


@pytest.mark.parametrize("days", [0, -1, 367])
def test_a_term_is_of_a_day_to_a_year(days):
    with pytest.raises(ValueError, match="1 to 366"):
        after(MONDAY, days)


@given(days, st.integers(1, 60))
def test_a_term_ends_on_a_working_day_so_many_after(day, length):
    last = after(day, length)
    assert is_working(last)
    assert between(day, last) == length
    assert between(last, day) == -length


@given(days)
def test_no_working_days_pass_within_a_day(day):
    assert between(day, day) == 0
    assert between(day, day + timedelta(days=1)) == is_working(day + timedelta(days=1))


def test_a_holiday_has_a_name():
    assert holiday_name(date(2020, 10, 8)) == "Combate de Angamos"
    assert holiday_name(MONDAY) == ""
