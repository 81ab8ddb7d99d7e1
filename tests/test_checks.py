from pathlib import Path

import pytest
from django.core.checks import run_checks

from cnlctf import checks

STRONG = "k3y-of-fifty-characters-or-more-and-none-of-them-the-same-run"


@pytest.fixture
def absent(monkeypatch: pytest.MonkeyPatch):
    """Make the loader not find the libraries whose file name begins so."""

    def make_absent(*prefixes: str) -> None:
        real = checks.ctypes.CDLL

        def load(name: str):
            if name.startswith(prefixes):
                raise OSError(name)
            return real(name)

        monkeypatch.setattr(checks.ctypes, "CDLL", load)

    return make_absent


def test_a_complete_machine_is_silent():
    assert [message for message in run_checks() if message.id.startswith("cnlctf.")] == []


def test_missing_pango_names_the_apt_line(absent):
    absent("libpango")
    [error] = checks.check_libraries()
    assert error.id == "cnlctf.E001"
    assert error.is_serious()
    assert error.hint == ("En Debian: sudo apt-get install -y libpango-1.0-0 libpangoft2-1.0-0")


def test_missing_pangoft2_alone_names_only_itself(absent):
    absent("libpangoft2")
    [error] = checks.check_libraries()
    assert error.hint == "En Debian: sudo apt-get install -y libpangoft2-1.0-0"


def test_missing_harfbuzz_subset_only_warns(absent):
    absent("libharfbuzz-subset")
    [warning] = checks.check_libraries()
    assert warning.id == "cnlctf.W001"
    assert not warning.is_serious()
    assert warning.hint == "En Debian: sudo apt-get install -y libharfbuzz-subset0"


def test_missing_font_is_named(settings, tmp_path: Path):
    css = tmp_path / "static/css/fonts.css"
    css.parent.mkdir(parents=True)
    css.write_text('@font-face { src: url("../fonts/Plex.woff2") format("woff2"); }')
    settings.BASE_DIR = tmp_path
    [error] = checks.check_fonts()
    assert (error.id, error.msg) == ("cnlctf.E002", "Faltan tipos de letra: Plex.woff2.")


def test_missing_font_stylesheet_is_named(settings, tmp_path: Path):
    settings.BASE_DIR = tmp_path
    [error] = checks.check_fonts()
    assert error.msg == "Faltan tipos de letra: fonts.css."


@pytest.mark.parametrize(
    "key", ["short", "aaaa" * 20, f"django-insecure-{STRONG}"], ids=["short", "poor", "insecure"]
)
def test_weak_key_is_refused_in_production(settings, key: str):
    settings.HTTPS = True
    settings.SECRET_KEY = key
    assert [error.id for error in checks.check_secret_key()] == ["cnlctf.E003"]


def test_weak_key_passes_on_ones_own_machine(settings):
    settings.HTTPS = False
    settings.SECRET_KEY = "short"
    assert list(checks.check_secret_key()) == []


def test_strong_key_passes_in_production(settings):
    settings.HTTPS = True
    settings.SECRET_KEY = STRONG
    assert list(checks.check_secret_key()) == []


@pytest.mark.parametrize(("engine", "found"), [("sqlite3", ["cnlctf.W002"]), ("postgresql", [])])
def test_sqlite_is_not_for_production(
    settings, monkeypatch: pytest.MonkeyPatch, engine: str, found: list[str]
):
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", f"django.db.backends.{engine}")
    assert [warning.id for warning in checks.check_database()] == found
