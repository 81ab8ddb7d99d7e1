import gc
import hashlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from cnlctf.lib import pdf

CREATED = datetime(2020, 1, 16, 16, 25, tzinfo=UTC)
HTML = """<!doctype html><html lang="es"><head><title>otro</title>
<meta name="author" content="otro"><meta name="dcterms.created" content="1999-01-01">
<style>body { font-family: "IBM Plex Sans" } h1 { font-family: "IBM Plex Serif" }</style></head>
<body><h1 id="arriba">Acta N° 120</h1><p>«Ñandú» – más de <b>12</b> ≥ 7…</p>
<p><a href="https://www.gob.pe/">web</a> <a href="mailto:a@b.pe">correo</a>
<a href="#arriba">subir</a> <a href="javascript:alert(1)">j</a> <a href="file:///etc/passwd">f</a>
<a href="/relativo">r</a> <a href="data:text/html,x">d</a></p></body></html>"""


def render(html: str = HTML, **changes) -> bytes:
    arguments = {
        "stylesheets": ["css/fonts.css"],
        "title": "Acta de la Sesión N° 120",
        "author": "CNLCTF",
        "subject": "Sesión ordinaria",
        "keywords": ["acta", "trabajo forzoso"],
        "created": CREATED,
    }
    return pdf.render(html, **(arguments | changes))


def test_words_metadata_and_fonts():
    reader = PdfReader(BytesIO(render()))
    assert "«Ñandú» – más de 12 ≥ 7…" in reader.pages[0].extract_text()
    assert reader.metadata.title == "Acta de la Sesión N° 120"
    assert reader.metadata.author == "CNLCTF"
    assert reader.metadata.subject == "Sesión ordinaria"
    assert reader.metadata["/Keywords"] == "acta, trabajo forzoso"
    assert reader.metadata.creation_date == reader.metadata.modification_date == CREATED
    assert reader.root_object["/Lang"] == "es-PE"
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in reader.root_object["/Metadata"].get_data()
    fonts = reader.pages[0]["/Resources"]["/Font"].values()
    names = {font.get_object()["/BaseFont"].split("+")[1] for font in fonts}
    assert names == {"IBM-Plex-Sans", "IBM-Plex-Sans-Bold", "IBM-Plex-Serif-Bold"}


def test_only_harmless_links_survive():
    annotations = [a.get_object() for a in PdfReader(BytesIO(render())).pages[0]["/Annots"]]
    assert [a["/A"]["/URI"] for a in annotations if "/A" in a] == [
        "https://www.gob.pe/",
        "mailto:a@b.pe",
    ]
    assert [a["/Dest"] for a in annotations if "/Dest" in a] == ["arriba"]


def test_same_bytes_after_another_document_and_in_threads():
    first = render()
    assert render("<p>otra <i>cosa</i>") != first
    with ThreadPoolExecutor(3) as pool:
        assert {*pool.map(lambda _: render(), range(4))} == {first}


@pytest.mark.parametrize(("seed", "fontconfig"), [("1", "/dev/null"), ("2", "")])
def test_same_bytes_in_another_process_and_machine(seed, fontconfig):
    program = (
        "import sys, hashlib; from tests.lib.test_pdf import render;"
        "sys.stdout.write(hashlib.sha256(render()).hexdigest())"
    )
    environment = os.environ | {
        "PYTHONHASHSEED": seed,
        "DJANGO_SETTINGS_MODULE": "cnlctf.settings",
        "SECRET_KEY": "pdf",
        "LC_ALL": "C.UTF-8",
        "TZ": "Asia/Tokyo",
    }
    if fontconfig:
        environment["FONTCONFIG_FILE"] = fontconfig
    result = subprocess.run(  # noqa: S603  (our own interpreter and program)
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert result.stdout == hashlib.sha256(render()).hexdigest()


@pytest.mark.parametrize(
    ("html", "url"),
    [
        ('<img src="file:///etc/passwd">', "file:///etc/passwd"),
        ('<img src="http://localhost/a.png">', "http://localhost/a.png"),
        ('<img src="data:image/png;base64,AAAA">', "data:image/png;base64,AAAA"),
        ('<img src="static:/etc/passwd">', "static:/etc/passwd"),
        ('<img src="static:css">', "static:css"),
        ('<img src="static:no-existe.svg">', "static:no-existe.svg"),
        ('<img src="static:css/fonts.css%00.png">', "static:css/fonts.css%00.png"),
        ('<img src="static:css/%2e%2e/%2e%2e/manage.py">', "static:css/%2e%2e/%2e%2e/manage.py"),
        ('<base href="http://localhost/"><img src="a">', "http://localhost/a"),
        ('<style>@import "../manage.py";</style>', "static:manage.py"),
        ('<link rel="stylesheet" href="https://localhost/a.css">', "https://localhost/a.css"),
        ('<p style="background: url(/etc/passwd)">x', "static:/etc/passwd"),
        ("<style>@font-face{font-family:x;src:url(file:///x)}</style>", "file:///x"),
    ],
)
def test_no_file_outside_static_and_no_network(html, url):
    with pytest.raises(pdf.ForbiddenResource) as caught:
        render(html)
    assert caught.value.url == url


def test_no_link_out_of_static(tmp_path, settings):
    (tmp_path / "css").mkdir()
    (tmp_path / "css/fonts.css").write_text("")
    (tmp_path / "css/out.css").symlink_to(Path(__file__))
    settings.STATICFILES_DIRS = [tmp_path]
    with pytest.raises(pdf.ForbiddenResource):
        render("<p>", stylesheets=["css/out.css"])


def test_stylesheets_import_their_neighbours_and_share_layers(tmp_path, settings):
    root = Path(settings.STATICFILES_DIRS[0])
    (tmp_path / "css").mkdir()
    css = {
        "fonts": '@font-face { font-family: x; src: url("../fonts/IBMPlexSans-Bold.woff2") }',
        "order": "@layer low, high;",
        "a": '@import "b.css"; @layer high { p { visibility: visible } }',
        "b": "@layer low { p { visibility: hidden } h1 { display: none } }",
    }
    for name, text in css.items():
        (tmp_path / f"css/{name}.css").write_text(text)
    (tmp_path / "fonts").mkdir()
    font = root / "fonts/IBMPlexSans-Bold.woff2"
    (tmp_path / "fonts" / font.name).write_bytes(font.read_bytes())
    settings.STATICFILES_DIRS = [tmp_path]
    content = render(
        "<h1>no</h1><p>uno</p>", stylesheets=["css/order.css", "css/a.css", "css/b.css"]
    )
    assert PdfReader(BytesIO(content)).pages[0].extract_text() == "uno"


def test_a_glyph_that_no_bundled_font_has_is_refused():
    with pytest.raises(pdf.MissingGlyph) as caught:
        render("<p>Meta ▲ alcanzada 漢")
    assert caught.value.characters == "▲漢"
    assert str(caught.value) == (
        "Las tipografías del PDF no tienen estos caracteres: «▲» (U+25B2), «漢» (U+6F22)."
    )


def test_the_garbage_collector_runs_again_after_success_and_failure():
    assert gc.isenabled()
    render()
    with pytest.raises(pdf.MissingGlyph):
        render("<p>▲")
    assert gc.isenabled()


def test_a_naive_date_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        render(created=datetime(2020, 1, 16))


def test_importing_the_module_imports_no_weasyprint():
    program = "import sys, cnlctf.lib.pdf; sys.exit('weasyprint' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True)  # noqa: S603


def test_missing_pango_names_the_apt_line(monkeypatch):
    class NoPango:
        @staticmethod
        def find_spec(name, *_):
            if name == "cnlctf.lib.pdf_engine":
                raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.delitem(sys.modules, "cnlctf.lib.pdf_engine", raising=False)
    monkeypatch.delattr("cnlctf.lib.pdf_engine", raising=False)
    monkeypatch.setattr(sys, "meta_path", [NoPango, *sys.meta_path])
    with pytest.raises(pdf.PdfUnavailable, match=r"apt-get install .* libpango-1\.0-0"):
        render()


def test_missing_packages(monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")

    def only_pango(library):
        if library != "libpango-1.0.so.0":
            raise OSError

    monkeypatch.setattr(pdf.ctypes, "CDLL", only_pango)
    assert pdf.missing_packages() == ("libpangoft2-1.0-0", "libharfbuzz-subset0")
