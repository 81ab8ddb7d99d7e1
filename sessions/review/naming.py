"""Whether the acta's set sentences name its session, or what that was before it was changed."""

import re
from collections.abc import Iterator

from cnlctf.lib.calendar import day_month_year
from cnlctf.lib.folding import fold
from cnlctf.lib.prose_dates import dates_in
from sessions.review.facts import Facts, Passage
from sessions.review.finding import Remark, excerpt

KIND = re.compile(r"\bsesi[oó]n\s+(ordinaria|extraordinaria)\b", re.IGNORECASE)
NUMBER = re.compile(
    r"\b(?:S[OE]|ordinaria|extraordinaria)\b(?:\s*\(?S[OE]\))?\s*N\s?[°º]\s*(\d{1,9})\b",
    re.IGNORECASE,
)
REMEDY = "Ponga en la oración lo que dicen los datos de la sesión, o corrija los datos."


def another_session(facts: Facts) -> Iterator[Remark]:
    """A sentence that names some number, kind or day, and none of them is the session's."""
    for passage in (facts.opening, facts.closing):
        text = passage.whole
        kinds = list(KIND.finditer(text))
        if facts.kind and kinds and all(fold(found[1]) != fold(facts.kind) for found in kinds):
            yield _remark(passage, *kinds[0].span(), f"la sesión es {facts.kind.lower()}", facts)
        numbers = list(NUMBER.finditer(text))
        if facts.number and numbers and all(int(found[1]) != facts.number for found in numbers):
            yield _remark(passage, *numbers[0].span(), f"la sesión es la N° {facts.number}", facts)
        days = [mention for mention in dates_in(text, facts.day) if mention.day]
        if facts.day and days and all(mention.day != facts.day for mention in days):
            said = f"la sesión fue el {day_month_year(facts.day)}"
            yield _remark(passage, days[0].start, days[0].end, said, facts)


def _remark(passage: Passage, start: int, end: int, said: str, facts: Facts) -> Remark:
    text = passage.whole
    return Remark(
        passage.block,
        f"Dice «{text[start:end]}»; según los datos, {said}.",
        REMEDY,
        f"{text}\n{facts.kind} {facts.number} {facts.day}",
        excerpt(text, start, end),
    )
