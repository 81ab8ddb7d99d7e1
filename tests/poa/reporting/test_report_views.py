"""A representative writes a report and the Secretaría decides on it, page by page."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from members.choices import Role
from members.models import Person
from poa.models import EntityReport
from tests.poa.reporting.reported import (
    LIST,
    MINE,
    PERIOD,
    add_event,
    counts_of,
    indicator_data,
)
from tests.sessions import kit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

BY_SCRIPT = {"X-Requested-With": "fetch"}


@pytest.fixture
def event(client, report):
    client.post(f"{MINE}eventos/")
    return report.reported_events.get()


def event_data(event, **values):
    data = {
        "name": "Taller con funcionarios",
        "held_on": "2019-11-18",
        "region": "UCA",
        "place": "Pucallpa",
        "supporter": "la OIT",
        "report_number": "",
        "version": 1,
    }
    return {f"e{event.pk}-{name}": value for name, value in (data | values).items()}


def test_reporting_without_being_asked(client, report):
    assert report.requested is None
    page = client.get(MINE)
    assertContains(page, "LA 2.1.4 · 1.")
    assertNotContains(page, "LA 1.3.3")
    assertContains(client.get(LIST), "MINAM, reporte 1")


def test_a_representative_reports_only_for_the_entity_represented(client, report, plan):
    others = plan.indicators.first().institutions.exclude(acronym="MINAM").first()
    client.post(f"{LIST}nuevo/", {"entity": others.pk, **PERIOD})
    assert EntityReport.objects.count() == 1


def test_a_ministry_reports_for_its_organ(client, plan):
    """MININTER is in the demo's plan as MININTER-PNP."""
    person = Person.objects.filter(designations__entity__acronym="MININTER").first()
    client.force_login(kit.user(Role.REPRESENTATIVE, person))
    assertContains(client.get(f"{LIST}nuevo/"), "MININTER-PNP – Policía Nacional del Perú")
    organ = plan.indicators.of_lines().first().institutions.get(acronym="PNP")
    response = client.post(f"{LIST}nuevo/", {"entity": organ.pk, **PERIOD})
    assertRedirects(response, f"{LIST}pnp/1/")


def test_another_entitys_report_is_not_there(client, report):
    person = Person.objects.filter(designations__entity__acronym="SUNAFIL").first()
    other = kit.user(Role.OBSERVER)
    other.person = person
    other.save()
    client.force_login(other)
    assert client.get(MINE).status_code == 403
    other.groups.set([Group.objects.get(name=Role.REPRESENTATIVE)])
    assert client.get(MINE).status_code == 404
    assert client.post(f"{MINE}enviar/", {"remarks": ""}).status_code == 404
    assertNotContains(client.get(LIST), "MINAM, reporte 1")


def test_a_part_is_saved_by_its_button(client, report):
    said = report.indicators.first()
    path = f"{MINE}indicadores/{said.indicator_id}/"
    data = indicator_data(said, quantity="1,234.5", difficulties="Sin <b>presupuesto</b>")
    assertRedirects(client.post(path, data), f"{MINE}#indicador-{said.indicator_id}")
    said.refresh_from_db()
    assert (said.quantity, said.difficulties) == (Decimal("1234.5"), "Sin <b>presupuesto</b>")
    assertContains(client.get(MINE), "Sin &lt;b&gt;presupuesto&lt;/b&gt;")


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("tres", "«tres» no es un número."),
        ("-1", "La cantidad no puede ser negativa."),
        ("1.234", "«1.234» puede ser un entero con punto de millar o un decimal."),
        ("0.123", "Escriba hasta diez cifras, y dos decimales."),
        ("99999999999", "Escriba hasta diez cifras, y dos decimales."),
    ],
)
def test_a_quantity_mistyped_is_said_and_nothing_lost(client, report, typed, message):
    said = report.indicators.first()
    path = f"{MINE}indicadores/{said.indicator_id}/"
    data = indicator_data(said, quantity=typed, difficulties="Mi texto")
    answer = client.post(path, data, headers=BY_SCRIPT)
    assert answer.status_code == 422
    assert answer.json() == {"errors": {f"i{said.pk}-quantity": [message]}}
    page = client.post(path, data)
    assertContains(page, message, status_code=422)
    assertContains(page, "Mi texto", status_code=422)
    assert report.indicators.get(pk=said.pk).difficulties == ""


def test_two_who_write_the_same_part_lose_nothing(client, report):
    said = report.indicators.first()
    path = f"{MINE}indicadores/{said.indicator_id}/"
    first = client.post(path, indicator_data(said, difficulties="Uno"), headers=BY_SCRIPT)
    assert first.json() == {"version": 2}
    late = indicator_data(said, difficulties="Otro")
    assert client.post(path, late, headers=BY_SCRIPT).status_code == 409
    assertContains(client.post(path, late), "Otro", status_code=409)
    assert report.indicators.get(pk=said.pk).difficulties == "Uno"


def test_an_event_feeds_several_indicators(client, report, event):
    events, persons = counts_of(report)
    data = event_data(
        event,
        **{
            f"quantity-{events.pk}": "1",
            f"women-{persons.pk}": "3",
            f"men-{persons.pk}": "2",
        },
    )
    answer = client.post(f"{MINE}eventos/{event.pk}/", data, headers=BY_SCRIPT)
    assert answer.json() == {"version": 2}
    found = {part.indicator_id: part for part in event.contributions.all()}
    assert found[events.pk].quantity == 1
    assert (found[persons.pk].quantity, found[persons.pk].women) == (5, 3)


def test_an_event_may_be_left_half_written(client, report, event):
    data = event_data(event, held_on="", region="", name="Taller")
    assert client.post(f"{MINE}eventos/{event.pk}/", data, headers=BY_SCRIPT).status_code == 200
    event.refresh_from_db()
    assert (event.name, event.held_on) == ("Taller", None)


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        (
            {"quantity": "4", "women": "3", "men": "2"},
            "quantity",
            "Mujeres y hombres tienen que sumar la cantidad.",
        ),
        ({"women": "3"}, "quantity", "Diga cuántas personas en total."),
        ({"quantity": "5", "women": "3"}, "quantity", "Mujeres y hombres tienen que sumar"),
        ({"quantity": "5", "left_out": "on"}, "why_not", "Si no cuenta para la meta, diga por qué"),
        ({"quantity": "5", "women": "-1", "men": "6"}, "women", "mayor o igual a 0"),
    ],
)
def test_what_an_event_adds_is_checked(client, report, event, values, field, message):
    _, persons = counts_of(report)
    data = event_data(event, **{f"{name}-{persons.pk}": told for name, told in values.items()})
    answer = client.post(f"{MINE}eventos/{event.pk}/", data, headers=BY_SCRIPT)
    assert message in answer.json()["errors"][f"e{event.pk}-{field}-{persons.pk}"][0]
    assert event.contributions.count() == 0


def test_what_came_before_the_plans_rule_does_not_count(client, report, event):
    """As the 135 trained before DS 015-2019-TR (L221)."""
    _, persons = counts_of(report)
    persons.counts_from = date(2019, 9, 18)
    persons.save()
    data = event_data(event, held_on="2019-09-17", **{f"quantity-{persons.pk}": "47"})
    client.post(f"{MINE}eventos/{event.pk}/", data)
    part = event.contributions.get()
    assert (part.counts, part.why_not) == (
        False,
        "Es anterior al 18/09/2019, desde cuando se cuenta.",
    )


def test_an_event_of_another_report_is_not_there(client, report, event, plan, secretary):
    client.force_login(secretary)
    entity = plan.indicators.of_lines().first().institutions.get(acronym="SUNAFIL")
    client.post(f"{LIST}nuevo/", {"entity": entity.pk, **PERIOD})
    path = f"{LIST}sunafil/1/eventos/{event.pk}/"
    assert client.post(path, event_data(event)).status_code == 404


def test_an_event_is_taken_out_with_its_evidence(client, report, event):
    pdf = SimpleUploadedFile("../Acta de reunión.pdf", b"%PDF-1.4\n%%EOF\n")
    client.post(f"{MINE}eventos/{event.pk}/evidencias/", {"evidence": [pdf]})
    stored = event.evidence.get()
    assert stored.name == "Acta de reunión.pdf"
    got = client.get(f"{MINE}eventos/{event.pk}/evidencias/{stored.pk}/")
    assert (got.content, got["Content-Type"]) == (b"%PDF-1.4\n%%EOF\n", "application/pdf")
    client.post(f"{MINE}eventos/{event.pk}/quitar/")
    assert report.reported_events.count() == 0
    assert client.get(f"{MINE}eventos/{event.pk}/evidencias/{stored.pk}/").status_code == 404


def test_evidence_is_taken_out_alone(client, report, event):
    pdf = SimpleUploadedFile("uno.pdf", b"%PDF-1.4\n%%EOF\n")
    client.post(f"{MINE}eventos/{event.pk}/evidencias/", {"evidence": [pdf]})
    stored = event.evidence.get()
    client.post(f"{MINE}eventos/{event.pk}/evidencias/{stored.pk}/quitar/")
    assert event.evidence.count() == 0


def test_a_file_that_lies_is_refused(client, report, event):
    lie = SimpleUploadedFile("foto.pdf", b"MZ\x90\x00")
    path = f"{MINE}eventos/{event.pk}/evidencias/"
    assertContains(client.post(path, {"evidence": [lie]}, follow=True), "foto.pdf")
    assert event.evidence.count() == 0


def test_the_page_asks_as_much_for_one_event_as_for_ten(client, report, secretary):
    found = []
    for first, last in ((1, 1), (2, 10)):
        for position in range(first, last + 1):
            parts = [(indicator, 1) for indicator in counts_of(report)]
            add_event(report, *parts, held_on=date(2019, 10, 7), position=position)
        client.force_login(secretary)
        with CaptureQueriesContext(connection) as queries:
            client.get(MINE)
        found.append(len(queries))
    assert found[0] == found[1]
