"""The national plan's tree: read by all, and kept with codes that agree with their places."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from poa.models import ActionLine, Axis, NationalPlan, Objective, Strategy
from poa.national_tree import code_parts
from tests.poa.adjusted import secretary
from tests.poa.plans import make_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> NationalPlan:
    """Of objectives 1 and 2: strategies 1.1, with a line in use, 1.2 and 2.1."""
    national = make_plan(lines=1, year=2020).national_plan
    one = national.objectives.get()
    two = Objective.objects.create(plan=national, number=2, name="Prevenir")
    axis = national.axes.get()
    for objective, number in ((one, 2), (two, 1)):
        Strategy.objects.create(
            objective=objective, axis=axis, number=number, name=f"Estrategia {number}"
        )
    return national


@pytest.fixture(autouse=True)
def user(client, plan):
    client.force_login(secretary())


def strategy(objective: int, number: int) -> Strategy:
    return Strategy.objects.get(objective__number=objective, number=number)


def add_line(client, under: Strategy, **said):
    return client.post(f"/poa/arbol/linea/nuevo/?en={under.pk}", {"name": "Nueva", **said})


def lines() -> list[tuple[str, str, str]]:
    found = ActionLine.objects.select_related("strategy__objective").order_by("pk")
    return [(one.code, one.source_code, one.source_code_reason) for one in found][1:]


def errors(response) -> list[str]:
    form = response.context["form"]
    return [message for messages in form.errors.values() for message in messages]


@pytest.mark.parametrize("code", ["1.2.4", "LA 1.2.4", "la. 1.2.4.", " 1.2.4 "])
def test_a_line_whose_code_agrees_is_added(client, code):
    assertRedirects(add_line(client, strategy(1, 2), code=code), "/poa/arbol/?plan=Plan%202020")
    assert lines() == [("LA 1.2.4", "", "")]


def test_a_code_of_another_strategy_asks_first(client):
    page = add_line(client, strategy(1, 2), code="2.1.7")
    assertContains(page, "El código 2.1.7 es de E 2.1, y esto está en E 1.2. Elija qué se hace.")
    assertContains(page, "Ponerla en su lugar: E 2.1")
    assert lines() == []


def test_it_is_moved_to_where_its_code_says(client):
    add_line(client, strategy(1, 2), code="2.1.7", place="move")
    assert lines() == [("LA 2.1.7", "", "")]


def test_it_is_left_with_its_reason(client):
    page = add_line(client, strategy(1, 2), code="2.1.7", place="stay")
    assert errors(page) == ["Diga por qué: quien lea después lo necesita."]
    add_line(client, strategy(1, 2), code="2.1.7", place="stay", reason="Así lo publicaron.")
    assert lines() == [("LA 1.2.7", "2.1.7", "Así lo publicaron.")]
    assertContains(client.get("/poa/arbol/"), "En el documento: 2.1.7. Así lo publicaron.")


def test_what_was_left_so_opens_and_is_kept_as_it_is(client):
    add_line(client, strategy(1, 2), code="2.1.7", place="stay", reason="Así lo publicaron.")
    line = ActionLine.objects.get(name="Nueva")
    page = client.get(f"/poa/arbol/linea/{line.pk}/")
    assertContains(page, 'value="stay" checked')
    said = {"code": "2.1.7", "place": "stay", "reason": "Así lo publicaron.", "name": "Otra"}
    client.post(f"/poa/arbol/linea/{line.pk}/", said)
    line.refresh_from_db()
    assert (line.name, line.source_code) == ("Otra", "2.1.7")
    client.post(f"/poa/arbol/linea/{line.pk}/", {"code": "1.2.8", "name": "Otra"})
    assert lines() == [("LA 1.2.8", "", "")]


def test_a_code_of_nowhere_is_not_moved_there(client):
    page = add_line(client, strategy(1, 2), code="9.9.1", place="move")
    assertContains(page, "El código 9.9.1 es de un lugar que no existe")
    assertNotContains(page, "Ponerla en su lugar")


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("1.2", "El código tiene 3 números: 1.2.7."),
        ("uno", "Escriba el código con números y puntos: 1.4.7."),
        ("1.2.0", "Escriba el código con números y puntos: 1.4.7."),
        ("", "Este campo es obligatorio."),
    ],
)
def test_what_is_no_code_is_refused(client, code, reason):
    assert errors(add_line(client, strategy(1, 2), code=code)) == [reason]


def test_a_taken_code_is_refused(client):
    page = add_line(client, strategy(1, 1), code="1.1.1")
    assert errors(page) == ["La estrategia ya tiene una línea con ese número."]


def test_a_strategy_goes_by_its_code_too(client):
    objective = Objective.objects.get(number=1)
    said = {"code": "2.3", "name": "Nueva", "axis": Axis.objects.get().pk}
    page = client.post(f"/poa/arbol/estrategia/nuevo/?en={objective.pk}", said)
    assertContains(page, "El código 2.3 es de OE 2, y esto está en OE 1.")
    client.post(f"/poa/arbol/estrategia/nuevo/?en={objective.pk}", said | {"place": "move"})
    assert Strategy.objects.get(name="Nueva").code == "E 2.3"


def test_the_upper_levels_are_written(client, plan):
    for kind in ("objetivo", "eje"):
        said = {"number": 7, "name": "Siete"}
        client.post(f"/poa/arbol/{kind}/nuevo/?en={plan.pk}", said)
    assert (plan.objectives.last().code, plan.axes.last().code) == ("OE 7", "EE 7")
    said = {"acronym": "IV PNLCTF", "name": "IV", "norm": "DS", "norm_date": "2023-01-01"}
    client.post("/poa/arbol/plan/nuevo/", said)
    assertContains(client.get("/poa/arbol/?plan=IV PNLCTF"), "<h1>IV</h1>")


def test_validity_does_not_end_before_it_starts(client, plan):
    said = {
        "acronym": "P",
        "name": "P",
        "norm": "DS",
        "norm_date": "2020-01-01",
        "starts_on": "2020-01-01",
        "ends_on": "2019-01-01",
    }
    page = client.post(f"/poa/arbol/plan/{plan.pk}/", said)
    assert errors(page) == ["La vigencia no puede terminar antes de empezar."]


def test_what_nothing_hangs_from_is_removed(client, plan):
    free, used = strategy(1, 2), strategy(1, 1)
    assertContains(client.get(f"/poa/arbol/estrategia/{free.pk}/quitar/"), "Quitar E 1.2")
    client.post(f"/poa/arbol/estrategia/{free.pk}/quitar/")
    page = client.post(f"/poa/arbol/estrategia/{used.pk}/quitar/", follow=True)
    assertContains(page, "No se puede quitar")
    assert [one.code for one in Strategy.objects.all()] == ["E 1.1", "E 2.1"]


@pytest.mark.parametrize(
    "path",
    [
        "nada/nuevo/",
        "linea/nuevo/",
        "linea/nuevo/?en=x",
        "linea/nuevo/?en=99999999999999999999",
        "linea/0/",
        "linea/999999999999999999999/",
        "nada/1/quitar/",
        "?plan=Nada",
    ],
)
def test_what_is_not_there(client, path):
    assert client.get(f"/poa/arbol/{path}").status_code == 404


def test_the_public_reads_the_tree_and_is_shown_no_way_to_change_it(client):
    client.logout()
    page = client.get("/poa/arbol/")
    assertContains(page, "E 2.1: Estrategia 1")
    assertNotContains(page, "Quitar")


def test_a_code_is_read_in_any_of_its_forms():
    assert [code_parts(text) for text in ("OE 1", "E 1.3", "LA 1.3.3", "10.20.30")] == [
        (1,),
        (1, 3),
        (1, 3, 3),
        (10, 20, 30),
    ]


@pytest.mark.parametrize("model", [ActionLine, Strategy])
def test_another_code_says_why_also_to_the_database(model):
    node = model.objects.first()
    node.source_code = "9.9"
    with pytest.raises(ValidationError, match="diga por qué se deja"):
        node.full_clean()
    with pytest.raises(IntegrityError, match="other_code_says_why"), transaction.atomic():
        node.save()
