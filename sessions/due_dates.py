"""What the sentence of an agreement says of its term: days to take as the due date, and slips."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from cnlctf.lib.calendar import WEEKDAYS, day_month_year, long_date
from cnlctf.lib.prose_dates import dates_in
from cnlctf.lib.text import to_plain


@dataclass(frozen=True)
class DueDate:
    """A day that the text names; ``problem``, in Spanish, says what is wrong with its weekday."""

    day: datetime.date
    words: str
    problem: str


def due_dates(text: str, held_on: datetime.date | None) -> Iterator[DueDate]:
    """Each day named in the text once, from that of the session on: what is past is no term."""
    seen = set()
    for mention in dates_in(to_plain(text), near=held_on):
        if mention.day is None or mention.day in seen or (held_on and mention.day < held_on):
            continue
        seen.add(mention.day)
        problem = ""
        if mention.weekday is not None and mention.is_wrong:
            problem = (
                f"El {day_month_year(mention.day)} es {WEEKDAYS[mention.day.weekday()]}, "
                f"no {WEEKDAYS[mention.weekday]}."
            )
        yield DueDate(mention.day, long_date(mention.day), problem)
