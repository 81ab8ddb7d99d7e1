"""Rules on the dates and hours that the texts name."""

import re
from collections.abc import Iterator

from cnlctf.lib.calendar import WEEKDAYS, clock, day_month_year
from cnlctf.lib.prose_dates import DateMention, dates_in, hours_in
from sessions.review.facts import Agreement, Facts, Passage
from sessions.review.finding import Remark, beginning, excerpt

ASKS = re.compile(r"\b(?:requerimiento|requ(?:ier|eri)|solicit|remit|envi[aáeéoó])", re.IGNORECASE)
SAYS_WHEN = re.compile(
    r"\b(?:plazo|a más tardar|hasta el|antes del?|días (?:hábiles|calendario)|próxima sesión|"
    r"siguiente sesión)\b",
    re.IGNORECASE,
)
YEAR_ASKED = re.compile(r"\baños?\s+(\d{4})\b", re.IGNORECASE)


def wrong_weekdays(facts: Facts) -> Iterator[Remark]:
    for passage, paragraph, mention in _dates(facts):
        if mention.day and mention.is_wrong:
            named, real = WEEKDAYS[mention.weekday or 0], WEEKDAYS[mention.day.weekday()]
            yield Remark(
                passage.block,
                f"El {day_month_year(mention.day)} cae {real}, no {named}.",
                "Corrija el día de la semana o la fecha.",
                paragraph,
                excerpt(paragraph, mention.start, mention.end),
            )


def impossible_dates(facts: Facts) -> Iterator[Remark]:
    for passage, paragraph, mention in _dates(facts):
        if mention.day is None:
            yield Remark(
                passage.block,
                f"«{mention.words}» no existe en el calendario.",
                "Corrija la fecha.",
                paragraph,
                excerpt(paragraph, mention.start, mention.end),
            )


def _dates(facts: Facts) -> Iterator[tuple[Passage, str, DateMention]]:
    for passage in facts.passages:
        for paragraph in passage.paragraphs:
            for mention in dates_in(paragraph, facts.day):
                yield passage, paragraph, mention


def wrong_hours(facts: Facts) -> Iterator[Remark]:
    """The opening and the closing name hours, and none of them is the session's."""
    for passage, what, moment in (
        (facts.opening, "empezó", facts.starts_at),
        (facts.closing, "terminó", facts.ends_at),
    ):
        hours = list(hours_in(passage.whole))
        if moment is None or not hours:
            continue
        to_the_minute = moment.replace(second=0, microsecond=0)
        if not any(to_the_minute in hour.times for hour in hours):
            yield Remark(
                passage.block,
                f"Dice «{hours[0].words}»; según los datos, la sesión {what} a las {clock(moment)}",
                "Ponga la misma hora en los dos sitios.",
                f"{passage.whole}\n{moment:%H:%M}",
                excerpt(passage.whole, hours[0].start, hours[0].end),
            )


def petitions_without_deadline(facts: Facts) -> Iterator[Remark]:
    for petition in facts.petitions:
        text = "\n".join(passage.whole for passage in petition.passages)
        if not ASKS.search(text) or SAYS_WHEN.search(text) or any(dates_in(text, facts.day)):
            continue
        years = [int(year) for year in YEAR_ASKED.findall(text)]
        late = (
            f" Además, pide información de {min(years)}."
            if facts.day and years and min(years) < facts.day.year - 1
            else ""
        )
        yield Remark(
            petition.block,
            f"Pide información o un envío, y no dice para cuándo.{late}",
            "Añada una fecha: sin ella no hay qué recordar.",
            text,
            beginning(petition.passages[0].whole),
        )


def unrecorded_deadlines(facts: Facts) -> Iterator[Remark]:
    for agreement in facts.agreements:
        text = agreement.passage.whole
        dates = deadlines(agreement, facts)
        recorded = {agreement.due_on, agreement.session_on}
        if not dates or any(mention.day in recorded for mention in dates):
            continue
        first = dates[0]
        due_on = agreement.due_on
        yield Remark(
            agreement.block,
            f"El texto dice «{first.words}», y el plazo registrado es el {day_month_year(due_on)}."
            if due_on
            else f"El texto dice «{first.words}», y el acuerdo no tiene plazo registrado.",
            "Deje la misma fecha en el texto y en el plazo."
            if due_on
            else "Regístrela como plazo, para que se le haga seguimiento.",
            f"{text}\n{due_on}",
            excerpt(text, first.start, first.end),
        )


def deadlines(agreement: Agreement, facts: Facts) -> list[DateMention]:
    """The days to come that the text of an agreement names."""
    return [
        mention
        for mention in dates_in(agreement.passage.whole, facts.day)
        if mention.day and facts.day and mention.day > facts.day
    ]
