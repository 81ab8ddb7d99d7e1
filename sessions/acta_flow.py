"""An acta as a flow of plain parts, for the files that are not the PDF, and section by section."""

from collections.abc import Iterator
from dataclasses import replace

from cnlctf.lib.flow import Flow, Grid, Heading, Landscape, Numbered, Part, Prose
from cnlctf.lib.grid import Block, Cell, Row, Table
from cnlctf.lib.text import escape
from sessions.acta_data import ActaDocument, Datum, outline


def flow_of(document: ActaDocument) -> Flow:
    heading = document.heading
    return Flow(
        title=document.title,
        overline=f"{heading.commission} ({heading.acronym})",
        marks=(f"{heading.country} – {heading.ministry}", heading.alliance),
        notice="Borrador" if document.is_draft else "",
        parts=tuple(part for _, parts in sections(document) for part in parts),
    )


def sections(document: ActaDocument) -> Iterator[tuple[str, tuple[Part, ...]]]:
    """The anchor of each section and what it says, its title first."""
    writers = {
        "datos": _data,
        "participantes": _participants,
        "quorum": _quorum,
        "informes": _reports,
        "pedidos": _petitions,
        "orden-del-dia": _agenda,
        "acuerdos": _agreements,
        "suscripcion": _signatures,
    }
    for item in outline(document):
        if write := writers.get(item.anchor):
            yield item.anchor, (Heading(1, escape(item.label)), *write(document))
    for annex in document.annexes:
        title = Heading(1, escape(f"{annex.label}: {annex.title}"))
        yield annex.anchor, (Landscape(), title, *block_parts(annex.block))


def _data(document: ActaDocument) -> Iterator[Part]:
    yield _pairs("Datos de la sesión", document.data)


def _participants(document: ActaDocument) -> Iterator[Part]:
    rows = []
    for group in document.participants:
        rows.append(Row((Cell(escape(group.heading), colspan=2, header=True),)))
        for person in group.people:
            name = " – ".join(filter(None, (person.name, person.office)))
            rows.append(Row((Cell(escape(name)), Cell(escape(person.entity)))))
    head = Row((Cell("Nombres y apellidos"), Cell("Entidad que representa")))
    yield Grid(Table("Participantes", (1, 1), (head,), tuple(rows)))


def _quorum(document: ActaDocument) -> Iterator[Part]:
    yield Prose(document.opening)
    yield _pairs("Verificación del quórum", document.quorum)


def _reports(document: ActaDocument) -> Iterator[Part]:
    yield Heading(
        2,
        "4.1. Informes sobre las gestiones efectuadas por la Presidencia y la Secretaría Técnica "
        "de la Comisión:",
    )
    for report in document.reports:
        yield Heading(3, f"{report.number} {report.title}")
        yield Prose(report.body)
    yield Heading(2, "4.2. Informes de los Sectores:")
    for said in document.sector_reports:
        first, _, others = said.partition("\n")
        yield Prose(f"- {first}" + (f"\n{others}" if others else ""))


def _petitions(document: ActaDocument) -> Iterator[Part]:
    for group in document.petitions:
        yield Heading(2, escape(group.heading))
        for petition in group.petitions:
            yield Numbered(petition.number, petition.text)
            for item in petition.items:
                yield Numbered(item.number, item.text, level=2)
            if petition.conclusion:
                yield Prose(petition.conclusion)


def _agenda(document: ActaDocument) -> Iterator[Part]:
    for point in document.agenda:
        yield Numbered(point.number, point.title)
    for point in document.agenda:
        yield Heading(2, escape(point.heading))
        if point.introduction:
            yield Prose(point.introduction)
        for item in point.interventions:
            yield Numbered(item.number, item.text)


def _agreements(document: ActaDocument) -> Iterator[Part]:
    for agreement in document.agreements:
        said = f"{agreement.text}\n{agreement.adoption}" if agreement.adoption else agreement.text
        yield Numbered(agreement.number, said)


def _signatures(document: ActaDocument) -> Iterator[Part]:
    yield Prose(document.closing)
    head = Row(tuple(Cell(words) for words in ("Entidad", "T/A", "Nombres y apellidos", "Firma")))
    body = tuple(
        Row(
            (
                Cell(escape(row.entity), header=True),
                Cell(row.capacity),
                Cell(escape(row.name)),
                Cell(),
            )
        )
        for row in document.signatures
    )
    yield Grid(Table("Suscripción del acta", (15, 7, 38, 40), (head,), body), row_height=16)


def block_parts(block: Block) -> Iterator[Part]:
    """A state is said by its shape, as on paper; the legend tells what each shape means."""
    shapes = {item.state: item.shape for item in block.legend}
    yield Prose(block.prose)
    if block.table:
        body = tuple(
            Row(tuple(_with_shape(cell, shapes) for cell in row.cells)) for row in block.table.body
        )
        yield Grid(replace(block.table, body=body))
    notes = [*block.notes, *(f"{item.shape} {item.wording}" for item in block.legend)]
    yield Prose("\n".join(notes))


def _with_shape(cell: Cell, shapes: dict[str, str]) -> Cell:
    shape = shapes.get(cell.state, "")
    return replace(cell, text=f"{shape} {cell.text}".strip()) if shape else cell


def _pairs(caption: str, data: tuple[Datum, ...]) -> Grid:
    rows = tuple(
        Row((Cell(escape(row.label), header=True), Cell(escape(row.value)))) for row in data
    )
    return Grid(Table(caption, (3, 7), (), rows))
