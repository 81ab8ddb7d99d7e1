"""The demo data against the acta that they transcribe, word for word and sign for sign."""

import re
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from cnlctf.lib.fixture_file import Loader
from cnlctf.management.commands.load_demo import FILES
from sessions.choices import ActaState, Adoption, Modality, PetitionOrigin, SessionState
from sessions.models import Acta, QuorumRule, Session
from sessions.quorum import signatories

SEED = Path(__file__).parents[1] / "data" / "acta-so-120.txt"

# Lines of the seed that are no data: the program prints these headings itself, computes these
# numbers, and the page breaks of the original left their marks.
FURNITURE = {
    *(55, 57, 98, 114, 116, 122, 124, 126, 130, 150),
    *(158, 160, 164, 168),  # the marks, printed again over a page break, and the stamp "SOP"
    173,
}
NUMBERING = re.compile(r"\s*(?:- )?(?:\d+(?:\.\d+)*\. )?")


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        for path in FILES[:2]:
            Loader().load(path)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def session() -> Session:
    return Session.objects.get_by_natural_key("SO", 120)


@pytest.fixture
def acta(session: Session) -> Acta:
    return session.acta


def seed(first: int, last: int) -> list[str]:
    """Those lines of the seed, the first being 1."""
    return SEED.read_text(encoding="utf-8").splitlines()[first - 1 : last]


def tokens(texts: list[str]) -> list[str]:
    """Words and signs in order, without the bullets' hyphens at the beginning of a line."""
    lines = [line.removeprefix("- ") for text in texts for line in text.splitlines()]
    return re.findall(r"\w+|[^\w\s]", "\n".join(lines))


def test_every_word_from_the_quorum_to_the_signatures(session: Session, acta: Acta) -> None:
    written = [
        NUMBERING.sub("", line, count=1)
        for number, line in enumerate(seed(53, 175), 53)
        if number not in FURNITURE
    ]

    held = [acta.opening]
    for report in acta.reports.all():
        held += [report.title, report.body]
    for report in acta.sector_reports.all():
        held += [report.attribution, report.body]
    for petition in acta.petitions.all():
        held += [petition.body, *(item.body for item in petition.items.all()), petition.conclusion]
    for item in session.agenda_items.all():
        held += [item.title, item.introduction]
        for intervention in item.interventions.all():
            held += [intervention.attribution, intervention.body]
    held += [agreement.text for agreement in session.agreements.order_by("number")]
    held += [acta.closing]

    assert tokens(held) == tokens(written)


def test_the_data_of_section_i(session: Session) -> None:
    data = dict(line.split("\t") for line in seed(12, 17))

    assert (session.held_on, session.starts_at, session.ends_at) == (
        date(2020, 1, 16),
        time(9, 22),
        time(11, 25),
    )
    assert (session.state, session.modality, session.call) == (
        SessionState.HELD,
        Modality.IN_PERSON,
        1,
    )
    assert session.venue == data["Sede"]
    assert [f"{office}." for office in session.offices.all()] == [
        data["Conducción de la Sesión"],
        data["Presidente de la CNLCTF"],
        data["Secretaria Técnica de la CNLCTF"],
    ]


def test_the_21_who_attended_in_their_groups(session: Session) -> None:
    groups = {"PRESIDENCIA Y SECRETARÍA TÉCNICA": "PA"}
    groups |= {"REPRESENTANTES TITULARES": "T", "REPRESENTANTES ALTERNOS": "A"}
    groups |= {"OBSERVADOR": "O", "INVITADOS/AS": "G"}
    listed = []
    capacity = ""
    for line in seed(22, 47):
        name, _, entity = line.partition("\t")
        if name in groups:
            capacity = groups[name]
        else:
            name, _, office = name.partition(" – ")
            listed.append((name, "ST" if office == "Secretaria Técnica" else capacity, entity))

    assert len(listed) == 21
    assert [
        (attendance.person.full_name, attendance.capacity, attendance.printed_entity)
        for attendance in session.attendances.select_related("person", "entity")
    ] == listed


def test_the_offices_are_said_with_their_gender(session: Session) -> None:
    assert [attendance.title for attendance in session.attendances.all()[:2]] == [
        "Presidente alterno",
        "Secretaria Técnica",
    ]


def test_quorum_of_11_seats_6_required_11_present(session: Session) -> None:
    quorum = session.quorum()
    assert (quorum.members, quorum.required, quorum.present, quorum.met) == (11, 6, 11, True)
    assert quorum.rule.name == (
        "TUO de la Ley N° 27444, aprobado por DS N° 004-2019-JUS, artículo 110"
    )


def test_one_quorum_rule_at_a_time() -> None:
    assert [
        QuorumRule.objects.in_force_on(day).get().citation[-12:]
        for day in (
            date(2001, 10, 11),
            date(2019, 1, 24),
            date(2019, 1, 25),
            date(2026, 4, 30),
            date(2026, 5, 1),
        )
    ] == [" artículo 99", " artículo 99", "artículo 110", "artículo 110", " artículo 99"]


def test_the_12_signatures_are_those_of_the_seed_and_of_the_rule(
    session: Session, acta: Acta
) -> None:
    rows = [line.split("\t")[:3] for line in seed(178, 203) if line.count("\t") == 3]
    rows.remove(["ENTIDAD", "T/A", "NOMBRES Y APELLIDOS"])  # again after the page break
    signed = [signatory.attendance for signatory in acta.signatories.all()]

    assert len(signed) == 12
    assert [
        [attendance.entity.acronym, attendance.capacity, attendance.person.full_name.upper()]
        for attendance in signed
    ] == rows
    assert signed == [attendee.who for attendee in signatories(session.attendees())]


def test_how_many_there_are_of_each(session: Session, acta: Acta) -> None:
    assert {
        "reports": acta.reports.count(),
        "sector reports": acta.sector_reports.count(),
        "petitions": acta.petitions.count(),
        "petition items": acta.petitions.get().items.count(),
        "agenda": session.agenda_items.count(),
        "interventions": session.agenda_items.get().interventions.count(),
        "agreements": session.agreements.count(),
    } == {
        "reports": 7,
        "sector reports": 11,
        "petitions": 1,
        "petition items": 2,
        "agenda": 1,
        "interventions": 12,
        "agreements": 5,
    }
    assert acta.petitions.get().origin == PetitionOrigin.SECRETARIAT
    assert acta.state == ActaState.DRAFT


def test_who_speaks_and_for_whom(session: Session, acta: Acta) -> None:
    def speakers(turns: object) -> list[tuple[str | None, str]]:
        return [
            (turn.speaker and turn.speaker.person.surnames, turn.speaker_entity.acronym)
            for turn in turns.all()
        ]

    assert speakers(acta.sector_reports) == [
        ("Tello Guerrero", "MTPE"),
        ("Tincopa Grados", "RREE"),
        (None, "RREE"),
        ("Torres", "OIT"),
        ("Valencia Catunta", "MINJUS"),
        ("Quiñones Infante", "MTPE"),
        ("León Vilela", "MINAM"),
        ("Tello Guerrero", "MTPE"),
        ("Torres", "OIT"),
        ("Huerta Barrón", "MIMP"),
        ("Tello Guerrero", "MTPE"),
    ]
    assert speakers(session.agenda_items.get().interventions) == [
        ("Torres", "OIT"),
        ("Quiñones Infante", "MTPE"),
        (None, "RREE"),
        ("Quiñones Infante", "MTPE"),
        ("León Vilela", "MINAM"),
        ("Quiñones Infante", "MTPE"),
        ("García Manrique", "SUNAFIL"),
        ("Rondón Valero", "MININTER"),
        (None, "SERFOR"),
        ("Quiñones Infante", "MTPE"),
        ("Valencia Catunta", "MINJUS"),
        ("Torres", "OIT"),
    ]


def test_agreements_with_the_dates_and_tasks_of_their_prose(session: Session) -> None:
    agreements = list(session.agreements.order_by("number"))

    assert [(agreement.number, agreement.due_on) for agreement in agreements] == [
        (1, None),
        (2, date(2020, 1, 23)),
        (3, None),
        (4, None),
        (5, date(2020, 3, 19)),
    ]
    assert [agreement.responsibles.count() for agreement in agreements] == [0, 11, 1, 1, 0]
    assert {agreement.adoption for agreement in agreements} == {Adoption.NOT_RECORDED}
    assert [bool(agreement.condition) for agreement in agreements] == [
        *(False, False, True, True, False)
    ]
    assert [bool(agreement.agenda_item) for agreement in agreements] == [
        *(False, True, False, False, False)
    ]
    assert [bool(agreement.off_agenda_reason) for agreement in agreements] == [
        *(True, False, True, True, True)
    ]


def test_the_sessions_before_and_after() -> None:
    before = Session.objects.get_by_natural_key("SO", 119)
    after = Session.objects.get_by_natural_key("SO", 121)

    assert (before.state, before.held_on) == (SessionState.REFERRED, None)
    assert (after.state, after.held_on) == (SessionState.SCHEDULED, date(2020, 3, 19))
    assert after.agreed_in.natural_key() == ("SO", 120, 5)
