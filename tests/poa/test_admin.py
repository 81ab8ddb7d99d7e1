import pytest
from django.contrib.auth.models import Group
from pytest_django.asserts import assertContains, assertNotContains

from members.choices import Role
from members.models import User
from poa.choices import PlanState
from poa.models import Indicator, OperatingPlan, Unit
from tests.poa.plans import make_plan

pytestmark = pytest.mark.django_db

ADD = "/admin/poa/indicator/add/"


@pytest.fixture
def secretary(client):
    user = User.objects.create_user("sonia", is_staff=True)
    user.groups.add(Group.objects.get(name=Role.SECRETARY))
    client.force_login(user)
    return user


@pytest.fixture
def plan():
    """A draft: what is approved changes on its own pages."""
    plan = make_plan(lines=1)
    OperatingPlan.objects.update(state=PlanState.DRAFT)
    return plan


def form(plan, **changes):
    inlines = {
        f"{prefix}-{name}": 0
        for prefix in ("participations", "execution")
        for name in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    return {
        **inlines,
        "plan": plan.pk,
        "objective": plan.national_plan.objectives.first().pk,
        "number": 7,
        "name": "Número de víctimas atendidas",
        "unit": Unit.objects.first().pk,
        "goal_kind": "numeric",
        "counting": "sum",
        "direction": "up",
        "goal": "3",
        **changes,
    }


def test_indicator_add(client, secretary, plan):
    client.post(ADD, form(plan))
    assert Indicator.objects.get(number=7).goal == 3


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"goal": "0"}, "Una meta 0, o que no corresponde este año, lleva una nota al pie"),
        ({"goal_kind": "not_due"}, "lleva una nota al pie que lo explica"),
        ({"goal": "-1"}, "La cantidad no puede ser negativa."),
        ({"goal": ""}, "Indique la meta, o marque «Por definir» y déjela vacía."),
        ({"objective": ""}, "Un indicador es de una línea de acción o de un objetivo"),
    ],
)
def test_indicator_add_refuses_in_words(client, secretary, plan, changes, reason):
    assertContains(client.post(ADD, form(plan, **changes)), reason)
    assert not Indicator.objects.filter(number=7).exists()


def test_an_evaluated_plan_is_read_only(client, secretary, plan):
    OperatingPlan.objects.update(state=PlanState.EVALUATED, cut_off_on="2019-12-31")
    indicator = plan.indicators.of_lines().first()
    for url in (
        f"/admin/poa/operatingplan/{plan.pk}/change/",
        f"/admin/poa/indicator/{indicator.pk}/change/",
    ):
        response = client.get(url)
        assertContains(response, "Cerrar")
        assertNotContains(response, 'name="_save"')
    assert client.post(f"/admin/poa/indicator/{indicator.pk}/change/", {}).status_code == 403
    client.post(ADD, form(plan))
    assert not Indicator.objects.filter(number=7).exists()


@pytest.mark.parametrize(
    "model",
    ["actionline", "event", "indicator", "observation", "operatingplan", "strategy"],
)
def test_changelists_ask_the_same_however_many_rows(
    client, secretary, model, django_assert_max_num_queries
):
    counts = []
    for lines in (1, 4):
        make_plan(lines=lines, events=2, year=2018 + lines)
        with django_assert_max_num_queries(20) as captured:
            client.get(f"/admin/poa/{model}/")
        counts.append(len(captured))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("state", [PlanState.ADJUSTING, PlanState.IN_FORCE])
def test_what_is_approved_does_not_change_by_being_edited(client, secretary, plan, state):
    OperatingPlan.objects.update(state=state, adjust_until="2020-01-23", adjusts_goals=True)
    indicator = plan.indicators.of_lines().first()
    page = f"/admin/poa/indicator/{indicator.pk}/change/"
    assertNotContains(client.get(page), 'name="goal"')
    client.post(page, form(plan, goal="99"))
    client.post(ADD, form(plan))
    client.post(f"/admin/poa/operatingplan/{plan.pk}/change/", {"year": 2021, "state": "draft"})
    indicator.refresh_from_db()
    plan.refresh_from_db()
    assert (indicator.goal, plan.indicators.count(), plan.state) == (10, 1, state)
