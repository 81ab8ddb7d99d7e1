"""Numbers, percentages and days as people type them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnlctf.lib import typed_values


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("30", "30"),
        (" 1 234,50 ", "1234.50"),
        ("1\N{NO-BREAK SPACE}234\N{NO-BREAK SPACE}567", "1234567"),
        ("1,234.50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("1,234", "1234"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("12,5", "12.5"),
        ("0,125", "0.125"),
        ("0.125", "0.125"),
        ("-3", "-3"),
        ("−3,5", "-3.5"),
        ("١٢", None),
        ("1.234", None),
        ("12,34,56", None),
        ("1.234,5.6", None),
        ("1 23", None),
        ("dos", None),
        ("", None),
        ("=2", None),
        ("1e5", None),
        ("9" * 500, None),
    ],
)
def test_number(text, number):
    if number is None:
        with pytest.raises(ValueError, match=r"no es un número|puede ser"):
            typed_values.number(text)
    else:
        assert typed_values.number(text) == Decimal(number)


def test_what_could_be_two_numbers_says_so():
    with pytest.raises(ValueError, match="entero con punto de millar o un decimal"):
        typed_values.number("1.234")


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_each_way_of_writing_gives_the_same(whole, cents):
    exact = Decimal(whole) + Decimal(cents) / 100
    peru = f"{exact:,.2f}"
    spain = peru.translate(str.maketrans(",.", ".,"))
    spaced = peru.replace(",", " ").replace(".", ",")
    assert {typed_values.number(one) for one in (peru, spain, spaced)} == {exact}


@pytest.mark.parametrize(
    ("text", "share"), [("26%", "26"), ("26 %", "26"), ("26,3\N{NO-BREAK SPACE}%", "26.3")]
)
def test_percentage(text, share):
    assert typed_values.percentage(text) == Decimal(share)


@pytest.mark.parametrize(
    "text",
    [
        "18/11/2019",
        "18-11-2019",
        "18.11.2019",
        " 18 / 11 / 2019 ",
        "2019-11-18",
        "2019-11-18T00:00:00",
        "18 de noviembre de 2019",
        "18 NOVIEMBRE 2019",
    ],
)
def test_day(text):
    assert typed_values.day(text) == date(2019, 11, 18)


def test_september_is_written_in_two_ways():
    assert typed_values.day("5 de setiembre de 2019") == date(2019, 9, 5)
    assert typed_values.day("5 de septiembre del 2019") == date(2019, 9, 5)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("31/02/2019", "no es un día del calendario"),
        ("11/18/2019", "no es un día del calendario"),
        ("noviembre", "no es una fecha"),
        ("18/11/19", "no es una fecha"),
        ("", "no es una fecha"),
    ],
)
def test_no_day(text, reason):
    with pytest.raises(ValueError, match=reason):
        typed_values.day(text)
