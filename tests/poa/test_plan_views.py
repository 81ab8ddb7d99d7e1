import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from poa.choices import PlanState
from poa.models import OperatingPlan
from poa.progress import State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

LINES = ["1.3.3", "1.4.4", "1.4.5", "1.4.7", "1.4.9", "1.8.5", "2.1.1", "2.1.4", "2.1.7"]


def draft_of_2020() -> OperatingPlan:
    national_plan = OperatingPlan.objects.get(year=2019).national_plan
    return OperatingPlan.objects.create(
        year=2020, national_plan=national_plan, state=PlanState.DRAFT
    )


def test_plan_detail_shows_the_three_figures_together(client):
    response = client.get("/poa/2019/")
    summary = response.context["dashboard"].summary
    assert (summary.met, summary.total) == (7, 12)
    assert summary.printed_mean == "73\N{NO-BREAK SPACE}%"
    assert summary.reported == 10
    assertContains(response, '<p class="figure-value">7 <span>de 12</span></p>', html=True)
    assertContains(response, '<p class="figure-value">73\N{NO-BREAK SPACE}%</p>', html=True)
    assertContains(response, '<p class="figure-value">10 <span>de 12</span></p>', html=True)


def test_plan_detail_recomputes_each_group_from_its_indicators(client):
    dashboard = client.get("/poa/2019/").context["dashboard"]
    figures = {
        group.label: (group.summary.met, group.summary.total, str(group.summary.printed_mean))
        for group in [*dashboard.objectives, *dashboard.axes, *dashboard.responsibles]
    }
    assert figures == {
        "OE 1": (4, 8, "67\N{NO-BREAK SPACE}%"),
        "OE 2": (3, 4, "82\N{NO-BREAK SPACE}%"),
        "EE 1": (3, 4, "82\N{NO-BREAK SPACE}%"),
        "EE 2": (1, 1, "100\N{NO-BREAK SPACE}%"),
        "EE 3": (3, 5, "100\N{NO-BREAK SPACE}%"),
        "EE 5": (0, 2, "0\N{NO-BREAK SPACE}%"),
        "SUNAFIL": (0, 2, "—"),
        "Secretaría Técnica de la CNLCTF-MTPE": (7, 10, "73\N{NO-BREAK SPACE}%"),
    }


def test_plan_detail_draws_bars_of_the_whole_length(client):
    (first, *_) = client.get("/poa/2019/").context["dashboard"].objectives
    assert [(one.state, one.count, one.x, one.width, one.middle) for one in first.segments] == [
        (State.MET, 4, "0.00%", "50.00%", "25.00%"),
        (State.ACTIVE, 2, "50.00%", "25.00%", "62.50%"),
        (State.NO_REPORT, 2, "75.00%", "25.00%", "87.50%"),
    ]


def test_plan_detail_ranks_from_the_best_and_from_the_worst(client):
    dashboard = client.get("/poa/2019/").context["dashboard"]
    assert [one.code for one in dashboard.best][:3] == ["2.1.4-1", "2.1.7-1", "1.4.9-1"]
    assert [one.code for one in dashboard.worst] == ["1.8.5-2", "1.8.5-1", "2.1.4-2"]
    assert [one.code for one in dashboard.unreported] == ["1.4.4-1", "1.4.4-2"]


def test_plan_detail_without_indicators(client):
    draft_of_2020()
    OperatingPlan.objects.filter(year=2020).update(state=PlanState.IN_FORCE)
    assertContains(client.get("/poa/2020/"), "Este plan todavía no tiene indicadores")


def test_a_draft_is_not_the_publics(client, admin_client):
    draft_of_2020()
    assert client.get("/poa/2020/").status_code == 404
    assert admin_client.get("/poa/2020/").status_code == 200


@pytest.mark.parametrize("year", ["2018", "0", "99999999999999999999"])
def test_plan_detail_of_an_unknown_year(client, year):
    assert client.get(f"/poa/{year}/").status_code == 404


@pytest.mark.parametrize("today", ["2019-06-30", "2020-02-03", "2026-11-23", "2001-01-01"])
def test_plan_latest_goes_to_the_nearest_plan_whatever_the_day(client, settings, today):
    settings.TODAY = today
    assertRedirects(client.get("/poa/"), "/poa/2019/")


def test_line_detail_lists_every_event_and_what_counts(client):
    response = client.get("/poa/2019/lineas/2.1.7/")
    cells = [cell for row in response.context["events"] for cell in row.cells]
    assert sum(cell.quantity for cell in cells if cell.counts) == 173
    assert len(cells) == 9
    assertContains(response, "No cuenta para la meta", count=6)
    assertContains(response, "216\N{NO-BREAK SPACE}%")
    assert response.context["state"] == State.MET


def test_line_detail_joins_the_indicators_of_one_event(client):
    response = client.get("/poa/2019/lineas/2.1.4/")
    ucayali = response.context["events"][0]
    assert [cell.quantity for cell in ucayali.cells] == [1, 5]
    assert response.context["state"] == State.ACTIVE


def test_line_detail_without_events_says_why_nothing_is_reported(client):
    response = client.get("/poa/2019/lineas/1.4.4/")
    assertContains(response, "No hay eventos registrados en esta línea")
    assertContains(response, "No se pidió", count=2)
    assertNotContains(response, "0\N{NO-BREAK SPACE}%")


@pytest.mark.parametrize(
    "path",
    ["9.9.9", "1.3", "1.3.3.3", "01.3.3", "1.3.٣", "x", f"{10**20}.1.1", f"{'9' * 5000}.1.1"],
)
def test_line_detail_unknown(client, path):
    assert client.get(f"/poa/2019/lineas/{path}/").status_code == 404


@pytest.mark.parametrize("code", LINES)
def test_line_detail_queries(client, code, django_assert_num_queries):
    with django_assert_num_queries(8):
        client.get(f"/poa/2019/lineas/{code}/")


def test_plan_detail_queries(client, django_assert_num_queries):
    with django_assert_num_queries(4):
        client.get("/poa/2019/")
