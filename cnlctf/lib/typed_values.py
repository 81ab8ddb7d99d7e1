"""Numbers, percentages and days as people type them into a cell.

Peru writes 1,234.50; the Spanish of other countries 1.234,50 or 1 234,50. What could be two numbers
is none: «1.234» is refused, saying so.
"""

import re
from datetime import date
from decimal import Decimal

from cnlctf.lib.calendar import MONTHS
from cnlctf.lib.folding import fold

_SPACES = "[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]"
_NUMBER = re.compile(r"[-−]?[0-9]+(?:[.,][0-9]+)*")
_GROUPED = re.compile(rf"[-−]?[0-9]{{1,3}}(?:{_SPACES}[0-9]{{3}})+(?:[.,][0-9]+)?")
_DAY = re.compile(r"([0-9]{1,2})\s*[-/.]\s*([0-9]{1,2})\s*[-/.]\s*([0-9]{4})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[t ].*)?")
_WORDED = re.compile(r"([0-9]{1,2})\s+(?:de\s+)?([a-z]+)\s+(?:(?:de|del)\s+)?([0-9]{4})")
_MONTHS = {month: number for number, month in enumerate(MONTHS, 1)} | {"septiembre": 9}
MAX_DIGITS = 20


def number(text: str) -> Decimal:
    """Return ``text`` as a number: «1,234.50», «1.234,50», «1 234,50», «12,5».

    ValueError, with the reason in Spanish, where it is none or could be two.
    """
    words = text.strip()
    if len(words) > 2 * MAX_DIGITS or not (_NUMBER.fullmatch(words) or _GROUPED.fullmatch(words)):
        raise ValueError("no es un número")
    digits = re.sub(_SPACES, "", words).replace("−", "-")
    dots, commas = digits.count("."), digits.count(",")
    if dots and commas:
        # The last sign is the decimal one.
        decimal = max(".,", key=digits.rfind)
        thousands = "," if decimal == "." else "."
        whole, _, rest = digits.partition(decimal)
        if digits.count(decimal) > 1 or not _well_grouped(whole, thousands):
            raise ValueError("no es un número")
        return Decimal(f"{whole.replace(thousands, '')}.{rest}")
    if dots + commas > 1:
        sign = "." if dots else ","
        if not _well_grouped(digits, sign):
            raise ValueError("no es un número")
        return Decimal(digits.replace(sign, ""))
    if dots and re.fullmatch(r"-?[1-9][0-9]{0,2}\.[0-9]{3}", digits) and digits == words:
        raise ValueError("puede ser un entero con punto de millar o un decimal")
    if commas and re.fullmatch(r"-?[1-9][0-9]{0,2},[0-9]{3}", digits) and digits == words:
        return Decimal(digits.replace(",", ""))
    return Decimal(digits.replace(",", "."))


def _well_grouped(whole: str, sign: str) -> bool:
    first, *groups = whole.lstrip("-").split(sign)
    return 1 <= len(first) <= 3 and all(len(group) == 3 for group in groups)


def percentage(text: str) -> Decimal:
    """Return «26 %» or «26,3%» as 26 or 26.3; ValueError, in Spanish, where it is none."""
    return number(text.strip().removesuffix("%").strip())


def day(text: str) -> date:
    """Return «18/11/2019», «18.11.2019», «2019-11-18» or «18 de noviembre de 2019».

    The day goes before the month, as in Peru. ValueError, in Spanish, where it is no date.
    """
    words = (fold(text) or "").strip()[:60]
    if match := _DAY.fullmatch(words):
        of_month, month, year = map(int, match.groups())
    elif match := _ISO.fullmatch(words):
        year, month, of_month = map(int, match.groups())
    elif (match := _WORDED.fullmatch(words)) and match[2] in _MONTHS:
        of_month, month, year = int(match[1]), _MONTHS[match[2]], int(match[3])
    else:
        raise ValueError("no es una fecha (día/mes/año)")
    try:
        return date(year, month, of_month)
    except ValueError:
        raise ValueError("no es un día del calendario") from None
