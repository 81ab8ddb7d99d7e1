"""The acta as it is written: what each section of the editor's page shows."""

from collections.abc import Iterable
from typing import Any

from cnlctf.lib.text import inline_html, is_literal, to_html
from members.models import Entity
from sessions.blocks import Text
from sessions.choices import Adoption, PetitionOrigin
from sessions.due_dates import DueDate, due_dates
from sessions.models import Acta, StandardPhrase


def sections(acta: Acta, headings: Iterable[str]) -> dict[str, Any]:
    """The rows of every section that people write, in a number of queries that does not grow.

    ``headings`` are those of the two groups of petitions.
    """
    session = acta.session
    petitions = list(acta.petitions.prefetch_related("items"))
    return {
        "reports": acta.reports.all(),
        "sector_reports": acta.sector_reports.select_related("speaker"),
        "petition_groups": [
            (origin, heading, [petition for petition in petitions if petition.origin == origin])
            for origin, heading in zip(PetitionOrigin.values, headings, strict=True)
        ],
        "agenda": session.agenda_items.accepted().prefetch_related("interventions"),
        "agreements": session.agreements.order_by("number").prefetch_related("responsibles"),
        "phrases": StandardPhrase.objects.all(),
        **choices(acta),
    }


def choices(acta: Acta) -> dict[str, Any]:
    """What the fields beside the texts offer, read only where a block has them."""
    return {
        "speakers": acta.session.attendances.select_related("person", "entity"),
        "points": acta.session.agenda_items.accepted(),
        "entities": Entity.objects.all(),
        "adoptions": Adoption.choices,
    }


def html_of(text: Text, source: str) -> str | None:
    """The text as shown; None for one without marks, which is shown as it is."""
    if is_literal(source):
        return None
    return inline_html(source) if text.is_title else to_html(source)


def due_dates_of(acta: Acta, text: str) -> list[DueDate]:
    return list(due_dates(text, acta.session.held_on))
