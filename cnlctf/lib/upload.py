"""The one way in for files: what a file is, is decided by its bytes, never by what it is called.

Nothing is written to disk and nothing inside a file is ever run or unpacked for keeping.
"""

import re
import struct
import unicodedata
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

MAX_NAME = 150
_MB = 1024 * 1024
# What an office document holds, with room to spare; a zip bomb holds far more.
MAX_MEMBERS = 5_000
MAX_UNPACKED = 300 * _MB
MAX_RATIO = 200
# Little files of a single repeated letter are harmless, whatever their ratio.
RATIO_FROM = 10 * _MB
CHUNK = _MB

_CONTENT_TYPES = "[Content_Types].xml"
_OPEN_XML = "application/vnd.openxmlformats-officedocument"
# All that reading a zip made to be read wrongly has been seen to raise (RuntimeError: encrypted).
_BROKEN = (BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError)
# The reference to the dictionary of the encryption («/Encrypt 12 0 R»), or that dictionary.
_ENCRYPTED = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R\b|<<)")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class RefusedFile(ValueError):  # noqa: N818 - it says what happened to the file
    """The file was not taken; the message says in Spanish which, why and how to mend it."""


class Kind(StrEnum):
    """A type of file that can be taken; the value is also its extension."""

    PDF = "pdf"
    DOCX = "docx"
    PPTX = "pptx"
    XLSX = "xlsx"
    PNG = "png"
    JPEG = "jpg"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def short(self) -> str:
        """«Word», for lists of what is taken."""
        return self.label.split()[-1]

    @property
    def media_type(self) -> str:
        return _MEDIA_TYPES[self]


OFFICE = (Kind.PDF, Kind.DOCX, Kind.PPTX, Kind.XLSX)
IMAGES = (Kind.PNG, Kind.JPEG)

_LABELS = {
    Kind.PDF: "documento PDF",
    Kind.DOCX: "documento de Word",
    Kind.PPTX: "presentación de PowerPoint",
    Kind.XLSX: "libro de Excel",
    Kind.PNG: "imagen PNG",
    Kind.JPEG: "imagen JPEG",
}
_ARTICLES = {"documento": "un", "presentación": "una", "libro": "un", "imagen": "una"}
_MEDIA_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.DOCX: f"{_OPEN_XML}.wordprocessingml.document",
    Kind.PPTX: f"{_OPEN_XML}.presentationml.presentation",
    Kind.XLSX: f"{_OPEN_XML}.spreadsheetml.sheet",
    Kind.PNG: "image/png",
    Kind.JPEG: "image/jpeg",
}
_MAIN_PARTS = {f"{_MEDIA_TYPES[kind]}.main+xml": kind for kind in (Kind.DOCX, Kind.PPTX, Kind.XLSX)}
# Names of streams in the old binary container, each with what it means.
_OLD_FORMATS = {
    "WordDocument": ("un documento de Word 97-2003", Kind.DOCX),
    "Workbook": ("un libro de Excel 97-2003", Kind.XLSX),
    "PowerPoint Document": ("una presentación de PowerPoint 97-2003", Kind.PPTX),
}
# Extensions that promise one thing; any other is only part of a name («Informe N° 12.2020»).
_PROMISES = {kind.value: kind for kind in Kind} | {"jpeg": Kind.JPEG}
_OLD_AND_MACROS = {"doc", "docm", "xls", "xlsm", "xlsb", "ppt", "pptm"}
_FOREIGN = _OLD_AND_MACROS | {"odt", "ods", "odp", "rtf", "txt", "csv", "htm", "html", "svg"}


@dataclass(frozen=True)
class Checked:
    """A file that may be stored: its name is safe and its kind is what its bytes say."""

    name: str
    kind: Kind
    content: bytes

    @property
    def media_type(self) -> str:
        return self.kind.media_type


def check(name: str, content: bytes, kinds: Collection[Kind], max_bytes: int) -> Checked:
    """Return the file with a safe name and its true kind.

    ``name`` is as the sender wrote it, ``kinds`` are those taken here, ``max_bytes`` the largest
    size in bytes. RefusedFile where it is empty, too large, of another kind, damaged, protected
    by a password, with macros, or called what it is not.
    """
    shown = safe_name(name)
    check_size(shown, len(content), max_bytes)
    kind = _kind(shown, content, kinds)
    if kind not in kinds:
        raise RefusedFile(f"«{shown}» es {_a(kind)}. {_taken_here(kinds)}")
    stem, _, extension = shown.rpartition(".")
    extension = extension.lower()
    if not stem or extension not in _PROMISES.keys() | _FOREIGN:
        stem = shown
    elif _PROMISES.get(extension) != kind:
        raise RefusedFile(
            f"«{shown}» se llama .{extension} y es {_a(kind)}. Cámbiele el nombre a "
            f"«{stem}.{kind}», o vuelva a guardarlo en el formato que quería, y adjúntelo otra vez."
        )
    return Checked(f"{stem[: MAX_NAME - len(kind) - 1].rstrip(' .')}.{kind}", kind, content)


def check_size(name: str, size: int, max_bytes: int) -> None:
    """RefusedFile where a file of that many bytes is empty or larger than ``max_bytes``."""
    if size == 0:
        raise RefusedFile(
            f"«{safe_name(name)}» está vacío: no tiene nada adentro. Ábralo, vuelva a guardarlo y "
            "adjúntelo otra vez."
        )
    if size > max_bytes:
        raise RefusedFile(
            f"«{safe_name(name)}» pesa {size_in_words(size)} y el máximo es "
            f"{size_in_words(max_bytes)}. Redúzcalo (por ejemplo, comprimiendo sus imágenes) o "
            "divídalo en partes."
        )


def safe_name(name: str) -> str:
    """The name without its path and without what hides, breaks or turns it around.

    Letters keep their accents (NFC); at most MAX_NAME characters, with the extension kept;
    «archivo» where nothing is left.
    """
    base = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    # Controls, marks of direction, halves of pairs, what Unicode does not assign.
    visible = "".join(" " if unicodedata.category(sign)[0] == "C" else sign for sign in base)
    # What Windows does not take in a name.
    clean = " ".join(re.sub(r'[<>:"|?*]', " ", visible).split()).strip(" .")
    if len(clean) > MAX_NAME:
        stem, dot, extension = clean.rpartition(".")
        end = f"{dot}{extension}" if stem and len(extension) <= 5 else ""
        clean = f"{clean[: MAX_NAME - len(end)].rstrip(' .')}{end}"
    return clean or "archivo"


def size_in_words(size: int) -> str:
    """«340 KB», «1.2 MB»: never rounded down to a limit that it passes."""
    if size < _MB:
        return f"{-(-size // 1024)} KB"
    tenths = -(-size * 10 // _MB)
    return f"{tenths // 10} MB" if tenths % 10 == 0 else f"{tenths / 10:,.1f} MB"


def _kind(name: str, content: bytes, kinds: Collection[Kind]) -> Kind:
    # Some programs put a mark of encoding or an empty line before it.
    if content[:64].lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"%PDF-"):
        # The last lines say where everything else is; what follows them is a scanner's padding.
        if b"%%EOF" not in content[-4096:]:
            raise _damaged(name)
        # Named in the trailer, or in the dictionary of the stream that stands for it: never packed.
        if _ENCRYPTED.search(content):
            raise RefusedFile(
                f"«{name}» está protegido con contraseña, aunque sea solo para imprimirlo o "
                "copiarlo. Ábralo, guárdelo o imprímalo como PDF sin protección y adjúntelo otra "
                "vez."
            )
        return Kind.PDF
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        if b"IEND" not in content[-4096:]:
            raise _damaged(name)
        return Kind.PNG
    if content.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_zip(name, content, kinds)
    if content.startswith(_OLE):
        raise _old_or_protected(name, content)
    raise RefusedFile(f"No se reconoce qué es «{name}». {_taken_here(kinds)}")


def _kind_of_zip(name: str, content: bytes, kinds: Collection[Kind]) -> Kind:
    try:
        with ZipFile(BytesIO(content)) as archive:
            _check_bomb(name, archive, len(content))
            names = archive.namelist()
            if _CONTENT_TYPES not in names:
                raise _other_zip(name, names, kinds)
            types = b"".join(_read_all(archive))
    except RefusedFile:
        raise
    except _BROKEN as error:
        raise _damaged(name) from error
    declared = {found.decode("latin-1") for found in re.findall(rb'ContentType="([^"]*)"', types)}
    if any("macroEnabled" in kind or "vbaProject" in kind for kind in declared) or any(
        part.lower().endswith("vbaproject.bin") for part in names
    ):
        raise RefusedFile(
            f"«{name}» contiene macros, que no se reciben. Guárdelo sin macros (.docx, .pptx o "
            ".xlsx) o expórtelo como PDF y adjúntelo otra vez."
        )
    main = {_MAIN_PARTS[kind] for kind in declared if kind in _MAIN_PARTS}
    if len(main) != 1:
        raise RefusedFile(f"No se reconoce qué documento es «{name}». {_taken_here(kinds)}")
    return main.pop()


def _check_bomb(name: str, archive: ZipFile, size: int) -> None:
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    if (
        len(members) > MAX_MEMBERS
        or unpacked > MAX_UNPACKED
        or (unpacked > RATIO_FROM and unpacked > MAX_RATIO * size)
    ):
        raise RefusedFile(
            f"«{name}» está comprimido de una manera que no es la de un documento: al abrirse "
            "ocuparía demasiado. Ábralo, vuelva a guardarlo o expórtelo como PDF, y adjúntelo "
            "otra vez."
        )


def _read_all(archive: ZipFile) -> Iterator[bytes]:
    """Yield the list of types, and read the rest only to see that it is whole.

    A member never gives more than the directory says, which was checked, and a CRC ends each.
    """
    for member in archive.infolist():
        if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise BadZipFile(f"No office program compresses by method {member.compress_type}")
        wanted = member.filename == _CONTENT_TYPES
        with archive.open(member) as file:
            while chunk := file.read(CHUNK):
                if wanted:
                    yield chunk


def _other_zip(name: str, names: list[str], kinds: Collection[Kind]) -> RefusedFile:
    if "mimetype" in names and "content.xml" in names:
        return RefusedFile(
            f"«{name}» es un documento de LibreOffice. Guárdelo como Word, PowerPoint o Excel "
            "(.docx, .pptx o .xlsx) o expórtelo como PDF, y adjúntelo otra vez."
        )
    return RefusedFile(
        f"«{name}» es una carpeta comprimida (ZIP). Descomprímala y adjunte por separado lo que "
        f"contiene. {_taken_here(kinds)}"
    )


def _old_or_protected(name: str, content: bytes) -> RefusedFile:
    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if has("EncryptedPackage"):
        return _protected(name)
    for stream, (what, new) in _OLD_FORMATS.items():
        if has(stream):
            return RefusedFile(
                f"«{name}» es {what}. Ábralo, elija «Guardar como» {_LABELS[new]} (.{new}) y "
                "adjunte ese archivo."
            )
    return RefusedFile(
        f"«{name}» está en un formato antiguo que no se recibe. Expórtelo como PDF y adjúntelo."
    )


def _protected(name: str) -> RefusedFile:
    return RefusedFile(
        f"«{name}» está protegido con contraseña. Quítele la contraseña y adjúntelo otra vez."
    )


def _damaged(name: str) -> RefusedFile:
    return RefusedFile(
        f"«{name}» está dañado o incompleto: quizá se cortó al copiarlo. Ábralo para ver si está "
        "bien, vuelva a guardarlo y adjúntelo otra vez."
    )


def _a(kind: Kind) -> str:
    return f"{_ARTICLES[kind.label.split()[0]]} {kind.label}"


def _taken_here(kinds: Collection[Kind]) -> str:
    *first, last = [_a(kind) for kind in Kind if kind in kinds]
    return f"Adjunte {', '.join(first)} o {last}." if first else f"Adjunte {last}."
