"""The texts of a draft that can be remarked on, in the order in which they are read."""

from collections.abc import Iterator
from dataclasses import dataclass

from sessions.acta_document import Rows, rows_of
from sessions.blocks import KINDS
from sessions.choices import PetitionOrigin
from sessions.models import Acta, Petition
from sessions.models.versioned import Versioned

WHOSE = {
    PetitionOrigin.SECRETARIAT: "de la Presidencia y Secretaría Técnica",
    PetitionOrigin.MEMBERS: "de los integrantes",
}


@dataclass(frozen=True)
class DraftText:
    """The main text of a block; ``anchor`` is its place in ``_acta_body.html``.

    ``leading`` is what the acta prints before it, and is not part of it.
    """

    kind: str
    block: int
    version: int
    anchor: str
    place: str
    words: str
    leading: str = ""

    @property
    def key(self) -> tuple[str, int]:
        return self.kind, self.block


def draft_texts(acta: Acta, rows: Rows | None = None) -> list[DraftText]:
    """Every text, in a number of queries that does not grow with the acta."""
    return list(_texts(acta, rows or rows_of(acta)))


def _texts(acta: Acta, rows: Rows) -> Iterator[DraftText]:
    yield _text("instalacion", acta, "quorum", "Verificación del quórum")
    for number, report in enumerate(rows.reports, 1):
        yield _text(
            "informe", report, f"informe-4-1-{number}", f"Informe 4.1.{number}", report.title
        )
    for number, said in enumerate(rows.sector_reports, 1):
        name = f"Informes de los sectores, párrafo {number}"
        yield _text("informe-sector", said, f"informe-4-2-{number}", name, said.attribution)
    yield from _petitions(rows.petitions)
    for number, item in enumerate(rows.agenda, 1):
        anchor = f"punto-{number}"
        yield _text("punto", item, anchor, f"Introducción del punto {number}")
        for place, turn in enumerate(item.interventions.all(), 1):
            name = f"Punto {number}, intervención {place}"
            yield _text("intervencion", turn, f"{anchor}-{place}", name, turn.attribution)
    for agreement in rows.agreements:
        number = agreement.number
        yield _text("acuerdo", agreement, f"acuerdo-{number}", f"Acuerdo {number}")
    yield _text("cierre", acta, "suscripcion", "Oración de cierre")


def _petitions(petitions: list[Petition]) -> Iterator[DraftText]:
    for group, (origin, whose) in enumerate(WHOSE.items(), 1):
        of_origin = (petition for petition in petitions if petition.origin == origin)
        for number, petition in enumerate(of_origin, 1):
            anchor = f"pedido-{group}-{number}"
            yield _text("pedido", petition, anchor, f"Pedido {number} {whose}")
            for place, item in enumerate(petition.items.all(), 1):
                name = f"Pedido {number}.{place} {whose}"
                yield _text("sub-punto", item, f"{anchor}-{place}", name)


def _text(kind: str, row: Versioned, anchor: str, place: str, leading: str = "") -> DraftText:
    words = getattr(row, KINDS[kind].main)
    return DraftText(kind, row.pk, row.version, anchor, place, words, leading)
