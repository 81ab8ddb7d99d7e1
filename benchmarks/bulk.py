"""Many rows of everything, always the same ones, beside the demo data."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice, product
from typing import TypeVar

from django.db.models import Model

from cnlctf.documents.models import IssuedDocument
from cnlctf.lib.frozen import freeze
from cnlctf.lib.grid import Block
from members.choices import Capacity, EntityKind, MembershipKind, NormKind
from members.models import Designation, Entity, Membership, Person
from poa.choices import ParticipationRole, PlanState, Region
from poa.models import (
    ActionLine,
    Axis,
    Contribution,
    Event,
    Execution,
    Indicator,
    NationalPlan,
    Objective,
    Observation,
    OperatingPlan,
    Participation,
    Strategy,
    Unit,
)
from sessions.choices import (
    ActaState,
    Adoption,
    AgreementState,
    Office,
    PetitionOrigin,
    Sense,
    SessionState,
)
from sessions.models import (
    Acta,
    AgendaItem,
    Agreement,
    Annex,
    Attendance,
    Ballot,
    Intervention,
    Petition,
    PetitionItem,
    Report,
    SectorReport,
    Session,
    SessionOffice,
    Signatory,
    Vote,
)

SENTENCE = (
    "Las entidades miembros remitirán a la Secretaría Técnica la información de las actividades "
    "que realizaron para la prevención y erradicación del trabajo forzoso."
)
REGIONS = [region.value for region in Region]
# One quorum rule and one letterhead of the demo are in force from here to the day of its acta.
FIRST_SESSION = date(2015, 1, 15)

Row = TypeVar("Row", bound=Model)


def _create(rows: Iterable[Row]) -> list[Row]:
    rows = list(rows)
    return type(rows[0])._default_manager.bulk_create(rows) if rows else []


# --- Members --------------------------------------------------------------------------------


def add_entities(count: int) -> None:
    """Member entities ENT1, ENT2 … with a holder and an alternate, and four of each before them."""
    entities = _create(
        Entity(
            acronym=f"ENT{number}",
            slug=f"ent{number}",
            name=f"Entidad pública número {number}",
            kind=EntityKind.PUBLIC_BODY,
            protocol_order=100 + number,
        )
        for number in range(1, count + 1)
    )
    _create(Membership(entity=entity, kind=MembershipKind.MEMBER) for entity in entities)
    terms = list(product(entities, (Capacity.HOLDER, Capacity.ALTERNATE), range(2015, 2020)))
    people = _create(
        Person(
            given_names=f"{Capacity(capacity).label} {year}",
            surnames=f"de {entity.acronym}",
            gender="FM"[year % 2],
        )
        for entity, capacity, year in terms
    )
    _create(
        Designation(
            entity=entity,
            capacity=capacity,
            person=person,
            norm_kind=NormKind.MINISTERIAL_RESOLUTION,
            norm_number=f"RM N° {person.pk}-{year}",
            norm_date=date(year, 1, 1),
            received_on=date(year, 1, 8),
            starts_on=date(year, 1, 1),
            ends_on=None if year == 2019 else date(year, 12, 31),
        )
        for person, (entity, capacity, year) in zip(people, terms, strict=True)
    )


# --- Sessions -------------------------------------------------------------------------------


def add_sessions(numbers: range, agreements: int) -> None:
    """Ordinary sessions, one a month, with so many agreements each.

    Their actas are approved and closed on an empty document, but for the last, a whole draft.
    """
    people = list(Person.objects.order_by("pk")[:21])
    entities = list(Entity.objects.order_by("protocol_order", "acronym")[:21])
    sessions = _create(
        Session(
            number=number,
            state=SessionState.HELD,
            held_on=FIRST_SESSION + timedelta(days=28 * number),
            venue="Sala de reuniones de la sede central.",
        )
        for number in numbers
    )
    _create(
        SessionOffice(session=session, office=office, person=person, charge="Director general")
        for session in sessions
        for office, person in zip(Office, people, strict=False)
    )
    _create(
        Attendance(
            session=session,
            person=person,
            entity=entity,
            capacity=Capacity.HOLDER if position <= 12 else Capacity.GUEST,
            position=position,
        )
        for session in sessions
        for position, (person, entity) in enumerate(zip(people, entities, strict=True), 1)
    )
    items = _create(
        AgendaItem(session=session, position=position, title=SENTENCE, introduction=SENTENCE)
        for session in sessions
        for position in (1, 2, 3)
    )
    _add_agreements(items, agreements, entities)
    _add_actas(sessions)


def _add_agreements(items: list[AgendaItem], count: int, entities: list[Entity]) -> None:
    states = (AgreementState.PENDING, AgreementState.FULFILLED, AgreementState.WITHDRAWN)
    first_items = [item for item in items if item.position == 1]
    agreements = _create(
        Agreement(
            session=item.session,
            number=number,
            agenda_item=item,
            text=SENTENCE,
            due_on=item.session.held_on + timedelta(days=30 * number),
            state=states[number % 3],
            fulfilled_on=item.session.held_on if number % 3 == 1 else None,
        )
        for item in first_items
        for number in range(1, count + 1)
    )
    Responsible = Agreement.responsibles.through  # noqa: N806
    _create(
        Responsible(agreement=agreement, entity=entities[(agreement.number + place) % 12])
        for agreement in agreements
        for place in (0, 1)
    )
    # Each session fixes the date of the next with its first agreement.
    following = [item.session for item in first_items][1:]
    for session, agreement in zip(following, agreements[::count], strict=False):
        session.agreed_in = agreement
    Session.objects.bulk_update(following, ["agreed_in"])


def _add_votes(session: Session) -> None:
    """All of its agreements were voted, by whoever came for each entity."""
    session.agreements.update(adoption=Adoption.VOTE)
    votes = _create(Vote(agreement=row, at=time(10)) for row in session.agreements.all())
    came = session.attendances.filter(capacity=Capacity.HOLDER).select_related("entity")
    senses = (Sense.FAVOR, Sense.AGAINST, Sense.ABSTENTION)
    _create(
        Ballot(
            vote=vote,
            entity=attendance.entity,
            cast_by=attendance,
            sense=senses[attendance.position % 3],
            reason=SENTENCE,
        )
        for vote in votes
        for attendance in came
    )


def _add_actas(sessions: list[Session]) -> None:
    *closed, open_one = sessions
    now = datetime(2020, 1, 20, 12, tzinfo=UTC)
    documents = _create(
        IssuedDocument(
            name=f"acta-{session.slug}",
            title=f"Acta de la {session.long_name}",
            content=b"",
            data={},
            sha256="0" * 64,
            issued_at=now,
        )
        for session in closed
    )
    _create(
        Acta(session=session, state=ActaState.APPROVED, approved_at=now, issued=document)
        for session, document in zip(closed, documents, strict=True)
    )
    _write(Acta.objects.create(session=open_one, opening=SENTENCE, closing=SENTENCE))
    _add_votes(open_one)


def _write(acta: Acta) -> None:
    """As long a text as the acta of SO 120."""
    attendances = list(acta.session.attendances.all())
    said = [
        {"position": position, "speaker": speaker, "attribution": "Quien habla,", "body": SENTENCE}
        for position, speaker in enumerate(attendances, 1)
    ]
    _create(
        Report(acta=acta, position=position, title=SENTENCE, body=f"- {SENTENCE}\n" * 4)
        for position in range(1, 8)
    )
    _create(SectorReport(acta=acta, **turn) for turn in said[:10])
    _create(
        Intervention(agenda_item=item, **turn)
        for item in acta.session.agenda_items.all()
        for turn in said[:10]
    )
    petitions = _create(
        Petition(acta=acta, origin=origin, position=position, body=SENTENCE)
        for origin in PetitionOrigin
        for position in (1, 2, 3)
    )
    _create(
        PetitionItem(petition=petition, position=position, body=SENTENCE)
        for petition in petitions
        for position in (1, 2, 3)
    )
    _create(
        Signatory(acta=acta, attendance=attendance, position=attendance.position)
        for attendance in attendances[:12]
    )
    Annex.objects.create(
        acta=acta, number=1, title=SENTENCE, content=freeze(Block(SENTENCE, prose=SENTENCE))
    )


# --- Plan -----------------------------------------------------------------------------------


def add_plan(year: int, indicators: int, events: int) -> OperatingPlan:
    """A plan in force of so many indicators, two a line of action, with so many events each."""
    national = NationalPlan.objects.create(
        acronym=f"Plan {year}",
        name=f"Plan nacional de {year}",
        norm=f"DS 001-{year}",
        norm_date=date(year, 1, 1),
    )
    plan = OperatingPlan.objects.create(
        year=year, national_plan=national, state=PlanState.IN_FORCE, abbreviations="LA: línea"
    )
    unit, _ = Unit.objects.get_or_create(name="Evento", defaults={"plural": "Eventos"})
    lines = _lines(national, -(-indicators // 2))
    goals = _create(
        Indicator(plan=plan, line=line, number=number, name=SENTENCE, unit=unit, goal=goal)
        for line, number, goal in islice(
            # Of twenty events fifteen count: some goals are met and some are not.
            ((line, number, (10, 30)[number - 1]) for line in lines for number in (1, 2)),
            indicators,
        )
    )
    objectives = {line.strategy.objective for line in lines}
    own = _create(
        Indicator(plan=plan, objective=objective, name=SENTENCE, unit=unit, goal=100)
        for objective in sorted(objectives, key=lambda objective: objective.number)
    )
    _create(Execution(indicator=indicator, declared=Decimal(40)) for indicator in own)
    entities = list(Entity.objects.order_by("protocol_order", "acronym")[:12])
    _create(
        Participation(
            indicator=indicator,
            entity=entities[(order + position) % 12],
            role=ParticipationRole.INVOLVED if position else ParticipationRole.RESPONSIBLE,
            position=position,
        )
        for order, indicator in enumerate([*goals, *own])
        for position in range(4)
    )
    _add_events(plan, goals, events)
    return plan


def _lines(plan: NationalPlan, count: int) -> list[ActionLine]:
    """Ten lines of action a strategy, five strategies an objective."""
    axes = _create(Axis(plan=plan, number=number, name=f"Eje {number}") for number in range(1, 5))
    objectives = _create(
        Objective(plan=plan, number=number, name=SENTENCE) for number in range(1, count // 50 + 2)
    )
    strategies = _create(
        Strategy(objective=objective, axis=axes[number % 4], number=number, name=SENTENCE)
        for objective in objectives
        for number in range(1, 6)
    )
    places = product(strategies, range(1, 11))
    return _create(
        ActionLine(strategy=strategy, number=number, name=SENTENCE)
        for strategy, number in islice(places, count)
    )


def _add_events(plan: OperatingPlan, indicators: list[Indicator], count: int) -> None:
    """Events all over the year; every fourth does not count."""
    lines = {indicator.line_id: indicator.line for indicator in indicators}
    observations = _create(
        Observation(plan=plan, line=line, position=1, preface=SENTENCE) for line in lines.values()
    )
    of_line = {observation.line_id: observation for observation in observations}
    days = 364 // max(count, 1)
    places = [(indicator, number) for indicator in indicators for number in range(count)]
    events = _create(
        Event(
            plan=plan,
            key=f"evento-{indicator.pk}-{number}",
            name=SENTENCE,
            held_on=date(plan.year, 1, 1) + timedelta(days=days * number),
            region=REGIONS[number % len(REGIONS)],
            place=f"Distrito {number}",
            report_number=f"Informe N° {number:03}-{plan.year}" if number % 2 else "",
        )
        for indicator, number in places
    )
    _create(
        Contribution(
            event=event,
            indicator=indicator,
            observation=of_line[indicator.line_id],
            quantity=Decimal(1),
            counts=number % 4 > 0,
            why_not="" if number % 4 else "Se realizó fuera del plazo.",
            wording="Se capacitaron 25 personas.",
        )
        for event, (indicator, number) in zip(events, places, strict=True)
    )
