"""The pages of a plan's evaluations: the public reads, the Secretaría prepares and approves."""

from datetime import date

import pytest
from django.test import Client

from poa.choices import EvaluationKind, PlanState
from poa.models import Evaluation, OperatingPlan
from tests.poa.adjusted import secretary as make_secretary
from tests.poa.evaluating.evaluated import (
    CUT_OFF,
    addendum,
    approved,
    plan_in_force,
    session,
    start,
)
from tests.poa.reporting.reported import make_report

pytestmark = pytest.mark.django_db

LIST = "/poa/2020/evaluaciones/"
ONE = f"{LIST}1/"


@pytest.fixture(autouse=True)
def today(settings):
    settings.TODAY = "2021-01-20"


@pytest.fixture
def plan():
    return plan_in_force()


@pytest.fixture
def secretary(client):
    client.force_login(make_secretary())
    return client


@pytest.fixture
def public():
    return Client()


def page(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def post(client, path, **data):
    return client.post(path, data)


def form_of(**values):
    return {"kind": "final", "cut_off_on": "2020-12-31", "session": "", "reasons": "", **values}


def test_from_nothing_to_approved(plan, secretary, public):
    seen_in = session()
    assert "Preparar una evaluación" in page(secretary, LIST)
    response = post(secretary, f"{LIST}nueva/", **form_of(introduction="Al cierre."))
    assert response.url == ONE
    draft = page(secretary, ONE)
    assert "Aprobar en una sesión" in draft
    assert "Ejecutado: 3 de 10 eventos" in draft
    assert "Al cierre." in draft
    assert page(secretary, f"{ONE}aprobar/")
    response = post(secretary, f"{ONE}aprobar/", session=seen_in.pk)
    assert response.url == ONE
    assert "Aprobada" in page(public, ONE)
    assert "Evaluación del POA 2020" in page(public, LIST)
    plan.refresh_from_db()
    assert (plan.state, plan.evaluated_in) == (PlanState.EVALUATED, seen_in)


def test_the_public_sees_no_draft(plan, public):
    start(plan)
    assert "No hay evaluaciones de este plan" in page(public, LIST)
    for path in (ONE, f"{LIST}1.pdf", f"{LIST}1.xlsx", f"{LIST}2/", f"{LIST}{'9' * 30}/"):
        page(public, path, 404)


def test_the_secretaria_downloads_what_a_draft_would_be(plan, secretary):
    start(plan)
    for kind in ("pdf", "xlsx"):
        response = secretary.get(f"{LIST}1.{kind}")
        assert response.status_code == 200
        assert f'filename="evaluacion-poa-2020-1.{kind}"' in response["Content-Disposition"]
        assert secretary.get(f"{LIST}1.{kind}").content == response.content


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"cut_off_on": ""}, "Indique la fecha de corte."),
        ({"cut_off_on": "2021-01-21"}, "no puede ser un día que no ha llegado"),
        ({"cut_off_on": "2019-12-31"}, "es anterior al año del plan"),
        ({"cut_off_on": "31 de febrero"}, "fecha"),
        ({"kind": "addendum"}, "addendum"),
        ({"kind": ""}, "Indique qué se hace."),
        ({"session": "999999"}, "session"),
        ({"reasons": "x" * 5001}, "5000"),
    ],
)
def test_bad_input_is_refused_and_nothing_saved(plan, secretary, values, message):
    response = post(secretary, f"{LIST}nueva/", **form_of(**values))
    assert response.status_code == 200
    assert message in response.content.decode()
    assert not Evaluation.objects.exists()


def test_there_is_one_draft(plan, secretary):
    start(plan)
    assert "termine esa" in page(secretary, f"{LIST}nueva/", 403)


def test_a_plan_open_to_adjustments_is_not_evaluated(plan, secretary):
    OperatingPlan.objects.update(
        state=PlanState.ADJUSTING, adjust_until=CUT_OFF, adjusts_goals=True
    )
    assert "se evalúa un plan vigente" in page(secretary, f"{LIST}nueva/", 403)


def test_its_texts_are_edited_while_it_is_a_draft(plan, secretary):
    start(plan)
    values = {"cut_off_on": "2020-06-30", "session": "", "reasons": "Uno.", "introduction": ""}
    assert post(secretary, f"{ONE}editar/", edits=1, **values).url == ONE
    evaluation = Evaluation.objects.get()
    assert (evaluation.cut_off_on, evaluation.reasons) == (date(2020, 6, 30), "Uno.")
    response = post(secretary, f"{ONE}editar/", edits=1, **values | {"reasons": "Dos."})
    assert "Otra persona cambió la evaluación" in response.content.decode()
    assert Evaluation.objects.get().reasons == "Uno."


def test_an_approved_one_takes_no_change(plan, secretary):
    approved(plan)
    for step in ("editar", "aprobar", "descartar"):
        assert "está aprobada y no cambia" in page(secretary, f"{ONE}{step}/", 403)
        assert post(secretary, f"{ONE}{step}/").status_code == 403


def test_an_approval_that_is_refused_says_why(plan, secretary):
    start(plan)
    early = session(held_on=date(2020, 12, 1))
    response = post(secretary, f"{ONE}aprobar/", session=early.pk)
    assert "antes de la fecha de corte" in response.content.decode()
    response = post(secretary, f"{ONE}aprobar/", session="")
    assert "Indique en qué sesión se aprobó." in response.content.decode()
    assert Evaluation.objects.drafts().exists()


def test_a_draft_is_discarded_after_asking(plan, secretary):
    start(plan)
    assert "Descartar el borrador" in page(secretary, f"{ONE}descartar/")
    assert post(secretary, f"{ONE}descartar/").url == LIST
    assert not Evaluation.objects.exists()


def test_what_is_missing_is_told_with_where_to_go(plan, secretary):
    report = make_report(plan)
    type(report).objects.update(state="sent", sent_on=CUT_OFF)
    indicator = plan.indicators.in_order().first()
    indicator.contributions.all().delete()
    start(plan, on=date(2020, 1, 2))
    told = page(secretary, ONE)
    assert 'href="/poa/2020/reportes/sunafil/1/"' in told
    assert "recibido y sin aceptar" in told
    assert "1 indicador sin reporte" in told
    assert "1 evento es posterior a la fecha de corte y no cuenta" in told


def test_an_evaluated_plan_gets_an_addendum(plan, secretary):
    approved(plan)
    assert "Preparar una adenda" in page(secretary, LIST)
    new = page(secretary, f"{LIST}nueva/")
    assert 'value="2020-12-31"' in new
    response = post(secretary, f"{LIST}nueva/", **form_of())
    assert "Diga por qué se hace la adenda." in response.content.decode()
    response = post(secretary, f"{LIST}nueva/", **form_of(reasons="Llegó el oficio de SUNAFIL."))
    assert response.url == f"{LIST}2/"
    assert Evaluation.objects.get(number=2).kind == EvaluationKind.ADDENDUM
    assert "Qué cambió desde «Evaluación del POA 2020»" in page(secretary, f"{LIST}2/")


def test_an_approved_page_asks_as_much_for_any_plan(plan, public, django_assert_num_queries):
    approved(plan)
    public.get(ONE)
    with django_assert_num_queries(2):
        public.get(ONE)


def test_an_addendum_without_changes_says_so(plan, secretary):
    approved(plan)
    addendum(plan)
    assert "Nada cambió." in page(secretary, f"{LIST}2/")
