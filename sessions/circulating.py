"""Circulating the draft of an acta: to whom, until when, and the messages that say so."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Prefetch, Q
from django.template.loader import render_to_string

from cnlctf.documents.models import Dispatch, IssuedDocument
from cnlctf.documents.tasks import send_on_commit
from cnlctf.lib.frozen import freeze, thaw
from sessions.acta_data import ActaDocument
from sessions.acta_document import collect, render
from sessions.choices import CirculationStep, Presence, RemarkState
from sessions.models import (
    Acta,
    Attendance,
    Circulation,
    CirculationEvent,
    Reader,
)
from sessions.summoning import Act

SUBJECTS = {
    CirculationStep.OPENED: "{title}, para sus observaciones",
    CirculationStep.EXTENDED: "{title}: más plazo para sus observaciones",
    CirculationStep.REOPENED: "{title}: otra vez en circulación",
}


@dataclass(frozen=True)
class Recipient:
    """A reader of the draft, and the last message to them."""

    reader: Reader
    dispatch: Dispatch | None

    @property
    def waits(self) -> bool:
        return not (self.dispatch and self.dispatch.is_sent)

    @property
    def needs_writing(self) -> bool:
        """Whether no message bears the address that they have now."""
        address = self.reader.attendance.person.email
        return self.dispatch is None or address not in ("", self.dispatch.recipient_email)


class Circulating:
    """How the circulation of an acta's draft stands, for whoever is about to act on it."""

    def __init__(self, acta: Acta, circulation: Circulation | None, now: datetime.datetime) -> None:
        self.acta, self.circulation, self.now = acta, circulation, now

    @property
    def is_open(self) -> bool:
        return self.circulation is not None and self.circulation.is_open(self.now)

    @property
    def may_open(self) -> bool:
        """Whether the draft of the version in preparation has not circulated yet."""
        if self.acta.session.why_closed:
            return False
        return self.circulation is None or self.circulation.is_superseded

    @property
    def may_reopen(self) -> bool:
        return not (self.is_open or self.may_open or self.acta.session.why_closed)

    @cached_property
    def recipients(self) -> list[Recipient]:
        if self.circulation is None:
            return []
        messages = Dispatch.objects.defer("body", "calendar").order_by("pk")
        made = ~Q(remarks__state=RemarkState.WITHDRAWN)
        readers = (
            self.circulation.readers.select_related("attendance__person", "attendance__entity")
            .prefetch_related(Prefetch("dispatches", messages))
            .annotate(said=Count("remarks", filter=made))
        )
        rows = [(reader, list(reader.dispatches.all())) for reader in readers]
        return [Recipient(reader, sent[-1] if sent else None) for reader, sent in rows]

    @property
    def waiting(self) -> list[Recipient]:
        return [recipient for recipient in self.recipients if recipient.waits]

    @cached_property
    def _others(self) -> list[Attendance]:
        """Whoever attended and has not been written to."""
        written = {recipient.reader.attendance_id for recipient in self.recipients}
        return [row for row in attendees(self.acta) if row.pk not in written]

    @property
    def to_add(self) -> list[Attendance]:
        return [row for row in self._others if row.person.email]

    @property
    def without_address(self) -> list[Attendance]:
        return [row for row in self._others if not row.person.email]

    @property
    def dispatches(self) -> list[Dispatch]:
        """Every message that was written, the last one first."""
        sent = [row for recipient in self.recipients for row in recipient.reader.dispatches.all()]
        return sorted(sent, key=lambda dispatch: dispatch.pk, reverse=True)

    @property
    def opened(self) -> int:
        return sum(row.reader.opened_at is not None for row in self.recipients)

    @property
    def agreed(self) -> int:
        return sum(row.reader.agreed_at is not None for row in self.recipients)


def attendees(acta: Acta) -> list[Attendance]:
    rows = acta.session.attendances.filter(presence=Presence.PRESENT)
    return list(rows.select_related("person", "entity"))


def circulation_of(acta: Acta) -> Circulation | None:
    """The last one of an acta; its predecessors are of versions approved before."""
    rows = acta.circulations.select_related("opened_by__person", "closed_by__person")
    circulation = rows.last()
    if circulation:
        circulation.acta = acta
    return circulation


@transaction.atomic
def open_circulation(
    acta: Acta,
    act: Act,
    *,
    attendances: Iterable[Attendance],
    deadline: datetime.datetime,
    message: str,
) -> Circulation:
    """Give the draft to those who attended; ValidationError or PdfError where it cannot be."""
    _lock(acta)
    if not Circulating(acta, circulation_of(acta), act.at).may_open:
        raise ValidationError("El borrador ya circuló: amplíe el plazo o reábralo.")
    document = collect(acta)
    circulation = Circulation(
        acta=acta,
        of_version=acta.next_version,
        opened_at=act.at,
        opened_by=act.by,
        deadline=deadline,
        message=message,
        sent=_issue(document, act),
    )
    circulation.full_clean()
    circulation.save()
    _record(circulation, CirculationStep.OPENED, act)
    readers = [_reader(circulation, attendance) for attendance in attendances]
    send_on_commit(_write(readers, circulation, CirculationStep.OPENED, document, act))
    return circulation


@transaction.atomic
def give_time(circulation: Circulation, act: Act, *, deadline: datetime.datetime) -> int:
    """Set another deadline, opening again what was closed or lapsed; return how many are told."""
    acta = circulation.acta
    _lock(acta)
    circulation.refresh_from_db(fields=["deadline", "closed_at", "closed_by"])
    now = Circulating(acta, circulation, act.at)
    if not (now.is_open or now.may_reopen):
        raise ValidationError("Ese borrador ya no circula: el acta está aprobada.")
    if now.is_open and deadline <= circulation.deadline:
        raise ValidationError("El nuevo plazo tiene que vencer después del que ya se dio.")
    step = CirculationStep.EXTENDED if now.is_open else CirculationStep.REOPENED
    document = collect(acta)
    circulation.deadline = deadline
    circulation.closed_at, circulation.closed_by = None, None
    circulation.sent = _issue(document, act)
    circulation.full_clean()
    circulation.save()
    _record(circulation, step, act)
    readers = [recipient.reader for recipient in now.recipients]
    dispatches = _write(readers, circulation, step, document, act)
    send_on_commit(dispatches)
    return len(dispatches)


@transaction.atomic
def close(circulation: Circulation, act: Act) -> None:
    """Receive no more remarks from now on; ValidationError where none are received anyway."""
    _lock(circulation.acta)
    circulation.refresh_from_db(fields=["deadline", "closed_at", "closed_by"])
    if not circulation.is_open(act.at):
        raise ValidationError("El borrador ya no está en circulación.")
    circulation.closed_at, circulation.closed_by = act.at, act.by
    circulation.full_clean()
    circulation.save(update_fields=["closed_at", "closed_by"])
    _record(circulation, CirculationStep.CLOSED, act)


@transaction.atomic
def add_readers(circulation: Circulation, act: Act, attendances: Iterable[Attendance]) -> int:
    """Give the draft that circulates to more of those who attended."""
    _lock(circulation.acta)
    if not circulation.is_open(act.at):
        raise ValidationError("El borrador ya no está en circulación.")
    readers = [_reader(circulation, attendance) for attendance in attendances]
    document = thaw(circulation.sent.data, ActaDocument)
    dispatches = _write(readers, circulation, CirculationStep.OPENED, document, act)
    send_on_commit(dispatches)
    return len(dispatches)


@transaction.atomic
def resend(circulation: Circulation, act: Act) -> int:
    """Write again to those whom the last message has not reached; return how many they are.

    A message that failed is tried again; who has another address now gets a new one.
    """
    _lock(circulation.acta)
    if not circulation.is_open(act.at):
        raise ValidationError("El borrador ya no está en circulación.")
    waiting = Circulating(circulation.acta, circulation, act.at).waiting
    again = [row.dispatch for row in waiting if row.dispatch and not row.needs_writing]
    anew = [row.reader for row in waiting if row.needs_writing]
    for reader in anew:
        reader.email = reader.attendance.person.email
        reader.full_clean()
        reader.save(update_fields=["email"])
    document = thaw(circulation.sent.data, ActaDocument)
    dispatches = [
        *again,
        *_write(anew, circulation, CirculationStep.OPENED, document, act),
    ]
    send_on_commit(dispatches)
    return len(dispatches)


def _lock(acta: Acta) -> None:
    """Hold the acta until the transaction ends, and refuse where it takes no more changes."""
    acta.refresh_from_db(
        from_queryset=Acta.objects.select_for_update(of=("self",)).select_related("session")
    )
    if acta.session.why_closed:
        raise ValidationError(acta.session.why_closed)


def _issue(document: ActaDocument, act: Act) -> IssuedDocument:
    """Keep what is about to leave the house, as it leaves."""
    return IssuedDocument.objects.issue(
        name=f"borrador-{document.name}",
        title=_draft_title(document),
        content=render(document),
        data=freeze(document),
        at=act.at,
        by=act.by,
    )


def _draft_title(document: ActaDocument) -> str:
    return f"Borrador del {document.title[:1].lower()}{document.title[1:]}"


def _record(circulation: Circulation, step: CirculationStep, act: Act) -> None:
    deadline = None if step == CirculationStep.CLOSED else circulation.deadline
    event = CirculationEvent(
        circulation=circulation, step=step, at=act.at, by=act.by, deadline=deadline
    )
    event.full_clean()
    event.save()


def _reader(circulation: Circulation, attendance: Attendance) -> Reader:
    reader = Reader(circulation=circulation, attendance=attendance, email=attendance.person.email)
    reader.full_clean()
    reader.save()
    return reader


def _write(
    readers: Iterable[Reader],
    circulation: Circulation,
    step: CirculationStep,
    document: ActaDocument,
    act: Act,
) -> list[Dispatch]:
    dispatches = []
    title = _draft_title(document)
    for reader in readers:
        context = {
            "circulation": circulation,
            "document": document,
            "draft": title[0].lower() + title[1:],
            "reader": reader,
            "step": step,
            "link": f"{act.site}{reader.get_absolute_url()}",
        }
        dispatch = Dispatch(
            recipient_name=reader.name,
            recipient_email=reader.email,
            subject=SUBJECTS[step].format(title=title),
            body=render_to_string("sessions/circulation_email.txt", context),
            document=circulation.sent,
            created_at=act.at,
            created_by=act.by,
        )
        dispatch.full_clean()
        dispatch.save()
        reader.dispatches.add(dispatch)
        dispatches.append(dispatch)
    return dispatches
