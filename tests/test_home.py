"""Home, for each role, on the demo data: of 2019 and 2020, whatever day it is."""

import datetime

import pytest
from django.core.management import call_command
from django.db import transaction
from pytest_django.asserts import assertTemplateUsed

from members.choices import Capacity
from members.models import Designation, Entity, Person, User
from poa.choices import PlanState
from poa.models import OperatingPlan
from sessions.choices import ActaState, SessionState
from sessions.models import Acta, Agreement, Session

pytestmark = pytest.mark.django_db

THEN, NOW = "2020-02-03", "2026-11-23"


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", accounts=True, verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture(params=[THEN, NOW])
def day(request, settings):
    settings.TODAY = request.param
    return datetime.date.fromisoformat(request.param)


def enter(client, username: str):
    client.force_login(User.objects.get(username=username))
    return client.get("/")


def text(response) -> str:
    return " ".join(response.content.decode().split())


def says(response, *parts: str) -> None:
    page = text(response)
    assert [part for part in parts if part not in page] == []


PLAN = (
    "Plan Operativo Anual 2019",
    '<a href="/poa/2019/calculo/#metas">7 <span>de 12</span></a></p>',
    '<a href="/poa/2019/calculo/#promedio">73 %</a></p>',
    '<a href="/poa/2019/calculo/#reporte">10 <span>de 12</span></a></p>',
    '<a href="/poa/2019/">Ver el avance</a>',
)


def test_a_stranger_learns_what_this_is(client, day):
    response = client.get("/")
    assertTemplateUsed(response, "home.html")
    says(
        response,
        "<h1>Comisión Nacional para la Lucha contra el Trabajo Forzoso</h1>",
        "La comisión reúne a 11 entidades del Estado",
        '<a href="/sesiones/so-120/acta/">Sesión Ordinaria N° 120</a>',
        "Jueves 16 de enero de 2020",
        "/sesiones/so-120/acta.pdf",
        '<a class="button primary" href="/ingresar/">Ingresar</a>',
        *PLAN,
    )
    assert "Acuerdos pendientes" not in text(response)


def test_a_stranger_before_anything_is_approved(client):
    Acta.objects.update(state=ActaState.DRAFT, issued=None)
    says(client.get("/"), "Todavía no hay actas aprobadas.")


def test_a_plan_in_draft_is_not_public(client):
    OperatingPlan.objects.update(state=PlanState.DRAFT)
    assert client.get("/").context["page"].plan is None


def test_an_account_without_role_is_told(client):
    client.force_login(User.objects.create_user("nadie"))
    says(client.get("/"), "Su cuenta todavía no tiene rol.")


def test_the_secretary_has_the_work_at_hand(client, day):
    response = enter(client, "secretaria")
    page = response.context["page"]
    assert (page.last.slug, page.drafts) == ("so-120", ())
    assert [a.number for a in page.agreements.listed] == [2, 5, 1, 3, 4]
    assert page.agreements.pending == 5
    assert [i.code for i in page.plan.unreported] == ["1.4.4-1", "1.4.4-2"]
    says(
        response,
        "<h1>Secretaría Técnica</h1>",
        "Todas las actas registradas están aprobadas.",
        '<a href="/poa/2019/lineas/1.4.4/">LA 1.4.4</a> Número de actuaciones inspectivas',
        "Puestos sin designación registrada",
        *PLAN,
    )


def test_the_secretary_on_a_day_of_the_demo(client, settings):
    settings.TODAY = THEN
    response = enter(client, "secretaria")
    assert response.context["page"].next.slug == "so-121"
    says(
        response,
        "Lunes 3 de febrero de 2020",
        "Jueves 19 de marzo de 2020",
        '?estado=pendiente">5 en total, 1 vencido</a>',
        "vencido hace 11 días",
    )


def test_the_secretary_years_after_the_demo(client, settings):
    settings.TODAY = NOW
    response = enter(client, "secretaria")
    assert response.context["page"].next is None
    says(
        response,
        "No hay ninguna sesión programada desde hoy, lunes 23 de noviembre de 2026.",
        '?estado=pendiente">5 en total, 2 vencidos</a>',
        "vencido hace 2,496 días",
    )


def test_an_acta_not_approved_waits_at_the_secretary_s(client, settings):
    settings.TODAY = NOW
    acta = Acta.objects.create(session=Session.objects.get(number=121))
    response = enter(client, "secretaria")
    assert response.context["page"].drafts == (acta,)
    says(response, '<a href="/sesiones/so-121/acta/">Acta de la SO N° 121</a>', "Acta en borrador")
    # Not before its session, nor where there was none.
    settings.TODAY = THEN
    assert enter(client, "secretaria").context["page"].drafts == ()
    settings.TODAY = NOW
    Session.objects.filter(number=121).update(state=SessionState.CANCELLED)
    assert enter(client, "secretaria").context["page"].drafts == ()


def test_vacancies_are_places_that_nobody_is_designated_for(client):
    page = enter(client, "secretaria").context["page"]
    vacancies = {vacancy.entity.acronym: vacancy.seats for vacancy in page.vacancies}
    assert vacancies == {
        "MINJUS": ("Alterno",),
        "MININTER": ("Alterno",),
        "MINCETUR": ("Titular",),
        "MIMP": ("Alterno",),
        "MINEM": ("Titular",),
        "PRODUCE": ("Titular",),
        "INEI": ("Alterno",),
        "SUNAFIL": ("Alterno",),
    }


def test_a_representative_sees_what_is_theirs(client, day):
    response = enter(client, "representante")
    page = response.context["page"]
    assert (page.designation.entity.acronym, page.designation.capacity) == ("MINAM", "T")
    assert [(a.number, a.session.number) for a in page.agreements.listed] == [(2, 120)]
    assert [(row.indicator.code, row.is_responsible) for row in page.indicators] == [
        ("2.1.4-1", False),
        ("2.1.4-2", False),
    ]
    says(
        response,
        "<h1>Ministerio del Ambiente</h1>",
        "<dt>Calidad</dt><dd>Titular</dd>",
        '?entidad=minam&amp;estado=pendiente">1 en total, 1 vencido</a>',
        '<a href="/poa/2019/lineas/2.1.4/">LA 2.1.4</a>',
        "<span>Meta no alcanzada pero actividad realizada</span>",
        *PLAN,
    )


def test_a_representative_sees_their_deadlines_and_figures(client, settings):
    settings.TODAY = THEN
    response = enter(client, "representante")
    page = response.context["page"]
    assert [(one.day.isoformat(), one.what) for one in page.deadlines] == [
        ("2020-01-23", "Cumplir el acuerdo 2 de la SO N° 120"),
        ("2020-03-19", "Asistir a la SO N° 121"),
    ]
    assert [
        (one.title, one.summary.met, one.summary.total, one.summary.reported)
        for one in page.figures
    ] == [("Como involucrada", 1, 2, 2)]
    says(
        response,
        "Jueves 23 de enero de 2020 <strong>(vencido)</strong>",
        '<a href="/poa/2019/instituciones/minam/">Mi entidad en el plan</a>',
    )


def test_the_organs_of_an_entity_are_its_own(client):
    """The PNP's indicators are MININTER's, and those of which one is responsible go first."""
    person = Person.objects.get(surnames="León Vilela")
    Designation.objects.filter(person=person).delete()
    for acronym, first in (("MININTER", "1.3.3-1"), ("MTPE", "1.3.3-1")):
        designation = Designation.objects.create(
            entity=Entity.objects.get(acronym=acronym),
            capacity=Capacity.OBSERVER,
            person=person,
        )
        rows = enter(client, "representante").context["page"].indicators
        assert rows[0].indicator.code == first
        assert rows[0].is_responsible == (acronym == "MTPE")
        assert [row.is_responsible for row in rows] == sorted(
            (row.is_responsible for row in rows), reverse=True
        )
        designation.delete()


def test_a_representative_without_designation_is_told(client):
    Designation.objects.filter(person__surnames="León Vilela").delete()
    response = enter(client, "representante")
    says(response, "<h1>Representante</h1>", "no tiene hoy una designación vigente", *PLAN)


def test_an_observer_sees_how_things_go(client, day):
    response = enter(client, "observador")
    assert response.context["page"].last.slug == "so-120"
    says(response, "Acuerdos pendientes", "5 en total", *PLAN)
    assert "designación vigente" not in text(response)


def test_the_admin_sees_vacancies_and_what_is_about_to_end(client, settings):
    settings.TODAY = THEN
    ends = datetime.date(2020, 4, 3)
    soon = Designation.objects.get(entity__acronym="INEI", capacity=Capacity.HOLDER)
    Designation.objects.filter(pk=soon.pk).update(ends_on=ends)
    later = Designation.objects.filter(entity__acronym="MINJUS", capacity=Capacity.HOLDER)
    later.update(ends_on=ends + datetime.timedelta(1))
    response = enter(client, "admin")
    page = response.context["page"]
    assert page.ending == (soon,)
    assert [d.entity.acronym for d in page.unidentified] == ["MPFN"]
    assert len(page.vacancies) == 8
    says(
        response,
        "<h1>Administración</h1>",
        f'<a href="/admin/members/designation/{soon.pk}/change/">Zoraida Castro Ángeles',
        "hasta el 3 de abril de 2020",
        '<a class="button" href="/admin/">Abrir la administración</a>',
    )


QUERIES = {"": 4, "secretaria": 16, "representante": 18, "observador": 14, "admin": 8}


@pytest.mark.parametrize("username", QUERIES)
def test_home_asks_as_much_however_much_there_is(client, django_assert_num_queries, username):
    if username:
        client.force_login(User.objects.get(username=username))
    with django_assert_num_queries(QUERIES[username]):
        client.get("/")
    minam = Entity.objects.get(acronym="MINAM")
    for number in range(122, 126):
        held = Session.objects.create(
            number=number, state=SessionState.HELD, held_on=datetime.date(2020, 1, 20)
        )
        Acta.objects.create(session=held)
        for position in range(1, 4):
            agreement = Agreement.objects.create(session=held, number=position, text="Aprobar.")
            agreement.responsibles.add(minam)
    with django_assert_num_queries(QUERIES[username]):
        client.get("/")
