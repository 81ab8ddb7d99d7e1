import datetime
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from members.choices import Capacity, Gender, Role
from members.models import Designation, Person
from sessions import scheduling
from sessions.carry_over import carried_over
from sessions.choices import ActaState, Office, SessionState
from sessions.models import Acta, Letterhead, Session, SessionOffice
from sessions.scheduling import Officer
from tests.sessions import kit

DAY = datetime.date(2020, 3, 19)


def new(number=121, **fields) -> Session:
    return Session(**{"kind": "SO", "number": number, "held_on": DAY, **fields})


def designate(entity, capacity, name, charge="", **fields) -> Designation:
    return Designation.objects.create(
        entity=entity, capacity=capacity, person=kit.person(name), charge=charge, **fields
    )


def names(officers) -> dict[str, str]:
    people = Person.objects.in_bulk()
    return {office: people[officer.person_id].given_names for office, officer in officers.items()}


# --- Who is expected ------------------------------------------------------------------------


@pytest.fixture
def mtpe(db):
    [entity] = kit.members("MTPE")
    return entity


def test_who_is_designated_that_day_the_presidency_first(mtpe):
    minam = kit.entity("MINAM", protocol_order=2)
    designate(minam, Capacity.ALTERNATE, "Sol")
    designate(minam, Capacity.HOLDER, "Ana")
    designate(minam, Capacity.OBSERVER, "Fe")
    designate(mtpe, Capacity.SECRETARY, "Eva")
    designate(mtpe, Capacity.PRESIDENT, "Luz", ends_on=datetime.date(2020, 3, 18))
    Designation.objects.create(entity=minam, capacity=Capacity.ALTERNATE_PRESIDENT, remarks="¿?")
    assert [str(row.person.given_names) for row in scheduling.designated_on(DAY)] == [
        "Eva",
        "Ana",
        "Sol",
    ]


@pytest.mark.parametrize(
    ("capacities", "last", "expected"),
    [
        (("P", "PA", "ST"), None, {"chair": "P", "president": "P", "secretary": "ST"}),
        (("P", "PA", "ST"), "PA", {"chair": "PA", "president": "P", "secretary": "ST"}),
        (("PA",), None, {"chair": "PA"}),
        (("P", "T"), "T", {"chair": "P", "president": "P"}),
        ((), None, {}),
    ],
)
def test_who_is_expected_to_hold_the_offices(mtpe, capacities, last, expected):
    rows = {capacity: designate(mtpe, capacity, capacity) for capacity in capacities}
    if last:
        SessionOffice.objects.create(
            session=kit.session(120), office=Office.CHAIR, person=rows[last].person, charge="Jefa"
        )
    assert names(scheduling.expected_officers(scheduling.designated_on(DAY))) == expected


# --- Creating it ----------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_next_of_its_kind_where_the_last_one_was():
    kit.session(120, venue="Sala A", modality="mixed")
    kit.session(121, state=SessionState.CANCELLED, held_on=DAY)
    assert scheduling.proposal("SO") == {"number": 122, "venue": "Sala A", "modality": "mixed"}
    assert scheduling.proposal("SE") == {"number": 1, "venue": "Sala A", "modality": "mixed"}


@pytest.mark.django_db
def test_the_first_session_of_all_is_proposed_a_number_only():
    assert scheduling.proposal("SO") == {"number": 1}


@pytest.mark.django_db
def test_a_new_session_has_officers_agenda_and_an_acta_in_draft():
    before = kit.session(120)
    Acta.objects.create(session=before, opening="Inicia la SO N° 120.", closing="A las 11:25.")
    kit.agreement(before, 1)
    session, eva = new(), kit.person("Eva")
    scheduling.schedule(
        session, officers={Office.CHAIR: Officer(eva.pk, "Jefa")}, carried=carried_over("SO")
    )
    session.refresh_from_db()
    assert session.state == SessionState.SCHEDULED
    assert [(o.office, o.person, o.charge) for o in session.offices.all()] == [
        ("chair", eva, "Jefa")
    ]
    approval, follow_up = session.agenda_items.all()
    assert (approval.position, approval.carried_acta) == (1, before.acta)
    assert (follow_up.position, follow_up.carried_agreement) == (2, before.agreements.get())
    acta = session.acta
    assert (acta.state, acta.opening, acta.closing) == (
        ActaState.DRAFT,
        "Inicia la SO N° 121.",
        "A las [hora].",
    )


@pytest.mark.parametrize(
    ("capacity", "gender", "chair"),
    [
        (Capacity.ALTERNATE_PRESIDENT, Gender.MASCULINE, "el Presidente Alterno"),
        (Capacity.PRESIDENT, Gender.FEMININE, "la Presidenta"),
        (Capacity.HOLDER, Gender.FEMININE, "la señora Eva Ñahui"),
        (None, Gender.MASCULINE, "la Presidencia"),
    ],
)
def test_the_first_acta_names_who_conducts(mtpe, capacity, gender, chair):
    Letterhead.objects.create(
        commission="Comisión de Prueba",
        acronym="CP",
        place="Lima",
        country_mark="PERÚ",
        ministry_mark="Ministerio",
        alliance_mark="Alianza",
    )
    officers = {}
    if capacity:
        person = designate(mtpe, capacity, "Eva").person
        Person.objects.update(gender=gender)
        officers = {Office.CHAIR: Officer(person.pk, "Jefa")}
    session = new()
    scheduling.schedule(session, officers=officers, carried=[])
    opening = f"{chair} dio inicio a la Sesión Ordinaria (SO) N° 121 de la Comisión de Prueba"
    assert f", {opening} (en adelante CP)." in session.acta.opening
    assert session.acta.closing.startswith("En Lima, siendo las [hora], se levantó")


@pytest.mark.django_db
def test_where_its_number_was_just_taken_it_gets_the_next():
    kit.session(121)
    kit.session(122)
    session = new(121)
    scheduling.schedule(session, officers={}, carried=[])
    assert (session.number, session.acta.opening.count("N° 123")) == (123, 1)


@pytest.mark.django_db
def test_what_is_wrong_for_another_reason_is_not_tried_again():
    with pytest.raises(IntegrityError), transaction.atomic():
        scheduling.schedule(new(held_on=None), officers={}, carried=[])


@pytest.mark.django_db(transaction=True)
def test_two_at_once_get_consecutive_numbers():
    """Each in a transaction of its own, and both proposed the same number."""
    together, created, failed = threading.Barrier(2), [], []

    def create():
        session = new(121)
        try:
            together.wait(timeout=10)
            scheduling.schedule(session, officers={}, carried=[])
            created.append(session.number)
        except Exception as error:  # noqa: BLE001
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=create) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert failed == []
    assert sorted(created) == [121, 122]
    assert sorted(Session.objects.values_list("number", flat=True)) == [121, 122]


@pytest.mark.django_db
def test_officers_are_put_changed_and_taken_away():
    session, eva, ana = kit.session(), kit.person("Eva"), kit.person("Ana")
    clerk = SessionOffice.objects.create(
        session=session, office=Office.CLERK, person=ana, charge="Especialista"
    )
    scheduling.set_officers(
        session,
        {Office.CHAIR: Officer(eva.pk, "Jefa"), Office.PRESIDENT: Officer(ana.pk, "Ministra")},
    )
    scheduling.set_officers(session, {Office.CHAIR: Officer(ana.pk, "Directora")})
    chair = session.offices.get(office=Office.CHAIR)
    assert (chair.person, chair.charge) == (ana, "Directora")
    # Who stood in for the secretary in the session itself is not this page's.
    assert set(session.offices.all()) == {chair, clerk}


# --- Closed, cancelled, proposed for --------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "why"),
    [
        (SessionState.SCHEDULED, ""),
        (SessionState.HELD, ""),
        (SessionState.FAILED, ""),
        (SessionState.CANCELLED, "La SO N° 120 está cancelada: ya no admite cambios."),
        (SessionState.REFERRED, "La SO N° 120 es anterior al registro: aquí no se lleva."),
    ],
)
def test_why_a_session_takes_no_more_changes(state, why):
    assert kit.session(120, state=state).why_closed == why


@pytest.mark.django_db
def test_an_approved_acta_closes_its_session():
    session = kit.session(120)
    kit.acta(session)
    assert session.why_closed == (
        "El acta de la SO N° 120 está aprobada: la sesión ya no admite cambios."
    )


@pytest.mark.django_db
def test_a_cancelled_session_keeps_its_reason():
    session = kit.session(121, state=SessionState.SCHEDULED, remarks="Con la OIT.")
    scheduling.cancel(session, reason="Por la huelga.")
    session.refresh_from_db()
    assert (session.state, session.remarks) == ("cancelled", "Con la OIT.\nPor la huelga.")


@pytest.mark.django_db
def test_only_what_was_not_held_is_cancelled():
    session = kit.session(120)
    stale = Session(pk=session.pk, kind="SO", number=120, state=SessionState.SCHEDULED)
    with pytest.raises(ValidationError) as caught:
        scheduling.cancel(stale, reason="Por la huelga.")
    assert caught.value.messages == [
        (
            "La SO N° 120 ya no está programada, sino «realizada»: solo se cancela la que "
            "todavía no se ha realizado."
        )
    ]


PAST = "La SO N° 121 ya no está por realizarse: no se proponen puntos para ella."


@pytest.mark.parametrize(
    ("state", "on", "represents", "why"),
    [
        (SessionState.SCHEDULED, DAY, True, ""),
        (SessionState.SCHEDULED, DAY + datetime.timedelta(1), True, PAST),
        (SessionState.HELD, DAY, True, PAST),
        (
            SessionState.SCHEDULED,
            DAY,
            False,
            (
                "Propone puntos quien representa a una entidad, y su cuenta no tiene hoy una "
                "designación vigente."
            ),
        ),
    ],
)
def test_who_proposes_represents_an_entity_and_comes_in_time(mtpe, state, on, represents, why):
    row = designate(mtpe, Capacity.HOLDER, "Ana", ends_on=None if represents else kit.DAY)
    session = kit.session(121, state=state, held_on=DAY)
    user = kit.user(Role.REPRESENTATIVE, row.person)
    assert scheduling.why_no_proposals(session, user, on=on) == why
