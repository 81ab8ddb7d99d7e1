"""The page of the matrix and the button that downloads it."""

import re
from html import unescape

import pytest
from django.urls import reverse

from poa.models import OperatingPlan
from poa.plan_workbook import MEDIA_TYPE, plan_workbook
from tests.poa.plans import make_plan

MATRIX = "/poa/2019/matriz/"


def lines(response):
    """The codes of the lines of action on the page, each linked to its own page."""
    return re.findall(r'href="/poa/\d+/lineas/([\d.]+)/">LA \1</a>', response.content.decode())


def text(response):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


ALL = ["1.3.3", "1.4.4", "1.4.5", "1.4.7", "1.4.9", "1.8.5", "2.1.1", "2.1.4", "2.1.7"]


def test_addresses():
    assert reverse("plan_matrix", args=[2019]) == MATRIX
    assert reverse("plan_workbook", args=[2019]) == "/poa/2019/anexo.xlsx"


def test_plan_matrix(demo, client, django_assert_num_queries):
    with django_assert_num_queries(16):
        response = client.get(MATRIX)
    assert response.templates[0].name == "poa/plan_matrix.html"
    assert lines(response) == ALL
    page = text(response)
    assert "Meta alcanzada o superada 100 %" in page
    assert "TF=Trabajo forzoso." in page
    assert "Página" not in page
    html = response.content.decode()
    assert '<a class="button primary" href="/poa/2019/anexo.xlsx">' in html
    assert 'role="region" tabindex="0" aria-labelledby="matriz"' in html


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("objetivo=2", ALL[6:]),
        ("eje=3", ALL[1:5]),
        ("institucion=sunafil", ["1.3.3", "1.4.4", "1.4.9", "2.1.4"]),
        ("estado=sin-reporte", ["1.4.4"]),
        ("estado=meta-no-alcanzada-pero-actividad-realizada", ["1.8.5", "2.1.4"]),
        ("objetivo=1&institucion=sunafil&estado=meta-alcanzada-o-superada", ["1.3.3", "1.4.9"]),
        ("institucion=sunafil&papel=responsable", ["1.4.4"]),
        ("institucion=sunafil&papel=involucrada", ["1.3.3", "1.4.9", "2.1.4"]),
        ("unidad=persona", ["2.1.4", "2.1.7"]),
        ("region=ucayali", ["1.8.5", "2.1.4", "2.1.7"]),
        ("region=sin-region", ["1.3.3", "1.4.5", "1.4.7", "1.4.9"]),
        ("objetivo=&eje=&institucion=&estado=", ALL),
        ("page=zz", ALL),
        ("page=99999999999999999999", ALL),
    ],
)
def test_filters(demo, client, query, expected):
    assert lines(client.get(f"{MATRIX}?{query}")) == expected


def test_a_filtered_line_shows_only_the_indicators_asked_for(demo, client):
    response = client.get(f"{MATRIX}?objetivo=2&estado=meta-no-alcanzada-pero-actividad-realizada")
    [row] = response.context["rows"]
    [indicator] = [placed.cell.text for placed in row if placed.column.name == "indicator"]
    assert indicator.startswith("2. Número de funcionarios y servidores públicos que han sido")


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("objetivo=9", "El plan no tiene un objetivo «9»."),
        ("objetivo=uno", "El plan no tiene un objetivo «uno»."),
        ("eje=99999999999999999999", "El plan no tiene un eje «99999999999999999999»."),
        ("institucion=nasa", "En el plan no participa una institución «nasa»."),
        ("estado=verde", "No hay un estado «verde»."),
        ("unidad=litros", "En el plan no se mide en «litros»."),
        ("region=lambada", "No hay una región «lambada»."),
        ("institucion=sunafil&papel=jefa", "No se participa como «jefa»."),
        ("papel=responsable", "Elija también la institución."),
    ],
)
def test_a_wrong_filter_says_so_and_shows_nothing(demo, client, query, message):
    response = client.get(f"{MATRIX}?{query}")
    assert lines(response) == []
    assert message in text(response)
    assert "No se buscó: revise los filtros marcados" in text(response)


def test_filters_that_find_nothing(demo, client):
    response = client.get(f"{MATRIX}?objetivo=2&eje=2")
    assert "No hay líneas de acción con estos filtros" in text(response)


@pytest.mark.parametrize("page", ["matriz/", "anexo.xlsx"])
@pytest.mark.parametrize("year", ["2018", "0", "99999999999999999999"])
def test_an_unknown_year(demo, client, year, page):
    assert client.get(f"/poa/{year}/{page}").status_code == 404


def test_plan_workbook(demo, client, django_assert_num_queries):
    with django_assert_num_queries(10):
        response = client.get("/poa/2019/anexo.xlsx")
    assert response.headers["Content-Type"] == MEDIA_TYPE
    assert response.headers["Content-Disposition"] == 'attachment; filename="anexo-poa-2019.xlsx"'
    assert response.content == plan_workbook(demo)


# --- Other plans ----------------------------------------------------------------------------


def test_a_page_of_a_larger_plan(db, client, django_assert_num_queries):
    make_plan(lines=30, events=3)
    with django_assert_num_queries(16):
        first = client.get("/poa/2021/matriz/")
    assert lines(first) == [f"1.1.{number}" for number in range(1, 26)]
    second = client.get("/poa/2021/matriz/?page=2")
    assert lines(second) == [f"1.1.{number}" for number in range(26, 31)]
    assert "Del 26 al 30, de 30" in text(second)
    assert "OE 1" in text(second)


def test_a_plan_without_indicators(db, client):
    make_plan(lines=0)
    page = text(client.get("/poa/2021/matriz/"))
    assert "Este plan todavía no tiene indicadores" in page


@pytest.mark.parametrize("page", ["matriz/", "anexo.xlsx"])
def test_a_draft_is_not_public(db, client, page):
    make_plan()
    OperatingPlan.objects.filter(year=2021).update(state="draft")
    assert client.get(f"/poa/2021/{page}").status_code == 404
