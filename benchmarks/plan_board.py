"""A plan of 500 indicators × 20 events in five years: its pages beside the demo's, and its PDF."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from unittest import mock

from django.conf import settings
from django.test import Client

from benchmarks import bulk
from benchmarks.timing import Pair, alternate, work_clock
from poa.models import OperatingPlan

DEMO, LARGE = 2019, 2034
# As many rows a page as the demo has: 9 lines of 12 indicators, or 6 of 12 in the large plan.
SAME_PAGE = (
    ("poa.views.matrix.LINES_PER_PAGE", 6),
    ("poa.views.institution.ROWS_PER_PAGE", 6),
    ("poa.views.reckoning.ROWS_PER_PAGE", 12),
)
PAGES = (
    ("Matriz", "matriz/"),
    ("Tablero", ""),
    ("Una institución", "instituciones/sunafil/"),
    ("Cómo se calculó", "calculo/"),
    ("Proyector", "proyector/"),
)
# What the issue promises of; the others are for knowing.
PROMISED = PAGES[:3]


def load() -> None:
    for year in range(LARGE - 4, LARGE + 1):
        bulk.add_plan(year, indicators=500, events=20)


@contextmanager
def same_page_size() -> Iterator[None]:
    with ExitStack() as stack:
        for name, rows in SAME_PAGE:
            stack.enter_context(mock.patch(name, rows))
        yield


def against_demo(path: str, rounds: int) -> Pair:
    """The page of the large plan, and as the baseline that of the demo."""
    client = Client()

    def asking(year: int) -> Callable[[], object]:
        return lambda: client.get(f"/poa/{year}/{path}")

    with same_page_size():
        return Pair(*alternate(asking(LARGE), asking(DEMO), rounds=rounds, clock=work_clock()))


def pdf(year: int, rounds: int) -> Pair:
    """The dashboard from the tables to the file, and WeasyPrint alone with the same HTML."""
    from cnlctf.lib import pdf_engine
    from poa.dashboard_document import PAPER, pdf_of

    plan = OperatingPlan.objects.select_related("national_plan").get(year=year)
    with mock.patch.object(pdf_engine, "render", wraps=pdf_engine.render) as render:
        pdf_of(plan)
    alone = _weasyprint(str(render.call_args.args[0]), PAPER)
    return Pair(*alternate(lambda: pdf_of(plan), alone, rounds=rounds, clock=work_clock()))


def _weasyprint(source: str, paths: tuple[str, ...]) -> Callable[[], bytes]:
    """With fonts and style sheets read once, and as tagged as ours."""
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    static = Path(settings.STATICFILES_DIRS[0])
    fonts = FontConfiguration()
    sheets = [
        weasyprint.CSS(filename=static / path, font_config=fonts)
        for path in ("css/fonts.css", *paths)
    ]
    document = weasyprint.HTML(string=source, base_url=f"{static.as_uri()}/")
    return lambda: document.write_pdf(stylesheets=sheets, font_config=fonts, pdf_variant="pdf/ua-1")
