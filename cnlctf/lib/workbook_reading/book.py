"""The file as a whole: its parts in the order in which they explain each other."""

import zlib
from collections.abc import Callable
from io import BytesIO
from posixpath import normpath
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from cnlctf.lib.workbook_reading.cells import MAX_SHEETS, ReadSheet, UnreadableWorkbook
from cnlctf.lib.workbook_reading.part import Attributes, Handler
from cnlctf.lib.workbook_reading.sheet import SheetPart
from cnlctf.lib.workbook_reading.strings import SharedStrings
from cnlctf.lib.workbook_reading.styles import Styles

CHUNK = 256 * 1024

# What a part raises that lacks something, or holds what no program writes there.
_DAMAGED = (
    *(BadZipFile, zlib.error, expat.ExpatError, EOFError, OSError, RuntimeError),
    *(LookupError, ValueError, OverflowError),
)


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
        shared, styles = SharedStrings(), Styles()
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
            part = SheetPart(title, shared.strings, looks, epoch)
            path = target.lstrip("/") if target.startswith("/") else normpath(f"xl/{target}")
            self._parse(path, part)
            found.append(part.sheet)
        return found

    def _parse(self, name: str, handler: Handler) -> None:
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


class _Relations(Handler):
    def __init__(self) -> None:
        self.targets: dict[str, tuple[str, str]] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "Relationship":
            kind = attributes["Type"].rpartition("/")[2]
            self.targets[attributes["Id"]] = kind, attributes["Target"]


class _Book(Handler):
    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.from_1904 = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "sheet" and attributes.get("state", "visible") == "visible":
            relations = [value for key, value in attributes.items() if key.endswith(":id")]
            self.sheets.append((attributes["name"], relations[0]))
        elif name == "workbookPr":
            self.from_1904 = attributes.get("date1904") in ("1", "true")
