"""The facts of an acta out of the tables, in a number of queries that does not grow with it.

Numbers and anchors are those of ``acta_document`` and ``_acta_body.html``.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.db.models import Model

from cnlctf.lib import text
from members.choices import CAPACITY_TITLES, Capacity
from members.models import Entity
from sessions import models, quorum
from sessions.choices import AgendaState, PetitionOrigin, SessionState
from sessions.review.facts import (
    AGENDA,
    AGREEMENTS,
    DATA,
    PEOPLE,
    PETITIONS,
    QUORUM,
    REPORTS,
    SIGNATURES,
    Agreement,
    Attendee,
    Block,
    Facts,
    Kind,
    Line,
    Passage,
    Petition,
    Section,
    Turn,
)

ORIGINS = (
    (PetitionOrigin.SECRETARIAT, "de la Presidencia y Secretaría Técnica"),
    (PetitionOrigin.MEMBERS, "de los integrantes"),
)
REVIEWED_OFFICES = (Capacity.ALTERNATE_PRESIDENT, Capacity.SECRETARY)


def collect(acta: models.Acta) -> Facts:
    """What the reviewer needs to know; nothing has to be complete for it."""
    session = acta.session
    day = session.held_on
    members = Entity.objects.members_on(day) if day else Entity.objects.none()
    member_pks = set(members.values_list("pk", flat=True))
    rule = models.QuorumRule.objects.in_force_on(day).first() if day else None
    signing = {signatory.attendance_id for signatory in acta.signatories.all()}
    attendees = {
        row.pk: _attendee(row, of_member=row.entity_id in member_pks, signs=row.pk in signing)
        for row in session.attendances.select_related("person", "entity")
    }
    opening = _passage(
        _block(QUORUM, "quorum", "Verificación del quórum", acta), acta.opening, Kind.SET_PHRASE
    )
    closing = _passage(
        _block(SIGNATURES, "suscripcion", "Oración de cierre", acta), acta.closing, Kind.SET_PHRASE
    )
    reports = list(_reports(acta))
    sector_turns = list(_sector_turns(acta, attendees))
    petitions = list(_petitions(acta))
    points = list(
        session.agenda_items.accepted().prefetch_related("interventions__speaker_entity__parent")
    )
    agenda = list(_agenda(points))
    agenda_turns = list(_agenda_turns(points, attendees))
    agreements = list(_agreements(session))
    return Facts(
        data=_block(DATA, "datos", "Datos de la sesión", session),
        people=_block(PEOPLE, "participantes", "Lista de asistencia", session),
        quorum=_block(QUORUM, "quorum", "Quórum", session),
        reports=_block(REPORTS, "informes", "Informes", acta),
        agenda=_block(AGENDA, "orden-del-dia", "Orden del día", session),
        agreement_list=_block(AGREEMENTS, "acuerdos", "Acuerdos", session),
        signatures=_block(SIGNATURES, "suscripcion", "Tabla de firmas", acta),
        day=day,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        failed=session.state == SessionState.FAILED,
        members=len(member_pks),
        required=(
            quorum.required(len(member_pks), rule.as_arithmetic(), session.call) if rule else None
        ),
        attendees=tuple(attendees.values()),
        opening=opening,
        closing=closing,
        passages=(
            opening,
            *reports,
            *(turn.passage for turn in sector_turns),
            *(passage for petition in petitions for passage in petition.passages),
            *agenda,
            *(turn.passage for turn in agenda_turns),
            *(agreement.passage for agreement in agreements),
            closing,
        ),
        turns=(*sector_turns, *agenda_turns),
        petitions=tuple(petitions),
        agreements=tuple(agreements),
        empty_points=tuple(
            _point_block(number, item)
            for number, item in enumerate(points, 1)
            if not item.introduction.strip() and not item.interventions.all()
        ),
        annexes=frozenset(acta.annexes.values_list("number", flat=True)),
        acronyms=frozenset(Entity.objects.values_list("acronym", flat=True)),
        offices={capacity: _titles(capacity, attendees.values()) for capacity in REVIEWED_OFFICES},
    )


def _attendee(row: models.Attendance, *, of_member: bool, signs: bool) -> Attendee:
    return Attendee(
        name=row.person.full_name,
        title=row.title,
        entity=row.entity.acronym,
        capacity=row.capacity,
        is_present=row.is_present,
        arrived_at=row.arrived_at,
        left_at=row.left_at,
        order=row.entity.protocol_order,
        of_member=of_member,
        signs=signs,
    )


def _titles(capacity: Capacity, attendees: Iterable[Attendee]) -> tuple[str, ...]:
    """The office as whoever held it is called; in either gender when nobody did."""
    held = {attendee.title for attendee in attendees if attendee.capacity == capacity}
    return tuple(sorted(held)) or CAPACITY_TITLES[capacity]


def _block(section: Section, anchor: str, name: str, record: Model) -> Block:
    return Block(section, anchor, name, record._meta.model_name or "", record.pk)


def _passage(
    block: Block,
    source: str,
    kind: Kind = Kind.TEXT,
    *,
    attribution: str = "",
    leads_on: bool = False,
) -> Passage:
    lines = (
        Line("".join(run.text for run in line.runs), isinstance(line, text.Bullet))
        for line in text.parse(source)
    )
    return Passage(
        block,
        kind,
        tuple(line for line in lines if line.words.strip()),
        attribution.strip(),
        leads_on,
    )


def _reports(acta: models.Acta) -> Iterator[Passage]:
    for number, report in enumerate(acta.reports.all(), 1):
        block = _block(REPORTS, f"informe-4-1-{number}", f"Informe 4.1.{number}", acta)
        yield _passage(block, report.title, Kind.TITLE)
        yield _passage(block, report.body)


def _sector_turns(acta: models.Acta, attendees: dict[int, Attendee]) -> Iterator[Turn]:
    turns = acta.sector_reports.select_related("speaker_entity__parent")
    for number, turn in enumerate(turns, 1):
        block = _block(
            REPORTS, f"informe-4-2-{number}", f"Informes de los sectores, párrafo {number}", acta
        )
        yield _turn(block, turn, attendees)


def _turn(
    block: Block, turn: models.SectorReport | models.Intervention, attendees: dict[int, Attendee]
) -> Turn:
    entity = turn.speaker_entity
    return Turn(
        _passage(block, turn.body, attribution=turn.attribution),
        attendees[turn.speaker_id] if turn.speaker_id else None,
        entity.acronym if entity else "",
        entity.parent.acronym if entity and entity.parent else "",
    )


def _petitions(acta: models.Acta) -> Iterator[Petition]:
    petitions = list(acta.petitions.prefetch_related("items"))
    for group, (origin, whose) in enumerate(ORIGINS, 1):
        of_origin = (petition for petition in petitions if petition.origin == origin)
        for number, petition in enumerate(of_origin, 1):
            anchor = f"pedido-{group}-{number}"
            block = _block(PETITIONS, anchor, f"Pedido {number} {whose}", petition)
            yield Petition(block, tuple(_petition_passages(block, petition, number)))


def _petition_passages(block: Block, petition: models.Petition, number: int) -> Iterator[Passage]:
    items = list(petition.items.all())
    yield _passage(block, petition.body, leads_on=bool(items))
    for place, item in enumerate(items, 1):
        inner = replace(block, name=f"Pedido {number}.{place}")
        yield _passage(inner, item.body, leads_on=place < len(items))
    if petition.conclusion.strip():
        yield _passage(block, petition.conclusion)


def _point_block(number: int, item: models.AgendaItem) -> Block:
    return _block(AGENDA, f"punto-{number}", f"Punto {number} del orden del día", item)


def _agenda(points: Iterable[models.AgendaItem]) -> Iterator[Passage]:
    for number, item in enumerate(points, 1):
        block = _point_block(number, item)
        yield _passage(block, item.title, Kind.TITLE)
        yield _passage(
            block, item.introduction, Kind.SET_PHRASE, leads_on=bool(item.interventions.all())
        )


def _agenda_turns(
    points: Iterable[models.AgendaItem], attendees: dict[int, Attendee]
) -> Iterator[Turn]:
    for number, item in enumerate(points, 1):
        for place, turn in enumerate(item.interventions.all(), 1):
            block = _block(
                AGENDA, f"punto-{number}-{place}", f"Punto {number}, intervención {place}", item
            )
            yield _turn(block, turn, attendees)


def _agreements(session: models.Session) -> Iterator[Agreement]:
    rows = (
        session.agreements.select_related("agenda_item", "session_agreed")
        .prefetch_related("responsibles")
        .order_by("number")
    )
    for row in rows:
        item = row.agenda_item
        fixed = getattr(row, "session_agreed", None)
        block = _block(AGREEMENTS, f"acuerdo-{row.number}", f"Acuerdo {row.number}", row)
        yield Agreement(
            number=row.number,
            passage=_passage(block, row.text),
            on_agenda=item is not None and item.state == AgendaState.ACCEPTED,
            off_agenda_reason=row.off_agenda_reason,
            adoption=row.adoption,
            responsibles=tuple(entity.acronym for entity in row.responsibles.all()),
            due_on=row.due_on,
            condition=row.condition,
            session_on=fixed.held_on if fixed else None,
        )
