"""The blocks of the acta's editor in its templates."""

import json
from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString, mark_safe

from sessions.acta_data import ActaDocument
from sessions.acta_editor import due_dates_of
from sessions.block_html import block_html, text_html
from sessions.blocks import KINDS
from sessions.models import Acta, Agreement
from sessions.models.versioned import Versioned

register = template.Library()


@register.simple_tag
def block_text(row: Versioned, slug: str, field: str) -> SafeString:
    """A text to click and write in: the one that ``field`` names."""
    return text_html(KINDS[slug], row, field)


@register.simple_tag
def block_list(
    rows: Iterable[Versioned], slug: str, anchor: str, prefix: str | None = ""
) -> SafeString:
    """The blocks of a list, numbered from 1 after ``prefix``; without numbers where it is None."""
    blocks = (
        block_html(
            KINDS[slug], row, "" if prefix is None else f"{prefix}{place}.", f"{anchor}{place}"
        )
        for place, row in enumerate(rows, 1)
    )
    return mark_safe("".join(blocks))  # noqa: S308  (each comes from format_html)


@register.simple_tag
def due_dates(acta: Acta, agreement: Agreement) -> list:
    return due_dates_of(acta, agreement.text)


@register.simple_tag
def printed_adoption(document: ActaDocument, place: int) -> str:
    """What is printed after the agreement in that place, from 1."""
    return document.agreements[place - 1].adoption


@register.filter
def details_json(agreement: Agreement) -> str:
    """What an agreement is followed up by, for the fields that a script makes when wanted."""
    kind = KINDS["acuerdo"]
    values = kind.values(agreement)
    return json.dumps({name: values[name] for name in kind.details}, ensure_ascii=False)
