"""What the machine and the environment must bring, said before something fails halfway."""

import ctypes
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks

APT = "En Debian: sudo apt-get install -y {packages}"

# Asked of the loader itself: importing WeasyPrint to find out would cost every command a second.
PANGO = {
    "libpango-1.0-0": ("libpango-1.0.so.0", "libpango-1.0.dylib"),
    "libpangoft2-1.0-0": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
}
HARFBUZZ = {
    "libharfbuzz-subset0": ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
}

FONTS_CSS = "css/fonts.css"
FONT_URL = re.compile(r'url\("([^"]+)"\)')

# As in Django's own security.W009, which is only asked for with `check --deploy`.
KEY_LENGTH = 50
KEY_CHARACTERS = 5
INSECURE_PREFIX = "django-insecure-"


def _missing(libraries: Mapping[str, Sequence[str]]) -> list[str]:
    return [package for package, names in libraries.items() if not any(map(_loads, names))]


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


@checks.register(checks.Tags.compatibility)
def check_libraries(**kwargs: Any) -> Iterable[checks.CheckMessage]:
    if missing := _missing(PANGO):
        yield checks.Error(
            "Falta Pango: no se podrá generar ningún PDF.",
            hint=APT.format(packages=" ".join(missing)),
            id="cnlctf.E001",
        )
    if missing := _missing(HARFBUZZ):
        yield checks.Warning(
            "Falta HarfBuzz-subset: los PDF tardarán más y pesarán más.",
            hint=APT.format(packages=" ".join(missing)),
            id="cnlctf.W001",
        )


@checks.register(checks.Tags.files)
def check_fonts(**kwargs: Any) -> Iterable[checks.CheckMessage]:
    css = Path(settings.BASE_DIR) / "static" / FONTS_CSS
    urls = FONT_URL.findall(css.read_text(encoding="utf-8")) if css.is_file() else []
    missing = [css.name] if not urls else []
    missing += [Path(url).name for url in urls if not (css.parent / url).is_file()]
    if missing:
        yield checks.Error(
            f"Faltan tipos de letra: {', '.join(missing)}.",
            hint="Recupere las carpetas static/fonts y static/css del repositorio.",
            id="cnlctf.E002",
        )


@checks.register(checks.Tags.security)
def check_secret_key(**kwargs: Any) -> Iterable[checks.CheckMessage]:
    """HTTPS=off is one's own machine; anywhere else a weak key opens every signed thing."""
    key = settings.SECRET_KEY
    weak = (
        len(key) < KEY_LENGTH or len(set(key)) < KEY_CHARACTERS or key.startswith(INSECURE_PREFIX)
    )
    if settings.HTTPS and not settings.DEBUG and weak:
        yield checks.Error(
            f"SECRET_KEY es débil: en producción debe ser secreta, al azar y de {KEY_LENGTH} "
            "caracteres o más.",
            hint='python -c "import secrets; print(secrets.token_urlsafe(50))"',
            id="cnlctf.E003",
        )


@checks.register(checks.Tags.database, deploy=True)
def check_database(**kwargs: Any) -> Iterable[checks.CheckMessage]:
    if settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
        yield checks.Warning(
            "La base de datos es SQLite: basta para probar, no para un servidor con respaldo "
            "y varios procesos.",
            hint="DATABASE_URL=postgres://usuario:clave@servidor/base",
            id="cnlctf.W002",
        )
