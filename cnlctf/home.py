"""What each role finds on entering: the only place that reads the three apps at once.

Every page is full of sense on any day: the last session and the latest plan stay when there is
none to come.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from cnlctf.lib import calendar
from members.choices import MembershipKind, Role
from members.models import Designation, Entity, Membership, User
from members.seats import seats
from poa.choices import ParticipationRole
from poa.legend import wordings
from poa.models import EntityReport, Indicator, OperatingPlan, Participation, RequestedEntity
from poa.progress import State, Summary
from poa.reporting.requesting import owing_for
from sessions.choices import ActaState, SessionState
from sessions.models import Acta, Agreement, Reader, Session
from sessions.models.agreement import AgreementQuerySet

SHOWN = 8
ENDING_SOON = datetime.timedelta(days=60)


@dataclass(frozen=True)
class PlanProgress:
    plan: OperatingPlan
    summary: Summary
    unreported: tuple[Indicator, ...]


@dataclass(frozen=True)
class Agreements:
    """The pending ones, the soonest due first; `listed` are the first of them."""

    listed: tuple[Agreement, ...]
    pending: int
    overdue: int


@dataclass(frozen=True)
class Vacancy:
    entity: Entity
    seats: tuple[str, ...]


@dataclass(frozen=True)
class EntityIndicator:
    indicator: Indicator
    is_responsible: bool


@dataclass(frozen=True)
class Deadline:
    """What is to be done by a day, and where."""

    day: datetime.date
    what: str
    address: str


@dataclass(frozen=True)
class EntityFigures:
    """``role`` is how the filters of the plan's pages call it."""

    title: str
    role: str
    summary: Summary


@dataclass(frozen=True)
class PublicHome:
    part: ClassVar[str] = "home/_public.html"
    acta: Acta | None
    plan: PlanProgress | None
    members: int


@dataclass(frozen=True)
class SecretaryHome:
    part: ClassVar[str] = "home/_secretary.html"
    last: Session | None
    next: Session | None
    agreements: Agreements
    drafts: tuple[Acta, ...]
    reports: tuple[EntityReport, ...]
    plan: PlanProgress | None
    vacancies: tuple[Vacancy, ...]


@dataclass(frozen=True)
class RepresentativeHome:
    part: ClassVar[str] = "home/_representative.html"
    last: Session | None
    next: Session | None
    designation: Designation
    requests: tuple[Reader, ...]
    agreements: Agreements
    deadlines: tuple[Deadline, ...]
    figures: tuple[EntityFigures, ...]
    indicators: tuple[EntityIndicator, ...]
    legend: dict[State, str]
    plan: PlanProgress | None


@dataclass(frozen=True)
class ObserverHome:
    part: ClassVar[str] = "home/_observer.html"
    last: Session | None
    next: Session | None
    designation: Designation | None
    requests: tuple[Reader, ...]
    agreements: Agreements
    plan: PlanProgress | None


@dataclass(frozen=True)
class AdminHome:
    part: ClassVar[str] = "home/_admin.html"
    next: Session | None
    vacancies: tuple[Vacancy, ...]
    unidentified: tuple[Designation, ...]
    ending: tuple[Designation, ...]


Home = PublicHome | SecretaryHome | RepresentativeHome | ObserverHome | AdminHome


def home_of(user: User | AnonymousUser, day: datetime.date) -> Home:
    if not isinstance(user, User):
        return _public(user, day)
    match user.role:
        case Role.SECRETARY:
            return _secretary(user, day)
        case Role.ADMIN:
            return _admin(day)
        case Role.REPRESENTATIVE if designation := _designation(user, day):
            return _representative(user, designation, day)
        case Role.REPRESENTATIVE | Role.OBSERVER:
            return _observer(user, day)
        case _:
            return _public(user, day)


def _public(user: User | AnonymousUser, day: datetime.date) -> PublicHome:
    approved = Acta.objects.published().filter(session__held_on__lte=day)
    return PublicHome(
        acta=approved.select_related("session").order_by("-session__held_on").first(),
        plan=_plan(user, day),
        members=Entity.objects.members_on(day).count(),
    )


def _secretary(user: User, day: datetime.date) -> SecretaryHome:
    # A session has its acta from the day it is created.
    held = Acta.objects.exclude(session__state=SessionState.CANCELLED)
    open_actas = (
        held.filter(session__held_on__lte=day)
        .exclude(state=ActaState.APPROVED)
        .select_related("session")
    )
    return SecretaryHome(
        last=Session.objects.last_held(day),
        next=Session.objects.next_after(day),
        agreements=_agreements(Agreement.objects.all(), day),
        drafts=tuple(open_actas.order_by("-session__held_on")),
        reports=tuple(EntityReport.objects.preliminary().select_related("plan", "entity")),
        plan=_plan(user, day),
        vacancies=_vacancies(day),
    )


def _representative(user: User, designation: Designation, day: datetime.date) -> RepresentativeHome:
    plan = _plan(user, day)
    to_come = Session.objects.next_after(day)
    requests = _requests(user)
    agreements = _agreements(Agreement.objects.concerning(designation.entity), day)
    indicators = _indicators(designation.entity, plan.plan) if plan else ()
    return RepresentativeHome(
        last=Session.objects.last_held(day),
        next=to_come,
        designation=designation,
        requests=requests,
        agreements=agreements,
        deadlines=_deadlines(to_come, requests, agreements, owing_for(designation.entity)),
        figures=_figures(indicators),
        indicators=indicators,
        legend=wordings(plan.plan) if plan else {},
        plan=plan,
    )


def _deadlines(
    to_come: Session | None,
    requests: Iterable[Reader],
    agreements: Agreements,
    owed: Iterable[RequestedEntity],
) -> tuple[Deadline, ...]:
    """The soonest first, also those gone by."""
    found = [
        Deadline(
            one.due_on,
            f"Cumplir el acuerdo {one.number} de la {one.session}",
            one.get_absolute_url(),
        )
        for one in agreements.listed
        if one.due_on
    ]
    found += [
        Deadline(
            timezone.localtime(one.circulation.deadline).date(),
            f"Observar el borrador del acta de la {one.circulation.acta.session}",
            one.get_absolute_url(),
        )
        for one in requests
    ]
    found += [
        Deadline(
            one.deadline,
            f"Reportar por {one.entity.list_name}: {one.request}",
            reverse("requested_report", args=[one.code]),
        )
        for one in owed
    ]
    if to_come and to_come.held_on:
        found.append(
            Deadline(to_come.held_on, f"Asistir a la {to_come}", to_come.get_absolute_url())
        )
    return tuple(sorted(found, key=lambda one: one.day))


def _figures(indicators: Iterable[EntityIndicator]) -> tuple[EntityFigures, ...]:
    both = (("Como responsable", "responsable", True), ("Como involucrada", "involucrada", False))
    return tuple(
        EntityFigures(title, role, Summary.of(row.indicator.measure for row in rows))
        for title, role, is_responsible in both
        if (rows := [row for row in indicators if row.is_responsible == is_responsible])
    )


def _observer(user: User, day: datetime.date) -> ObserverHome:
    return ObserverHome(
        last=Session.objects.last_held(day),
        next=Session.objects.next_after(day),
        designation=_designation(user, day),
        requests=_requests(user),
        agreements=_agreements(Agreement.objects.all(), day),
        plan=_plan(user, day),
    )


def _admin(day: datetime.date) -> AdminHome:
    designations = Designation.objects.in_force_on(day).select_related("entity", "person")
    return AdminHome(
        next=Session.objects.next_after(day),
        vacancies=_vacancies(day),
        unidentified=tuple(designations.filter(person=None)),
        ending=tuple(
            designations.filter(ends_on__lte=day + ENDING_SOON).order_by(
                "ends_on", "entity__protocol_order"
            )
        ),
    )


def _designation(user: User, day: datetime.date) -> Designation | None:
    if user.person_id is None:
        return None
    return (
        Designation.objects.in_force_on(day)
        .filter(person=user.person_id)
        .select_related("entity", "person")
        .first()
    )


def _requests(user: User) -> tuple[Reader, ...]:
    """The drafts that the person is asked to remark on."""
    if user.person is None:
        return ()
    return tuple(Reader.objects.asked_of(user.person, calendar.now()))


def _agreements(agreements: AgreementQuerySet, day: datetime.date) -> Agreements:
    counts = agreements.counts(on=day)
    soonest = (
        agreements.pending()
        .order_by(F("due_on").asc(nulls_last=True), "session__held_on", "number")
        .select_related("session")
    )
    return Agreements(tuple(soonest[:SHOWN]), counts["pending"], counts["overdue"])


def _plan(user: User | AnonymousUser, day: datetime.date) -> PlanProgress | None:
    plan = OperatingPlan.objects.visible_to(user).latest_for(day)
    if plan is None:
        return None
    indicators = list(Indicator.objects.filter(plan=plan).of_lines().with_progress())
    return PlanProgress(
        plan=plan,
        summary=Summary.of(indicator.measure for indicator in indicators),
        unreported=tuple(i for i in indicators if i.measure.state == State.NO_REPORT),
    )


def _indicators(entity: Entity, plan: OperatingPlan) -> tuple[EntityIndicator, ...]:
    """Those in which it, or an organ of it, takes part: the ones it answers for first."""
    roles = Participation.objects.filter(Q(entity=entity) | Q(entity__parent=entity))
    responsible = set(
        roles.filter(role=ParticipationRole.RESPONSIBLE).values_list("indicator", flat=True)
    )
    indicators = Indicator.objects.filter(plan=plan, pk__in=roles.values("indicator"))
    rows = [
        EntityIndicator(indicator, indicator.pk in responsible)
        for indicator in indicators.of_lines().with_progress()
    ]
    return tuple(sorted(rows, key=lambda row: not row.is_responsible))


def _vacancies(day: datetime.date) -> tuple[Vacancy, ...]:
    in_force = defaultdict(list)
    for designation in Designation.objects.in_force_on(day).select_related("person"):
        in_force[designation.entity_id].append(designation)
    memberships = Membership.objects.in_force_on(day).filter(kind=MembershipKind.MEMBER)
    vacant = (
        Vacancy(
            membership.entity,
            tuple(
                seat.label
                for seat in seats(membership.kind, in_force[membership.entity_id])
                if seat.designation is None
            ),
        )
        for membership in memberships.select_related("entity")
    )
    return tuple(vacancy for vacancy in vacant if vacancy.seats)
