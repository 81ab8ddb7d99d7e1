import itertools
import json
import os
import subprocess
import sys
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from pypdf import PdfReader

from cnlctf.documents.models import IssuedDocument
from cnlctf.lib import pdf, pdf_engine
from cnlctf.lib.frozen import thaw
from cnlctf.lib.pdf import PdfUnavailable
from sessions import acta_document
from sessions.acta_data import ActaDocument
from sessions.acta_document import approve, collect, render
from sessions.choices import SessionState
from sessions.models import Session
from tests.sessions.acta_factory import make_acta, make_acta_in_review
from tests.sessions.test_acta_document import AT

pytestmark = pytest.mark.django_db

A4 = (595, 842)
POINTS_IN_MM = 72 / 25.4


@pytest.fixture(scope="module")
def so_120(issued_so_120: IssuedDocument) -> PdfReader:
    return PdfReader(BytesIO(issued_so_120.content))


def test_the_pages_of_so_120(so_120: PdfReader) -> None:
    sizes = [(round(page.mediabox.width), round(page.mediabox.height)) for page in so_120.pages]
    assert sizes == [A4] * 8 + [A4[::-1]] * 3
    texts = [page.extract_text() for page in so_120.pages]
    assert [f"Página {n} de 11" in text for n, text in enumerate(texts, 1)] == [True] * 11
    running = "(CNLCTF) Acta de la Sesión Ordinaria N°\N{NO-BREAK SPACE}120"
    assert [running in text for text in texts] == [False] + [True] * 10


def test_each_sheet_of_the_annex_has_the_head_and_says_where_it_is(so_120: PdfReader) -> None:
    texts = [" ".join(page.extract_text().split()) for page in so_120.pages[8:]]
    assert [text.count("EJECUCIÓN DE METAS") for text in texts] == [1, 1, 1]
    assert [text.count("OE 1 Desarrollar") for text in texts] == [1, 1, 0]
    assert [text.count("OE 2 Reducir") for text in texts] == [0, 1, 1]


def test_what_the_file_says_of_itself(so_120: PdfReader) -> None:
    metadata = so_120.metadata
    assert metadata.title == "Acta de la Sesión Ordinaria N° 120"
    assert metadata.author == "Comisión Nacional para la Lucha contra el Trabajo Forzoso (CNLCTF)"
    assert metadata.creation_date_raw == metadata.modification_date_raw
    assert metadata.creation_date.isoformat() == "2020-01-16T11:25:00-05:00"
    assert so_120.trailer["/Root"]["/Lang"] == "es-PE"


def test_there_is_room_to_sign(so_120: PdfReader) -> None:
    """The lines of text of neighbouring rows are at least 16 mm apart."""
    heights = []

    def note(text: str, _cm: list, tm: list, *_: object) -> None:
        if text.strip() in {"MTPE", "MINJUS", "MININTER", "MINCETUR", "MPFN", "SUNAFIL", "INEI"}:
            heights.append(tm[5])

    so_120.pages[7].extract_text(visitor_text=note)
    assert len(heights) >= 6
    gaps = [abs(a - b) for a, b in itertools.pairwise(heights)]
    assert min(gaps) >= 16 * POINTS_IN_MM


def test_a_draft_says_so_on_every_page_and_an_approved_acta_does_not() -> None:
    draft = replace(collect(make_acta()), is_draft=True)
    texts = [page.extract_text() for page in PdfReader(BytesIO(render(draft))).pages]
    assert [text.count("BORRADOR") for text in texts] == [1] * len(texts)
    final = PdfReader(BytesIO(render(replace(draft, is_draft=False))))
    assert "BORRADOR" not in "".join(page.extract_text() for page in final.pages)


def test_the_same_data_give_the_same_bytes_in_any_process(issued_so_120: IssuedDocument) -> None:
    program = (
        "import django, hashlib, json, sys; django.setup();"
        "from cnlctf.lib.frozen import thaw;"
        "from sessions.acta_data import ActaDocument; from sessions.acta_document import render;"
        "document = thaw(json.load(sys.stdin), ActaDocument);"
        "print(hashlib.sha256(render(document)).hexdigest())"
    )
    sums = [
        subprocess.run(  # noqa: S603  (our own program)
            [sys.executable, "-c", program],
            input=json.dumps(issued_so_120.data),
            capture_output=True,
            text=True,
            check=True,
            cwd=settings.BASE_DIR,
            env={
                **os.environ,
                "PYTHONHASHSEED": seed,
                "DJANGO_SETTINGS_MODULE": "tests.settings",
            },
        ).stdout.strip()
        for seed in ("1", "2")
    ]
    assert sums == [issued_so_120.sha256] * 2


def test_it_opens_no_file_but_static_ones(
    issued_so_120: IssuedDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    fetch = pdf_engine.StaticFetcher.fetch
    monkeypatch.setattr(
        pdf_engine.StaticFetcher,
        "fetch",
        lambda self, url, headers=None: (asked.append(url), fetch(self, url, headers))[1],
    )
    pdf_engine._workshop.cache_clear()
    render(thaw(issued_so_120.data, ActaDocument))
    assert "static:css/acta_paper.css" in asked
    assert [url for url in asked if not url.startswith("static:")] == []


# --- The command ----------------------------------------------------------------------------


def run(*args: object) -> str:
    out = StringIO()
    call_command("acta_pdf", *map(str, args), stdout=out)
    return out.getvalue()


@pytest.fixture
def cheap_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acta_document, "render", lambda document: document.title.encode())


@pytest.mark.usefixtures("cheap_pdf")
def test_the_command_writes_the_draft(tmp_path: Path) -> None:
    make_acta()
    path = tmp_path / "acta.pdf"
    assert run("so-125", "-o", path) == f"{path}: Acta de la SO N° 125 (borrador).\n"
    assert path.read_bytes() == "Acta de la Sesión Ordinaria N° 125".encode()


@pytest.mark.usefixtures("cheap_pdf")
def test_without_a_path_it_goes_to_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_acta()
    monkeypatch.chdir(tmp_path)
    assert run("so-125") == "acta-so-125.pdf: Acta de la SO N° 125 (borrador).\n"
    assert [path.name for path in tmp_path.iterdir()] == ["acta-so-125.pdf"]


def test_the_command_writes_the_issued_bytes_also_where_pango_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acta_document, "render", lambda document: b"as issued")
    acta = make_acta_in_review()
    approve(acta, by=None, at=AT)
    monkeypatch.setattr(pdf, "render", no_pango)
    path = tmp_path / "acta.pdf"
    assert run("so-125", "-o", path) == f"{path}: Acta de la SO N° 125.\n"
    assert path.read_bytes() == b"as issued"


def no_pango(*args: object, **kwargs: object) -> bytes:
    raise PdfUnavailable


@pytest.mark.usefixtures("cheap_pdf")
@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["so-7"], "No hay ninguna sesión «so-7»: se nombran como so-120 o se-3."),
        (["acta"], "No hay ninguna sesión «acta»: se nombran como so-120 o se-3."),
        (
            ["so-" + "9" * 20],
            f"No hay ninguna sesión «so-{'9' * 20}»: se nombran como so-120 o se-3.",
        ),
        (["so-119"], "La SO N° 119 no tiene acta."),
        (
            ["so-125", "-o", "/no/hay/acta.pdf"],
            "No se puede escribir «/no/hay/acta.pdf»: la carpeta no existe.",
        ),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(args: list[str], message: str) -> None:
    make_acta()
    Session.objects.create(number=119, state=SessionState.REFERRED)
    with pytest.raises(CommandError) as caught:
        run(*args)
    assert (str(caught.value), caught.value.returncode) == (message, 1)


def test_a_missing_pango_is_said_with_the_line_to_type(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_acta()
    monkeypatch.setattr(pdf, "render", no_pango)
    with pytest.raises(CommandError) as caught:
        run("so-125", "-o", tmp_path / "acta.pdf")
    assert str(caught.value) == (
        f"Falta Pango, la biblioteca que compone los PDF. Instale: {pdf.APT_LINE}"
    )
    assert list(tmp_path.iterdir()) == []
