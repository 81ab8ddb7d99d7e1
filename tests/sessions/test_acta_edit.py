"""The page on which an acta is written, and writing it without a script."""

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertRedirects

from members.choices import Role
from sessions.models import Acta, Agreement, Report
from tests.sessions import kit
from tests.sessions.acta_factory import make_acta
from tests.sessions.writing import EDIT, SCRIPT, order, reports, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def acta() -> Acta:
    return make_acta()


@pytest.fixture
def secretary(client: Client) -> Client:
    client.force_login(kit.user(Role.SECRETARY))
    return client


def test_the_page_shows_the_acta_with_its_texts_to_write(secretary: Client, acta: Acta) -> None:
    response = secretary.get(EDIT)
    assert response.templates[0].name == "sessions/acta_edit.html"
    assertContains(response, "I. Datos de la sesión")
    assertContains(response, '<div class="shown">- Uno.\n- Dos.</div>', count=1)


def test_each_text_travels_once(secretary: Client, acta: Acta) -> None:
    texts = [f"**{kind}:** " + "el texto que se dijo, " * 20 for kind in "abcdefgh"]
    report, petition = acta.reports.get(), acta.petitions.first()
    item = acta.session.agenda_items.get()
    for row, field in (
        (acta, "opening"),
        (report, "body"),
        (acta.sector_reports.get(), "body"),
        (petition, "body"),
        (petition, "conclusion"),
        (item, "introduction"),
        (item.interventions.get(), "body"),
        (acta.session.agreements.get(), "text"),
    ):
        setattr(row, field, texts.pop())
        row.save()
        assertContains(secretary.get(EDIT), getattr(row, field), count=1)


def test_a_text_that_looks_like_html_is_text(secretary: Client, acta: Acta) -> None:
    reports(acta, "<b>Uno</b>")
    assertContains(secretary.get(EDIT), "&lt;b&gt;Uno&lt;/b&gt;")


def test_an_approved_acta_leads_to_reading(secretary: Client, acta: Acta) -> None:
    kit.approve(acta)
    response = secretary.get(EDIT)
    assertRedirects(response, "/sesiones/so-125/acta/", fetch_redirect_response=False)


def test_without_an_acta_there_is_no_page(secretary: Client) -> None:
    kit.session(7)
    assert secretary.get("/sesiones/so-7/acta/editar/").status_code == 404


def test_a_script_asks_for_the_token_of_who_entered_again(secretary: Client, acta: Acta) -> None:
    assert list(secretary.get(EDIT, headers=SCRIPT).json()) == ["token"]


# --- Without a script -----------------------------------------------------------------------


def test_each_text_has_a_page_of_its_own(secretary: Client, acta: Acta) -> None:
    (report,) = reports(acta, "Uno")
    path = f"{EDIT}informe/{report.pk}/"
    response = secretary.get(path)
    assert response.templates[0].name == "sessions/block_form.html"
    assertContains(response, '<input type="hidden" name="field" value="body">')
    fields = {"version": 1, "field": ["title", "body"], "title": "Otro", "body": "Texto."}
    saved = secretary.post(path, fields)
    assertRedirects(saved, f"{EDIT}#b-informe-{report.pk}", fetch_redirect_response=False)
    assert order(acta) == [(1, "Otro")]


def test_the_page_shows_a_conflict_with_both_texts(secretary: Client, acta: Acta) -> None:
    (report,) = reports(acta, "Uno")
    path = f"{EDIT}informe/{report.pk}/"
    save(secretary, f"informe/{report.pk}/", body="El primero.")
    fields = {"version": 1, "field": ["title", "body"], "title": "Uno", "body": "El segundo."}
    response = secretary.post(path, fields)
    assertContains(response, "El primero.", status_code=409)
    assertContains(response, "El segundo.", status_code=409)
    # Sent again it is over the text that was read.
    assertContains(response, 'name="version" value="2"', status_code=409)
    secretary.post(path, fields | {"version": 2})
    assert Report.objects.get().body == "El segundo."


def test_a_wrong_form_comes_back_with_what_was_written(secretary: Client, acta: Acta) -> None:
    agreement = Agreement.objects.get()
    fields = {"version": 1, "field": ["text", "due_on"], "text": "Mucho.", "due_on": "2001-01-01"}
    response = secretary.post(f"{EDIT}acuerdo/{agreement.pk}/", fields)
    assertContains(response, "El plazo es anterior a la sesión.", status_code=400)
    assertContains(response, "Mucho.", status_code=400)


def test_blocks_are_added_moved_joined_and_removed_by_forms(secretary: Client, acta: Acta) -> None:
    one, two = reports(acta, "Uno", "Dos")
    added = secretary.post(f"{EDIT}informe/")
    made = Report.objects.last()
    assertRedirects(added, f"{EDIT}informe/{made.pk}/")
    moved = secretary.post(f"{EDIT}informe/{two.pk}/mover/", {"to": "up"})
    assertRedirects(moved, f"{EDIT}#b-informe-{two.pk}", fetch_redirect_response=False)
    joined = secretary.post(f"{EDIT}informe/{one.pk}/unir/", {"version": 1})
    assertRedirects(joined, f"{EDIT}#b-informe-{two.pk}", fetch_redirect_response=False)
    removed = secretary.post(f"{EDIT}informe/{made.pk}/quitar/", {"version": 1})
    assertContains(removed, "Deshacer")
    back = secretary.post(f"{EDIT}informe/deshacer/", {"token": removed.context["token"]})
    assertRedirects(back, f"{EDIT}#b-informe-{made.pk}", fetch_redirect_response=False)
    assert order(acta) == [(1, "Dos"), (2, "")]


def test_a_refusal_has_a_page(secretary: Client, acta: Acta) -> None:
    (report,) = reports(acta, "Uno")
    response = secretary.post(f"{EDIT}informe/{report.pk}/unir/", {"version": 1})
    assertContains(response, "No hay un bloque anterior al que unirlo.", status_code=409)
