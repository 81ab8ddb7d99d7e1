"""Dates and times in the commission's Spanish: ``{{ session.date|long_date }}``.

Aware instants are shown in Lima's time; an empty value prints nothing.
"""

from collections.abc import Callable
from typing import Any

from django import template

from cnlctf.lib import calendar

register = template.Library()


def _register(name: str, write: Callable[[Any], str]) -> None:
    def spanish(value: Any) -> str:
        return "" if value in (None, "") else write(value)

    register.filter(name, spanish, expects_localtime=True)


_register("long_date", calendar.long_date)
_register("long_date_capitalised", calendar.long_date_capitalised)
_register("day_month_year", calendar.day_month_year)
_register("numeric_date", calendar.numeric_date)
_register("month_name", calendar.month_name)
_register("clock", calendar.clock)
