"""A convocatoria, its rectification or its cancellation as plain data, as PDF and as an event.

What was convened is what was frozen when it was issued, whatever the tables say later.
"""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from email.utils import parseaddr

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from cnlctf.lib import calendar, ical, pdf, text
from members.choices import Capacity
from members.models import Designation
from sessions.acta_data import Datum, Heading
from sessions.acta_document import heading_of
from sessions.choices import SummonsKind
from sessions.enclosed import Paper, fit_in_a_message, papers_of
from sessions.models import AgendaPaper, Invitation, Letterhead, Session

STYLESHEETS = ("css/acta_paper.css", "css/summons_paper.css")
TITLES = {
    SummonsKind.SUMMONS: "Convocatoria a la {}",
    SummonsKind.RECTIFICATION: "Rectificación de la convocatoria a la {}",
    SummonsKind.CANCELLATION: "Cancelación de la {}",
}
# How long an event lasts in a calendar while nobody has said when it ends: SO 120 took 2 h 3 min.
USUAL_LENGTH = datetime.timedelta(hours=2)


@dataclass(frozen=True)
class Point:
    """``title`` is in the markup of ``cnlctf.lib.text``."""

    number: str
    title: str
    kind: str
    presenter: str
    papers: tuple[Paper, ...] = ()

    @property
    def plain(self) -> str:
        return text.to_plain(self.title)


@dataclass(frozen=True)
class Convened:
    name: str
    title: str
    entity: str


@dataclass(frozen=True)
class SummonsDocument:
    """``dated`` is the instant of issue and ``issued_on`` its day, in ISO as all the others.

    ``starts`` and ``ends`` are the session's; ``ends`` is empty while nobody has said when it ends.
    ``uid`` names the event in calendars.
    """

    name: str
    number: int
    kind: str
    title: str
    dated: str
    issued_on: str
    is_draft: bool
    uid: str
    heading: Heading
    city: str
    session: str
    starts: str
    ends: str
    modality: str
    venue: str
    agenda: tuple[Point, ...]
    convened: tuple[Convened, ...]
    changes: tuple[str, ...]
    reason: str
    basis: str
    signed_by: str
    signed_as: str

    @property
    def starts_at(self) -> datetime.datetime:
        return datetime.datetime.fromisoformat(self.starts)

    @property
    def issued_at(self) -> datetime.datetime:
        return datetime.datetime.fromisoformat(self.dated)

    @property
    def place_and_day(self) -> str:
        """«Lima, 3 de febrero de 2020»."""
        day = datetime.date.fromisoformat(self.issued_on)
        return f"{self.city}, {calendar.day_month_year(day)}"

    @property
    def date(self) -> str:
        return calendar.long_date_capitalised(self.starts_at.date())

    @property
    def hours(self) -> str:
        hours = calendar.clock(self.starts_at.time())
        if self.ends:
            ends_at = datetime.datetime.fromisoformat(self.ends)
            return f"De {hours} a {calendar.clock(ends_at.time())}"
        return hours

    @property
    def papers(self) -> tuple[Paper, ...]:
        return tuple(paper for point in self.agenda for paper in point.papers)

    @property
    def encloses(self) -> bool:
        """Whether the papers go with its messages; otherwise those say where they are."""
        return bool(self.papers) and fit_in_a_message(self.papers)

    @property
    def data(self) -> tuple[Datum, ...]:
        return (
            Datum("Fecha", self.date),
            Datum("Hora", self.hours),
            Datum("Modalidad", self.modality),
            Datum("Sede", self.venue),
        )


def collect(
    session: Session,
    invitations: Iterable[Invitation],
    *,
    at: datetime.datetime,
    on: datetime.date,
    basis: str,
    previous: SummonsDocument | None,
    site: str,
) -> SummonsDocument:
    """A first convocatoria to the session as it is now, a draft yet, to be issued on a day.

    ``site`` is the root of the site's addresses. Raise ValidationError while the session lacks
    something or the commission a letterhead.
    """
    day, starts_at = session.held_on, session.starts_at
    papers = Prefetch("papers", AgendaPaper.objects.with_file())
    agenda = list(session.agenda_items.accepted().prefetch_related(papers))
    needed = (
        (day, "la fecha"),
        (starts_at, "la hora de inicio"),
        (session.venue.strip(), "la sede"),
        (agenda, "el orden del día"),
    )
    lacks = [f"A la sesión todavía le falta {what}." for there, what in needed if not there]
    # Named again for the type checker; midnight is an hour.
    if lacks or day is None or starts_at is None:
        raise ValidationError(lacks)
    letterhead = Letterhead.objects.in_force_on(day).first()
    if letterhead is None:
        raise ValidationError("No hay membrete vigente en la fecha de la sesión.")
    secretaries = Designation.objects.in_force_on(on).filter(capacity=Capacity.SECRETARY)
    designation = secretaries.exclude(person=None).select_related("person").first()
    secretary = designation.person if designation else None
    return SummonsDocument(
        name=f"convocatoria-{session.slug}",
        number=previous.number + 1 if previous else 1,
        kind=SummonsKind.SUMMONS,
        title=TITLES[SummonsKind.SUMMONS].format(session.long_name),
        dated=_iso(timezone.localtime(at)),
        issued_on=on.isoformat(),
        is_draft=True,
        uid=previous.uid if previous else _uid(session, site),
        heading=heading_of(letterhead),
        city=letterhead.place,
        session=session.long_name,
        starts=_iso(_moment(day, starts_at)),
        ends=_iso(_moment(day, session.ends_at)) if session.ends_at else "",
        modality=session.get_modality_display(),
        venue=session.venue.strip(),
        agenda=tuple(
            Point(f"{number}.", item.title, item.get_kind_display(), item.presenter, own)
            for number, (item, own) in enumerate(zip(agenda, papers_of(agenda), strict=True), 1)
        ),
        convened=tuple(
            Convened(row.name, row.title, row.entity.acronym if row.entity else "")
            for row in invitations
        ),
        changes=(),
        reason="",
        basis=basis,
        signed_by=secretary.full_name if secretary else "",
        signed_as=designation.title if designation else str(Capacity.SECRETARY.label),
    )


def rectification(document: SummonsDocument, changes: Iterable[str]) -> SummonsDocument:
    """The same session convened anew, naming what changed."""
    kind = SummonsKind.RECTIFICATION
    title = TITLES[kind].format(document.session)
    return replace(document, kind=kind, title=title, changes=tuple(changes))


def cancellation(
    document: SummonsDocument, *, at: datetime.datetime, on: datetime.date
) -> SummonsDocument:
    """What calls off a session as it had been convened; nobody reads its papers any more."""
    kind = SummonsKind.CANCELLATION
    return replace(
        document,
        number=document.number + 1,
        kind=kind,
        title=TITLES[kind].format(document.session),
        dated=_iso(timezone.localtime(at)),
        issued_on=on.isoformat(),
        is_draft=True,
        agenda=tuple(replace(point, papers=()) for point in document.agenda),
        changes=(),
        reason="",
    )


def changes_of_place(before: SummonsDocument, now: SummonsDocument) -> list[str]:
    """What changed of when, how and where, a sentence each: who had said yes may not come."""
    pairs = zip(before.data, now.data, strict=True)
    return [
        f"{old.label}: antes, {_inside(old)}; ahora, {_inside(new)}".rstrip(".") + "."
        for old, new in pairs
        if old.value != new.value
    ]


def changes_of_agenda(before: SummonsDocument, now: SummonsDocument) -> list[str]:
    old, new = [p.plain for p in before.agenda], [p.plain for p in now.agenda]
    found = [f"Se retira del orden del día: «{title}»." for title in old if title not in new]
    found += [
        f"Se añade al orden del día, como punto {number}: «{title}»."
        for number, title in enumerate(new, 1)
        if title not in old
    ]
    if [t for t in old if t in new] != [t for t in new if t in old]:
        found.append("Cambia el orden de los puntos del orden del día.")
    return found


def render(document: SummonsDocument) -> bytes:
    """The PDF; raise ``cnlctf.lib.pdf.PdfError``, in Spanish, where there can be none."""
    html = render_to_string("sessions/summons_pdf.html", {"document": document})
    return pdf.render(
        # A number never leaves its «N°» at the end of a line.
        html.replace("N° ", "N°\N{NO-BREAK SPACE}"),
        stylesheets=STYLESHEETS,
        title=document.title,
        author=f"{document.heading.commission} ({document.heading.acronym})",
        subject=document.date,
        created=document.issued_at,
    )


def event(document: SummonsDocument, invitation: Invitation, link: str) -> ical.Invitation:
    """The session in the calendar of whoever is invited."""
    name, email = parseaddr(settings.DEFAULT_FROM_EMAIL)
    ends = datetime.datetime.fromisoformat(document.ends) if document.ends else None
    agenda = "\n".join(f"{point.number} {point.plain}" for point in document.agenda)
    is_off = document.kind == SummonsKind.CANCELLATION
    return ical.Invitation(
        uid=document.uid,
        sequence=document.number - 1,
        method=ical.CANCEL if is_off else ical.REQUEST,
        stamped=document.issued_at,
        starts=document.starts_at,
        ends=ends or document.starts_at + USUAL_LENGTH,
        summary=f"{document.session} de la {document.heading.acronym}",
        location=document.venue,
        description=document.reason
        if is_off
        else f"Orden del día:\n{agenda}\n\nConfirme su asistencia: {link}",
        organizer=ical.Party(name or document.heading.acronym, email),
        attendee=ical.Party(invitation.name, invitation.email),
    )


def _inside(datum: Datum) -> str:
    """A value in the middle of a sentence: a weekday and a «De» lose their capital."""
    if datum.label == "Sede":
        return f"«{datum.value.rstrip('.')}»"
    return datum.value[0].lower() + datum.value[1:]


def _uid(session: Session, site: str) -> str:
    address = f"{site}{reverse('session_detail', args=[session.slug])}"
    return str(uuid.uuid5(uuid.NAMESPACE_URL, address))


def _moment(day: datetime.date, moment: datetime.time) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, moment))


def _iso(moment: datetime.datetime) -> str:
    return moment.isoformat(timespec="seconds")
