"""What is said of a draft's texts, beside them."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def observe(context: dict[str, Any], *anchor: object) -> SafeString:
    """The way to remark on the text of that anchor, on the page of a draft that circulates."""
    links = context.get("observe")
    link = links.get("".join(map(str, anchor))) if links else None
    if link is None:
        return SafeString("")
    return render_to_string("sessions/_observe.html", link)
