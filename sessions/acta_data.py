"""An acta as plain values, all in words and numbered: what is printed, shown and frozen."""

from dataclasses import dataclass
from typing import NamedTuple

from cnlctf.lib.grid import Block, Table
from sessions.annex_sheets import sheets


@dataclass(frozen=True)
class Heading:
    """The institutional marks and the commission's name, as they were on the day."""

    commission: str
    acronym: str
    country: str
    ministry: str
    alliance: str


@dataclass(frozen=True)
class Datum:
    label: str
    value: str


@dataclass(frozen=True)
class Participant:
    """``office`` is what the acta adds to the name: «Presidente alterno»."""

    name: str
    office: str
    entity: str


@dataclass(frozen=True)
class ParticipantGroup:
    heading: str
    people: tuple[Participant, ...]


@dataclass(frozen=True)
class Item:
    """A numbered paragraph; ``text`` is in the markup of ``cnlctf.lib.text``."""

    number: str
    text: str


@dataclass(frozen=True)
class Report:
    anchor: str
    number: str
    title: str
    body: str


@dataclass(frozen=True)
class Petition:
    number: str
    text: str
    items: tuple[Item, ...]
    conclusion: str


@dataclass(frozen=True)
class PetitionGroup:
    heading: str
    petitions: tuple[Petition, ...]


@dataclass(frozen=True)
class AgendaPoint:
    anchor: str
    number: str
    title: str
    heading: str
    introduction: str
    interventions: tuple[Item, ...]


@dataclass(frozen=True)
class Agreement:
    """``adoption`` says how it was adopted, in the same markup; empty for what needs no saying.

    Actas frozen before there were votes have none.
    """

    anchor: str
    number: str
    text: str
    adoption: str = ""


@dataclass(frozen=True)
class Signature:
    entity: str
    capacity: str
    name: str


@dataclass(frozen=True)
class Annex:
    anchor: str
    label: str
    title: str
    block: Block

    @property
    def sheets(self) -> tuple[Table, ...]:
        """The table cut to sheets of paper; see ``annex_sheets``."""
        return sheets(self.block.table) if self.block.table else ()


@dataclass(frozen=True)
class ActaDocument:
    """``dated`` is the instant that the PDF bears as its own, in ISO: approval or, before, session.

    No other moment of its making is in it: the same acta gives the same bytes.
    """

    name: str
    title: str
    dated: str
    is_draft: bool
    heading: Heading
    data: tuple[Datum, ...]
    participants: tuple[ParticipantGroup, ...]
    opening: str
    quorum: tuple[Datum, ...]
    reports: tuple[Report, ...]
    sector_reports: tuple[str, ...]
    petitions: tuple[PetitionGroup, ...]
    agenda: tuple[AgendaPoint, ...]
    agreements: tuple[Agreement, ...]
    closing: str
    signatures: tuple[Signature, ...]
    annexes: tuple[Annex, ...]


class OutlineItem(NamedTuple):
    anchor: str
    label: str
    children: tuple["OutlineItem", ...] = ()


def outline(document: ActaDocument) -> list[OutlineItem]:
    """The places of the acta's text to go to; the anchors are those of ``_acta_body.html``."""
    return [
        OutlineItem("datos", "I. Datos de la sesión"),
        OutlineItem("participantes", "II. Participantes"),
        OutlineItem("quorum", "III. Verificación del quórum"),
        OutlineItem(
            "informes",
            "IV. Informes",
            (
                *(
                    OutlineItem(report.anchor, f"{report.number} {report.title.rstrip(':')}")
                    for report in document.reports
                ),
                OutlineItem("informes-sectores", "4.2. Informes de los Sectores"),
            ),
        ),
        OutlineItem("pedidos", "V. Pedidos"),
        OutlineItem(
            "orden-del-dia",
            "VI. Orden del día",
            tuple(
                OutlineItem(point.anchor, f"{point.number} {point.title}")
                for point in document.agenda
            ),
        ),
        OutlineItem(
            "acuerdos",
            "VII. Acuerdos",
            tuple(
                OutlineItem(agreement.anchor, f"Acuerdo {agreement.number.rstrip('.')}")
                for agreement in document.agreements
            ),
        ),
        OutlineItem("suscripcion", "VIII. Suscripción del acta"),
        *(OutlineItem(annex.anchor, annex.label) for annex in document.annexes),
    ]
