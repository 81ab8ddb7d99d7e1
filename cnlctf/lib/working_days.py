"""Terms in working days: Monday to Friday without Peru's holidays, nor those that a norm adds.

TUO of Ley 27444, arts. 144 and 145 (DS 004-2019-JUS): a term in days means working days, the day of
the notice is not counted, and the last one is.
"""

from collections.abc import Container
from datetime import date, timedelta
from functools import cache

import holidays

SATURDAY = 5
MAX_DAYS = 366


@cache
def _holidays() -> holidays.HolidayBase:
    return holidays.country_holidays("PE", language="es")


def holiday_name(day: date) -> str:
    """«Combate de Angamos»; empty on any other day."""
    return _holidays().get(day, "")


def is_working(day: date, closed: Container[date] = ()) -> bool:
    """Whether the public administration works that day; ``closed`` are days that a norm added."""
    return day.weekday() < SATURDAY and day not in _holidays() and day not in closed


def after(day: date, days: int, closed: Container[date] = ()) -> date:
    """Return the last day of a term of ``days`` working days (1 to 366) notified on ``day``.

    Five after Monday 27/07/2020 is Wednesday 05/08/2020: 28 and 29 July are holidays. Raise
    ValueError for a term outside the range.
    """
    if not 1 <= days <= MAX_DAYS:
        raise ValueError(f"A term is of 1 to {MAX_DAYS} working days, not {days}")
    left = days
    while left:
        day += timedelta(days=1)
        left -= is_working(day, closed)
    return day


def between(first: date, last: date, closed: Container[date] = ()) -> int:
    """Return the working days after ``first`` up to ``last``; negative where ``last`` is before.

    As far as ``after`` reaches: a longer way is cut at 366 calendar days.
    """
    if last < first:
        return -between(last, first, closed)
    span = min((last - first).days, MAX_DAYS)
    return sum(is_working(first + timedelta(days=one), closed) for one in range(1, span + 1))
