"""WeasyPrint made safe and repeatable; use ``cnlctf.lib.pdf``, which imports this when needed."""

import gc
import mimetypes
import threading
import urllib.parse
import warnings
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

with warnings.catch_warnings():
    # "Expect ugly output" where the system has no fonts: ours are bundled.
    warnings.simplefilter("ignore")
    import weasyprint
from weasyprint.css.counters import CounterStyle
from weasyprint.pdf.metadata import DocumentMetadata
from weasyprint.text.ffi import ffi, fontconfig, pangoft2
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from cnlctf.lib.pdf import ForbiddenResource, MissingGlyph

SCHEME = "static:"
FONTS = "css/fonts.css"
LINK_SCHEMES = ("http:", "https:", "mailto:")

# urljoin leaves "../fonts/a.woff2" alone unless it knows that the scheme has paths.
urllib.parse.uses_relative.append(SCHEME.rstrip(":"))
ffi.cdef("FcConfig * FcConfigCreate (void);")

# Pango's font map serves one thread at a time, and so does the switch of the garbage collector.
_lock = threading.Lock()


class StaticFetcher(URLFetcher):
    """Opens files of the folder of static files, and nothing else."""

    def __init__(self, root: Path) -> None:
        super().__init__(fail_on_errors=True)
        self.root = root.resolve()

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        path = self.root / urllib.parse.unquote(url.removeprefix(SCHEME)).replace("\0", "")
        path = path.resolve()
        if not (url.startswith(SCHEME) and path.is_relative_to(self.root) and path.is_file()):
            raise ForbiddenResource(url)
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})


class BundledFonts(FontConfiguration):
    """Only the faces of css/fonts.css: what the machine has installed changes nothing."""

    def __init__(self, fetcher: StaticFetcher) -> None:
        super().__init__()
        self._config = fontconfig.FcConfigCreate()
        pangoft2.pango_fc_font_map_set_config(
            ffi.cast("PangoFcFontMap *", self.font_map), self._config
        )
        # The font map holds the configuration from here on.
        fontconfig.FcConfigDestroy(self._config)
        weasyprint.CSS(url=SCHEME + FONTS, url_fetcher=fetcher, font_config=self)


class Workshop:
    """What renderings share: unpacking the fonts alone takes longer than setting an acta."""

    def __init__(self, root: Path) -> None:
        self.fetcher = StaticFetcher(root)
        self.fonts = BundledFonts(self.fetcher)
        self.sheets: dict[tuple[str, ...], tuple[weasyprint.CSS, CounterStyle]] = {}

    def sheet(self, stylesheets: tuple[str, ...]) -> tuple[weasyprint.CSS, CounterStyle]:
        if stylesheets not in self.sheets or settings.DEBUG:
            counters = CounterStyle()
            sheet = weasyprint.CSS(
                # One sheet of imports: cascade layers must span all of them.
                string="".join(f'@import "{SCHEME}{path}";' for path in stylesheets),
                url_fetcher=self.fetcher,
                font_config=self.fonts,
                counter_style=counters,
            )
            self.sheets[stylesheets] = sheet, counters
        return self.sheets[stylesheets]


_workshop = cache(Workshop)


def render(html: str, stylesheets: tuple[str, ...], **metadata: Any) -> bytes:
    with _lock:
        # Layout makes a great many objects that all live to the end: no use looking for rubbish.
        collecting = gc.isenabled()
        gc.disable()
        try:
            return _render(html, stylesheets, DocumentMetadata(**metadata))
        except FatalURLFetchingError as error:
            raise (error.__cause__ or error) from None
        finally:
            if collecting:
                gc.enable()


def _render(html: str, stylesheets: tuple[str, ...], metadata: DocumentMetadata) -> bytes:
    workshop = _workshop(Path(settings.STATICFILES_DIRS[0]))
    sheet, counters = workshop.sheet(stylesheets)
    options = {"pdf_variant": "pdf/ua-1", "stylesheets": [sheet]}
    document = weasyprint.HTML(string=html, base_url=SCHEME, url_fetcher=workshop.fetcher).render(
        font_config=workshop.fonts, counter_style=counters.copy(), **options
    )
    document.metadata = metadata
    for page in document.pages:
        page.links = [link for link in page.links if _is_allowed(*link[:2])]
    content = document.write_pdf(**options)
    if missing := {code for font in document.fonts.values() for code in font.missing}:
        raise MissingGlyph(map(chr, missing))
    return content


def _is_allowed(kind: str, target: str) -> bool:
    return kind == "internal" or (kind == "external" and target.lower().startswith(LINK_SCHEMES))
