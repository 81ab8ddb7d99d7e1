"""The PDF of SO 120's acta, and WeasyPrint alone on the same HTML and CSS.

`python -m benchmarks.acta_pdf ours|baseline FILE DATABASE` prints the seconds of the first one in a
process, all modules loaded; FILE holds the HTML.
"""

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from unittest import mock

import django
from django.conf import settings
from django.db import connection

from benchmarks.timing import Pair, alternate, seconds


def ours() -> bytes:
    """From the tables to the file; the stored one is not looked at."""
    from sessions.acta_document import collect, render
    from sessions.models import Acta

    return render(collect(Acta.objects.select_related("session").get_by_natural_key("SO", 120)))


def html() -> str:
    """What the program gives to WeasyPrint."""
    from cnlctf.lib import pdf_engine

    with mock.patch.object(pdf_engine, "render", wraps=pdf_engine.render) as render:
        ours()
    return str(render.call_args.args[0])


def baseline(source: str) -> Callable[[], bytes]:
    """WeasyPrint as its manual has it, with fonts and style sheets read once.

    As tagged as ours, and with neither our fetcher, our care for the bytes nor our switching off of
    the garbage collector.
    """
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    from sessions.acta_document import STYLESHEETS

    static = Path(settings.STATICFILES_DIRS[0])
    fonts = FontConfiguration()
    sheets = [
        weasyprint.CSS(filename=static / path, font_config=fonts)
        for path in ("css/fonts.css", *STYLESHEETS)
    ]
    document = weasyprint.HTML(string=source, base_url=f"{static.as_uri()}/")
    return lambda: document.write_pdf(stylesheets=sheets, font_config=fonts, pdf_variant="pdf/ua-1")


def warm(source: str, rounds: int) -> Pair:
    alone = baseline(source)
    if pages(ours()) != pages(alone()):
        raise ValueError("the baseline is not the same document")
    return Pair(*alternate(ours, alone, rounds=rounds))


def pages(content: bytes) -> int:
    from pypdf import PdfReader

    return len(PdfReader(io.BytesIO(content)).pages)


def first(source: str, rounds: int) -> Pair:
    with TemporaryDirectory() as folder:
        path = Path(folder, "acta.html")
        path.write_text(source, encoding="utf-8")
        times = [[_first(which, path) for which in ("ours", "baseline")] for _ in range(rounds)]
    return Pair(*map(median, zip(*times, strict=True)))


def _first(which: str, path: Path) -> float:
    program = ["-m", "benchmarks.acta_pdf", which, str(path), str(connection.settings_dict["NAME"])]
    run = subprocess.run(  # noqa: S603
        [sys.executable, *program], cwd=settings.BASE_DIR, stdout=subprocess.PIPE, check=True
    )
    return float(run.stdout)


def main(which: str, path: str, database: str) -> None:
    django.setup()
    connection.settings_dict["NAME"] = database
    # Both load everything that either needs before the clock starts.
    from cnlctf.lib import pdf_engine  # noqa: F401
    from sessions import acta_document  # noqa: F401

    source = Path(path).read_text(encoding="utf-8")
    print(seconds(ours if which == "ours" else lambda: baseline(source)()))


if __name__ == "__main__":
    main(*sys.argv[1:])
