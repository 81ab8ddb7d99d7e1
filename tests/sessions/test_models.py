"""Every rule that the database holds: it refuses, and the form says why in Spanish."""

import datetime

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from members.choices import Capacity
from members.models import User
from sessions.choices import (
    ActaState,
    ActaStep,
    AgendaState,
    AgreementState,
    Office,
    PetitionOrigin,
    SessionState,
)
from sessions.models import (
    Acta,
    ActaEvent,
    ActaPresence,
    AgendaItem,
    Agreement,
    Annex,
    Attendance,
    DismissedFinding,
    Intervention,
    Letterhead,
    Petition,
    PetitionItem,
    QuorumRule,
    Report,
    SectorReport,
    Session,
    SessionOffice,
    Signatory,
)
from tests.sessions import kit, refused_circulation, refused_papers, refused_proposals
from tests.sessions.refused_circulation import REFUSED_CIRCULATION
from tests.sessions.refused_papers import REFUSED_PAPERS
from tests.sessions.refused_proposals import REFUSED_PROPOSALS
from tests.sessions.refused_summons import REFUSED_SUMMONS, prepare
from tests.sessions.refused_votes import REFUSED_VOTES

pytestmark = pytest.mark.django_db

DAY = datetime.date(2020, 1, 16)
NOW = datetime.datetime(2020, 1, 16, 12, tzinfo=datetime.UTC)
NINE, TEN = datetime.time(9), datetime.time(10)
TURN = {"attribution": "La representante,", "body": "dijo."}


@pytest.fixture
def record():
    """A session with one of each thing that a session has."""
    session = kit.session(120)
    ministry = kit.entity("MINAM")
    acta = kit.acta(session, approved=False)
    attendance = kit.attend(session, ministry, "Ana", Capacity.HOLDER)
    item = AgendaItem.objects.create(session=session, position=1, title="El plan")
    petition = Petition.objects.create(
        acta=acta, origin=PetitionOrigin.MEMBERS, position=1, body="Que"
    )
    Intervention.objects.create(agenda_item=item, position=1, **TURN)
    Report.objects.create(acta=acta, position=1, title="Uno", body="Dos")
    SectorReport.objects.create(acta=acta, position=1, **TURN)
    PetitionItem.objects.create(petition=petition, position=1, body="Que")
    Signatory.objects.create(acta=acta, position=1, attendance=attendance)
    Annex.objects.create(acta=acta, number=1, title="El plan", content={})
    kit.agreement(session, 1)
    kit.chair(session, "Eva")
    kit.rule(starts_on=DAY)
    user = User.objects.create_user("sonia")
    dismissed({"acta": acta, "user": user}).save()
    ActaPresence.objects.create(acta=acta, user=user, seen_at=NOW)
    prepare(session, attendance.person, user)
    refused_papers.prepare(item)
    refused_proposals.prepare(acta)
    refused_circulation.prepare(acta, attendance, user)
    Letterhead.objects.create(starts_on=DAY, **LETTERHEAD)
    return {
        "session": session,
        "acta": acta,
        "entity": ministry,
        "person": attendance.person,
        "other": kit.person("Luz"),
        "attendance": attendance,
        "another": kit.attend(session, ministry, "Sol", Capacity.ALTERNATE),
        "item": item,
        "petition": petition,
        "user": user,
    }


LETTERHEAD = {
    "commission": "Comisión",
    "acronym": "CNLCTF",
    "place": "Lima",
    "country_mark": "PERÚ",
    "ministry_mark": "Ministerio",
    "alliance_mark": "Alianza",
}


def attended(r, **fields):
    return Attendance(
        **{
            "session": r["session"],
            "entity": r["entity"],
            "person": r["other"],
            "capacity": Capacity.HOLDER,
            "position": 9,
            **fields,
        }
    )


def held(**fields):
    return Session(**{"number": 121, "state": SessionState.HELD, "held_on": DAY, **fields})


def agreed(r, **fields):
    return Agreement(**{"session": r["session"], "number": 9, "text": "Aprobar.", **fields})


def dismissed(r, **fields):
    return DismissedFinding(
        **{
            "acta": r["acta"],
            "rule": "weekday",
            "fingerprint": "a",
            "reason": "Así se dijo.",
            "at": NOW,
            "by": r["user"],
            **fields,
        }
    )


OTHERS = REFUSED_VOTES | REFUSED_SUMMONS | REFUSED_CIRCULATION | REFUSED_PAPERS | REFUSED_PROPOSALS
REFUSED = OTHERS | {
    "session_number_unique": (
        lambda r: held(number=120),
        "Ya hay una sesión de esa clase con ese número.",
    ),
    "session_number_positive": (
        lambda r: held(number=0),
        "Las sesiones se numeran desde el 1.",
    ),
    "session_has_date": (
        lambda r: held(held_on=None),
        "Indique la fecha de la sesión: solo puede faltar en las anteriores al registro.",
    ),
    "session_ends_after_start": (
        lambda r: held(starts_at=TEN, ends_at=NINE),
        "La sesión no puede terminar antes de empezar.",
    ),
    "session_office_unique": (
        lambda r: SessionOffice(
            session=r["session"], office=Office.CHAIR, person=r["other"], charge="Jefa"
        ),
        "Esa función ya tiene quien la ejerza en esta sesión.",
    ),
    "attendance_person_once": (
        lambda r: attended(r, person=r["person"]),
        "Esa persona ya figura en la asistencia de la sesión.",
    ),
    "attendance_position_unique": (
        lambda r: attended(r, position=1),
        "Ese lugar de la lista ya está ocupado.",
    ),
    "attendance_left_after_arrival": (
        lambda r: attended(r, arrived_at=TEN, left_at=NINE),
        "Nadie se retira antes de llegar: revise las horas.",
    ),
    "agenda_item_position_unique": (
        lambda r: AgendaItem(session=r["session"], position=1, title="Otro"),
        "Ese lugar del orden del día ya está ocupado.",
    ),
    "agenda_item_declined_says_why": (
        lambda r: AgendaItem(
            session=r["session"], position=2, title="Otro", state=AgendaState.DECLINED
        ),
        "Diga por qué no se incluye el punto propuesto.",
    ),
    "intervention_position_unique": (
        lambda r: Intervention(agenda_item=r["item"], position=1, **TURN),
        "Ese lugar entre las intervenciones ya está ocupado.",
    ),
    "agreement_number_unique": (
        lambda r: agreed(r, number=1),
        "La sesión ya tiene un acuerdo con ese número.",
    ),
    "agreement_fulfilled_has_date": (
        lambda r: agreed(r, state=AgreementState.FULFILLED),
        "Indique en qué fecha se cumplió el acuerdo.",
    ),
    "acta_approved_is_issued": (
        lambda r: Acta(session=kit.session(119), state=ActaState.APPROVED),
        "Un acta aprobada tiene su documento emitido y su fecha.",
    ),
    "acta_event_says_why": (
        lambda r: ActaEvent(acta=r["acta"], step=ActaStep.REOPENED, at=NOW, by=r["user"]),
        "Diga por qué: quien lea después lo necesita.",
    ),
    "acta_presence_unique": (
        lambda r: ActaPresence(acta=r["acta"], user=r["user"], seen_at=NOW),
        "Esa persona ya figura en el acta.",
    ),
    "dismissed_finding_once": (
        lambda r: dismissed(r),
        "Ese hallazgo ya está descartado.",
    ),
    "dismissed_finding_says_why": (
        lambda r: dismissed(r, fingerprint="b", reason=""),
        "Diga por qué se descarta.",
    ),
    "report_position_unique": (
        lambda r: Report(acta=r["acta"], position=1, title="Otro", body="Más"),
        "Ese lugar entre los informes ya está ocupado.",
    ),
    "sector_report_position_unique": (
        lambda r: SectorReport(acta=r["acta"], position=1, **TURN),
        "Ese lugar entre los informes ya está ocupado.",
    ),
    "petition_position_unique": (
        lambda r: Petition(acta=r["acta"], origin=PetitionOrigin.MEMBERS, position=1, body="Y"),
        "Ese lugar entre los pedidos ya está ocupado.",
    ),
    "petition_item_position_unique": (
        lambda r: PetitionItem(petition=r["petition"], position=1, body="Y"),
        "Ese lugar entre los sub-puntos ya está ocupado.",
    ),
    "signatory_position_unique": (
        lambda r: Signatory(acta=r["acta"], position=1, attendance=r["another"]),
        "Ese lugar en la tabla de firmas ya está ocupado.",
    ),
    "annex_number_unique": (
        lambda r: Annex(acta=r["acta"], number=1, title="Otro", content={"a": 1}),
        "El acta ya tiene un anexo con ese número.",
    ),
    "quorum_rule_start_unique": (
        lambda r: QuorumRule(citation="Otra", starts_on=DAY),
        "Ya hay una regla del quórum que empieza ese día.",
    ),
    "quorum_rule_divisors_positive": (
        lambda r: QuorumRule(citation="Otra", first_divisor=0),
        "Las partes de la regla del quórum son desde 1.",
    ),
    "cnlctf_sessions_quorumrule_ends_after_start": (
        lambda r: QuorumRule(citation="Otra", starts_on=DAY.replace(day=17), ends_on=DAY),
        "La vigencia no puede terminar antes de empezar.",
    ),
    "letterhead_start_unique": (
        lambda r: Letterhead(starts_on=DAY, **LETTERHEAD),
        "Ya hay un membrete que empieza ese día.",
    ),
    "cnlctf_sessions_letterhead_ends_after_start": (
        lambda r: Letterhead(starts_on=DAY.replace(day=17), ends_on=DAY, **LETTERHEAD),
        "La vigencia no puede terminar antes de empezar.",
    ),
}


def test_every_constraint_is_tried_here():
    models = apps.get_app_config("cnlctf_sessions").get_models()
    assert {c.name for model in models for c in model._meta.constraints} == set(REFUSED)


@pytest.mark.parametrize("name", REFUSED)
def test_the_database_refuses(record, name):
    build, _ = REFUSED[name]
    row = build(record)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


@pytest.mark.parametrize("name", REFUSED)
def test_the_form_says_why_in_spanish(record, name):
    build, message = REFUSED[name]
    with pytest.raises(ValidationError) as refused:
        build(record).full_clean()
    assert refused.value.messages == [message]


def test_a_session_cited_by_others_needs_no_date():
    Session(number=119, state=SessionState.REFERRED).full_clean()


SPEAKER = "Quien habla tiene que figurar en la asistencia."
FOREIGN = {
    "intervention": (
        lambda r, who: Intervention(agenda_item=r["item"], position=2, speaker=who, **TURN),
        {"speaker": [SPEAKER]},
    ),
    "sector report": (
        lambda r, who: SectorReport(acta=r["acta"], position=2, speaker=who, **TURN),
        {"speaker": [SPEAKER]},
    ),
    "signatory": (
        lambda r, who: Signatory(acta=r["acta"], position=2, attendance=who),
        {"attendance": ["Firma quien asistió a la sesión del acta."]},
    ),
}


@pytest.mark.parametrize("what", FOREIGN)
def test_who_speaks_or_signs_attended_that_session(record, what):
    build, errors = FOREIGN[what]
    build(record, record["another"]).full_clean()
    elsewhere = kit.attend(kit.session(119), record["entity"], "Fe")
    with pytest.raises(ValidationError) as refused:
        build(record, elsewhere).full_clean()
    assert refused.value.message_dict == errors


def test_an_agreement_is_on_the_agenda_of_its_own_session(record):
    item = AgendaItem.objects.create(session=kit.session(119), position=1, title="Otro")
    with pytest.raises(ValidationError) as refused:
        agreed(record, agenda_item=item).full_clean()
    assert refused.value.message_dict == {
        "agenda_item": ["Ese punto es del orden del día de otra sesión."]
    }


def test_an_acta_is_approved_once():
    acta = kit.acta(kit.session())
    with pytest.raises(ValidationError) as refused:
        acta.approve(issued=acta.issued, at=acta.approved_at, by=None)
    assert refused.value.messages == ["El acta ya está aprobada."]


@pytest.mark.parametrize(
    ("slug", "found"),
    [
        ("so-120", True),
        ("SO-120", True),
        ("se-120", False),
        ("so-121", False),
        ("so-99999999999999999999", False),
        ("so-", False),
        ("so", False),
        ("", False),
    ],
)
def test_a_session_by_its_name(slug, found):
    kit.session(120)
    assert Session.objects.named(slug).exists() == found


def test_the_last_session_and_the_next_one():
    february = datetime.date(2020, 2, 3)
    kit.session(119, held_on=datetime.date(2019, 10, 24))
    last = kit.session(120)
    kit.session(121, state=SessionState.CANCELLED, held_on=datetime.date(2020, 2, 2))
    kit.session(123, state=SessionState.SCHEDULED, held_on=datetime.date(2020, 4, 16))
    coming = kit.session(122, state=SessionState.SCHEDULED, held_on=february)
    assert Session.objects.last_held(february) == last
    assert Session.objects.next_after(february) == coming
    assert Session.objects.next_after(datetime.date(2020, 4, 17)) is None
    assert Session.objects.last_held(datetime.date(2019, 1, 1)) is None


def test_agreements_by_state_on_a_day(django_assert_num_queries):
    session = kit.session()
    february = datetime.date(2020, 2, 3)
    late = kit.agreement(session, 1, due_on=datetime.date(2020, 2, 2))
    kit.agreement(session, 2, due_on=february)
    kit.agreement(session, 3)
    done = datetime.date(2020, 1, 20)
    kit.agreement(session, 4, state=AgreementState.FULFILLED, fulfilled_on=done, due_on=done)
    kit.agreement(session, 5, state=AgreementState.WITHDRAWN)
    assert list(Agreement.objects.overdue(february)) == [late]
    assert [a.is_overdue(february) for a in Agreement.objects.order_by("number")] == [
        True,
        False,
        False,
        False,
        False,
    ]
    with django_assert_num_queries(1):
        counts = Agreement.objects.counts(on=february)
    assert counts == {"pending": 3, "overdue": 1, "fulfilled": 1, "withdrawn": 1}


def test_what_concerns_an_organ_concerns_its_entity():
    session = kit.session()
    ministry = kit.entity("MTPE")
    organ = kit.entity("ST", parent=ministry)
    both = kit.agreement(session, 1, [ministry, organ])
    of_organ = kit.agreement(session, 2, [organ])
    kit.agreement(session, 3, [kit.entity("MINAM")])
    concerning = Agreement.objects.concerning(ministry)
    assert set(concerning) == {both, of_organ}
    assert concerning.count() == 2
    assert concerning.counts(on=DAY)["pending"] == 2
    assert set(Agreement.objects.concerning(organ)) == {both, of_organ}
