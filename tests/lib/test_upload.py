import struct
import unicodedata
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_LZMA, ZIP_STORED, ZipFile

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnlctf.lib import upload
from cnlctf.lib.upload import (
    IMAGES,
    OFFICE,
    Checked,
    Kind,
    RefusedFile,
    check,
    safe_name,
    size_in_words,
)
from tests.lib.files import JPEG, PDF, PNG, SHEETS, SLIDES, WORD, office, old, packed

EVERY = tuple(Kind)
MB = 1024 * 1024
OFFICE_WANTED = (
    "Adjunte un documento PDF, un documento de Word, una presentación de PowerPoint o un libro "
    "de Excel."
)


def refusal(name: str, content: bytes, kinds: tuple[Kind, ...] = OFFICE, limit: int = MB) -> str:
    with pytest.raises(RefusedFile) as refused:
        check(name, content, kinds, limit)
    return str(refused.value)


# --- What it is -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "kind", "media_type"),
    [
        (PDF, Kind.PDF, "application/pdf"),
        (b"\xef\xbb\xbf\r\n" + PDF, Kind.PDF, "application/pdf"),
        (office(WORD), Kind.DOCX, WORD.removesuffix(".main+xml")),
        (office(SLIDES), Kind.PPTX, SLIDES.removesuffix(".main+xml")),
        (office(SHEETS), Kind.XLSX, SHEETS.removesuffix(".main+xml")),
        (PNG, Kind.PNG, "image/png"),
        (JPEG, Kind.JPEG, "image/jpeg"),
    ],
)
def test_the_kind_is_what_the_bytes_say(content: bytes, kind: Kind, media_type: str) -> None:
    checked = check("El archivo", content, EVERY, MB)
    assert checked == Checked(f"El archivo.{kind}", kind, content)
    assert checked.media_type == media_type


def test_what_office_programs_write_is_taken() -> None:
    written, sheets = BytesIO(), BytesIO()
    docx.Document().save(written)
    openpyxl.Workbook().save(sheets)
    assert check("a.docx", written.getvalue(), OFFICE, MB).kind == Kind.DOCX
    assert check("a.xlsx", sheets.getvalue(), OFFICE, MB).kind == Kind.XLSX


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        (
            "acta.pdf",
            office(WORD),
            (
                "«acta.pdf» se llama .pdf y es un documento de Word. Cámbiele el nombre a "
                "«acta.docx», o vuelva a guardarlo en el formato que quería, y adjúntelo otra vez."
            ),
        ),
        (
            "Plan.XLSX",
            PDF,
            (
                "«Plan.XLSX» se llama .xlsx y es un documento PDF. Cámbiele el nombre a "
                "«Plan.pdf», o vuelva a guardarlo en el formato que quería, y adjúntelo otra vez."
            ),
        ),
        ("foto.pdf", PNG, f"«foto.pdf» es una imagen PNG. {OFFICE_WANTED}"),
        ("a.pdf", b"<html>", f"No se reconoce qué es «a.pdf». {OFFICE_WANTED}"),
        ("a.pdf", b"MZ\x90\x00", f"No se reconoce qué es «a.pdf». {OFFICE_WANTED}"),
        (
            "a.docx",
            office("text/xml"),
            f"No se reconoce qué documento es «a.docx». {OFFICE_WANTED}",
        ),
        (
            "a.docx",
            packed(mimetype="application/vnd.oasis.opendocument.text", **{"content.xml": "<a/>"}),
            (
                "«a.docx» es un documento de LibreOffice. Guárdelo como Word, PowerPoint o Excel "
                "(.docx, .pptx o .xlsx) o expórtelo como PDF, y adjúntelo otra vez."
            ),
        ),
        (
            "a.zip",
            packed(**{"acta.pdf": PDF}),
            (
                "«a.zip» es una carpeta comprimida (ZIP). Descomprímala y adjunte por separado lo "
                f"que contiene. {OFFICE_WANTED}"
            ),
        ),
        (
            "a.docx",
            old("EncryptionInfo", "EncryptedPackage"),
            "«a.docx» está protegido con contraseña. Quítele la contraseña y adjúntelo otra vez.",
        ),
        (
            "a.doc",
            old("WordDocument"),
            (
                "«a.doc» es un documento de Word 97-2003. Ábralo, elija «Guardar como» documento "
                "de Word (.docx) y adjunte ese archivo."
            ),
        ),
        (
            "a.xls",
            old("Workbook"),
            (
                "«a.xls» es un libro de Excel 97-2003. Ábralo, elija «Guardar como» libro de Excel "
                "(.xlsx) y adjunte ese archivo."
            ),
        ),
        (
            "a.ppt",
            old("PowerPoint Document"),
            (
                "«a.ppt» es una presentación de PowerPoint 97-2003. Ábralo, elija «Guardar como» "
                "presentación de PowerPoint (.pptx) y adjunte ese archivo."
            ),
        ),
        (
            "a.msg",
            old("__nameid"),
            "«a.msg» está en un formato antiguo que no se recibe. Expórtelo como PDF y adjúntelo.",
        ),
    ],
)
def test_what_is_not_what_it_should_be_is_told(name: str, content: bytes, said: str) -> None:
    assert refusal(name, content) == said


@pytest.mark.parametrize(
    "content",
    [
        office("application/vnd.ms-word.document.macroEnabled.main+xml"),
        office("application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
        office("application/vnd.ms-excel.sheet.binary.macroEnabled.main"),
        office(WORD, word__vbaProject__bin="", **{"word/vbaProject.bin": b"x"}),
    ],
)
def test_macros_stay_outside(content: bytes) -> None:
    assert refusal("a.docx", content) == (
        "«a.docx» contiene macros, que no se reciben. Guárdelo sin macros (.docx, .pptx o .xlsx) "
        "o expórtelo como PDF y adjúntelo otra vez."
    )


def test_images_alone_are_asked_for_where_images_are() -> None:
    assert refusal("a.pdf", PDF, IMAGES) == (
        "«a.pdf» es un documento PDF. Adjunte una imagen PNG o una imagen JPEG."
    )


@pytest.mark.parametrize("said", [b"/Encrypt 12 0 R", b"/Encrypt<</Filter/Standard>>"])
def test_a_pdf_with_a_password_is_told(said: bytes) -> None:
    """Also one whose password is only for printing: the words are the same in the file."""
    assert refusal("a.pdf", PDF.replace(b"trailer<<", b"trailer<<" + said)) == (
        "«a.pdf» está protegido con contraseña, aunque sea solo para imprimirlo o copiarlo. "
        "Ábralo, guárdelo o imprímalo como PDF sin protección y adjúntelo otra vez."
    )


# --- Size and soundness ---------------------------------------------------------------------


def test_an_empty_file_is_told() -> None:
    assert refusal("acta.pdf", b"") == (
        "«acta.pdf» está vacío: no tiene nada adentro. Ábralo, vuelva a guardarlo y adjúntelo "
        "otra vez."
    )


def test_the_limit_itself_is_taken_and_a_byte_more_is_not() -> None:
    assert check("a.pdf", PDF, OFFICE, len(PDF)).kind == Kind.PDF
    large = PDF[:9] + b" " * (20 * MB) + PDF[9:]
    assert refusal("a.pdf", large, limit=20 * MB) == (
        "«a.pdf» pesa 20.1 MB y el máximo es 20 MB. Redúzcalo (por ejemplo, comprimiendo sus "
        "imágenes) o divídalo en partes."
    )


@pytest.mark.parametrize(
    ("size", "words"), [(1, "1 KB"), (1024, "1 KB"), (MB, "1 MB"), (MB + 1, "1.1 MB")]
)
def test_a_size_in_words(size: int, words: str) -> None:
    assert size_in_words(size) == words


@pytest.mark.parametrize(
    "content",
    [
        PDF.replace(b"%%EOF", b""),
        PNG[:30],
        office(WORD)[:-30],
        office(WORD)[:60],
        # The first member's checksum, in its own header and in the directory.
        office(WORD).replace(office(WORD)[14:18], b"\x00\x00\x00\x00"),
    ],
)
def test_what_was_cut_short_or_damaged_is_told(content: bytes) -> None:
    assert refusal("a.pdf", content) == (
        "«a.pdf» está dañado o incompleto: quizá se cortó al copiarlo. Ábralo para ver si está "
        "bien, vuelva a guardarlo y adjúntelo otra vez."
    )


def test_no_other_way_of_compressing_is_taken() -> None:
    buffer = BytesIO(office(WORD))
    with ZipFile(buffer, "a", ZIP_LZMA) as archive:
        archive.writestr("more.xml", "<a/>")
    assert "dañado o incompleto" in refusal("a.docx", buffer.getvalue())


@given(content=st.binary(max_size=80), at=st.integers(0, 600))
def test_whatever_the_bytes_there_is_an_answer(content: bytes, at: int) -> None:
    """No other exception than the refusal, also in the middle of a true document."""
    whole = office(WORD)
    for broken in (content, whole[:at] + content + whole[at + len(content) :], PDF[:9] + content):
        with suppress(RefusedFile):
            assert check("a", broken, EVERY, MB).content == broken


# --- Bombs ----------------------------------------------------------------------------------


BOMB = (
    "«a.docx» está comprimido de una manera que no es la de un documento: al abrirse ocuparía "
    "demasiado. Ábralo, vuelva a guardarlo o expórtelo como PDF, y adjúntelo otra vez."
)


def test_a_bomb_of_one_large_member_is_never_unpacked(monkeypatch) -> None:
    monkeypatch.setattr(upload, "_read_all", pytest.fail)
    assert refusal("a.docx", office(WORD, bomb=b"\x00" * (15 * MB))) == BOMB


def test_a_bomb_of_many_members_is_never_unpacked(monkeypatch) -> None:
    monkeypatch.setattr(upload, "_read_all", pytest.fail)
    many = {f"m{number}": b"" for number in range(upload.MAX_MEMBERS)}
    assert refusal("a.docx", office(WORD, **many)) == BOMB


def test_a_total_beyond_the_limit_is_a_bomb_whatever_the_ratio(monkeypatch) -> None:
    monkeypatch.setattr(upload, "MAX_UNPACKED", 100)
    assert refusal("a.docx", office(WORD, more=b"abcdefgh" * 10)) == BOMB


def test_a_directory_that_says_less_than_there_is_gives_no_more_than_it_says() -> None:
    """The bomb unpacks to 15 MB and its directory says ten bytes."""
    honest = office(WORD, bomb=b"\x00" * (15 * MB))
    lying = honest.replace(struct.pack("<I", 15 * MB), struct.pack("<I", 10))
    assert lying != honest
    assert "dañado o incompleto" in refusal("a.docx", lying)


def test_nothing_touches_the_disk(monkeypatch) -> None:
    monkeypatch.setattr(ZipFile, "extract", pytest.fail)
    monkeypatch.setattr(ZipFile, "extractall", pytest.fail)
    monkeypatch.setattr(Path, "open", pytest.fail)
    buffer = BytesIO(office(WORD))
    with ZipFile(buffer, "a", ZIP_STORED) as archive:
        archive.writestr("../../outside.xml", "<a/>")
    assert check("a.docx", buffer.getvalue(), OFFICE, MB).kind == Kind.DOCX


# --- Names ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Informe de Ñahui – avance.pdf", "Informe de Ñahui – avance.pdf"),
        (unicodedata.normalize("NFD", "sesión n.º 121.pdf"), "sesión n.º 121.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        (r"C:\Users\Sara\acta.pdf", "acta.pdf"),
        ("acta\u202efdp.exe", "acta fdp.exe.pdf"),
        ("a\x00c\nta\r\t.pdf", "a c ta.pdf"),
        ('acta: "final" <2>?.pdf', "acta final 2.pdf"),
        ("Informe N° 12.2020", "Informe N° 12.2020.pdf"),
        ("ACTA.PDF", "ACTA.pdf"),
        ("foto.jpeg.pdf", "foto.jpeg.pdf"),
        (".pdf", "pdf.pdf"),
        ("...", "archivo.pdf"),
        ("", "archivo.pdf"),
        ("ñ" * 300 + ".pdf", "ñ" * 146 + ".pdf"),
        ("ñ" * 300, "ñ" * 146 + ".pdf"),
        ("\ud83d.pdf", "pdf.pdf"),
    ],
)
def test_a_name_is_made_safe(name: str, safe: str) -> None:
    assert check(name, PDF, OFFICE, MB).name == safe


def test_both_extensions_of_a_jpeg_are_its_own() -> None:
    assert check("Foto.JPEG", JPEG, IMAGES, MB).name == "Foto.jpg"


@given(st.text(max_size=400))
def test_every_name_becomes_a_safe_one(name: str) -> None:
    safe = safe_name(name)
    assert 1 <= len(safe) <= 150
    assert not {"/", "\\", "\n", "\r", '"'} & set(safe)
    assert not any(unicodedata.category(sign).startswith("C") for sign in safe)
    assert unicodedata.is_normalized("NFC", safe)
    assert safe_name(safe) == safe
