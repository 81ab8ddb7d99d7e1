"""The acta as plain data: collected once, in words and numbered; page, PDF and record show it.

An approved acta is what was frozen when it was approved, whatever the tables say later.
"""

import datetime
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from cnlctf.documents.models import IssuedDocument
from cnlctf.lib import calendar, pdf, text
from cnlctf.lib.frozen import freeze, thaw
from cnlctf.lib.grid import Block
from members.choices import Capacity
from members.models import User
from sessions import models
from sessions.annex_sheets import Sheet, sheets
from sessions.choices import Office, PetitionOrigin

STYLESHEETS = ("css/acta_paper.css",)

PRESIDENCY = (Capacity.PRESIDENT, Capacity.ALTERNATE_PRESIDENT, Capacity.SECRETARY)
# Headings as the commission writes them, also for two observers (seed L22–41).
GROUPS = (
    ("Presidencia y Secretaría Técnica", PRESIDENCY),
    ("Representantes titulares", (Capacity.HOLDER,)),
    ("Representantes alternos", (Capacity.ALTERNATE,)),
    ("Observador", (Capacity.OBSERVER,)),
    ("Invitados/as", (Capacity.GUEST,)),
)


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
    anchor: str
    number: str
    text: str


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
    def sheets(self) -> tuple[Sheet, ...]:
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


def document_of(acta: models.Acta) -> ActaDocument:
    """What the acta says: the frozen record of an approved one, the tables' data otherwise."""
    return thaw(acta.issued.data, ActaDocument) if acta.issued else collect(acta)


def pdf_of(acta: models.Acta) -> bytes:
    """The PDF of the acta: the issued file itself once approved, a draft otherwise."""
    return bytes(acta.issued.content) if acta.issued else render(collect(acta))


def render(document: ActaDocument) -> bytes:
    """The PDF; raise ``cnlctf.lib.pdf.PdfError``, in Spanish, where there can be none."""
    return pdf.render(
        # A number never leaves its «N°» at the end of a line.
        render_to_string("sessions/acta_pdf.html", {"document": document}).replace(
            "N° ", "N°\N{NO-BREAK SPACE}"
        ),
        stylesheets=STYLESHEETS,
        title=document.title,
        author=f"{document.heading.commission} ({document.heading.acronym})",
        subject=document.data[0].value,
        created=datetime.datetime.fromisoformat(document.dated),
    )


@transaction.atomic
def approve(acta: models.Acta, *, by: User | None, at: datetime.datetime) -> IssuedDocument:
    """Freeze the acta: store its data and its PDF, and approve it on them.

    Raise ValidationError where the acta is approved already or cannot be collected, and PdfError
    where it cannot be printed; nothing is stored then.
    """
    acta.refresh_from_db(from_queryset=models.Acta.objects.select_for_update())
    if acta.is_approved:
        raise ValidationError("El acta ya está aprobada.")
    document = replace(
        collect(acta),
        is_draft=False,
        dated=timezone.localtime(at).isoformat(timespec="seconds"),
    )
    content = render(document)
    issued = IssuedDocument.objects.create(
        name=document.name,
        title=document.title,
        content=content,
        data=freeze(document),
        sha256=hashlib.sha256(content).hexdigest(),
        issued_at=at,
        issued_by=by,
    )
    acta.approve(issued=issued, at=at, by=by)
    return issued


def collect(acta: models.Acta) -> ActaDocument:
    """The acta as the tables have it now, in a number of queries that does not grow with it.

    Raise ValidationError while the session has no date or the commission no letterhead for it.
    """
    session = acta.session
    day = session.held_on
    if day is None:
        raise ValidationError("La sesión no tiene fecha: indíquela antes de componer el acta.")
    letterhead = models.Letterhead.objects.in_force_on(day).first()
    if letterhead is None:
        raise ValidationError("No hay membrete vigente en la fecha de la sesión.")
    attendances = {
        attendance.pk: attendance
        for attendance in session.attendances.select_related("person", "entity")
    }
    return ActaDocument(
        name=f"acta-{session.slug}",
        title=f"Acta de la {session.long_name}",
        dated=_closed_at(session, day).isoformat(timespec="seconds"),
        is_draft=True,
        heading=Heading(
            commission=letterhead.commission,
            acronym=letterhead.acronym,
            country=letterhead.country_mark,
            ministry=letterhead.ministry_mark,
            alliance=letterhead.alliance_mark,
        ),
        data=tuple(_data(session, day, letterhead.acronym)),
        participants=tuple(_participants(attendances.values())),
        opening=acta.opening,
        quorum=tuple(_quorum(session)),
        reports=tuple(_reports(acta)),
        sector_reports=tuple(_spoken(report) for report in acta.sector_reports.all()),
        petitions=tuple(_petitions(acta, letterhead.acronym)),
        agenda=tuple(_agenda(session)),
        agreements=tuple(
            Agreement(f"acuerdo-{agreement.number}", f"{agreement.number}.", agreement.text)
            for agreement in session.agreements.order_by("number")
        ),
        closing=acta.closing,
        signatures=tuple(
            _signature(attendances[signatory.attendance_id]) for signatory in acta.signatories.all()
        ),
        annexes=tuple(
            Annex(
                anchor=f"anexo-{annex.number}",
                label=f"Anexo {annex.number}",
                title=annex.title,
                block=thaw(annex.content, Block),
            )
            for annex in acta.annexes.all()
        ),
    )


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


def _closed_at(session: models.Session, day: datetime.date) -> datetime.datetime:
    moment = session.ends_at or session.starts_at or datetime.time()
    return timezone.make_aware(datetime.datetime.combine(day, moment))


def _data(session: models.Session, day: datetime.date, acronym: str) -> Iterable[Datum]:
    yield Datum("Fecha", calendar.long_date_capitalised(day))
    hours = [
        f"{word} las {calendar.clock(moment)}"
        for word, moment in (("desde", session.starts_at), ("hasta", session.ends_at))
        if moment
    ]
    if hours:
        sentence = " ".join(hours)
        yield Datum("Hora", sentence[0].upper() + sentence[1:])
    if session.venue:
        yield Datum("Sede", f"{session.venue.rstrip('.')}.")
    offices = {office.office: office for office in session.offices.select_related("person")}
    for code, capacity in (
        (Office.CHAIR, None),
        (Office.PRESIDENT, Capacity.PRESIDENT),
        (Office.SECRETARY, Capacity.SECRETARY),
    ):
        if office := offices.get(code):
            label = (
                f"{capacity.title_for(office.person.gender)} de la {acronym}"
                if capacity
                else "Conducción de la Sesión"
            )
            yield Datum(label, f"{office.person.full_name}, {office.charge.rstrip('.')}.")


def _participants(attendances: Iterable[models.Attendance]) -> Iterable[ParticipantGroup]:
    present = [attendance for attendance in attendances if attendance.is_present]
    for heading, capacities in GROUPS:
        people = tuple(
            Participant(
                name=attendance.person.full_name,
                office=attendance.title if attendance.capacity in PRESIDENCY else "",
                entity=attendance.printed_entity,
            )
            for attendance in present
            if attendance.capacity in capacities
        )
        if people:
            yield ParticipantGroup(heading, people)


def _quorum(session: models.Session) -> Iterable[Datum]:
    quorum = session.quorum()
    call = session.get_call_display()
    if session.starts_at:
        call += f", {calendar.clock(session.starts_at)}"
    return (
        Datum("Entidades miembros con asiento", str(quorum.members)),
        Datum("Quórum requerido", f"{quorum.required} ({quorum.arithmetic})"),
        Datum("Asientos presentes", str(quorum.present)),
        Datum("Convocatoria", call),
        Datum("Base legal", quorum.rule.name),
        Datum("Resultado", "Hay quórum" if quorum.met else "No hay quórum"),
    )


def _reports(acta: models.Acta) -> Iterable[Report]:
    for number, report in enumerate(acta.reports.all(), 1):
        yield Report(
            f"informe-4-1-{number}", f"4.1.{number}.", f"{report.title.rstrip(':')}:", report.body
        )


def _spoken(turn: models.SectorReport | models.Intervention) -> str:
    return f"**{text.escape(turn.attribution.strip())}** {turn.body}"


def _petitions(acta: models.Acta, acronym: str) -> Iterable[PetitionGroup]:
    petitions = list(acta.petitions.prefetch_related("items"))
    for origin, whose in (
        (PetitionOrigin.SECRETARIAT, f"la Presidencia y Secretaría Técnica de la {acronym}"),
        (PetitionOrigin.MEMBERS, f"los integrantes de la {acronym}"),
    ):
        group = tuple(
            Petition(
                number=f"{number}.",
                text=petition.body,
                items=tuple(
                    Item(f"{number}.{place}.", item.body)
                    for place, item in enumerate(petition.items.all(), 1)
                ),
                conclusion=petition.conclusion,
            )
            for number, petition in enumerate((p for p in petitions if p.origin == origin), 1)
        )
        yield PetitionGroup(
            heading=f"Pedidos de {whose}",
            petitions=group or (Petition("1.", "No se formularon pedidos.", (), ""),),
        )


def _agenda(session: models.Session) -> Iterable[AgendaPoint]:
    for number, item in enumerate(session.agenda_items.prefetch_related("interventions"), 1):
        yield AgendaPoint(
            anchor=f"punto-{number}",
            number=f"{number}.",
            title=item.title,
            heading=f"Sobre el {number}. Punto de Orden del día:",
            introduction=item.introduction,
            interventions=tuple(
                Item(f"{place}.", _spoken(turn))
                for place, turn in enumerate(item.interventions.all(), 1)
            ),
        )


def _signature(attendance: models.Attendance) -> Signature:
    return Signature(
        entity=attendance.entity.acronym,
        capacity=attendance.capacity,
        name=attendance.person.full_name.upper(),
    )
