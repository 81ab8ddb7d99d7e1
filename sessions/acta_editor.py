"""The acta as it is written: what each section of the editor's page shows."""

from collections.abc import Iterable
from typing import Any

from django.db.models import prefetch_related_objects
from django.template.loader import render_to_string

from members.models import Entity
from sessions.acta_document import Rows
from sessions.block_html import block_html
from sessions.blocks import Kind
from sessions.choices import Adoption, PetitionOrigin
from sessions.due_dates import DueDate, due_dates
from sessions.models import Acta, StandardPhrase
from sessions.models.versioned import Versioned


def sections(acta: Acta, rows: Rows, headings: Iterable[str]) -> dict[str, Any]:
    """The rows of every section that people write, in a number of queries that does not grow.

    ``headings`` are those of the two groups of petitions.
    """
    prefetch_related_objects(rows.agreements, "responsibles")
    groups = zip(PetitionOrigin.values, headings, strict=True)
    return {
        "reports": rows.reports,
        "sector_reports": rows.sector_reports,
        "petition_groups": [
            (origin, heading, f"pedido-{place}-", [p for p in rows.petitions if p.origin == origin])
            for place, (origin, heading) in enumerate(groups, 1)
        ],
        "agenda": rows.agenda,
        "agreements": rows.agreements,
        "phrases": StandardPhrase.objects.all(),
        "speakers": acta.session.attendances.select_related("person", "entity"),
        "entities": Entity.objects.all(),
        "adoptions": Adoption.choices,
    }


def added_block(kind: Kind, row: Versioned, acta: Acta) -> str:
    """A block as the page shows it, for a script to put in its place."""
    if kind.slug == "acuerdo":
        return render_to_string("sessions/editor/_acuerdo.html", {"row": row, "acta": acta})
    return block_html(kind, row)


def due_dates_of(acta: Acta, text: str) -> list[DueDate]:
    return list(due_dates(text, acta.session.held_on))
