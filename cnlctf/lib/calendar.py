"""Today, and dates and times as the commission writes them, whatever the process locale."""

from datetime import date, datetime, time

from django.conf import settings
from django.utils import timezone

WEEKDAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
# "Setiembre", as Peru writes it.
MONTHS = (
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "setiembre",
    "octubre",
    "noviembre",
    "diciembre",
)


def today() -> date:
    """The day in Lima, unless ``settings.TODAY`` (ISO, from the environment) fixes another."""
    return date.fromisoformat(settings.TODAY) if settings.TODAY else timezone.localdate()


def now() -> datetime:
    """The instant, by the clock of Lima, on the day that ``today()`` tells."""
    return datetime.combine(today(), timezone.localtime().timetz())


def long_date(day: date) -> str:
    """``jueves 16 de enero de 2020``."""
    return f"{WEEKDAYS[day.weekday()]} {day_month_year(day)}"


def long_date_capitalised(day: date) -> str:
    """``Jueves 16 de enero de 2020``, for the start of a line."""
    return long_date(day).capitalize()


def day_month_year(day: date) -> str:
    """``16 de enero de 2020``."""
    return f"{day.day} de {MONTHS[day.month - 1]} de {day.year}"


def numeric_date(day: date) -> str:
    """``16/01/2020``."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def month_name(month: int) -> str:
    """``Enero`` for 1 to ``Diciembre`` for 12; ValueError for any other number."""
    if not 1 <= month <= 12:
        raise ValueError(f"no month {month}")
    return MONTHS[month - 1].capitalize()


def clock(moment: time) -> str:
    """``09:22 a.m.``, ``12:05 p.m.``; midnight is ``12:00 a.m.``."""
    return f"{(moment.hour - 1) % 12 + 1:02}:{moment.minute:02} {'ap'[moment.hour >= 12]}.m."
