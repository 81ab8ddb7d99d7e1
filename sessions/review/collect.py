"""The facts of an acta out of the tables, in a number of queries that does not grow with it.

Numbers and anchors are those of ``acta_document`` and ``_acta_body.html``.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from cnlctf.lib import text
from members.choices import CAPACITY_TITLES, Capacity
from members.models import Entity
from sessions import models, quorum
from sessions.attribution import attribution
from sessions.choices import AgendaState, PetitionOrigin, Sense, SessionState
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
    OpenRemark,
    Passage,
    Petition,
    Turn,
    Vote,
)
from sessions.votes import Voted, votes_of

ORIGINS = (
    (PetitionOrigin.SECRETARIAT, "de la Presidencia y Secretaría Técnica"),
    (PetitionOrigin.MEMBERS, "de los integrantes"),
)
# The pages where what is no text of the acta is written.
SESSION_PAGE, ATTENDANCE_PAGE, AGENDA_PAGE = "session_update", "attendance_edit", "agenda_edit"
REMARKS_PAGE = "circulation_detail"
# The section of each kind of text that a reader of the draft may remark on.
REMARKED = {
    "instalacion": QUORUM,
    "informe": REPORTS,
    "informe-sector": REPORTS,
    "pedido": PETITIONS,
    "sub-punto": PETITIONS,
    "punto": AGENDA,
    "intervencion": AGENDA,
    "acuerdo": AGREEMENTS,
    "cierre": SIGNATURES,
}
REVIEWED_OFFICES = (Capacity.ALTERNATE_PRESIDENT, Capacity.SECRETARY)


def collect(acta: models.Acta) -> Facts:
    """What the reviewer needs to know; nothing has to be complete for it."""
    session = acta.session
    day = session.held_on
    members = Entity.objects.members_on(day) if day else Entity.objects.none()
    member_pks = set(members.values_list("pk", flat=True))
    rule = models.QuorumRule.objects.in_force_on(day).first() if day else None
    entities = list(Entity.objects.select_related("parent"))
    signing = {signatory.attendance_id for signatory in acta.signatories.all()}
    attendees = {
        row.pk: _attendee(row, of_member=row.entity_id in member_pks, signs=row.pk in signing)
        for row in session.attendances.select_related("person", "entity")
    }
    opening = _passage(
        Block(QUORUM, "quorum", "Verificación del quórum"), acta.opening, Kind.SET_PHRASE
    )
    closing = _passage(
        Block(SIGNATURES, "suscripcion", "Oración de cierre"), acta.closing, Kind.SET_PHRASE
    )
    reports = list(_reports(acta))
    sector_turns = [
        _turn(
            Block(REPORTS, f"informe-4-2-{number}", f"Informes de los sectores, párrafo {number}"),
            turn,
            attendees,
            entities,
        )
        for number, turn in enumerate(acta.sector_reports.all(), 1)
    ]
    petitions = list(_petitions(acta))
    points = list(session.agenda_items.accepted().prefetch_related("interventions"))
    agenda = list(_agenda(points))
    agenda_turns = [
        _turn(
            Block(AGENDA, f"punto-{number}-{place}", f"Punto {number}, intervención {place}"),
            turn,
            attendees,
            entities,
        )
        for number, item in enumerate(points, 1)
        for place, turn in enumerate(item.interventions.all(), 1)
    ]
    agreements = list(_agreements(session))
    return Facts(
        data=Block(DATA, "datos", "Datos de la sesión", SESSION_PAGE),
        people=Block(PEOPLE, "participantes", "Lista de asistencia", ATTENDANCE_PAGE),
        quorum=Block(QUORUM, "quorum", "Quórum", ATTENDANCE_PAGE),
        reports=Block(REPORTS, "informes", "Informes"),
        agenda=Block(AGENDA, "orden-del-dia", "Orden del día", AGENDA_PAGE),
        agreement_list=Block(AGREEMENTS, "acuerdos", "Acuerdos"),
        signatures=Block(SIGNATURES, "suscripcion", "Tabla de firmas", ATTENDANCE_PAGE),
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
            _point_block(number)
            for number, item in enumerate(points, 1)
            if not item.introduction.strip() and not item.interventions.all()
        ),
        annexes=frozenset(acta.annexes.values_list("number", flat=True)),
        acronyms=frozenset(entity.acronym for entity in entities),
        offices={capacity: _titles(capacity, attendees.values()) for capacity in REVIEWED_OFFICES},
        open_remarks=tuple(_open_remarks(acta)),
        kind=session.get_kind_display(),
        number=session.number,
    )


def _open_remarks(acta: models.Acta) -> Iterator[OpenRemark]:
    for row in models.Remark.objects.of_acta(acta).open():
        section = REMARKED.get(row.kind, DATA)
        yield OpenRemark(
            Block(section, section.anchor, row.place, REMARKS_PAGE),
            row.pk,
            attribution(row.reader.attendance).rstrip(","),
            row.comment or row.proposal,
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
        block = Block(REPORTS, f"informe-4-1-{number}", f"Informe 4.1.{number}")
        yield _passage(block, report.title, Kind.TITLE)
        yield _passage(block, report.body)


def _turn(
    block: Block,
    turn: models.SectorReport | models.Intervention,
    attendees: dict[int, Attendee],
    entities: list[Entity],
) -> Turn:
    entity = next((entity for entity in entities if entity.pk == turn.speaker_entity_id), None)
    entity = entity or _named_in(turn.attribution, entities)
    return Turn(
        _passage(block, turn.body, attribution=turn.attribution),
        attendees[turn.speaker_id] if turn.speaker_id else None,
        entity.acronym if entity else "",
        entity.parent.acronym if entity and entity.parent else "",
    )


def _named_in(attribution: str, entities: list[Entity]) -> Entity | None:
    """The entity that the words name: «La representante del SERFOR,»."""
    words = set(re.findall(r"[\w-]+", attribution))
    named = (entity for entity in entities if entity.acronym in words or entity.name in attribution)
    return next(named, None)


def _petitions(acta: models.Acta) -> Iterator[Petition]:
    petitions = list(acta.petitions.prefetch_related("items"))
    for group, (origin, whose) in enumerate(ORIGINS, 1):
        of_origin = (petition for petition in petitions if petition.origin == origin)
        for number, petition in enumerate(of_origin, 1):
            anchor = f"pedido-{group}-{number}"
            block = Block(PETITIONS, anchor, f"Pedido {number} {whose}")
            yield Petition(block, tuple(_petition_passages(block, petition, number)))


def _petition_passages(block: Block, petition: models.Petition, number: int) -> Iterator[Passage]:
    items = list(petition.items.all())
    yield _passage(block, petition.body, leads_on=bool(items))
    for place, item in enumerate(items, 1):
        inner = replace(block, name=f"Pedido {number}.{place}")
        yield _passage(inner, item.body, leads_on=place < len(items))
    if petition.conclusion.strip():
        yield _passage(block, petition.conclusion)


def _point_block(number: int) -> Block:
    return Block(AGENDA, f"punto-{number}", f"Punto {number} del orden del día")


def _agenda(points: Iterable[models.AgendaItem]) -> Iterator[Passage]:
    for number, item in enumerate(points, 1):
        block = _point_block(number)
        yield _passage(replace(block, page=AGENDA_PAGE), item.title, Kind.TITLE)
        yield _passage(
            block, item.introduction, Kind.SET_PHRASE, leads_on=bool(item.interventions.all())
        )


def _agreements(session: models.Session) -> Iterator[Agreement]:
    rows = (
        session.agreements.select_related("agenda_item", "session_agreed")
        .prefetch_related("responsibles")
        .order_by("number")
    )
    votes = votes_of(session)
    for row in rows:
        item = row.agenda_item
        fixed = getattr(row, "session_agreed", None)
        block = Block(AGREEMENTS, f"acuerdo-{row.number}", f"Acuerdo {row.number}")
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
            vote=_vote(votes.get(row.pk)),
        )


def _vote(voted: Voted | None) -> Vote | None:
    if voted is None:
        return None
    return Vote(
        voted.vote.at,
        voted.tally,
        displaced=tuple(ballot.entity.acronym for ballot in voted.displaced),
        ungrounded=tuple(
            ballot.entity.acronym
            for ballot in voted.vote.ballots.all()
            if ballot.sense == Sense.ABSTENTION and not ballot.reason.strip()
        ),
    )
