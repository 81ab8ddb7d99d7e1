"""Importing a plan of many rows, and openpyxl reading the same file and nothing else."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import django
from django.db import connection, transaction
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()

from members.models import Entity
from poa.models import NationalPlan, Unit
from poa.plan_columns import HEAD
from poa.plan_import.importing import carry_out

YEAR = 2021
LINES_A_STRATEGY = 50


def workbook(rows: int) -> bytes:
    """A workbook in the annex's layout, with one indicator a row and its responsible in bold."""
    book = Workbook()
    sheet = book.worksheets[0]
    for column, heading in enumerate(HEAD[0].cells[:15], 1):
        sheet.cell(1, column, heading.text)
    sheet.cell(1, 16, "EJECUCIÓN DE METAS")
    sheet.cell(1, 20, "Observaciones")
    for column, text in enumerate(("Abs.", "%", "Abs.", "%"), 16):
        sheet.cell(3, column, text)
    institutions = CellRichText(
        TextBlock(InlineFont(b=True), "Secretaría Técnica de la CNLCTF-MTPE"), "/ SUNAFIL/ GORES."
    )
    for row in range(rows):
        strategy, line = divmod(row, LINES_A_STRATEGY)
        code = f"1.{strategy + 1}"
        values = [
            *("OE 1", "Desarrollar una adecuada capacidad de respuesta.", None, None, None, None),
            "EE 2: Detección",
            f"E {code}",
            f"Desarrollar acciones de detección, {strategy + 1}.",
            f"LA {code}.{line + 1}",
            f"Capacitar a inspectores, policías y fiscales, {row}.",
            f"1. Número de eventos de capacitación a inspectores, policías y fiscales, {row}.",
            "Evento",
            4,
            institutions,
            *(1, 0.25, 3, 0.75),
            f"* Diciembre: Conversatorio sobre la detección del trabajo forzoso ({row}).",
        ]
        for column, value in enumerate(values, 1):
            if value is not None:
                sheet.cell(row + 4, column, value)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def ours(content: bytes) -> Callable[[], None]:
    """From the file to the rows in the database, which are then taken back."""

    def run() -> None:
        with transaction.atomic():
            found = carry_out(content, YEAR)
            if found.errors:
                raise ValueError(str(found.errors[0]))
            transaction.set_rollback(True)

    return run


def openpyxl_reading(content: bytes) -> Callable[[], None]:
    """Every value of every cell, with the bold words of its text."""

    def run() -> None:
        book = load_workbook(BytesIO(content), rich_text=True)
        for row in book.worksheets[0].iter_rows(values_only=True):
            tuple(row)

    return run


def peak_megabytes(content: bytes) -> float:
    """The most memory that a process of its own takes for the import, all of Django included."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "plan.xlsx"
        path.write_bytes(content)
        command = [sys.executable, "-m", "benchmarks.plan_import", str(path)]
        run = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    return float(run.stdout.split()[-1])


def _measure_memory(path: str) -> None:
    """In a database of its own, with what the workbook names and nothing else."""
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    NationalPlan.objects.create(
        acronym="Plan",
        name="Plan",
        norm="DS",
        norm_date=date(YEAR, 1, 1),
        starts_on=date(YEAR, 1, 1),
    )
    Unit.objects.create(name="Evento", plural="Eventos")
    for acronym, short_name in (
        ("ST", "Secretaría Técnica de la CNLCTF-MTPE"),
        ("SUNAFIL", ""),
        ("GORES", ""),
    ):
        Entity.objects.create(
            acronym=acronym,
            slug=acronym.lower(),
            name=acronym,
            short_name=short_name,
            kind="public_body",
        )
    ours(Path(path).read_bytes())()
    # Linux counts in kilobytes; getrusage would count what the parent held before this began.
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    print(int(status["VmHWM"].split()[0]) / 1024)


if __name__ == "__main__":
    _measure_memory(sys.argv[1])
