"""Values as the preview shows them, old beside new."""

from datetime import date
from decimal import Decimal
from typing import Any

from poa.progress import DASH

_SHOWN = 120


def said(value: Any) -> str:
    """«1,234.50», «18/11/2019», «Sí»; a dash for nothing."""
    if value is None or value == "":
        return DASH
    if isinstance(value, bool):
        return "Sí" if value else "No"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, Decimal):
        return f"{value:,.2f}".removesuffix(".00")
    return str(value)


def shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1].rstrip()}…"
