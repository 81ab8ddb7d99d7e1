"""States of progress in templates: shape, word and colour together, worded by ``legend``.

``legend`` is what ``poa.legend.wordings`` gives, in the page's context.
"""

from typing import Any

from django import template
from django.template import Context

from poa.models import Unit
from poa.progress import Quantity, State

register = template.Library()


@register.inclusion_tag("_state.html", takes_context=True)
def progress_state(context: Context, state: State, only_icon: bool = False) -> dict[str, Any]:
    return {"state": state.value, "label": context["legend"][state], "only_icon": only_icon}


@register.filter
def quantity(value: Quantity | None) -> str:
    """``1,234`` or ``0.50``: decimals only where there are any; an empty value prints nothing."""
    if value is None:
        return ""
    return f"{value:,.2f}".removesuffix(".00")


@register.filter
def named(unit: Unit, value: Quantity | None) -> str:
    """The unit as a quantity of it is said: «evento» of 1, «eventos» of any other."""
    return (unit.name if value == 1 else unit.plural).lower()
