"""Measures everything on a throw-away database and prints it, a line a figure."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection
from django.test import Client, override_settings

from benchmarks import acta_pdf, editor, plan_board, plan_import, workbook
from benchmarks.pages import PAGES, Page, admin_pages, count_queries, load_bulk, load_demo
from benchmarks.timing import Pair, alternate, work_clock
from benchmarks.urls import HELLO

PDF_AIM = 1.15
BOARD_AIM = 2.0
BOARD_PDF_AIM = 1.3
XLSX_AIM = 1.5
LONG_ACTA_AIM = 2
SAVE_AIM = 1.5
IMPORT_AIM = 2
MEMORY_AIM = 200
IMPORTED = 5_000
PLAN = 2020

Measured = tuple[Pair, int]


@contextmanager
def throw_away_database() -> Iterator[None]:
    """A new one beside that of DATABASE_URL, which is left alone."""
    kept = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(kept, verbosity=0)


def main() -> None:
    start = time.perf_counter()
    with (
        throw_away_database(),
        override_settings(ROOT_URLCONF="benchmarks.urls", ALLOWED_HOSTS=["testserver"]),
    ):
        print(f"Medianas en milisegundos, medidas por turnos; base de datos: {connection.vendor}.")
        load_demo()
        measure_pdf()
        pages = [*PAGES, *admin_pages()]
        clients = [page.client() for page in pages]
        few = [measure_page(client, page.path) for client, page in zip(clients, pages, strict=True)]
        load_bulk()
        many = [
            measure_page(client, page.bulk_path or page.path)
            for client, page in zip(clients, pages, strict=True)
        ]
        measure_workbook()
        measure_import()
        measure_editor()
        plan_board.load()
        measure_plan()
        print_pages(pages, few, many)
    print(f"\nMedido en {time.perf_counter() - start:.0f} s.")


# --- PDF and Excel --------------------------------------------------------------------------


def measure_pdf() -> None:
    heading("PDF del acta de la SO N° 120, de las tablas al archivo", "WeasyPrint")
    source = acta_pdf.html()
    figure("El primero de un proceso", acta_pdf.first(source, rounds=3), PDF_AIM)
    figure("Los siguientes", acta_pdf.warm(source, rounds=5), PDF_AIM)
    print(
        "  WeasyPrint: HTML(string=…).write_pdf(…) con el mismo HTML, las mismas hojas de estilo\n"
        "  y las mismas etiquetas PDF/UA. El primero: cada vez en un proceso nuevo, con los\n"
        "  módulos ya importados; ambos leen entonces hojas y tipografías. Los siguientes: ambos\n"
        "  las tienen ya leídas."
    )


def measure_workbook() -> None:
    sheet = workbook.sheet_of(workbook.ours(PLAN))
    whole, written, styled, bare = alternate(
        lambda: workbook.ours(PLAN),
        workbook.writer_only(PLAN),
        workbook.styled(sheet),
        workbook.bare(sheet),
        rounds=3,
        clock=work_clock(),
    )
    heading("Excel de un POA de 500 indicadores × 20 eventos", "openpyxl")
    figure("De las tablas al archivo / celdas con su formato", Pair(whole, styled), XLSX_AIM)
    figure("De las tablas al archivo / solo los valores", Pair(whole, bare), XLSX_AIM)
    figure("Solo escribirlo (lib.xlsx) / celdas con su formato", Pair(written, styled))
    figure("Solo escribirlo (lib.xlsx) / solo los valores", Pair(written, bare))
    print(
        f"  openpyxl escribe las mismas {sheet.max_row} × {sheet.max_column} celdas ya calculadas, "
        "sin base de datos. Con su formato:\n"
        "  fuentes, bordes, rellenos, alineación, formatos numéricos, celdas combinadas, anchos y\n"
        "  alturas, por su interfaz pública. Solo los valores: una hoja sin formato alguno."
    )


def measure_editor() -> None:
    short, long = editor.acta_of(editor.FEW, 901), editor.acta_of(editor.MANY, 902)
    client = editor.writer()
    # Calls of milliseconds: what the machine does for others would count more than what differs.
    clock = work_clock()
    opening = [editor.opening(client, acta) for acta in (long, short)]
    opened = alternate(*opening, rounds=9, clock=clock)
    queries = [count_queries(client, editor.edit_path(acta)) for acta in (long, short)]
    saving = editor.saving(client, long), editor.updating(client, long)
    saved = alternate(*saving, rounds=120, clock=clock)
    heading("Escribir el acta", "base")
    figure("Abrir una de 300 bloques / una de 30", Pair(*opened), LONG_ACTA_AIM)
    figure("Guardar un texto / una vista que solo actualiza", Pair(*saved), SAVE_AIM)
    same = f"{queries[0]} y {queries[1]} {mark(queries[0] == queries[1])}"
    print(
        f"  Consultas al abrir la de 300 y la de 30: {same}. Se guarda en la de 300. La vista que\n"
        "  solo actualiza: los mismos middlewares, ingreso y permiso, un formulario y un UPDATE.\n"
        "  Sobre SQLite, en tiempo de procesador."
    )


def measure_plan() -> None:
    heading("Un POA de 500 indicadores × 20 eventos, el quinto de cinco", "demo")
    for name, path in plan_board.PAGES:
        aim = BOARD_AIM if (name, path) in plan_board.PROMISED else None
        figure(f"{name}, con tantas filas como la demo", plan_board.against_demo(path, 7), aim)
    heading("Tablero del POA en PDF, de las tablas al archivo", "WeasyPrint")
    figure("El de la demostración", plan_board.pdf(plan_board.DEMO, 5), BOARD_PDF_AIM)
    figure("El de 500 indicadores", plan_board.pdf(plan_board.LARGE, 3), BOARD_PDF_AIM)


def measure_import() -> None:
    content = plan_import.workbook(IMPORTED)
    ours, reading = plan_import.ours(content), plan_import.openpyxl_reading(content)
    times = alternate(ours, reading, rounds=3, clock=work_clock())
    heading(f"Importación de un plan de {IMPORTED:,} filas, del archivo a la base", "openpyxl")
    figure("Leer, revisar, comparar y guardar / solo leer", Pair(*times), IMPORT_AIM)
    peak = plan_import.peak_megabytes(content)
    print(
        f"  Memoria del proceso entero: {peak:.0f} MB, de {MEMORY_AIM} como máximo "
        f"{mark(peak <= MEMORY_AIM)}. openpyxl lee los mismos\n  valores, con la negrita de sus "
        "textos (rich_text), en su modo normal."
    )


def heading(title: str, baseline: str) -> None:
    print(f"\n{title}\n  {'':52}{'nuestro':>9}{baseline:>12}{'razón':>8}{'meta':>9}")


def figure(name: str, pair: Pair, aim: float | None = None) -> None:
    judged = f"{f'≤ {aim}':>9} {mark(pair.ratio <= aim)}" if aim else f"{'—':>9}"
    print(f"  {name:52}{ms(pair.ours):>9}{ms(pair.baseline):>12}{pair.ratio:>8.2f}{judged}")


# --- Pages ----------------------------------------------------------------------------------


def measure_page(client: Client, path: str) -> Measured:
    """Its time and that of a bare page, asked for by the same person, and its queries."""
    times = alternate(asking(client, path), asking(client, HELLO), rounds=5, patience=0.1)
    return Pair(*times), count_queries(client, path)


def asking(client: Client, path: str) -> Callable[[], object]:
    return lambda: client.get(path)


def print_pages(pages: list[Page], few: list[Measured], many: list[Measured]) -> None:
    print("\nCada página frente a una del mismo sitio que solo dice «Hola», a la misma persona")
    times = f"{'página':>10}{'«Hola»':>8}{'razón':>8}"
    print(f"  {'':42}{'con la demostración':>26}{'con muchos datos':>26}{'consultas':>14}")
    print(f"  {'':42}{times}{times}{'demo':>7}{'muchos':>7}")
    for page, (small, queries), (large, queries_of_many) in zip(pages, few, many, strict=True):
        print(
            f"  {page.name:42}{timed(small)}{timed(large)}{queries:>7}{queries_of_many:>7}"
            f" {mark(queries == queries_of_many)}"
        )
    print(
        "  Muchos datos: 50 sesiones × 20 acuerdos, 30 entidades más y un POA de 500 indicadores\n"
        "  × 20 eventos. ✓: tantas consultas con muchos datos como con pocos."
    )


def timed(pair: Pair) -> str:
    return f"{ms(pair.ours):>10}{ms(pair.baseline):>8}{pair.ratio:>8.1f}"


def ms(seconds: float) -> str:
    return f"{seconds * 1000:,.1f}"


def mark(good: bool) -> str:
    return "✓" if good else "✗"
