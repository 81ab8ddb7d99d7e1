"""From sent to accepted: what each may do, and what the other sees of it."""

from datetime import date

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from members.models import Person
from poa.models import EntityReport, ReportedIndicator
from tests.poa.reporting.reported import LIST, MINE, counts_of, indicator_data

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def test_what_is_missing_is_listed_and_nothing_sent(client, report):
    page = client.post(f"{MINE}enviar/", {"remarks": ""}, follow=True)
    assertContains(page, "registre sus eventos o una cantidad", count=4)
    report.refresh_from_db()
    assert report.state == "draft"


def test_a_report_is_sent_returned_mended_and_accepted(client, complete, secretary, minam, plan):
    _, persons = counts_of(complete)
    before = plan.indicators.with_progress().get(pk=persons.pk).executed
    client.post(f"{MINE}enviar/", {"remarks": "Va con el informe."})
    assertNotContains(client.get(MINE), "Enviar el reporte")
    client.force_login(secretary)
    assertContains(client.get(MINE), "Aceptar el reporte")
    assertContains(
        client.post(f"{MINE}devolver/", {"remarks": " "}), "Diga qué falta", status_code=422
    )
    client.post(f"{MINE}devolver/", {"remarks": "Falta la lista de asistencia."})
    client.force_login(minam)
    assertContains(client.get(MINE), "Falta la lista de asistencia.")
    client.post(f"{MINE}enviar/", {"remarks": "Adjunta."})
    client.force_login(secretary)
    client.post(f"{MINE}aceptar/", {"remarks": ""})
    assert plan.indicators.with_progress().get(pk=persons.pk).executed == before + 5
    client.post(f"{MINE}reabrir/", {"remarks": "Se repite."})
    assert plan.indicators.with_progress().get(pk=persons.pk).executed == before
    steps = [step.step for step in complete.events.all()]
    assert steps == ["sent", "returned", "sent", "accepted", "reopened"]


def test_a_representative_decides_nothing(client, complete):
    client.post(f"{MINE}enviar/", {"remarks": ""})
    for step in ("aceptar", "devolver", "reabrir"):
        assert client.post(f"{MINE}{step}/", {"remarks": "Ya."}).status_code == 403


def test_what_was_sent_is_not_written_in(client, complete):
    client.post(f"{MINE}enviar/", {"remarks": ""})
    said = complete.indicators.first()
    path = f"{MINE}indicadores/{said.indicator_id}/"
    answer = client.post(path, indicator_data(said, difficulties="Tarde"))
    assertContains(answer, "ya no se escribe en él", status_code=403)
    assert ReportedIndicator.objects.get(pk=said.pk).difficulties == ""


def test_a_step_that_comes_late_says_why(client, complete, secretary):
    client.force_login(secretary)
    page = client.post(f"{MINE}aceptar/", {"remarks": ""}, follow=True)
    assertContains(page, "todavía no se ha enviado")


def test_the_secretaria_sees_what_another_told_already(client, complete, secretary, plan):
    plan.events.create(key="otro", held_on=date(2019, 10, 7), region="UCA", name="Taller igual")
    assertNotContains(client.get(MINE), "¿Es el mismo evento?")
    client.force_login(secretary)
    assertContains(client.get(MINE), "¿Es el mismo evento?")
    assertContains(client.get(MINE), "Taller igual")


def test_an_answer_on_paper_is_entered_on_behalf(client, complete, secretary):
    client.force_login(secretary)
    assertContains(client.get(MINE), "Respondió en papel")
    scan = SimpleUploadedFile("oficio.pdf", b"%PDF-1.4\n%%EOF\n")
    client.post(f"{MINE}papel/", {"paper_number": "Oficio N° 112-2020-MINAM", "scan": scan})
    complete.refresh_from_db()
    assert complete.paper.name == "oficio.pdf"
    assert client.get(f"{MINE}papel/archivo/").content == b"%PDF-1.4\n%%EOF\n"
    client.post(f"{MINE}enviar/", {"remarks": ""})
    complete.refresh_from_db()
    assert complete.state == "sent"


def test_a_copy_without_its_citation_is_refused(client, complete, secretary):
    client.force_login(secretary)
    scan = SimpleUploadedFile("oficio.pdf", b"%PDF-1.4\n%%EOF\n")
    answer = client.post(f"{MINE}papel/", {"paper_number": "", "scan": scan})
    assertContains(answer, "Cite el documento cuya copia adjunta.", status_code=422)


def test_paper_is_the_secretarias(client, complete):
    answer = client.post(f"{MINE}papel/", {"paper_number": "Oficio 1"})
    assert answer.status_code == 403


@pytest.mark.parametrize("path", ["minam/7/", "nadie/1/", "minam/1/eventos/9/evidencias/9/"])
def test_what_is_not_there_is_a_404(client, report, path):
    assert client.get(f"{LIST}{path}").status_code == 404


def test_the_link_of_a_request_begins_the_report_once(client, minam, asked):
    client.force_login(minam)
    path = f"/poa/reportar/{asked.code}/"
    assertContains(client.get(LIST), "Oficio 1")
    assertContains(client.get(path), "Empezar el reporte")
    assert EntityReport.objects.count() == 0
    assertRedirects(client.post(path), MINE)
    assertRedirects(client.get(path), MINE)
    assertRedirects(client.post(path), MINE)
    assert EntityReport.objects.count() == 1


def test_who_was_asked_is_written_to_when_the_report_comes_back(
    client, complete, secretary, minam, asked, django_capture_on_commit_callbacks
):
    Person.objects.filter(user=minam).update(email="m@minam.example")
    complete.requested = asked
    complete.save()
    client.post(f"{MINE}enviar/", {"remarks": ""})
    client.force_login(secretary)
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(f"{MINE}devolver/", {"remarks": "Falta la lista."}, follow=True)
    assertContains(page, "Se le escribió a 1 dirección.")
    (message,) = mail.outbox
    assert (message.to, message.subject) == (["m@minam.example"], "Reporte devuelto: Oficio 1")
    assert "Falta la lista." in message.body
    assert f"/poa/reportar/{asked.code}/" in message.body
