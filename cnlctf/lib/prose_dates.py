"""The dates and hours that a Spanish text names, and where they stand in it.

«jueves 23 de enero de 2020», «13/01/2020», «a las 11:25 a.m.», «las 15:05 horas». Reading takes
time proportional to the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from cnlctf.lib.calendar import MONTHS, WEEKDAYS
from cnlctf.lib.folding import fold


@dataclass(frozen=True)
class DateMention:
    """``words`` are ``text[start:end]``; ``day`` is None where the calendar has no such day.

    ``weekday`` counts from 0, Monday, and is None where the text names none.
    """

    start: int
    end: int
    words: str
    day: date | None
    weekday: int | None

    @property
    def is_wrong(self) -> bool:
        """Whether the weekday named is another than that of the date."""
        return None not in (self.day, self.weekday) and self.day.weekday() != self.weekday  # type: ignore[union-attr]


@dataclass(frozen=True)
class HourMention:
    """``times`` are all that the words may mean: «las 3:00» is two, «las 3:00 p.m.» is one."""

    start: int
    end: int
    words: str
    times: frozenset[time]


_WEEKDAY_NUMBER = {fold(name): number for number, name in enumerate(WEEKDAYS)}
_MONTH_NUMBER = {name: number for number, name in enumerate(MONTHS, 1)} | {"septiembre": 9}
_DATE = re.compile(
    rf"""
    \b(?:(?P<weekday>lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo),?\s{{1,3}})?
    (?:
        (?P<day>\d{{1,2}}|primero)(?:[°º]|ro\b)?\sde\s(?P<month>{"|".join(_MONTH_NUMBER)})\b
        (?:,?\sdel?(?:\sa[ñn]o)?\s(?P<year>\d{{4}})\b)?
      | (?P<dd>\d{{1,2}})(?P<sign>[/.-])(?P<mm>\d{{1,2}})(?P=sign)(?P<yyyy>\d{{4}})\b
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_HOUR = re.compile(
    r"""
    \b(?P<las>las?\s)?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})\b
    (?:\s?(?:(?P<half>[ap])\.?\s?m\b\.?|(?P<full>horas|hrs|hs|h)\b))?
    """,
    re.VERBOSE | re.IGNORECASE,
)


def dates_in(text: str, near: date | None = None) -> Iterator[DateMention]:
    """The dates of the text, in order.

    A date without a year counts only with its weekday and with ``near``: it is then the one
    nearest to that day, as in «jueves 23 de enero». «1 de febrero de cada año» is no date.
    """
    for match in _DATE.finditer(text):
        weekday = _WEEKDAY_NUMBER[fold(match["weekday"])] if match["weekday"] else None
        if match["yyyy"]:
            years, month, number = [int(match["yyyy"])], int(match["mm"]), int(match["dd"])
        else:
            month = _MONTH_NUMBER[match["month"].lower()]
            number = 1 if match["day"].lower() == "primero" else int(match["day"])
            if match["year"]:
                years = [int(match["year"])]
            elif near and weekday is not None:
                years = [near.year - 1, near.year, near.year + 1]
            else:
                continue
        days = [day for year in years if (day := _day(year, month, number))]
        nearest = min(days, key=lambda day: abs(day - near)) if near and days else None
        yield DateMention(
            match.start(),
            match.end(),
            match[0],
            nearest or (days[0] if days else None),
            weekday,
        )


def hours_in(text: str) -> Iterator[HourMention]:
    """The hours of the text, in order: with «a.m.», «p.m.» or «horas» after, or «las» before."""
    for match in _HOUR.finditer(text):
        if not (match["las"] or match["half"] or match["full"]):
            continue
        hour, minute = int(match["hour"]), int(match["minute"])
        if match["half"] and 1 <= hour <= 12:
            hours = {hour % 12 + (12 if match["half"].lower() == "p" else 0)}
        elif match["half"] or match["full"] or not 1 <= hour <= 11:
            hours = {hour}
        else:
            hours = {hour, hour + 12}
        if max(hours) < 24 and minute < 60:
            times = frozenset(time(hour, minute) for hour in hours)
            yield HourMention(match.start(), match.end(), match[0], times)


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None
