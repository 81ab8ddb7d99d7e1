"""The acta as plain data: collected once, in words and numbered; page, PDF and record show it.

An approved acta is what was frozen when it was approved, whatever the tables say later.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from cnlctf.documents.models import IssuedDocument
from cnlctf.lib import calendar, pdf, text
from cnlctf.lib.frozen import freeze, thaw
from cnlctf.lib.grid import Block
from members.choices import Capacity
from members.models import User
from sessions import models
from sessions.acta_data import (
    ActaDocument,
    AgendaPoint,
    Agreement,
    Annex,
    Datum,
    Heading,
    Item,
    Participant,
    ParticipantGroup,
    Petition,
    PetitionGroup,
    Report,
    Signature,
)
from sessions.annex_sheets import column_shares
from sessions.choices import ActaStep, Office, PetitionOrigin
from sessions.votes import adoption_text, votes_of

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


def document_of(acta: models.Acta) -> ActaDocument:
    """What the acta says: the frozen record of an approved one, the tables' data otherwise."""
    return published_document(acta) if acta.is_approved else collect(acta)


def published_document(acta: models.Acta) -> ActaDocument:
    """What the version in force says, also while the acta is reopened."""
    return thaw(acta.issued.data, ActaDocument)  # type: ignore[union-attr]


def pdf_of(acta: models.Acta) -> bytes:
    """The PDF of the acta: the issued file itself once approved, a draft otherwise."""
    if acta.is_approved:
        return bytes(acta.issued.content)  # type: ignore[union-attr]
    return render(collect(acta))


def render(document: ActaDocument) -> bytes:
    """The PDF; raise ``cnlctf.lib.pdf.PdfError``, in Spanish, where there can be none."""
    context = {"document": document, "column_widths": column_widths(document.annexes)}
    html = render_to_string("sessions/acta_pdf.html", context)
    return pdf.render(
        # A number never leaves its «N°» at the end of a line.
        html.replace("N° ", "N°\N{NO-BREAK SPACE}"),
        stylesheets=STYLESHEETS,
        title=document.title,
        author=f"{document.heading.commission} ({document.heading.acronym})",
        subject=document.data[0].value,
        created=datetime.datetime.fromisoformat(document.dated),
    )


def column_widths(annexes: Iterable[Annex]) -> SafeString:
    """The annexes' columns as a style sheet: data, so in no file; no browser ever sees it."""
    rules = "".join(
        f"#{annex.anchor} col:nth-child({column}){{width:{share}}}"
        for annex in annexes
        if annex.block.table
        for column, share in enumerate(column_shares(annex.block.table), 1)
    )
    return format_html("<style>{}</style>", mark_safe(rules))  # noqa: S308  (numbers)


@transaction.atomic
def approve(acta: models.Acta, *, by: User | None, at: datetime.datetime) -> IssuedDocument:
    """Freeze the acta: store its data and its PDF as the next version, and approve it on them.

    Raise ValidationError where its state does not allow it or it cannot be collected, and PdfError
    where it cannot be printed; nothing is stored then.
    """
    acta.refresh_from_db(from_queryset=models.Acta.objects.select_for_update())
    acta.check_may(ActaStep.APPROVED)
    document = replace(
        collect(acta),
        is_draft=False,
        dated=timezone.localtime(at).isoformat(timespec="seconds"),
    )
    issued = IssuedDocument.objects.issue(
        name=document.name,
        title=document.title,
        content=render(document),
        data=freeze(document),
        at=at,
        by=by,
    )
    acta.approve(issued=issued, at=at, by=by)
    return issued


@dataclass(frozen=True)
class Rows:
    """What people wrote of an acta, each list read once."""

    reports: list[models.Report]
    sector_reports: list[models.SectorReport]
    petitions: list[models.Petition]
    agenda: list[models.AgendaItem]
    agreements: list[models.Agreement]


def rows_of(acta: models.Acta) -> Rows:
    session = acta.session
    return Rows(
        reports=list(acta.reports.all()),
        sector_reports=list(acta.sector_reports.all()),
        petitions=list(acta.petitions.prefetch_related("items")),
        agenda=list(session.agenda_items.accepted().prefetch_related("interventions")),
        agreements=list(session.agreements.order_by("number")),
    )


def collect(acta: models.Acta, rows: Rows | None = None) -> ActaDocument:
    """The acta as the tables have it now, in a number of queries that does not grow with it.

    Raise ValidationError while the session has no date or the commission no letterhead for it.
    """
    session = acta.session
    day = session.held_on
    if day is None:
        raise ValidationError("La sesión no tiene fecha: indíquela antes de componer el acta.")
    letterhead = letterhead_on(day, "No hay membrete vigente en la fecha de la sesión.")
    votes = votes_of(session)
    attendances = {
        attendance.pk: attendance
        for attendance in session.attendances.select_related("person", "entity")
    }
    rows = rows or rows_of(acta)
    return ActaDocument(
        name=acta.document_name,
        title=f"Acta de la {session.long_name}",
        dated=_closed_at(session, day).isoformat(timespec="seconds"),
        is_draft=True,
        heading=heading_of(letterhead),
        data=tuple(_data(session, day, letterhead.acronym)),
        participants=tuple(_participants(attendances.values())),
        opening=acta.opening,
        quorum=tuple(_quorum(session)),
        reports=tuple(_reports(rows.reports)),
        sector_reports=tuple(_spoken(report) for report in rows.sector_reports),
        petitions=tuple(_petitions(rows.petitions, letterhead.acronym)),
        agenda=tuple(_agenda(rows.agenda)),
        agreements=tuple(
            Agreement(
                f"acuerdo-{agreement.number}",
                f"{agreement.number}.",
                agreement.text,
                adoption_text(agreement, votes.get(agreement.pk)),
            )
            for agreement in rows.agreements
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


def letterhead_on(day: datetime.date, without: str) -> models.Letterhead:
    """The letterhead in force; ValidationError with the message ``without`` where there is none."""
    letterhead = models.Letterhead.objects.in_force_on(day).first()
    if letterhead is None:
        raise ValidationError(without)
    return letterhead


def heading_of(letterhead: models.Letterhead) -> Heading:
    return Heading(
        commission=letterhead.commission,
        acronym=letterhead.acronym,
        country=letterhead.country_mark,
        ministry=letterhead.ministry_mark,
        alliance=letterhead.alliance_mark,
    )


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
    for code, whose in (
        (Office.CHAIR, "Conducción de la Sesión"),
        (Office.CLERK, "Secretaría ad hoc de la Sesión"),
        (Office.PRESIDENT, Capacity.PRESIDENT),
        (Office.SECRETARY, Capacity.SECRETARY),
    ):
        if office := offices.get(code):
            label = (
                f"{whose.title_for(office.person.gender)} de la {acronym}"
                if isinstance(whose, Capacity)
                else whose
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
        Datum("Miembros con asiento", str(quorum.members)),
        Datum("Quórum requerido", f"{quorum.required} ({quorum.arithmetic})"),
        Datum("Asientos presentes", str(quorum.present)),
        Datum("Convocatoria", call),
        Datum("Base legal", quorum.rule.name),
        Datum("Resultado", "Hay quórum" if quorum.met else "No hay quórum"),
    )


def _reports(reports: Iterable[models.Report]) -> Iterable[Report]:
    for number, report in enumerate(reports, 1):
        yield Report(
            f"informe-4-1-{number}", f"4.1.{number}.", f"{report.title.rstrip(':')}:", report.body
        )


def _spoken(turn: models.SectorReport | models.Intervention) -> str:
    return f"**{text.escape(turn.attribution.strip())}** {turn.body}"


def _petitions(petitions: list[models.Petition], acronym: str) -> Iterable[PetitionGroup]:
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


def _agenda(accepted: Iterable[models.AgendaItem]) -> Iterable[AgendaPoint]:
    for number, item in enumerate(accepted, 1):
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
