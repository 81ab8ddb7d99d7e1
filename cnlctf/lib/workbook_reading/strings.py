"""A workbook's texts, with their bold words."""

import re
from typing import NamedTuple

from cnlctf.lib.workbook_reading.cells import (
    MAX_CELLS,
    MAX_SHARED,
    MAX_TEXT,
    Run,
    UnreadableWorkbook,
)
from cnlctf.lib.workbook_reading.part import Attributes, Handler


class Text(NamedTuple):
    text: str
    runs: tuple[Run, ...] = ()


class RichText(Handler):
    """The runs of one ``<si>`` or ``<is>``; how a word sounds (``<rPh>``) is not part of it."""

    def __init__(self) -> None:
        self.runs: list[Run] = []
        self.bold = self.inside = self.aside = False
        self.length = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "t":
            self.inside = not self.aside
        elif name == "r":
            self.bold = False
        elif name == "b":
            self.bold = attributes.get("val", "1") in ("1", "true", "on")
        elif name == "rPh":
            self.aside = True

    def end(self, name: str) -> None:
        if name == "t":
            self.inside = False
        elif name == "r":
            self.bold = False
        elif name == "rPh":
            self.aside = False

    def text(self, characters: str) -> None:
        if self.inside:
            self.length += len(characters)
            if self.length > MAX_TEXT:
                raise UnreadableWorkbook(
                    f"El libro tiene una celda de más de {MAX_TEXT:,} caracteres, el máximo de "
                    "Excel."
                )
            self.runs.append(Run(characters, self.bold))

    def take(self) -> Text:
        runs, self.runs, self.length = self.runs, [], 0
        if len(runs) == 1 and not runs[0].bold:
            return Text(unescaped(runs[0].text))
        whole = "".join(run.text for run in runs)
        if not any(run.bold for run in runs):
            return Text(unescaped(whole))
        return Text(unescaped(whole), tuple(Run(unescaped(t), bold) for t, bold in runs))


class SharedStrings(RichText):
    def __init__(self) -> None:
        super().__init__()
        self.strings: list[Text] = []
        self.size = 0

    def end(self, name: str) -> None:
        super().end(name)
        if name == "si":
            text = self.take()
            self.strings.append(text)
            self.size += len(text.text)
            if self.size > MAX_SHARED or len(self.strings) > MAX_CELLS:
                raise UnreadableWorkbook("El libro tiene demasiado texto para ser un plan.")


_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """Excel writes ``_x000D_`` for what XML cannot hold; line ends become ``\\n``."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text
