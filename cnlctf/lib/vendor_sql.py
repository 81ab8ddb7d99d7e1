"""Migrations for what the ORM cannot say: triggers and exclusions, each database in its words."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.migrations import RunPython


def vendor_sql(forward: Mapping[str, list[str]], backward: Mapping[str, list[str]]) -> RunPython:
    """Return the operation that runs the statements listed under the connection's vendor.

    Keys are "sqlite" and "postgresql"; a KeyError says that a database is not supported.
    """
    return RunPython(_runner(forward), _runner(backward))


def _runner(statements: Mapping[str, list[str]]) -> Callable[[Any, Any], None]:
    def run(apps: Any, schema_editor: Any) -> None:
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement)

    return run
