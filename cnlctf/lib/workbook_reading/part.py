"""One XML part of a workbook, told as it is read."""

from collections.abc import Mapping

Attributes = Mapping[str, str]


class Handler:
    """What an XML part is told: elements by their local name."""

    def start(self, name: str, attributes: Attributes) -> None: ...

    def end(self, name: str) -> None: ...

    def text(self, characters: str) -> None: ...
