"""An XLSX workbook → plain cells, read as a stream: nothing is computed, nothing is followed.

A formula gives the value that was saved with it and is marked as such. Reading stops at the limits
below, so that time and memory are bounded whatever the file holds; the file itself has passed
``cnlctf.lib.upload`` before.
"""

import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from posixpath import normpath
from typing import NamedTuple
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

# What a part raises that lacks something, or holds what no program writes there.
_DAMAGED = (
    *(BadZipFile, zlib.error, expat.ExpatError, EOFError, OSError, RuntimeError),
    *(LookupError, ValueError, OverflowError),
)

MAX_SHEETS = 20
MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_CELLS = 400_000
MAX_MERGED = 200_000
MAX_TEXT = 32_767  # Excel's own
MAX_SHARED = 64 * 1024 * 1024
CHUNK = 256 * 1024

Value = str | Decimal | date | bool


class UnreadableWorkbook(ValueError):  # noqa: N818 - it says what happened to the file
    """The workbook was not read; the message says why in Spanish."""


class Run(NamedTuple):
    """A stretch of a cell's text that is bold or not from end to end."""

    text: str
    bold: bool


class ReadCell(NamedTuple):
    """One cell that holds something; ``error`` is Excel's own, «#REF!», in place of a value.

    ``runs`` tells bold words from others, and is empty where the whole cell looks the same.
    """

    row: int
    column: int
    value: Value
    number_format: str = ""
    bold: bool = False
    runs: tuple[Run, ...] = ()
    is_formula: bool = False
    error: bool = False

    @property
    def text(self) -> str:
        return self.value if isinstance(self.value, str) else str(self.value)


@dataclass
class ReadSheet:
    """``rows``: by number from 1, then by column from 1; cells that hold nothing are left out."""

    title: str
    rows: dict[int, dict[int, ReadCell]] = field(default_factory=dict)
    # Every place covered by a merged range but its corner → the corner.
    covered: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    def at(self, row: int, column: int) -> ReadCell | None:
        """The cell that one sees there: of a merged range, that of its corner."""
        row, column = self.covered.get((row, column), (row, column))
        return self.rows.get(row, {}).get(column)


def address(row: int, column: int) -> str:
    """``C7`` for row 7 and column 3."""
    return f"{get_column_letter(column)}{row}"


def read(content: bytes) -> list[ReadSheet]:
    """The sheets that one sees, in their order.

    UnreadableWorkbook where it is damaged, larger than the limits, or bound to other files.
    """
    try:
        with ZipFile(BytesIO(content)) as archive:
            return _Reader(archive).sheets()
    except UnreadableWorkbook:
        raise
    except _DAMAGED as error:
        raise UnreadableWorkbook(
            "El libro está dañado: ábralo en Excel, vuelva a guardarlo y súbalo otra vez."
        ) from error


Attributes = Mapping[str, str]


class _Handler:
    """What an XML part is told: elements by their local name."""

    def start(self, name: str, attributes: Attributes) -> None: ...

    def end(self, name: str) -> None: ...

    def text(self, characters: str) -> None: ...


class _Reader:
    def __init__(self, archive: ZipFile) -> None:
        self.archive = archive
        self.names = set(archive.namelist())
        for folder, what in _FOREIGN_PARTS.items():
            if any(name.startswith(folder) for name in self.names):
                raise UnreadableWorkbook(what)

    def sheets(self) -> list[ReadSheet]:
        links = _Relations()
        self._parse("xl/_rels/workbook.xml.rels", links)
        book = _Book()
        self._parse("xl/workbook.xml", book)
        if len(book.sheets) > MAX_SHEETS:
            raise UnreadableWorkbook(
                f"El libro tiene {len(book.sheets)} hojas y se leen hasta {MAX_SHEETS}: deje solo "
                "las del plan."
            )
        shared, styles = _SharedStrings(), _Styles()
        if "xl/sharedStrings.xml" in self.names:
            self._parse("xl/sharedStrings.xml", shared)
        if "xl/styles.xml" in self.names:
            self._parse("xl/styles.xml", styles)
        looks = styles.looks()
        epoch = MAC_EPOCH if book.from_1904 else WINDOWS_EPOCH
        found = []
        for title, relation in book.sheets:
            kind, target = links.targets[relation]
            if kind != "worksheet":
                continue
            part = _SheetPart(title, shared.strings, looks, epoch)
            path = target.lstrip("/") if target.startswith("/") else normpath(f"xl/{target}")
            self._parse(path, part)
            found.append(part.sheet)
        return found

    def _parse(self, name: str, handler: _Handler) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text = True

        def local(call: Callable[..., None]) -> Callable[..., None]:
            return lambda name, *rest: call(name.rpartition(":")[2], *rest)

        def first(name: str, attributes: Attributes) -> None:
            # Excel writes no prefixes, and taking them off costs as much as all the rest.
            plain = ":" not in name
            parser.StartElementHandler = handler.start if plain else local(handler.start)
            parser.EndElementHandler = handler.end if plain else local(handler.end)
            parser.StartElementHandler(name, attributes)

        def refuse(*_: object) -> None:
            raise UnreadableWorkbook("El libro declara entidades XML, que Excel no escribe.")

        parser.StartDoctypeDeclHandler = refuse
        parser.StartElementHandler = first
        parser.CharacterDataHandler = handler.text
        with self.archive.open(name) as file:
            while chunk := file.read(CHUNK):
                parser.Parse(chunk, False)
        parser.Parse(b"", True)


_FOREIGN_PARTS = {
    "xl/externalLinks/": (
        "El libro tiene vínculos a otros libros: en Excel, «Datos › Editar vínculos › Romper "
        "vínculo», guárdelo y súbalo otra vez."
    ),
    "xl/connections": "El libro trae conexiones de datos: quítelas y súbalo otra vez.",
    "xl/vbaProject": "El libro contiene macros: guárdelo como .xlsx, sin macros.",
    "xl/macrosheets/": "El libro contiene hojas de macros: guárdelo como .xlsx, sin macros.",
    "xl/activeX/": "El libro contiene controles ActiveX: quítelos y súbalo otra vez.",
}


class _Relations(_Handler):
    def __init__(self) -> None:
        self.targets: dict[str, tuple[str, str]] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "Relationship":
            kind = attributes["Type"].rpartition("/")[2]
            self.targets[attributes["Id"]] = kind, attributes["Target"]


class _Book(_Handler):
    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.from_1904 = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "sheet" and attributes.get("state", "visible") == "visible":
            relations = [value for key, value in attributes.items() if key.endswith(":id")]
            self.sheets.append((attributes["name"], relations[0]))
        elif name == "workbookPr":
            self.from_1904 = attributes.get("date1904") in ("1", "true")


class _RichText(_Handler):
    """The runs of one ``<si>`` or ``<is>``; how a word sounds (``<rPh>``) is not part of it."""

    def __init__(self) -> None:
        self.runs: list[Run] = []
        self.bold = self.inside = self.aside = self.plain = False
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

    def take(self) -> "_Text":
        runs, self.runs, self.length = self.runs, [], 0
        if len(runs) == 1 and not runs[0].bold:
            return _Text(_unescaped(runs[0].text))
        whole = "".join(run.text for run in runs)
        if not any(run.bold for run in runs):
            return _Text(_unescaped(whole))
        return _Text(_unescaped(whole), tuple(Run(_unescaped(t), bold) for t, bold in runs))


class _Text(NamedTuple):
    text: str
    runs: tuple[Run, ...] = ()


class _SharedStrings(_RichText):
    def __init__(self) -> None:
        super().__init__()
        self.strings: list[_Text] = []
        self.size = 0

    def end(self, name: str) -> None:
        super().end(name)
        if name == "si":
            text = self.take()
            self.strings.append(text)
            self.size += len(text.text)
            if self.size > MAX_SHARED or len(self.strings) > MAX_CELLS:
                raise UnreadableWorkbook("El libro tiene demasiado texto para ser un plan.")


class _Look(NamedTuple):
    number_format: str
    is_date: bool
    bold: bool


_PLAIN = _Look("General", False, False)


class _Styles(_Handler):
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

    def looks(self) -> list[_Look]:
        looks = []
        for number, font in self.cells:
            code = self.formats.get(number, "General")
            bold = self.fonts[font] if 0 <= font < len(self.fonts) else False
            looks.append(_Look(code, is_date_format(code), bold))
        return looks


class _SheetPart(_Handler):
    """One worksheet: its cells as they come, then its merged ranges."""

    def __init__(
        self, title: str, strings: list[_Text], looks: list[_Look], epoch: datetime
    ) -> None:
        self.sheet = ReadSheet(title)
        self.strings, self.looks, self.epoch = strings, looks, epoch
        self.row = self.column = self.cells = 0
        self.kind, self.look = "n", _PLAIN
        self.collecting = self.is_formula = False
        self.pieces: list[str] = []
        self.inline: _RichText | None = None

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self._place(attributes.get("r"))
            self.kind = attributes.get("t", "n")
            style = int(attributes.get("s", 0))
            self.look = self.looks[style] if 0 <= style < len(self.looks) else _PLAIN
            self.is_formula = False
            self.pieces = []
        elif name == "v":
            self.collecting = True
        elif name == "f":
            self.is_formula = True
        elif name == "row":
            self._row(attributes.get("r"))
        elif name == "is":
            self.inline = _RichText()
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
            self.row, self.column = _position(reference)
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

    def _value(self, raw: str, inline: _RichText | None) -> tuple[Value, tuple[Run, ...], bool]:
        if inline is not None:
            return *inline.take(), False
        match self.kind:
            case "s":
                index = int(raw) if raw.isdecimal() else -1
                if not 0 <= index < len(self.strings):
                    raise KeyError(raw)
                return *self.strings[index], False
            case "str":
                return _unescaped(raw)[:MAX_TEXT], (), False
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
        (top, left), (bottom, right) = _position(first), _position(last or first)
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


_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


def _position(reference: str) -> tuple[int, int]:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise KeyError(reference)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column


def _day(moment: object) -> Value:
    return moment.date() if isinstance(moment, datetime) else str(moment)


def _iso_day(raw: str) -> Value:
    try:
        return datetime.fromisoformat(raw).date()
    except ValueError:
        return raw


_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def _unescaped(text: str) -> str:
    """Excel writes ``_x000D_`` for what XML cannot hold; line ends become ``\\n``."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text
