"""Asking entities for what they did: choosing whom and what, sending the oficio, reminding."""

import datetime
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Prefetch, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from cnlctf.documents.models import Dispatch, IssuedDocument
from cnlctf.documents.tasks import send_on_commit
from cnlctf.lib import working_days
from cnlctf.lib.frozen import freeze, thaw
from members.choices import Capacity
from members.models import Designation, Entity
from poa.choices import ReportState, RequestState
from poa.models import (
    ActionLine,
    EntityReport,
    Indicator,
    InformationRequest,
    NonWorkingDay,
    OperatingPlan,
    Participation,
    ReportingRule,
    RequestedEntity,
)
from poa.reporting.letter import Letter, collect, render
from poa.reporting.status import Status, status
from sessions.summoning import Act

REPRESENTING = (
    Capacity.PRESIDENT,
    Capacity.ALTERNATE_PRESIDENT,
    Capacity.SECRETARY,
    Capacity.HOLDER,
    Capacity.ALTERNATE,
)
# Whoever still owes what was asked: the same for a row and for the database.
OWING = (Status.IN_TIME, Status.OVERDUE, Status.RETURNED)
OWED = Q(report=None) | Q(report__state__in=[ReportState.DRAFT, ReportState.RETURNED])


@dataclass(frozen=True)
class Asked:
    """An entity of a requerimiento, and who represents it today."""

    requested: RequestedEntity
    people: list[Designation]

    @property
    def names(self) -> list[str]:
        return [f"{one.person}, {one.title}" for one in self.people]

    @property
    def addresses(self) -> list[tuple[str, str]]:
        """The name and the e-mail of each that has one."""
        people = (one.person for one in self.people)
        return [(one.full_name, one.email) for one in people if one and one.email]


def closed_days() -> set[datetime.date]:
    return set(NonWorkingDay.objects.values_list("day", flat=True))


def usual_deadline(on: datetime.date) -> datetime.date | None:
    """The last day of the term in force, notified today; None where no rule is."""
    rule = ReportingRule.objects.in_force_on(on).first()
    return working_days.after(on, rule.days, closed_days()) if rule else None


def choose(
    request: InformationRequest, entities: Collection[Entity], lines: Collection[ActionLine]
) -> None:
    """Ask each of the entities for its indicators of those lines, and nobody else."""
    taking_part: dict[int, list[int]] = {}
    for entity, indicator in Participation.objects.filter(
        entity__in=entities, indicator__plan=request.plan, indicator__line__in=lines
    ).values_list("entity", "indicator"):
        taking_part.setdefault(entity, []).append(indicator)
    request.requested.exclude(entity__in=taking_part).delete()
    for entity, indicators in taking_part.items():
        row, _ = request.requested.get_or_create(entity_id=entity)
        row.indicators.set(indicators)


def asked_of(request: InformationRequest, on: datetime.date) -> list[Asked]:
    """Each entity asked, with its indicators and who represents it, in four queries."""
    indicators = Indicator.objects.of_lines().select_related(
        "unit", "objective", "line__strategy__objective"
    )
    rows = request.requested.select_related("entity", "request").prefetch_related(
        Prefetch("indicators", indicators)
    )
    return list(_with_people(rows, on))


@transaction.atomic
def send(request: InformationRequest, act: Act) -> None:
    """Issue the oficio and write to every representative, each with the link of their entity.

    Raise ValidationError where it was sent already, asks nobody, or its term has passed; PdfError
    where it cannot be printed.
    """
    # Two clicks send it once (SQLite has one writer anyway).
    request.refresh_from_db(from_queryset=InformationRequest.objects.select_for_update())
    if request.state != RequestState.DRAFT:
        raise ValidationError("Este requerimiento ya se remitió.")
    asked = asked_of(request, act.on)
    if not asked:
        raise ValidationError("Elija por lo menos una institución y una línea de acción.")
    if request.deadline < act.on:
        raise ValidationError("El plazo ya venció: cámbielo antes de remitir el oficio.")
    letter = replace(draft_letter(request, asked, act), is_draft=False)
    request.issued = IssuedDocument.objects.issue(
        name=letter.name,
        title=letter.title,
        content=render(letter),
        data=freeze(letter),
        at=act.at,
        by=act.by,
    )
    request.state, request.asked_on = RequestState.SENT, act.on
    request.full_clean()
    request.save()
    subject = f"{letter.number}: información del {letter.plan}, hasta el {letter.last_day}"
    messages = [
        message
        for one in asked
        for message in _write(one, request.issued, letter, subject, "poa/request_email.txt", act)
    ]
    send_on_commit(messages)


def draft_letter(request: InformationRequest, asked: Iterable[Asked], act: Act) -> Letter:
    return collect(request, [(one.requested, one.names) for one in asked], at=act.at, on=act.on)


@transaction.atomic
def remind(rows: Iterable[RequestedEntity], act: Act) -> int:
    """Write again to whoever represents these entities, and return how many messages that is."""
    written: list[Dispatch] = []
    for asked in _with_people(rows, act.on):
        issued = asked.requested.request.issued
        if issued is not None:
            letter = thaw(issued.data, Letter)
            late = act.on > asked.requested.deadline
            subject = f"{'Plazo vencido' if late else 'Recordatorio'}: {letter.number}"
            template = "poa/reminder_email.txt"
            written += _write(asked, issued, letter, subject, template, act)
    send_on_commit(written)
    return len(written)


@transaction.atomic
def tell_returned(report: EntityReport, remarks: str, act: Act) -> int:
    """Write to the entity what has to be mended, and return to how many.

    Nobody is written to where nothing was asked: there is no oficio to go with the message.
    """
    row = report.requested
    issued = row.request.issued if row else None
    if row is None or issued is None:
        return 0
    subject = f"Reporte devuelto: {row.request}"
    written = [
        message
        for asked in _with_people([row], act.on)
        for message in _write(
            asked,
            issued,
            thaw(issued.data, Letter),
            subject,
            "poa/returned_email.txt",
            act,
            remarks=remarks,
        )
    ]
    send_on_commit(written)
    return len(written)


def standing(row: RequestedEntity, on: datetime.date) -> Status:
    report = getattr(row, "report", None)
    return status(row.deadline, report.state if report else None, on)


def owing(plan: OperatingPlan | None = None) -> QuerySet[RequestedEntity]:
    """Those asked that have not reported, of one plan or of all."""
    rows = RequestedEntity.objects.filter(OWED, request__state=RequestState.SENT)
    if plan:
        rows = rows.filter(request__plan=plan)
    return rows.select_related("entity", "request__plan")


def owing_for(entity: Entity) -> QuerySet[RequestedEntity]:
    """What is asked of the entity or of its organs, and still owed."""
    return owing().filter(Q(entity=entity) | Q(entity__parent=entity))


def due_reminders(on: datetime.date) -> list[RequestedEntity]:
    """Those to remind today, by the rule in force: shortly before the term ends, then now and then.

    A day on which nobody asked is made up for on the next.
    """
    rule = ReportingRule.objects.in_force_on(on).first()
    closed = closed_days()
    rows = owing().prefetch_related("dispatches")
    return [row for row in rows if rule and _is_due(row, rule, on, closed)]


def _is_due(
    row: RequestedEntity, rule: ReportingRule, on: datetime.date, closed: set[datetime.date]
) -> bool:
    written = [timezone.localdate(one.created_at) for one in row.dispatches.all()]
    last = max(written, default=row.request.asked_on or on)
    left = working_days.between(on, row.deadline, closed)
    if on <= row.deadline:
        # Once, when few days are left and nothing was written since there were more.
        before = working_days.between(last, row.deadline, closed)
        return rule.remind_before > 0 and left <= rule.remind_before < before
    if not rule.remind_every:
        return False
    return last <= row.deadline or working_days.between(last, on, closed) >= rule.remind_every


def _with_people(rows: Iterable[RequestedEntity], on: datetime.date) -> Iterator[Asked]:
    """Each with its representatives; an organ is represented by the entity that it is of."""
    rows = list(rows)
    entities = {row.entity_id for row in rows} | {row.entity.parent_id for row in rows}
    people: dict[int, list[Designation]] = {}
    for designation in (
        Designation.objects.in_force_on(on)
        .filter(entity__in=entities - {None}, capacity__in=REPRESENTING, person__isnull=False)
        .select_related("person", "entity")
        .order_by("capacity", "pk")
    ):
        people.setdefault(designation.entity_id, []).append(designation)
    for row in rows:
        own = people.get(row.entity_id) or people.get(row.entity.parent_id or 0, [])
        yield Asked(row, sorted(own, key=lambda one: REPRESENTING.index(Capacity(one.capacity))))


def _write(
    asked: Asked,
    issued: IssuedDocument,
    letter: Letter,
    subject: str,
    template: str,
    act: Act,
    **told: str,
) -> list[Dispatch]:
    """A message to each who represents the entity and has an address."""
    requested = asked.requested
    context = {
        "letter": letter,
        "requested": requested,
        "is_overdue": act.on > requested.deadline,
        "link": f"{act.site}{reverse('requested_report', args=[requested.code])}",
        **told,
    }
    dispatches = []
    for name, email in asked.addresses:
        dispatch = Dispatch(
            recipient_name=name,
            recipient_email=email,
            subject=subject,
            body=render_to_string(template, context | {"name": name}),
            document=issued,
            created_at=act.at,
            created_by=act.by,
        )
        dispatch.full_clean()
        dispatch.save()
        requested.dispatches.add(dispatch)
        dispatches.append(dispatch)
    return dispatches
