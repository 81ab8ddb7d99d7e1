"""The blocks of the editor's page: in strings, since an acta has hundreds of them.

A template for each takes ten times as long. The text travels once, as it is written: a script
shows it as it will be printed, and without one it reads as in the form that changes it.
"""

from functools import cache
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

from sessions.blocks import KINDS, Kind
from sessions.models import Petition
from sessions.models.versioned import Versioned

# What is the same in all blocks of a kind is put in once; the braces are for what is not.
TEXT = (
    '<div class="block-text%(is_title)s" data-field="%(field)s" data-hint="%(hint)s" role="group"'
    ' aria-label="%(label)s"><div class="shown">{}</div><a class="block-edit no-print"'
    ' href="%(kind)s/{}/" aria-label="Editar: %(label)s">Editar</a></div>'
)
BLOCK = (
    '<li class="block%(is_turn)s" id="b-%(kind)s-{0}" data-kind="%(kind)s" data-pk="{0}"'
    ' data-version="{1}" data-name="%(name)s">{2}{3}</li>\n'
)
NUMBER = '<span class="number" id="{}">{}</span>'
NO_ANCHOR = '<span class="number">{}</span>'
SPEAKER = '<strong class="attribution" data-speaker="{}">{}</strong> {}'
TITLED = '<div class="block-heading" role="heading" aria-level="4">{}</div>{}'
WITH_ITEMS = (
    '{}<ol class="numbered blocks" data-kind="sub-punto" data-within="{}" data-prefix="">{}</ol>'
    '<p class="block-add no-print"><button class="button quiet" form="block-add"'
    ' formaction="sub-punto/" name="within" value="{}">Añadir un sub-punto</button></p>{}'
)


@cache
def _block(slug: str) -> str:
    kind = KINDS[slug]
    is_turn = " turn" if kind.is_spoken else ""
    return BLOCK % {"kind": slug, "name": capfirst(kind.name), "is_turn": is_turn}


@cache
def _text(slug: str, field: str) -> str:
    text = next(text for text in KINDS[slug].texts if text.field == field)
    is_title = " block-title" if text.is_title else ""
    return TEXT % {"kind": slug, **vars(text), "is_title": is_title}


def block_html(kind: Kind, row: Versioned, number: str = "", anchor: str = "") -> SafeString:
    """A block with its texts; ``number`` is printed before it and ``anchor`` is its id.

    One that was just added gets both from the script.
    """
    shown = f"{number} " if number else ""
    numbered = format_html(NUMBER, anchor, shown) if anchor else format_html(NO_ANCHOR, shown)
    inside = _inside(kind, row, number)
    return format_html(_block(kind.slug), row.pk, row.version, numbered, inside)


def text_html(kind: Kind, row: Versioned, field: str) -> SafeString:
    """A text to click and write in."""
    return format_html(_text(kind.slug, field), getattr(row, field), row.pk)


def _inside(kind: Kind, row: Any, number: str) -> SafeString:
    texts = [text_html(kind, row, text.field) for text in kind.texts]
    if kind.is_spoken:
        return format_html(SPEAKER, row.speaker_id or "", row.attribution, texts[0])
    if kind.texts[0].is_title:
        return format_html(TITLED, *texts)
    if not isinstance(row, Petition):
        return texts[0]
    items = mark_safe(  # noqa: S308  (each comes from format_html)
        "".join(
            block_html(KINDS["sub-punto"], item, number and f"{number}{place}.")
            for place, item in enumerate(row.items.all(), 1)
        )
    )
    return format_html(WITH_ITEMS, texts[0], row.pk, items, row.pk, texts[1])
