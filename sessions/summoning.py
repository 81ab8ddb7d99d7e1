"""Convening a session: what can be sent now, to whom, and sending it."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Prefetch
from django.template.loader import render_to_string

from cnlctf.documents.models import Dispatch, Enclosure, IssuedDocument
from cnlctf.documents.tasks import send_on_commit
from cnlctf.lib import ical
from cnlctf.lib.frozen import freeze, thaw
from members.models import User
from sessions.choices import Answer, SessionState, SummonsKind
from sessions.convened import Convened
from sessions.enclosed import changes_of_papers
from sessions.models import Invitation, Session, Summons, SummonsRule
from sessions.notice import Notice
from sessions.summons_document import (
    SummonsDocument,
    cancellation,
    changes_of_agenda,
    changes_of_place,
    collect,
    event,
    rectification,
    render,
)


@dataclass(frozen=True)
class Recipient:
    """Somebody to convene, and the last message of the last summons to them."""

    invitation: Invitation
    dispatch: Dispatch | None

    @property
    def waits(self) -> bool:
        """Whether the last summons could reach them and has not."""
        return bool(self.invitation.email) and not (self.dispatch and self.dispatch.is_sent)

    @property
    def needs_writing(self) -> bool:
        """Whether no message of the last summons bears the address that they have now."""
        return self.dispatch is None or self.dispatch.recipient_email != self.invitation.email


@dataclass(frozen=True)
class Act:
    """Whoever does something, when, by which calendar day, and where the site answers."""

    by: User
    at: datetime.datetime
    on: datetime.date
    site: str


class Summoning:
    """How the convening of a session stands for whoever is about to act on it."""

    def __init__(self, session: Session, act: Act) -> None:
        self.session, self.act = session, act
        enclosures = Enclosure.objects.select_related("file").defer("file__content")
        self.summonses = list(
            session.summonses.with_issued().prefetch_related(
                Prefetch("issued__enclosures", enclosures)
            )
        )
        self.last: Summons | None = self.summonses[-1] if self.summonses else None
        messages = Dispatch.objects.defer("body", "calendar")
        self.invited: list[Invitation] = list(
            session.invitations.select_related("person", "entity").prefetch_related(
                Prefetch("dispatches", messages)
            )
        )
        self.convened = Convened(session, self.invited)

    @property
    def is_cancelled(self) -> bool:
        return self.session.state == SessionState.CANCELLED

    @property
    def takes_guests(self) -> bool:
        day = self.session.held_on
        return self.session.state == SessionState.SCHEDULED and bool(day and day >= self.act.on)

    @property
    def is_convened(self) -> bool:
        return self.last is not None and self.last.kind != SummonsKind.CANCELLATION

    @cached_property
    def last_document(self) -> SummonsDocument | None:
        return thaw(self.last.issued.data, SummonsDocument) if self.last else None

    @cached_property
    def obstacles(self) -> list[str]:
        """Why nobody can be convened to it."""
        session = self.session
        if self.is_cancelled:
            return []
        if session.state != SessionState.SCHEDULED:
            state = session.get_state_display().lower()
            return [f"Solo se convoca a una sesión programada, y esta figura como «{state}»."]
        if session.held_on and session.held_on < self.act.on:
            return ["La fecha de la sesión ya pasó."]
        try:
            self._current  # noqa: B018  (what it lacks to be convened, it says itself)
        except ValidationError as error:
            return error.messages
        return []

    @cached_property
    def _current(self) -> SummonsDocument:
        return collect(
            self.session,
            self.convened.invitations,
            at=self.act.at,
            on=self.act.on,
            basis=self.notice.citation if self.notice else "",
            previous=self.last_document,
            site=self.act.site,
        )

    @cached_property
    def changes_of_place(self) -> list[str]:
        """What changed of when, how and where since the last summons, while that holds."""
        if self.last_document is None or not self.is_convened or self.obstacles:
            return []
        return changes_of_place(self.last_document, self._current)

    @cached_property
    def changes(self) -> list[str]:
        if self.last_document is None or not self.is_convened or self.obstacles:
            return []
        before, now = self.last_document, self._current
        return [
            *self.changes_of_place,
            *changes_of_agenda(before, now),
            *changes_of_papers(before.agenda, now.agenda),
        ]

    @cached_property
    def kind(self) -> SummonsKind | None:
        """What is to be sent now; None where nothing is."""
        if self.is_cancelled:
            return SummonsKind.CANCELLATION if self.is_convened else None
        if self.obstacles:
            return None
        if not self.is_convened:
            return SummonsKind.SUMMONS
        return SummonsKind.RECTIFICATION if self.changes else None

    @cached_property
    def draft(self) -> SummonsDocument | None:
        """What is to be sent now."""
        match self.kind:
            case SummonsKind.SUMMONS:
                return self._current
            case SummonsKind.RECTIFICATION:
                return rectification(self._current, self.changes)
            case SummonsKind.CANCELLATION if self.last_document:
                return cancellation(self.last_document, at=self.act.at, on=self.act.on)
        return None

    @cached_property
    def notice(self) -> Notice | None:
        """The days left against those that the rule in force asks; None without a rule."""
        day = self.session.held_on
        rule = SummonsRule.objects.in_force_on(day).first() if day else None
        return rule.notice(sent_on=self.act.on, held_on=day) if rule and day else None

    @property
    def needs_reason(self) -> bool:
        """Whether to say why: it comes late, or there will be no session."""
        if self.kind == SummonsKind.CANCELLATION:
            return True
        return self.kind is not None and self.notice is not None and not self.notice.is_enough

    @cached_property
    def recipients(self) -> list[Recipient]:
        """Whoever sits that day, and the guests; of a cancelled session, whoever was written to."""
        reached = [row for row in self.invited if row.dispatches.all()]
        rows = reached if self.is_cancelled else self.convened.invitations
        return [Recipient(row, self._last_dispatch(row)) for row in rows]

    @property
    def waiting(self) -> list[Recipient]:
        """Those whom the last summons has not reached yet, and could."""
        return [row for row in self.recipients if row.waits] if self.last else []

    @property
    def addressed(self) -> list[Recipient]:
        return [row for row in self.recipients if row.invitation.email]

    @property
    def without_address(self) -> list[Recipient]:
        return [row for row in self.recipients if not row.invitation.email]

    @property
    def record(self) -> list[tuple[Summons, list[Dispatch]]]:
        """Every summons, the latest first, with the messages that were written for it."""
        messages = [dispatch for row in self.invited for dispatch in row.dispatches.all()]
        messages.sort(key=lambda dispatch: dispatch.pk)
        return [
            (summons, [d for d in messages if d.document_id == summons.issued_id])
            for summons in reversed(self.summonses)
        ]

    def _last_dispatch(self, row: Invitation) -> Dispatch | None:
        if self.last is None or row.pk is None:
            return None
        own = [d for d in row.dispatches.all() if d.document_id == self.last.issued_id]
        return own[-1] if own else None


@transaction.atomic
def send(session: Session, act: Act, *, expected: str, reason: str) -> Summons:
    """Issue what is to be sent now and write to whoever is convened.

    ``expected`` is the kind that the sender was shown. Raise ValidationError where that is not
    what there is to send, or a reason is missing; PdfError where it cannot be printed.
    """
    _lock(session)
    now = Summoning(session, act)
    if now.draft is None or now.kind != expected:
        raise ValidationError("Ya no hay nada que enviar, o no es lo que se mostraba: revíselo.")
    if now.needs_reason and not reason:
        raise ValidationError("Diga el motivo: se necesita para enviarla así.")
    document = replace(now.draft, is_draft=False, reason=reason)
    issued = IssuedDocument.objects.issue(
        name=document.name,
        title=document.title,
        content=render(document),
        data=freeze(document),
        at=act.at,
        by=act.by,
    )
    Enclosure.objects.bulk_create(
        Enclosure(document=issued, position=paper.number, file_id=paper.file)
        for paper in document.papers
    )
    summons = Summons(
        session=session,
        number=document.number,
        kind=document.kind,
        changes="\n".join(document.changes),
        reason=reason,
        issued=issued,
        created_at=act.at,
        created_by=act.by,
    )
    summons.full_clean()
    summons.save()
    # Who could come then may not be able to now: ask again.
    if now.changes_of_place or (now.last and not now.is_convened):
        session.invitations.update(answer=Answer.PENDING, answer_reason="", answered_at=None)
    rows = [recipient.invitation for recipient in now.recipients]
    send_on_commit(_write(rows, issued, document, act))
    return summons


@transaction.atomic
def resend(session: Session, act: Act) -> int:
    """Send the last summons to those whom it has not reached, and return how many they are.

    A message that failed is tried again; who had no address, or another one, gets a new message.
    """
    _lock(session)
    now = Summoning(session, act)
    if now.last is None or now.last_document is None:
        raise ValidationError("Todavía no se ha convocado a esta sesión.")
    again = [row.dispatch for row in now.waiting if row.dispatch and not row.needs_writing]
    anew = [row.invitation for row in now.waiting if row.needs_writing]
    dispatches = [*again, *_write(anew, now.last.issued, now.last_document, act)]
    send_on_commit(dispatches)
    return len(dispatches)


def _lock(session: Session) -> None:
    """Let two people send the same only once (SQLite has one writer anyway)."""
    session.refresh_from_db(from_queryset=Session.objects.select_for_update())


def _write(
    rows: Iterable[Invitation], issued: IssuedDocument, document: SummonsDocument, act: Act
) -> list[Dispatch]:
    """A message to each who has an address; who has none is convened on record as well."""
    dispatches = []
    for row in rows:
        row.full_clean()
        # Whoever is answering at this moment is not written over.
        row.save(update_fields=["entity", "capacity"] if row.pk else None)
        if row.email:
            dispatch = _message(row, issued, document, act)
            dispatch.full_clean()
            dispatch.save()
            row.dispatches.add(dispatch)
            dispatches.append(dispatch)
    return dispatches


def _message(
    row: Invitation, issued: IssuedDocument, document: SummonsDocument, act: Act
) -> Dispatch:
    link = f"{act.site}{row.get_absolute_url()}"
    invitation = event(document, row, link)
    context = {"document": document, "invitation": row, "link": link}
    return Dispatch(
        recipient_name=row.name,
        recipient_email=row.email,
        subject=f"{document.title}, {document.date.lower()}",
        body=render_to_string("sessions/summons_email.txt", context),
        document=issued,
        encloses=document.encloses,
        calendar=ical.to_ics(invitation),
        calendar_method=invitation.method,
        created_at=act.at,
        created_by=act.by,
    )
