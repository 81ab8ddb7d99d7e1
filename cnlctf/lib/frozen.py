"""Frozen dataclasses ↔ what a JSON field stores: what an acta keeps of its day, as plain values."""

from decimal import Decimal
from typing import Any, TypeVar

from cattrs.preconf.json import make_converter

T = TypeVar("T")

# Nothing is left out for being a default: a default may change, a record may not.
_converter = make_converter()
_converter.register_unstructure_hook(Decimal, str)
_converter.register_structure_hook(Decimal, lambda value, _: Decimal(value))


def freeze(record: Any) -> dict[str, Any]:
    """The JSON object of a dataclass: decimals as strings, tuples as lists."""
    return _converter.unstructure(record)


def thaw(data: Any, kind: type[T]) -> T:
    """The ``kind`` that ``freeze`` took apart; an exception of cattrs where it does not fit."""
    return _converter.structure(data, kind)
