"""One worksheet's XML → its cells."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import from_excel

from cnlctf.lib.workbook_reading.cells import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_MERGED,
    MAX_ROWS,
    MAX_TEXT,
    ReadCell,
    ReadSheet,
    Run,
    UnreadableWorkbook,
    Value,
    position,
)
from cnlctf.lib.workbook_reading.part import Attributes, Handler
from cnlctf.lib.workbook_reading.strings import RichText, Text, unescaped
from cnlctf.lib.workbook_reading.styles import PLAIN, Look


class SheetPart(Handler):
    """One worksheet: its cells as they come, then its merged ranges."""

    def __init__(self, title: str, strings: list[Text], looks: list[Look], epoch: datetime) -> None:
        self.sheet = ReadSheet(title)
        self.strings, self.looks, self.epoch = strings, looks, epoch
        self.row = self.column = self.cells = 0
        self.kind, self.look = "n", PLAIN
        self.collecting = self.is_formula = False
        self.pieces: list[str] = []
        self.inline: RichText | None = None

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self._place(attributes.get("r"))
            self.kind = attributes.get("t", "n")
            style = int(attributes.get("s", 0))
            self.look = self.looks[style] if 0 <= style < len(self.looks) else PLAIN
            self.is_formula = False
            self.pieces = []
        elif name == "v":
            self.collecting = True
        elif name == "f":
            self.is_formula = True
        elif name == "row":
            self._row(attributes.get("r"))
        elif name == "is":
            self.inline = RichText()
        elif self.inline:
            self.inline.start(name, attributes)
        elif name == "mergeCell":
            self._merge(attributes["ref"])

    def end(self, name: str) -> None:
        if name == "v":
            self.collecting = False
        elif name == "c":
            self._cell()
        elif self.inline and name != "is":
            self.inline.end(name)

    def text(self, characters: str) -> None:
        if self.collecting:
            self.pieces.append(characters)
        elif self.inline:
            self.inline.text(characters)

    def _row(self, number: str | None) -> None:
        self.row = int(number) if number else self.row + 1
        self.column = 0

    def _place(self, reference: str | None) -> None:
        if reference:
            self.row, self.column = position(reference)
        else:
            self.column += 1

    def _cell(self) -> None:
        raw, inline = "".join(self.pieces), self.inline
        self.inline = None
        if not raw and inline is None and not self.is_formula:
            return
        self._check_limits()
        value, runs, error = self._value(raw, inline)
        if value == "" and not self.is_formula:
            return
        cell = ReadCell(
            self.row,
            self.column,
            value,
            self.look.number_format,
            self.look.bold,
            runs,
            self.is_formula,
            error,
        )
        self.sheet.rows.setdefault(self.row, {})[self.column] = cell

    def _check_limits(self) -> None:
        self.cells += 1
        if self.row > MAX_ROWS:
            raise UnreadableWorkbook(
                f"La hoja «{self.sheet.title}» tiene datos más abajo de la fila {MAX_ROWS:,}, que "
                "es la última que se lee: ¿es el libro del plan?"
            )
        if self.column > MAX_COLUMNS:
            raise UnreadableWorkbook(
                f"La hoja «{self.sheet.title}» tiene datos a la derecha de la columna "
                f"{get_column_letter(MAX_COLUMNS)}, que es la última que se lee."
            )
        if self.cells > MAX_CELLS:
            raise UnreadableWorkbook(
                f"La hoja «{self.sheet.title}» tiene más de {MAX_CELLS:,} celdas con datos: ¿es el "
                "libro del plan?"
            )

    def _value(self, raw: str, inline: RichText | None) -> tuple[Value, tuple[Run, ...], bool]:
        if inline is not None:
            return *inline.take(), False
        match self.kind:
            case "s":
                index = int(raw) if raw.isdecimal() else -1
                if not 0 <= index < len(self.strings):
                    raise KeyError(raw)
                return *self.strings[index], False
            case "str":
                return unescaped(raw)[:MAX_TEXT], (), False
            case "e":
                return raw, (), True
            case "b":
                return raw == "1", (), False
            case "d":
                return _iso_day(raw), (), False
        return self._number(raw), (), False

    def _number(self, raw: str) -> Value:
        try:
            number = float(raw)
        except ValueError:
            return raw
        # What Excel holds is the shortest decimal that gives the same double: 0.26, not 0.2600…01.
        exact = Decimal(repr(number))
        if not exact.is_finite() or (exact and abs(exact.adjusted()) > 100):
            return raw
        if self.look.is_date:
            try:
                moment = from_excel(number, self.epoch)
            except (ValueError, OverflowError):
                return exact
            return exact if isinstance(moment, timedelta) or moment is None else _day(moment)
        return exact

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        (top, left), (bottom, right) = position(first), position(last or first)
        bottom, right = min(bottom, MAX_ROWS), min(right, MAX_COLUMNS)
        area = max(bottom - top + 1, 0) * max(right - left + 1, 0)
        if len(self.sheet.covered) + area > MAX_MERGED:
            raise UnreadableWorkbook(
                f"La hoja «{self.sheet.title}» tiene demasiadas celdas combinadas."
            )
        for place in _places(top, left, bottom, right):
            self.sheet.covered[place] = top, left
        self.sheet.covered.pop((top, left), None)


def _places(top: int, left: int, bottom: int, right: int) -> Iterator[tuple[int, int]]:
    return ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))


def _day(moment: object) -> Value:
    return moment.date() if isinstance(moment, datetime) else str(moment)


def _iso_day(raw: str) -> Value:
    try:
        return datetime.fromisoformat(raw).date()
    except ValueError:
        return raw
