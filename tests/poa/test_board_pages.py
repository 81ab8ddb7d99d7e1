"""What stands behind and beside a plan's dashboard: calculation, institution, slides, paper."""

import hashlib
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfReader
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from members.models import Entity
from poa.dashboard_document import pdf_of
from poa.models import Execution, Indicator, OperatingPlan, Participation
from poa.progress import State
from sessions.models import Letterhead
from tests.poa.plans import make_plan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

PERCENT = "\N{NO-BREAK SPACE}%"


def words(content: bytes) -> str:
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    return " ".join(text.split())


# --- The calculation ------------------------------------------------------------------------


def test_the_calculation_shows_its_arithmetic(client):
    response = client.get("/poa/2019/calculo/")
    assertContains(response, "726.25 ÷ 10 = 72.63.")
    for figure in ("7 de 12", f"73{PERCENT}", "10 de 12"):
        assertContains(response, f"<strong>{figure}</strong>", html=True)
    rows = {row.standing.code: (row.exact_percent, row.put_in) for row in response.context["rows"]}
    assert rows["2.1.7-1"] == ("216.25", "100")
    assert rows["2.1.4-2"] == ("26.25", "26.25")
    assert rows["1.8.5-1"] == ("0", "0")
    assert rows["1.4.4-1"] == ("", "")
    assert len(rows) == 12
    assertContains(response, "Fuera del promedio: no hay reporte", count=2)
    assertContains(response, "Pasó su meta: al promedio entra 100 %.", count=3)
    assertContains(response, "2 propios de los objetivos")


def test_the_calculation_says_what_is_out_and_why(client):
    plan = make_plan(lines=3)
    first, second, _ = plan.indicators.order_by("line__number")
    Indicator.objects.filter(pk=first.pk).update(goal=None, goal_kind="to_be_defined")
    response = client.get("/poa/2021/calculo/")
    assertContains(response, "Fuera de las tres cifras: su meta está por definir.", count=1)
    assertContains(response, "1 sin meta exigible este año.")
    assert response.context["reckoning"].summary.total == 2
    assert response.context["left_out"] == 0
    response = client.get("/poa/2021/calculo/?estado=no-aplica")
    assertContains(response, "2 que no responden a los filtros.")
    assertContains(response, "Ninguno tiene reporte: no hay qué promediar.")
    assert second not in [row.indicator for row in response.context["rows"]]


def test_a_number_of_events_opens_the_events(client):
    response = client.get("/poa/2019/calculo/?region=cusco")
    assert response.context["event_count"] == 3
    assertContains(response, "Los eventos contados: 3")
    assert {event.get_region_display() for event in response.context["events"]} == {"Cusco"}
    nowhere = client.get("/poa/2019/calculo/?region=sin-region")
    assert nowhere.context["event_count"] == 9


# --- An institution -------------------------------------------------------------------------


def test_an_institution_has_its_figures_in_each_role(client):
    response = client.get("/poa/2019/instituciones/sunafil/")
    figures = [
        (title, summary.met, summary.total, summary.reported)
        for title, _, summary in response.context["progress"].figures
    ]
    assert figures == [("Como responsable", 0, 2, 0), ("Como involucrada", 3, 4, 4)]
    assert [row.standing.code for row in response.context["rows"]] == [
        "1.4.4-1",
        "1.4.4-2",
        "1.3.3-1",
        "1.4.9-1",
        "2.1.4-1",
        "2.1.4-2",
    ]
    for _, word, summary in response.context["progress"].figures:
        there = client.get(f"/poa/2019/calculo/?institucion=sunafil&papel={word}")
        assert there.context["reckoning"].summary == summary


def test_an_institution_lists_each_event_once(client):
    progress = client.get("/poa/2019/instituciones/minam/").context["progress"]
    assert progress.event_count == len(progress.latest) == 3
    assert [event.get_region_display() for event in progress.latest] == [
        "Cusco",
        "Arequipa",
        "Ucayali",
    ]


def test_organs_have_pages_of_their_own(client):
    response = client.get("/poa/2019/instituciones/mininter/")
    assert [organ.slug for organ in response.context["progress"].organs] == ["pnp"]
    assertContains(response, '<a href="/poa/2019/instituciones/pnp/">MININTER-PNP</a>')
    assertContains(client.get("/poa/2019/instituciones/pnp/"), "/poa/2019/instituciones/mininter/")


def test_an_institution_without_part_in_the_plan(client):
    response = client.get("/poa/2019/instituciones/oit/")
    assertContains(response, "No participa en indicadores de este plan")


@pytest.mark.parametrize("path", ["2019/instituciones/nadie/", "2018/instituciones/minam/"])
def test_an_institution_or_a_year_that_is_not(client, path):
    assert client.get(f"/poa/{path}").status_code == 404


# --- Slides ---------------------------------------------------------------------------------


def titles(client, query):
    titles, number = [], 1
    while True:
        response = client.get(f"/poa/2019/proyector/?{query}&lamina={number}")
        slide = response.context["slide"]
        titles.append((slide.title, [one.code for one in slide.standings]))
        if not response.context["page_obj"].has_next():
            return titles
        number += 1


def test_the_projector_shows_only_what_is_discussed(client):
    """Grey, red and yellow, and what passed its goal by more than 150 %."""
    assert titles(client, "solo=discusion") == [
        ("LA 1.4.4", ["1.4.4-1", "1.4.4-2"]),
        ("LA 1.8.5", ["1.8.5-1", "1.8.5-2"]),
        ("LA 2.1.4", ["2.1.4-1", "2.1.4-2"]),
        ("LA 2.1.7", ["2.1.7-1"]),
    ]
    response = client.get("/poa/2019/proyector/?lamina=4")
    assertContains(response, f"Pasó el 150{PERCENT} de su meta: ¿se fijó baja?")
    assertContains(response, "<b>173</b> de 80")


def test_the_projector_by_axis_and_by_institution(client):
    assert titles(client, "por=eje") == [
        ("EE 1", ["2.1.4-1", "2.1.4-2", "2.1.7-1"]),
        ("EE 3", ["1.4.4-1", "1.4.4-2"]),
        ("EE 5", ["1.8.5-1", "1.8.5-2"]),
    ]
    by_institution = titles(client, "por=institucion")
    assert by_institution[0] == ("SUNAFIL", ["1.4.4-1", "1.4.4-2"])
    assert [len(codes) for _, codes in by_institution[1:]] == [3, 2]


def test_the_projector_can_show_all(client):
    assert sum(len(codes) for _, codes in titles(client, "solo=todo")) == 12


@pytest.mark.parametrize("lamina", ["0", "-1", "99", "zz", "9" * 5000])
def test_a_slide_that_is_not_is_the_nearest(client, lamina):
    response = client.get(f"/poa/2019/proyector/?lamina={lamina}")
    assert response.status_code == 200
    assert response.context["slide"] is not None


def test_slides_are_turned_by_plain_links(client):
    html = client.get("/poa/2019/proyector/?por=eje&lamina=2").content.decode()
    assert '<a class="button" rel="prev" href="?por=eje&amp;lamina=1">Anterior</a>' in html
    assert '<a class="button" rel="next" href="?por=eje&amp;lamina=3">Siguiente</a>' in html


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("por=color", "No hay láminas por «color»."),
        ("solo=nada", "No se puede mostrar «nada»."),
    ],
)
def test_slides_that_cannot_be(client, query, message):
    assertContains(client.get(f"/poa/2019/proyector/?{query}"), message)


def test_nothing_to_discuss(client):
    make_plan(lines=2, events=10)
    response = client.get("/poa/2021/proyector/")
    assertContains(response, "No hay nada que discutir")
    assertNotContains(response, 'rel="next"')


# --- On paper -------------------------------------------------------------------------------


def test_the_pdf_says_what_the_page_says(client):
    response = client.get("/poa/2019/tablero.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="tablero-poa-2019.pdf"'
    text = words(response.content)
    for part in (
        "Evaluación al 31 de diciembre de 2019",
        "7 de 12",
        f"73{PERCENT}".replace(PERCENT, " %"),
        "10 de 12",
        "Sin reporte: no se pidió.",
        "Cusco 3 5 1 evento; 43 personas",
        "Lima Metropolitana",
    ):
        assert part in text


def test_the_pdf_is_the_same_whatever_the_day(settings, demo):
    sums = set()
    for settings.TODAY in ("2020-02-03", "2026-11-23"):
        sums.add(hashlib.sha256(pdf_of(demo)).hexdigest())
    assert len(sums) == 1


def test_the_pdf_of_a_part_says_which(client):
    text = words(client.get("/poa/2019/tablero.pdf?objetivo=2").content)
    assert "Objetivo específico: OE 2" in text
    assert "3 de 4" in text
    assert "7 de 12" not in text


def test_the_pdf_of_what_cannot_be_leads_back_to_the_page(client):
    response = client.get("/poa/2019/tablero.pdf?eje=9")
    assertRedirects(response, "/poa/2019/?eje=9")


def test_no_letterhead_no_pdf(client):
    Letterhead.objects.all().delete()
    response = client.get("/poa/2019/tablero.pdf", follow=True)
    assertContains(response, "No hay membrete vigente en la fecha del tablero.")


def test_poa_pdf(tmp_path, demo):
    out = StringIO()
    path = tmp_path / "tablero.pdf"
    call_command("poa_pdf", "2019", output=path, stdout=out)
    assert path.read_bytes() == pdf_of(demo)
    assert out.getvalue() == f"{path}: Plan Operativo Anual 2019.\n"


@pytest.mark.parametrize("year", ["2018", "19", "dos mil"])
def test_poa_pdf_of_no_plan(tmp_path, year):
    with pytest.raises(CommandError, match=f"No hay un plan operativo del año «{year}»."):
        call_command("poa_pdf", year, output=tmp_path / "tablero.pdf")


def test_poa_pdf_into_no_folder(tmp_path):
    with pytest.raises(CommandError, match="la carpeta no existe"):
        call_command("poa_pdf", "2019", output=tmp_path / "no" / "tablero.pdf")


# --- Months ---------------------------------------------------------------------------------


def test_months_to_come_are_not_drawn(client, settings):
    make_plan(lines=1, events=40)
    settings.TODAY = "2021-02-10"
    [goals, events] = client.get("/poa/2021/").context["dashboard"].charts
    assert [(month.short, month.reached) for month in goals.course.months] == [
        ("Ene", 1),
        ("Feb", 1),
    ]
    assert [month.reached for month in events.course.months] == [31, 40]
    settings.TODAY = "2020-12-31"
    assert client.get("/poa/2021/").context["dashboard"].charts == []


def test_a_region_counts_once_where_the_indicator_says_so(client, settings):
    settings.TODAY = "2022-01-01"
    plan = make_plan(lines=1, events=40)
    Indicator.objects.filter(plan=plan).update(counting="distinct_regions", goal=2)
    january, february = plan.events.all()[0], plan.events.all()[35]
    plan.events.all().update(region="CUS")
    plan.events.filter(pk=february.pk).update(region="PUN")
    plan.events.filter(pk=january.pk).update(region="")
    _, regions = client.get("/poa/2021/").context["dashboard"].charts
    assert [int(month.reached) for month in regions.course.months][:3] == [1, 2, 2]
    assert regions.course.final == 2


# --- What needs attention -------------------------------------------------------------------


def test_what_is_overdue_comes_before_what_was_not_asked_not_done_or_slow(client):
    plan = make_plan(lines=5)
    reports = (
        {"declared": 9},
        {"declared": 1},
        {"declared": 0},
        {},
        {"no_report_cause": "overdue"},
    )
    for indicator, report in zip(plan.indicators.order_by("line__number"), reports, strict=True):
        Execution.objects.create(indicator=indicator, **report)
    attention = client.get("/poa/2021/").context["dashboard"].attention
    assert [(one.standing.code, one.why) for one in attention] == [
        ("1.1.5-1", "Sin reporte: se pidió y el plazo venció."),
        ("1.1.4-1", "Sin reporte: no se pidió."),
        ("1.1.3-1", "No se realizó actividad."),
        ("1.1.2-1", f"Avanzó 10{PERCENT} de la meta."),
        ("1.1.1-1", f"Avanzó 90{PERCENT} de la meta."),
    ]


# --- Who takes part -------------------------------------------------------------------------


def test_who_is_both_responsible_and_involved_elsewhere_is_in_both_breakdowns(client):
    plan = OperatingPlan.objects.get(year=2019)
    minam = Entity.objects.get(acronym="MINAM")
    one = plan.indicators.get_by_natural_key(2019, "2.1.1-1")
    Participation.objects.create(indicator=one, entity=minam, role="responsible", position=50)
    breakdowns = {
        breakdown.anchor: {group.slug: group.summary for group in breakdown.groups}
        for breakdown in client.get("/poa/2019/").context["dashboard"].breakdowns
    }
    assert breakdowns["responsables"]["minam"].counts[State.MET] == 1
    assert breakdowns["involucradas"]["minam"].total == 2
