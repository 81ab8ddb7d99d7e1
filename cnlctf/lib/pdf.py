"""HTML → PDF bytes: the same input gives the same bytes on any machine.

WeasyPrint is imported on the first rendering only: it costs half a second and needs Pango.
"""

import ctypes
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime

# Shared library → Debian package. Without the last one writing takes four times as long.
_LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
APT_LINE = f"apt-get install --yes {' '.join(_LIBRARIES.values())}"


class PdfError(Exception):
    """No PDF, and the message says why in Spanish."""


class PdfUnavailable(PdfError):  # noqa: N818
    def __init__(self) -> None:
        super().__init__(f"Falta Pango, la biblioteca que compone los PDF. Instale: {APT_LINE}")


class MissingGlyph(PdfError):  # noqa: N818
    """``characters``: what none of the bundled fonts can draw."""

    def __init__(self, characters: Iterable[str]) -> None:
        self.characters = "".join(sorted(characters))
        names = ", ".join(
            f"«{character}» (U+{ord(character):04X})" for character in self.characters
        )
        super().__init__(f"Las tipografías del PDF no tienen estos caracteres: {names}.")


class ForbiddenResource(PdfError):  # noqa: N818
    """A stylesheet, font or picture that is not a file of the folder of static files."""

    def __init__(self, url: str) -> None:
        self.url = url
        super().__init__(f"El PDF solo usa archivos estáticos propios, y se pidió «{url}».")


def missing_packages() -> tuple[str, ...]:
    """Debian packages still to install, found in milliseconds; for system checks."""
    if sys.platform != "linux":
        return ()
    return tuple(package for library, package in _LIBRARIES.items() if not _loads(library))


def render(
    html: str,
    *,
    stylesheets: Sequence[str],
    title: str,
    author: str,
    subject: str,
    created: datetime,
    keywords: Sequence[str] = (),
    language: str = "es-PE",
) -> bytes:
    """A tagged PDF (PDF/UA-1) of ``html``.

    ``stylesheets`` are paths in the folder of static files ("css/acta.css"), joined in that
    order; the bundled fonts need none. In the HTML and in inline CSS a file is
    ``static:path``. Of the links only http, https, mailto and ``#anchor`` ones survive.
    ``created`` must be aware: it is the PDF's date of creation and of last change. Raises
    PdfUnavailable, MissingGlyph or ForbiddenResource.
    """
    if created.tzinfo is None:
        raise ValueError("created needs a time zone")
    try:
        from cnlctf.lib import pdf_engine
    except OSError as error:
        raise PdfUnavailable from error
    return pdf_engine.render(
        html,
        tuple(stylesheets),
        title=title,
        authors=[author],
        description=subject,
        keywords=list(keywords),
        created=created.isoformat(timespec="seconds"),
        modified=created.isoformat(timespec="seconds"),
        lang=language,
    )


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
