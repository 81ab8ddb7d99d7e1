import locale
from datetime import UTC, date, datetime, time

import pytest
from django.template import Context, Template
from django.utils import timezone

from cnlctf.lib import calendar

DAY = date(2020, 1, 16)


def test_dates_in_words():
    assert calendar.long_date(DAY) == "jueves 16 de enero de 2020"
    assert calendar.long_date_capitalised(DAY) == "Jueves 16 de enero de 2020"
    assert calendar.day_month_year(date(2019, 9, 1)) == "1 de setiembre de 2019"
    assert calendar.long_date(date(2020, 1, 18)) == "sábado 18 de enero de 2020"
    assert calendar.numeric_date(date(2020, 3, 5)) == "05/03/2020"


def test_month_names():
    assert [calendar.month_name(month) for month in (1, 9, 12)] == [
        "Enero",
        "Setiembre",
        "Diciembre",
    ]
    for month in (0, 13, -1):
        with pytest.raises(ValueError, match="no month"):
            calendar.month_name(month)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (time(9, 22), "09:22 a.m."),
        (time(11, 25), "11:25 a.m."),
        (time(12, 5), "12:05 p.m."),
        (time(14, 10), "02:10 p.m."),
        (time(23, 59), "11:59 p.m."),
        (time(0, 0), "12:00 a.m."),
    ],
)
def test_clock(moment, words):
    assert calendar.clock(moment) == words


def test_the_process_locale_changes_nothing():
    before = locale.setlocale(locale.LC_ALL)
    try:
        locale.setlocale(locale.LC_ALL, "C")
        assert calendar.long_date(DAY) == "jueves 16 de enero de 2020"
    finally:
        locale.setlocale(locale.LC_ALL, before)


def test_today_is_limas_unless_fixed(settings, monkeypatch):
    # Half past one in Greenwich is still the evening before in Lima.
    instant = datetime(2020, 1, 17, 1, 30, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: instant)
    settings.TODAY = ""
    assert calendar.today() == DAY
    settings.TODAY = "2020-02-29"
    assert calendar.today() == date(2020, 2, 29)


def test_filters():
    template = Template(
        "{% load spanish %}{{ d|long_date }}|{{ d|long_date_capitalised }}|{{ d|day_month_year }}|"
        "{{ d|numeric_date }}|{{ d.month|month_name }}|{{ t|clock }}|{{ none|long_date }}|"
        "{{ instant|numeric_date }} {{ instant|clock }}"
    )
    context = {
        "d": DAY,
        "t": time(9, 22),
        "none": None,
        "instant": datetime(2020, 1, 17, 1, 30, tzinfo=UTC),
    }
    assert template.render(Context(context)) == (
        "jueves 16 de enero de 2020|Jueves 16 de enero de 2020|16 de enero de 2020|"
        "16/01/2020|Enero|09:22 a.m.||16/01/2020 08:30 p.m."
    )
