"""What holds for the project as a whole, whoever writes the next part of it."""

import ast
import re
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.template import engines

ROOT: Path = settings.BASE_DIR
TEMPLATES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("templates/**/*.*"))
SOURCES = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in ("cnlctf", "members", "sessions", "poa", "tests", "benchmarks")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
)

# From the lowest up: each may point at itself and at those before it.
LAYERS = ["members", "documents", "cnlctf_sessions", "poa"]
MAX_LINES = 400


@pytest.mark.django_db
def test_no_migration_is_pending():
    out = StringIO()
    call_command("makemigrations", "--check", "--dry-run", stdout=out, no_color=True)
    assert out.getvalue() == "No changes detected\n"


@pytest.mark.django_db
def test_migrations_make_one_chain():
    """Every dependency exists, and no app has two last migrations."""
    loader = MigrationLoader(connection)
    loader.graph.validate_consistency()
    assert loader.detect_conflicts() == {}
    assert {label for label, _ in loader.disk_migrations} >= set(LAYERS)


@pytest.mark.parametrize("path", TEMPLATES)
def test_template_compiles(path: str):
    engines["django"].get_template(path.removeprefix("templates/"))


@pytest.mark.parametrize("path", [path for path in TEMPLATES if path.endswith(".html")])
def test_template_has_nothing_inline(path: str):
    """The Content-Security-Policy would drop it without a word to the reader."""
    text = (ROOT / path).read_text(encoding="utf-8")
    inline = re.findall(
        r"<script(?![^>]*\ssrc=)[^>]*>|<style\b|\sstyle=|\son[a-z]+=|javascript:", text
    )
    assert inline == []


def test_no_foreign_key_points_upwards():
    upwards = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for label in LAYERS
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if not field.auto_created and field.is_relation and field.related_model
        if field.related_model._meta.app_label in LAYERS
        if LAYERS.index(field.related_model._meta.app_label) > LAYERS.index(label)
    ]
    assert upwards == []


def variables_read(source: str) -> set[str]:
    """The names that ``env("X")`` and ``env.anything("X")`` ask the environment for."""
    return {
        call.args[0].value
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call) and call.args and isinstance(call.args[0], ast.Constant)
        if isinstance(call.args[0].value, str)
        if ast.unparse(call.func).split(".")[0] == "env"
    }


def test_every_variable_is_in_the_readme():
    """Each has its row: ``| `NAME` | …``."""
    read = variables_read((ROOT / "cnlctf/settings.py").read_text(encoding="utf-8"))
    assert {"SECRET_KEY", "DATABASE_URL", "TODAY"} <= read
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert read - set(re.findall(r"^\| *`([A-Z_]+)`", readme, re.MULTILINE)) == set()


@pytest.mark.parametrize("path", SOURCES)
def test_source_is_short(path: str):
    """Longer files hold two subjects: split them by noun."""
    assert len((ROOT / path).read_text(encoding="utf-8").splitlines()) <= MAX_LINES
