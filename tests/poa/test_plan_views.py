import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from poa.choices import PlanState
from poa.models import Contribution, OperatingPlan
from poa.progress import State
from tests.poa.plans import make_plan

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
    how = "/poa/2019/calculo/"
    for figure in (
        f'<a href="{how}#metas">7 <span>de 12</span></a>',
        f'<a href="{how}#promedio">73\N{NO-BREAK SPACE}%</a>',
        f'<a href="{how}#reporte">10 <span>de 12</span></a>',
    ):
        assertContains(response, f'<p class="figure-value">{figure}</p>', html=True)


def groups(client, query=""):
    """Each breakdown's groups by their label: met, total, mean, reported."""
    dashboard = client.get(f"/poa/2019/{query}").context["dashboard"]
    return {
        breakdown.anchor: {
            group.label: (
                group.summary.met,
                group.summary.total,
                str(group.summary.printed_mean),
                group.summary.reported,
            )
            for group in breakdown.groups
        }
        for breakdown in dashboard.breakdowns
    }


def test_plan_detail_recomputes_each_group_from_its_indicators(client):
    found = groups(client)
    assert found["objetivos"] == {
        "OE 1": (4, 8, "67\N{NO-BREAK SPACE}%", 6),
        "OE 2": (3, 4, "82\N{NO-BREAK SPACE}%", 4),
    }
    assert found["ejes"] == {
        "EE 1": (3, 4, "82\N{NO-BREAK SPACE}%", 4),
        "EE 2": (1, 1, "100\N{NO-BREAK SPACE}%", 1),
        "EE 3": (3, 5, "100\N{NO-BREAK SPACE}%", 3),
        "EE 5": (0, 2, "0\N{NO-BREAK SPACE}%", 2),
    }
    assert found["responsables"] == {
        "SUNAFIL": (0, 2, "—", 0),
        "Secretaría Técnica de la CNLCTF-MTPE": (7, 10, "73\N{NO-BREAK SPACE}%", 10),
    }
    assert found["unidades"] == {
        "Actas": (0, 1, "—", 0),
        "Actuaciones inspectivas": (0, 1, "—", 0),
        "Eventos": (5, 5, "100\N{NO-BREAK SPACE}%", 5),
        "Personas": (1, 2, "63\N{NO-BREAK SPACE}%", 2),
        "Planes": (1, 1, "100\N{NO-BREAK SPACE}%", 1),
        "Regiones": (0, 2, "0\N{NO-BREAK SPACE}%", 2),
    }


@pytest.mark.parametrize("anchor", ["objetivos", "ejes", "responsables", "unidades"])
@pytest.mark.parametrize("query", ["", "?estado=sin-reporte", "?region=cusco", "?eje=3"])
def test_the_groups_of_what_each_indicator_has_one_of_add_up(client, anchor, query):
    dashboard = client.get(f"/poa/2019/{query}").context["dashboard"]
    found = groups(client, query)[anchor].values()
    assert sum(group[0] for group in found) == dashboard.summary.met
    assert sum(group[1] for group in found) == dashboard.summary.total
    assert sum(group[3] for group in found) == dashboard.summary.reported


def test_an_institution_asked_for_is_not_broken_down_into_others(client):
    assert groups(client, "?institucion=sunafil").keys() == {"objetivos", "ejes", "unidades"}
    territory = client.get("/poa/2019/?region=cusco").context["dashboard"].territory
    assert [(place.name, place.events) for place in territory.rows] == [("Cusco", 3)]


@pytest.mark.parametrize("query", ["", "?eje=1", "?institucion=sunafil&papel=involucrada"])
def test_each_figure_leads_to_a_calculation_that_gives_it(client, query):
    dashboard = client.get(f"/poa/2019/{query}").context["dashboard"]
    for breakdown in dashboard.breakdowns:
        for group in breakdown.groups:
            there = client.get(f"/poa/2019/calculo/{group.address}").context["reckoning"]
            assert there.summary == group.summary
            for column in group.counts:
                there = client.get(f"/poa/2019/calculo/{column.address}").context["reckoning"]
                assert there.summary.counts[column.state] == column.count


def test_plan_detail_draws_bars_of_the_whole_length(client):
    first = client.get("/poa/2019/").context["dashboard"].breakdowns[0].groups[0]
    assert [(one.state, one.count, one.x, one.width, one.middle) for one in first.segments] == [
        (State.MET, 4, "0.00%", "50.00%", "25.00%"),
        (State.ACTIVE, 2, "50.00%", "25.00%", "62.50%"),
        (State.NO_REPORT, 2, "75.00%", "25.00%", "87.50%"),
    ]


def test_plan_detail_says_what_needs_attention_first_and_why(client):
    attention = client.get("/poa/2019/").context["dashboard"].attention
    assert [(one.standing.code, one.why) for one in attention] == [
        ("1.4.4-1", "Sin reporte: no se pidió."),
        ("1.4.4-2", "Sin reporte: no se pidió."),
        ("1.8.5-1", "Hubo actividad y la meta no avanzó."),
        ("1.8.5-2", "Hubo actividad y la meta no avanzó."),
        ("2.1.4-2", "Avanzó 26\N{NO-BREAK SPACE}% de la meta."),
    ]


def test_plan_detail_says_who_has_reported(client):
    response = client.get("/poa/2019/")
    assert [
        (one.group.label, one.word, [missing.code for missing in one.missing])
        for one in response.context["dashboard"].reporting
    ] == [
        ("SUNAFIL", "No reportó", ["1.4.4-1", "1.4.4-2"]),
        ("Secretaría Técnica de la CNLCTF-MTPE", "Reportó todo", []),
    ]


def test_plan_detail_maps_the_events(client):
    territory = client.get("/poa/2019/").context["dashboard"].territory
    assert [(place.name, place.events, place.quantities) for place in territory.rows] == [
        ("Arequipa", 3, "1 evento; 77 personas"),
        ("Cusco", 3, "1 evento; 43 personas"),
        ("San Martín", 3, ""),
        ("Ucayali", 3, "1 evento; 74 personas"),
        ("La Libertad", 1, ""),
        ("Madre de Dios", 1, ""),
        ("Puno", 1, ""),
        ("Sin región indicada", 9, "9 eventos"),
    ]
    assert territory.events == 24
    assert territory.reached == 7
    assert len(territory.regions) == 26


def test_plan_detail_goes_month_by_month(client):
    [chart] = client.get("/poa/2019/").context["dashboard"].charts
    assert [int(month.reached) for month in chart.course.months] == [0] * 9 + [2, 5, 6]
    assert (chart.course.final, chart.course.goal, chart.course.undated) == (7, 12, 3)


def test_one_unit_is_added_up_against_its_plan(client):
    _, people = client.get("/poa/2019/?unidad=persona").context["dashboard"].charts
    reached = [int(month.reached) for month in people.course.months]
    assert reached[8:] == [0, 0, 187, 194]
    assert [int(month.planned) for month in people.course.months][::3] == [13, 53, 93, 133]
    assert (people.course.what, people.course.final, people.course.goal) == ("personas", 194, 160)


def test_plan_detail_compares_with_the_year_before(client):
    make_plan(lines=2, events=10, year=2018)
    make_plan(lines=1, events=1, year=2020)
    assert client.get("/poa/2018/").context["dashboard"].previous is None
    previous = client.get("/poa/2019/").context["dashboard"].previous
    assert (previous.year, previous.summary.met, previous.summary.total) == (2018, 2, 2)
    assertContains(client.get("/poa/2019/"), '<a href="/poa/2018/">2018</a>')
    assert client.get("/poa/2019/?eje=1").context["dashboard"].previous is None


def test_a_draft_of_the_year_before_is_not_compared(client):
    plan = make_plan(year=2018)
    OperatingPlan.objects.filter(pk=plan.pk).update(state=PlanState.DRAFT)
    assert client.get("/poa/2019/").context["dashboard"].previous is None


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("objetivo=9", "El plan no tiene un objetivo «9»."),
        ("eje=%00", "Los caracteres nulos no están permitidos."),
        ("region=atlántida", "No hay una región «atlántida»."),
        ("papel=involucrada", "Elija también la institución."),
        ("unidad=" + "9" * 4000, "En el plan no se mide en"),
    ],
)
@pytest.mark.parametrize("page", ["", "calculo/", "proyector/"])
def test_a_wrong_filter_says_so_and_shows_nothing(client, page, query, message):
    response = client.get(f"/poa/2019/{page}?{query}")
    assertContains(response, message)
    assertContains(response, "No se buscó")
    assertNotContains(response, "73\N{NO-BREAK SPACE}%")


def test_a_filter_that_finds_nothing(client):
    for page in ("", "calculo/"):
        response = client.get(f"/poa/2019/{page}?objetivo=2&eje=2")
        assertContains(response, "No hay indicadores con estos filtros")


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


def test_line_detail_tells_the_technical_sheet(client, demo):
    indicator = demo.indicators.get(line__number=7, line__strategy__number=1)
    indicator.milestones.create(quarter=2, goal=40)
    indicator.milestones.create(quarter=4, goal=80)
    demo.indicators.filter(pk=indicator.pk).update(base_line="12 talleres en 2018", direction="up")
    response = client.get("/poa/2019/lineas/2.1.7/")
    assert response.context["indicators"][0].sheet == [
        ("Se cuenta desde", "El 18/09/2019; lo anterior se informa."),
        ("Hitos trimestrales", "40 al segundo trimestre, 80 al cuarto trimestre, acumulados."),
        ("Línea de base", "12 talleres en 2018"),
    ]
    assertContains(response, "Ficha técnica")
    assertNotContains(client.get("/poa/2019/lineas/1.3.3/"), "Ficha técnica")


def test_line_detail_says_why_a_region_counts_once(client, demo):
    events = demo.events.filter(contributions__indicator__line__number=5).filter(
        contributions__indicator__line__strategy__number=8
    )
    Contribution.objects.filter(event__in=events).update(counts=True, why_not="")
    events.filter(region="PUN").update(region="UCA")
    response = client.get("/poa/2019/lineas/1.8.5/")
    assertContains(
        response, "Ucayali ya cuenta por el evento del 11/10/2019; cada región cuenta una sola vez."
    )


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
    with django_assert_num_queries(14):
        client.get(f"/poa/2019/lineas/{code}/")
