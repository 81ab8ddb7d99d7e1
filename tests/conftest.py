import os
import shutil
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.db.backends.base.operations import BaseDatabaseOperations
from pytest_django import DjangoDbBlocker

from poa.models import OperatingPlan


@pytest.fixture(scope="session")
def migrated(pytestconfig: pytest.Config) -> Path | None:
    """Where SQLite's tables are kept as the migrations leave them, until one of these changes.

    To make them takes several seconds, which a run of few tests would mostly consist of.
    ``--cache-clear`` makes them anew.
    """
    cache = getattr(pytestconfig, "cache", None)
    if connection.vendor != "sqlite" or cache is None:
        return None
    digest = sha256()
    for app in apps.get_app_configs():
        for path in sorted(Path(app.path).glob("migrations/*.py")):
            digest.update(path.name.encode() + path.read_bytes())
    return cache.mkdir("migrated") / f"{digest.hexdigest()}.sqlite3"


@pytest.fixture(scope="session")
def django_db_keepdb(migrated: Path | None) -> bool:
    """Whether the database of this run is a copy of the tables kept: it needs no migration."""
    if migrated is None:
        return False
    try:
        shutil.copyfile(migrated, connection.settings_dict["TEST"]["NAME"])
    except FileNotFoundError:
        return False
    return True


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    django_db_keepdb: bool,
    migrated: Path | None,
) -> None:
    """Keep the tables for the next run, in place of older ones."""
    if migrated is None or django_db_keepdb:
        return
    fresh = migrated.with_suffix(f".{os.getpid()}")
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(fresh)])
    for older in migrated.parent.glob("*.sqlite3"):
        older.unlink(missing_ok=True)
    fresh.rename(migrated)


@pytest.fixture(scope="module")
def demo(django_db_setup: Any, django_db_blocker: Any) -> Iterator[OperatingPlan]:
    """The demo and its plan of 2019, loaded once for the tests of a file, which only read it."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", verbosity=0)
        yield OperatingPlan.objects.get(year=2019)
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium, quiet: it looks for nothing outside this machine."""
    return {
        **browser_type_launch_args,
        "executable_path": os.environ.get("CHROMIUM", "/usr/bin/chromium"),
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
        ],
    }


@pytest.fixture(scope="session", autouse=True)
def flush_past_triggers() -> Any:
    """Let the clean-up after a test that commits empty also the tables whose rows are for ever.

    SQLite empties a table by DELETE, which their triggers refuse; PostgreSQL's TRUNCATE fires none.
    """
    if connection.vendor != "sqlite":
        yield
        return
    operations = type(connection.ops)
    execute_sql_flush = operations.execute_sql_flush

    def without_triggers(self: BaseDatabaseOperations, statements: list[str]) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
        drop = [f'DROP TRIGGER "{name}"' for name, _ in triggers]
        create = [sql for _, sql in triggers]
        execute_sql_flush(self, [*drop, *statements, *create])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "execute_sql_flush", without_triggers)
        yield
