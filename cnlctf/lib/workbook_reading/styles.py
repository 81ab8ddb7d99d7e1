"""How the cells of a workbook look, as far as their meaning hangs on it."""

from typing import NamedTuple

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from cnlctf.lib.workbook_reading.part import Attributes, Handler


class Look(NamedTuple):
    number_format: str
    is_date: bool
    bold: bool


PLAIN = Look("General", False, False)


class Styles(Handler):
    def __init__(self) -> None:
        self.formats = dict(BUILTIN_FORMATS)
        self.fonts: list[bool] = []
        self.cells: list[tuple[int, int]] = []
        self.section = ""

    def start(self, name: str, attributes: Attributes) -> None:
        if name in ("fonts", "cellXfs", "cellStyleXfs", "dxfs"):
            self.section = name
        elif name == "numFmt":
            self.formats[int(attributes["numFmtId"])] = attributes["formatCode"]
        elif name == "font" and self.section == "fonts":
            self.fonts.append(False)
        elif name == "b" and self.section == "fonts":
            self.fonts[-1] = attributes.get("val", "1") in ("1", "true", "on")
        elif name == "xf" and self.section == "cellXfs":
            number, font = attributes.get("numFmtId", "0"), attributes.get("fontId", "0")
            self.cells.append((int(number), int(font)))

    def end(self, name: str) -> None:
        if name == self.section:
            self.section = ""

    def looks(self) -> list[Look]:
        looks = []
        for number, font in self.cells:
            code = self.formats.get(number, "General")
            bold = self.fonts[font] if 0 <= font < len(self.fonts) else False
            looks.append(Look(code, is_date_format(code), bold))
        return looks
