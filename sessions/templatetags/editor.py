"""The blocks of the acta's editor in its templates."""

from typing import Any

from django import template

from sessions.acta_editor import due_dates_of, html_of
from sessions.blocks import KINDS
from sessions.models import Acta, Agreement
from sessions.models.versioned import Versioned

register = template.Library()


@register.inclusion_tag("sessions/editor/_text.html")
def block_text(acta: Acta, row: Versioned, slug: str, field: str) -> dict[str, Any]:
    """A text to click and write in: the one that ``field`` names."""
    kind = KINDS[slug]
    text = next(text for text in kind.texts if text.field == field)
    source = getattr(row, field)
    return {
        "acta": acta,
        "kind": kind,
        "row": row,
        "text": text,
        "is_first": field == kind.texts[0].field,
        "source": source,
        "html": html_of(text, source),
    }


@register.simple_tag
def due_dates(acta: Acta, agreement: Agreement) -> list:
    return due_dates_of(acta, agreement.text)


@register.filter
def responsible_pks(agreement: Agreement) -> set[int]:
    return {entity.pk for entity in agreement.responsibles.all()}
