"""An evaluation's two files, its PDF and its workbook: the same bytes for the same content."""

import datetime
from decimal import Decimal

from django.template.loader import render_to_string

from cnlctf.lib import pdf, xlsx
from cnlctf.lib.calendar import day_month_year
from cnlctf.lib.grid import Align, Block, Cell, Row, Table
from cnlctf.lib.text import escape
from poa.evaluating.content import EvaluationContent
from poa.plan_workbook import with_shapes
from sessions.acta_data import Annex
from sessions.acta_document import STYLESHEETS, column_widths

PAPER = (*STYLESHEETS, "css/plan_paper.css", "css/evaluation_paper.css")


def render(content: EvaluationContent, at: datetime.datetime) -> bytes:
    """The PDF; raise ``cnlctf.lib.pdf.PdfError``, in Spanish, where there can be none."""
    matrix = Annex("matriz", "Matriz", content.block.heading, content.block)
    context = {"content": content, "matrix": matrix, "column_widths": column_widths([matrix])}
    return pdf.render(
        render_to_string("poa/evaluation_pdf.html", context),
        stylesheets=PAPER,
        title=content.title,
        author=f"{content.heading.commission} ({content.heading.acronym})",
        subject=f"{content.title}, al {day_month_year(content.cut_off_on)}",
        created=at,
    )


def workbook(content: EvaluationContent, at: datetime.datetime) -> bytes:
    """The matrix as the annex has it, then each state with its reason, and what changed."""
    sheets = [
        xlsx.Sheet(
            title=f"POA {content.year}",
            block=with_shapes(content.block),
            fills=content.colours,
            frozen_columns=1,
        ),
        xlsx.Sheet(
            title="Estados",
            block=with_shapes(_states(content)),
            fills=content.colours,
            width=180,
            paper="A4",
        ),
    ]
    if content.follows:
        sheets.append(xlsx.Sheet(title="Cambios", block=_changes(content), width=180, paper="A4"))
    return xlsx.write(
        sheets,
        title=content.title,
        author=f"{content.heading.commission} ({content.heading.acronym})",
        created=at,
    )


def _states(content: EvaluationContent) -> Block:
    figures = content.figures
    return Block(
        heading=f"{content.title}: estado de cada indicador, al "
        f"{day_month_year(content.cut_off_on)}",
        prose=f"{figures.met} de {figures.total} metas alcanzadas, {figures.printed_mean} de "
        f"avance promedio, {figures.reported} de {figures.total} con reporte.",
        table=_table(
            "Estado de cada indicador",
            (18, 40, 10, 10, 10, 26, 50),
            ("Lugar", "Indicador", "Meta", "Ejecutado", "%", "Estado", "Por qué"),
            [
                (
                    Cell(row.place, header=True),
                    Cell(escape(row.name)),
                    _figure(row.goal),
                    _figure(row.executed),
                    Cell(row.percent, align=Align.CENTER),
                    Cell(escape(row.standing), state=row.state.value),
                    Cell(escape(row.why)),
                )
                for row in content.rows
            ],
        ),
        legend=content.block.legend,
    )


def _changes(content: EvaluationContent) -> Block:
    return Block(
        heading=f"{content.title}: qué cambió desde «{content.follows}»",
        prose="" if content.changes else "Nada cambió.",
        table=_table(
            "Cambios",
            (18, 50, 16, 40, 40),
            ("Lugar", "Indicador", "Columna", "Antes", "Ahora"),
            [
                (
                    Cell(change.row.place, header=True),
                    Cell(escape(change.row.name)),
                    Cell(change.column),
                    Cell(escape(change.before)),
                    Cell(escape(change.after)),
                )
                for change in content.changes
            ],
        ),
    )


def _table(
    caption: str, widths: tuple[int, ...], head: tuple[str, ...], body: list[tuple[Cell, ...]]
) -> Table:
    heading = Row(tuple(Cell(one, header=True, bold=True, align=Align.CENTER) for one in head))
    return Table(caption, widths, (heading,), tuple(Row(cells) for cells in body))


def _figure(words: str) -> Cell:
    """A number where the words are nothing else: «1,500», and not «0 a/»."""
    plain = words.replace(",", "")
    if not plain.replace(".", "", 1).isdecimal():
        return Cell(escape(words), align=Align.CENTER)
    number_format = "#,##0.00" if "." in plain else "#,##0"
    return Cell(words, align=Align.CENTER, number=Decimal(plain), number_format=number_format)
