"""The report for the next plan: which goals to look at again, and by what evidence."""

import pytest
from django.test import Client
from pytest_django.asserts import assertContains

from members.models import User
from poa.ambition import reasons
from poa.models import Indicator, OperatingPlan
from tests.poa.plans import make_plan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def found(plan, **thresholds):
    return {
        reason.word: [(one.standing.code, one.evidence) for one in reason.findings]
        for reason in reasons(plan, OperatingPlan.objects.all(), **thresholds)
    }


def codes(plan, word, **thresholds):
    return [code for code, _ in found(plan, **thresholds)[word]]


@pytest.fixture
def reader() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("reader"))
    return client


def test_the_poa_2019(demo):
    by_reason = found(demo)
    assert by_reason["superadas"] == [
        ("2.1.4-1", "Ejecutado 3 de 1: 300\N{NO-BREAK SPACE}%."),
        ("2.1.7-1", "Ejecutado 173 de 80: 216\N{NO-BREAK SPACE}%."),
    ]
    assert by_reason["sin-reporte"] == [
        ("1.4.4-1", "Sin reporte en 2019."),
        ("1.4.4-2", "Sin reporte en 2019."),
    ]
    assert by_reason["sin-cambio"] == []
    assert [code for code, _ in by_reason["solo-capacitacion"]] == [
        "1.3.3-1",
        "1.4.5-1",
        "1.4.7-1",
        "1.4.9-1",
        "2.1.1-1",
        "2.1.4-1",
        "2.1.4-2",
        "2.1.7-1",
    ]


def test_a_goal_passed_by_just_so_much_is_not_passed(demo):
    """LA 1.4.9 executed 3 of 2, which is 150 %."""
    assert "1.4.9-1" not in codes(demo, "superadas")
    assert "1.4.9-1" in codes(demo, "superadas", passed_by=149)


def test_a_goal_that_has_not_changed():
    before = make_plan(lines=3, year=2020)
    plan = follow(before, 2021)
    first, second, _ = plan.indicators.order_by("line__number")
    Indicator.objects.filter(pk=second.pk).update(goal=11)
    assert found(plan)["sin-cambio"] == [
        (first.code, "Meta de 10 desde 2020."),
        ("1.1.3-1", "Meta de 10 desde 2020."),
    ]
    assert codes(plan, "sin-cambio", years=3) == []
    assert codes(before, "sin-cambio") == []


def test_what_another_year_reported_was_reported():
    before = make_plan(lines=1, events=1, year=2020)
    plan = follow(before, 2021)
    assert codes(plan, "sin-reporte") == []
    before.indicators.get().contributions.all().delete()
    assert found(plan)["sin-reporte"] == [("1.1.1-1", "Sin reporte en 2021 ni en 2020.")]


def follow(before, year):
    """The same lines and goals a year later, without events."""
    plan = OperatingPlan.objects.create(
        year=year, national_plan=before.national_plan, state="in_force"
    )
    for indicator in before.indicators.all():
        indicator.pk, indicator.plan = None, plan
        indicator.save()
    return plan


def test_the_page_shows_one_reason_in_full(reader):
    response = reader.get("/poa/2019/ambicion/?motivo=sin-reporte")
    assert [one.word for one in response.context["reasons"]] == [
        "superadas",
        "sin-reporte",
        "sin-cambio",
        "solo-capacitacion",
    ]
    assert response.context["reason"].word == "sin-reporte"
    assertContains(response, "Sin reporte en 2019.", count=2)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("supera=mucho", "Introduzca un número entero."),
        ("supera=99", "mayor o igual a 100"),
        ("anios=6", "menor o igual a 5"),
        ("anios=" + "9" * 5000, "Introduzca un número entero."),
        ("motivo=ninguno&page=zz", "Pasaron el 150\N{NO-BREAK SPACE}% de su meta"),
    ],
)
def test_what_cannot_be_asked_is_said_and_the_rest_stands(reader, query, message):
    response = reader.get(f"/poa/2019/ambicion/?{query}")
    assert response.context["reason"].title == "Pasaron el 150\N{NO-BREAK SPACE}% de su meta"
    assertContains(response, message)


def test_other_thresholds(reader):
    response = reader.get("/poa/2019/ambicion/?supera=250&anios=3")
    titles = [(reason.title, len(reason.findings)) for reason in response.context["reasons"]]
    assert titles[0] == ("Pasaron el 250\N{NO-BREAK SPACE}% de su meta", 1)
    assert titles[2] == ("Sin cambio en 3 años", 0)
