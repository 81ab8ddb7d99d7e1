import datetime

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from members.choices import Capacity, MembershipKind, Role
from members.models import Membership, Person
from sessions.choices import Presence
from sessions.models import Acta, Attendance
from tests.sessions import kit
from tests.sessions.roll import BY_SCRIPT, PAGE, mark, row, said, scheduled, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(client):
    account = kit.user(Role.SECRETARY)
    client.force_login(account)
    return account


@pytest.fixture
def session(secretary):
    """Three members, each with a holder designated, and nobody marked yet."""
    session, holders = scheduled()
    session.holders = holders
    return session


def listed():
    rows = Attendance.objects.order_by("position").select_related("entity")
    return [(each.position, each.entity.acronym, each.presence) for each in rows]


# --- The page -------------------------------------------------------------------------------


def test_it_proposes_whoever_is_designated_and_marks_nobody(client, session):
    response = client.get(PAGE)
    assertContains(response, "Ana MINJUS")
    assertNotContains(response, "checked")
    assertContains(response, "<b>0</b> de 3")
    assertContains(response, "Faltan 3")
    assertContains(response, "más de la mitad: 3 ÷ 2 = 1.5 → 2")
    assertContains(response, "la tercera parte, no menos de 3: 3 ÷ 3 = 1 → 3")
    assert not Attendance.objects.exists()


def test_its_queries_do_not_grow(client, session, django_assert_num_queries):
    Acta.objects.create(session=session)
    client.get(PAGE)
    for people in (0, 3):
        for number in range(people):
            kit.attend(session, kit.entity(f"OIT{number}"), f"Fe{number}", Capacity.GUEST)
        with django_assert_num_queries(19):
            client.get(PAGE)


# --- Marking --------------------------------------------------------------------------------


def test_a_row_is_saved_as_it_is_marked(client, session):
    response = client.post(
        url("attendance_save"), row(session.holders[1], "present"), headers=BY_SCRIPT
    )
    assert response.templates[0].name == "sessions/_quorum_panel.html"
    assertContains(response, "<b>1</b> de 3")
    assertContains(response, "No hay quórum")
    assert listed() == [(1, "MINJUS", Presence.PRESENT)]
    response = client.post(
        url("attendance_save"), row(session.holders[0], "present"), headers=BY_SCRIPT
    )
    assertContains(response, "<b>2</b> de 3")
    assertContains(response, "Instalar la sesión")
    assert listed() == [(1, "MINAM", Presence.PRESENT), (2, "MINJUS", Presence.PRESENT)]


def test_a_save_asks_as_often_however_long_the_list(client, session, django_assert_num_queries):
    client.post(url("attendance_save"), row(session.holders[0], "present"), headers=BY_SCRIPT)
    for people in (0, 5):
        for number in range(people):
            kit.attend(session, kit.entity(f"OIT{number}"), f"Fe{number}", Capacity.GUEST)
        with django_assert_num_queries(31):
            client.post(
                url("attendance_save"), row(session.holders[0], "absent"), headers=BY_SCRIPT
            )


def test_without_a_script_the_whole_list_is_saved(client, session):
    minam, minjus, mtpe = session.holders
    response = mark(
        client,
        row(minam, "present", arrived_at="09:10", left_at="10:00", excuse="No viene al caso"),
        row(minjus, "excused", excuse="Comisión de servicio", arrived_at="09:10"),
        {"fila": mtpe.pk},
    )
    assertRedirects(response, PAGE)
    kept = {each.person: each for each in Attendance.objects.all()}
    assert set(kept) == {minam, minjus}
    assert (kept[minam].arrived_at, kept[minam].left_at, kept[minam].excuse) == (
        datetime.time(9, 10),
        datetime.time(10),
        "",
    )
    assert (kept[minjus].arrived_at, kept[minjus].excuse) == (None, "Comisión de servicio")


def test_who_is_excused_has_a_reason(client, session):
    minam = session.holders[0]
    told = "Escriba el motivo, o «Sin motivo informado» si nadie lo dijo."
    alone = client.post(url("attendance_save"), row(minam, "excused"), headers=BY_SCRIPT)
    assert (alone.status_code, alone.content.decode()) == (422, told)
    assertContains(mark(client, row(minam, "excused", excuse=" ")), told, status_code=422)
    assert listed() == []
    mark(client, row(minam, "excused", excuse="Sin motivo informado"))
    assert [each.excuse for each in Attendance.objects.all()] == ["Sin motivo informado"]
    assertContains(client.get(PAGE), '<option value="Sin motivo informado">')


def test_what_is_wrong_is_refused_and_the_rest_kept(client, session):
    minam, minjus, _ = session.holders
    wrong = row(minam, "present", arrived_at="10:00", left_at="09:00")
    response = mark(client, wrong, row(minjus, "present"))
    assert response.status_code == 422
    assertContains(response, "Nadie se retira antes de llegar: revise las horas.", status_code=422)
    assertContains(response, 'value="10:00"', status_code=422)
    assert listed() == [(1, "MINJUS", Presence.PRESENT)]
    alone = client.post(url("attendance_save"), wrong, headers=BY_SCRIPT)
    assert (alone.status_code, alone.content.decode()) == (
        422,
        "Nadie se retira antes de llegar: revise las horas.",
    )


@pytest.mark.parametrize("presence", ["ausente", "\x00", "x" * 200])
def test_a_mark_that_does_not_exist_is_refused(client, session, presence):
    response = mark(client, row(session.holders[0], presence))
    assert response.status_code == 422
    assert listed() == []


@pytest.mark.parametrize("key", ["0", "x", "9" * 30, "\x00"])
def test_a_row_of_nobody_is_told(client, session, key):
    response = client.post(url("attendance_save"), {"fila": key}, headers=BY_SCRIPT)
    assert (response.status_code, response.content.decode()) == (
        409,
        "Esa persona ya no figura en la lista: vuelva a cargar la página.",
    )


def test_a_guest_is_printed_as_the_acta_writes_the_entity(client, session):
    guest = kit.attend(session, kit.entity("OIT"), "Fe", Capacity.GUEST)
    mark(client, row(guest.person, "present", entity_as_written="OIT"))
    guest.refresh_from_db()
    assert guest.printed_entity == "OIT"
    mark(client, row(session.holders[0], "present", entity_as_written="Otra"))
    assert Attendance.objects.get(person=session.holders[0]).entity_as_written == ""


# --- Taking somebody out --------------------------------------------------------------------


def test_a_row_added_by_mistake_is_taken_out_and_the_others_saved(client, session):
    minam, minjus, _ = session.holders
    mark(client, row(minam, "present"))
    response = mark(client, row(minam, "absent"), row(minjus, "present"), quitar=minam.pk)
    assertRedirects(response, PAGE)
    assert listed() == [(1, "MINJUS", Presence.PRESENT)]


def test_whoever_signs_is_not_taken_out(client, session):
    mark(client, row(session.holders[0], "present"))
    acta = Acta.objects.create(session=session)
    acta.signatories.create(attendance=Attendance.objects.get(), position=1)
    response = client.post(url("attendance_save"), {"quitar": session.holders[0].pk}, follow=True)
    assert said(response)[-1:] == [
        "No se puede quitar a Ana MINAM de la asistencia: firma el acta."
    ]
    assert listed() == [(1, "MINAM", Presence.PRESENT)]


def test_to_take_out_who_is_not_there_is_no_error(client, session):
    response = client.post(url("attendance_save"), {"quitar": "nadie"}, follow=True)
    assert said(response) == ["Esa persona ya no figuraba en la asistencia."]


# --- Observers and guests -------------------------------------------------------------------


def test_people_known_before_are_proposed_with_their_entity(client, session):
    before = kit.session(119, held_on=datetime.date(2019, 10, 1))
    kit.attend(before, kit.entity("OIT"), "Ángela", Capacity.GUEST)
    response = client.get(PAGE, {"persona": "angela oit"}, headers=BY_SCRIPT)
    assert response.templates[0].name == "sessions/_people_found.html"
    assertContains(response, "Ángela OIT 119")
    assertContains(response, 'value="OIT – Entidad OIT"')
    assertContains(client.get(PAGE, {"persona": "zoila"}), "No se conoce a nadie llamado «zoila».")
    assertNotContains(client.get(PAGE, {"persona": "\x00"}), "No se conoce a nadie")


@pytest.mark.parametrize("typed", ["OIT", "oit", "OIT – Entidad OIT", "entidad oit", "óit"])
def test_a_known_person_is_added_as_guest(client, session, typed):
    kit.entity("OIT", protocol_order=13)
    person = kit.person("Fe")
    data = {"person": person.pk, "entity": typed, "capacity": "G"}
    assertRedirects(client.post(url("attendance_add"), data), f"{PAGE}#voces")
    attendance = Attendance.objects.get()
    assert (attendance.person, attendance.entity.acronym, attendance.capacity) == (
        person,
        "OIT",
        Capacity.GUEST,
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({"entity": "Nada"}, "No se conoce ninguna entidad «Nada»."),
        ({"entity": "Entidad MIN"}, "Hay varias entidades así: MINAM, MINJUS. Escriba la sigla."),
        (
            {"capacity": "O"},
            "MINAM no es observadora de la comisión en esa fecha: elija «Invitado/a».",
        ),
        ({"person": "99999999999999999999"}, "Esa persona ya no está en los registros."),
    ],
)
def test_who_cannot_be_added_is_told_why(client, session, data, reason):
    person = kit.person("Fe")
    sent = {"person": person.pk, "entity": "MINAM", "capacity": "G"} | data
    assert said(client.post(url("attendance_add"), sent, follow=True)) == [reason]
    assert listed() == []


def test_an_entity_that_observes_has_its_observer(client, session):
    Membership.objects.create(entity=kit.entity("DP"), kind=MembershipKind.OBSERVER)
    data = {"person": kit.person("Paz").pk, "entity": "DP", "capacity": "O"}
    client.post(url("attendance_add"), data)
    assert Attendance.objects.get().capacity == Capacity.OBSERVER


def test_nobody_is_added_twice(client, session):
    mark(client, row(session.holders[0], "present"))
    data = {"person": session.holders[0].pk, "entity": "MINAM", "capacity": "G"}
    assert said(client.post(url("attendance_add"), data, follow=True))[-1:] == [
        "Esa persona ya figura en la asistencia de la sesión."
    ]


def new_person(**fields):
    values = {
        "given_names": "Teresa",
        "surnames": "Torres",
        "gender": "F",
        "entity": "OIT",
        "capacity": "G",
    } | fields
    return {f"nueva-{name}": value for name, value in values.items()}


def test_a_new_person_is_recorded_and_added(client, session):
    kit.entity("OIT")
    response = client.post(url("attendance_create"), new_person())
    assertRedirects(response, f"{PAGE}#voces")
    person = Attendance.objects.get().person
    assert (person.full_name, person.gender) == ("Teresa Torres", "F")


def test_a_person_known_by_those_names_is_not_recorded_twice(client, session):
    kit.entity("OIT")
    known = kit.person("Térésa", "Torres")
    client.post(url("attendance_create"), new_person())
    assert Attendance.objects.get().person == known
    assert Person.objects.filter(surnames="Torres").count() == 1


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("gender", "", "Este campo es obligatorio."),
        ("surnames", "", "Este campo es obligatorio."),
        ("entity", "Nada", "No se conoce ninguna entidad «Nada»."),
    ],
)
def test_a_new_person_is_asked_plainly(client, session, field, value, reason):
    kit.entity("OIT")
    response = client.post(url("attendance_create"), new_person(**{field: value}))
    assert response.status_code == 422
    assert response.context["new_form"].errors == {field: [reason]}
    assertContains(response, 'value="Teresa"', status_code=422)
    assert not Person.objects.filter(given_names="Teresa").exists()


def test_who_may_record_no_people_creates_none(client, session, secretary):
    group = secretary.groups.get()
    group.permissions.remove(*group.permissions.filter(codename="add_person"))
    assert client.post(url("attendance_create"), new_person()).status_code == 403
    assertNotContains(client.get(PAGE), "Es una persona nueva")
