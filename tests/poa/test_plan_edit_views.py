"""The pages on which the Secretaría writes and approves a plan."""

import pytest
from pytest_django.asserts import assertContains, assertRedirects

from poa.choices import PlanState
from poa.models import Indicator, OperatingPlan, Unit
from tests.poa.adjusted import LAST_DAY, agreement, draft, in_force, secretary
from tests.poa.plans import entity

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def user(client):
    client.force_login(secretary())


def indicator_form(parts=(), **values):
    rows = list(parts)
    fields = {
        "instituciones-TOTAL_FORMS": len(rows),
        "instituciones-INITIAL_FORMS": 0,
        "name": "Número de talleres",
        "unit": Unit.objects.get(name="Evento").pk,
        "goal_kind": "numeric",
        "goal": "8",
        "counting": "sum",
        "direction": "up",
    }
    for number, (institution, role, place) in enumerate(rows):
        prefix = f"instituciones-{number}"
        fields |= {
            f"{prefix}-entity": institution.pk,
            f"{prefix}-role": role,
            f"{prefix}-ORDER": place,
        }
    return fields | values


def errors(response) -> list[str]:
    form = response.context["form"]
    return [message for messages in form.errors.values() for message in messages]


# --- A new plan -----------------------------------------------------------------------------


def test_a_plan_follows_another(client):
    plan = in_force()
    page = client.get("/poa/nuevo/")
    assert page.context["form"].initial["year"] == 2021
    said = {"year": 2021, "goals": "copied", "places": ["1.1.2"]}
    assertRedirects(client.post("/poa/nuevo/", said), "/poa/2021/editar/")
    following = OperatingPlan.objects.get(year=2021)
    assert (following.based_on, [one.code for one in following.indicators.all()]) == (
        plan,
        ["1.1.2-1"],
    )


def test_a_plan_starts_empty(client):
    plan = in_force()
    said = {"year": 2021, "national_plan": plan.national_plan_id}
    client.post("/poa/nuevo/?desde=vacio", said)
    assert not OperatingPlan.objects.get(year=2021).indicators.exists()


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"year": 2020}, "Ya hay un plan operativo de ese año."),
        ({"year": 2006}, "El año va de 2007, cuando se creó la comisión, a 2100."),
        ({"year": "dos mil"}, "Introduzca un número entero."),
        ({"places": ["9.9.9"]}, "Una línea marcada ya no está en el plan: revise."),
    ],
)
def test_a_new_plan_is_refused_in_words(client, said, reason):
    in_force()
    response = client.post("/poa/nuevo/", {"year": 2021, "goals": "blank", **said})
    assert errors(response) == [reason]
    assert OperatingPlan.objects.count() == 1


@pytest.mark.parametrize("asked", ["1999", "x", "99999999999999999999"])
def test_a_plan_that_is_not_there_is_followed_by_none(client, asked):
    in_force()
    assert client.get(f"/poa/nuevo/?desde={asked}").status_code == 404


# --- Its indicators -------------------------------------------------------------------------


def test_an_indicator_is_added_with_its_institutions_in_their_order(client):
    plan = draft()
    parts = [(entity("PNP"), "involved", 2), (entity("MTPE"), "responsible", 1)]
    response = client.post("/poa/2020/editar/agregar/1.1.1/", indicator_form(parts, first="3"))
    assertRedirects(response, "/poa/2020/editar/#indicador-1-1-1-2")
    added = plan.indicators.get(number=2)
    assert [one.entity.acronym for one in added.participations.all()] == ["MTPE", "PNP"]
    assert added.milestones.get().goal == 3


def test_an_indicator_of_an_objective_is_added(client):
    plan = draft()
    client.post("/poa/2020/editar/agregar/1/", indicator_form(goal="0", note="Desde el año 2021."))
    own = plan.indicators.of_objectives().get()
    assert (own.code, str(own.footnote)) == ("1-1", "a/ Desde el año 2021.")


def test_an_indicator_is_changed(client):
    plan = draft()
    page = client.get("/poa/2020/editar/1.1.1-1/")
    assert [row.initial["role"] for row in page.context["parts"].initial_forms] == [
        "responsible",
        "involved",
        "involved",
    ]
    client.post("/poa/2020/editar/1.1.1-1/", indicator_form([(entity("MTPE"), "responsible", 1)]))
    first = plan.indicators.in_order().first()
    assert (first.name, first.goal, first.participations.count()) == ("Número de talleres", 8, 1)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"name": ""}, "Escriba el indicador."),
        ({"unit": ""}, "Elija la unidad de medida."),
        ({"goal": "-1"}, "La cantidad no puede ser negativa."),
        ({"goal": ""}, "Indique la meta, o marque «Por definir» y déjela vacía."),
        (
            {"goal": "0"},
            "Una meta 0, o que no corresponde este año, lleva una nota al pie que lo explica.",
        ),
        ({"first": "9"}, "Los hitos trimestrales se acumulan y no pasan de la meta del año."),
        (
            {"first": "5", "second": "2"},
            "El hito del trimestre 2 es menor que el anterior: los hitos se acumulan.",
        ),
    ],
)
def test_an_indicator_is_refused_in_words(client, values, reason):
    plan = draft()
    response = client.post("/poa/2020/editar/1.1.1-1/", indicator_form(**values))
    assert errors(response) == [reason]
    assert plan.indicators.in_order().first().name == "Eventos 1"


def test_an_institution_is_in_a_row_once(client):
    draft()
    parts = [(entity("PNP"), "involved", 1), (entity("PNP"), "responsible", 2)]
    response = client.post("/poa/2020/editar/1.1.1-1/", indicator_form(parts))
    assertContains(response, "Está dos veces: PNP.")


def test_an_indicator_is_removed_after_asking(client):
    plan = draft()
    assertContains(client.get("/poa/2020/editar/1.1.1-1/quitar/"), "Eventos 1")
    assertRedirects(client.post("/poa/2020/editar/1.1.1-1/quitar/"), "/poa/2020/editar/")
    assert [one.code for one in plan.indicators.all()] == ["1.1.2-1"]


@pytest.mark.parametrize(
    "path",
    [
        "9.9.9-1/",
        "1.1.1-99999999999999999999/",
        "1.1.1-x/",
        "nada/",
        "1.1.1-9/quitar/",
        "agregar/9.9.9/",
        "agregar/9/",
        "agregar/99999999999999999999/",
        "agregar/x/",
    ],
)
def test_what_is_not_there_is_not_edited(client, path):
    draft()
    assert client.get(f"/poa/2020/editar/{path}").status_code == 404


@pytest.mark.parametrize("path", ["", "1.1.1-1/", "1.1.1-1/quitar/", "agregar/1.1.1/"])
def test_an_approved_plan_says_why_it_is_not_edited(client, path):
    in_force()
    response = client.post(f"/poa/2020/editar/{path}", indicator_form())
    if path:
        assertContains(response, "El plan ya está aprobado", status_code=403)
    assert Indicator.objects.count() == 2


# --- Its approval ---------------------------------------------------------------------------


def approval(**values):
    return {
        "agreement": agreement().pk,
        "state": "adjusting",
        "adjust_until": LAST_DAY.isoformat(),
        "columns": ["goals"],
        **values,
    }


def test_a_plan_is_approved_with_adjustments(client):
    plan = draft()
    assertRedirects(client.post("/poa/2020/aprobar/", approval()), "/poa/2020/")
    plan.refresh_from_db()
    assert (plan.state, plan.adjust_until, plan.adjusts_goals, plan.adjusts_participation) == (
        PlanState.ADJUSTING,
        LAST_DAY,
        True,
        False,
    )
    assert plan.steps.get().by.username == "sonia"


def test_a_plan_is_approved_at_once_whatever_else_is_filled_in(client):
    plan = draft()
    client.post("/poa/2020/aprobar/", approval(state="in_force", changes_need_agreement="on"))
    plan.refresh_from_db()
    assert (plan.state, plan.adjust_until, plan.changes_need_agreement) == (
        PlanState.IN_FORCE,
        None,
        True,
    )


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"agreement": ""}, "Un plan se aprueba por un acuerdo: elíjalo."),
        ({"state": ""}, "Indique cómo queda el plan."),
        ({"adjust_until": ""}, "Diga hasta qué día se proponen ajustes."),
        ({"columns": []}, "Marque al menos una columna."),
        ({"adjust_until": "2020-01-15"}, "Ese día es anterior a la sesión del acuerdo."),
    ],
)
def test_an_approval_is_refused_in_words(client, values, reason):
    plan = draft()
    assert errors(client.post("/poa/2020/aprobar/", approval(**values))) == [reason]
    plan.refresh_from_db()
    assert plan.is_draft


def test_the_agreement_about_the_plan_fills_the_form_in(client):
    draft()
    said = agreement()
    said.text = "Aprobar el Plan Operativo Anual 2020, con cargo a que los sectores ajusten metas."
    said.due_on = LAST_DAY
    said.save()
    assert client.get("/poa/2020/aprobar/").context["form"].initial == {
        "agreement": said.pk,
        "state": PlanState.ADJUSTING,
        "adjust_until": LAST_DAY,
        "columns": ["goals", "participation"],
    }


def test_what_the_plan_lacks_is_said_before_and_refuses_it(client):
    plan = draft()
    plan.indicators.all().delete()
    assertContains(client.get("/poa/2020/aprobar/"), "El plan no tiene indicadores.")
    assert errors(client.post("/poa/2020/aprobar/", approval())) == [
        "El plan no tiene indicadores."
    ]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("consolidar/", "El plan ya está vigente."),
        ("aprobar/", "El plan ya está vigente."),
        ("cerrar/", "El plan está vigente: primero tiene que evaluarse."),
    ],
)
def test_a_step_out_of_its_state_says_why(client, path, reason):
    in_force()
    assertContains(client.get(f"/poa/2020/{path}"), reason, status_code=403)


def test_an_evaluated_plan_is_closed(client):
    plan = in_force()
    OperatingPlan.objects.update(state=PlanState.EVALUATED, cut_off_on="2020-12-31")
    client.post("/poa/2020/cerrar/", {"reason": "Sin adenda."})
    plan.refresh_from_db()
    assert (plan.state, plan.steps.last().reason) == (PlanState.CLOSED, "Sin adenda.")
