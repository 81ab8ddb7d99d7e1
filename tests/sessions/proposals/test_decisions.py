"""A proposal beside what the acta says, and what a person decides on it."""

from typing import Any

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from members.choices import Role
from sessions.models import Acta, ProposalDecision, ProposalPattern, Report
from sessions.proposals.decisions import Standing, standings
from tests.sessions import kit
from tests.sessions.acta_factory import make_acta
from tests.sessions.writing import EDIT, order, reports, save

pytestmark = pytest.mark.django_db

PAGE = "/sesiones/so-125/acta/propuestas/"
TITLE = "Información sobre la designación o ratificación de los miembros de la CP"
BODY = "- No se recibieron designaciones ni ratificaciones de los miembros de la CP."


@pytest.fixture
def acta() -> Acta:
    acta = make_acta()
    acta.reports.all().delete()
    return acta


@pytest.fixture
def secretary(client: Client) -> Client:
    client.force_login(kit.user(Role.SECRETARY))
    return client


def standing(slug: str) -> Standing:
    return next(one for one in standings(Acta.objects.get()) if one.proposal.slug == slug)


def form_of(slug: str) -> dict[str, Any]:
    """What the form of a proposal sends, as the page has it now."""
    one = standing(slug)
    row = {"row": one.row.pk, "version": one.row.version} if one.row else {"row": "", "version": ""}
    return {"digest": one.proposal.digest, **row}


def take(client: Client, slug: str, **fields: Any) -> Any:
    return client.post(f"{PAGE}{slug}/", form_of(slug) | fields)


def decline(client: Client, slug: str) -> Any:
    return client.post(f"{PAGE}{slug}/no/", form_of(slug))


def undo(client: Client, slug: str) -> Any:
    return client.post(f"{PAGE}{slug}/deshacer/")


# --- The page -------------------------------------------------------------------------------


def test_the_page_shows_each_with_how_it_stands(secretary: Client, acta: Acta) -> None:
    response = secretary.get(PAGE)
    assert response.templates[0].name == "sessions/acta_proposals.html"
    assert {one.proposal.slug: str(one.state) for one in response.context["standings"]} == {
        "apertura": "differs",
        "designaciones": "offered",
        "cierre": "differs",
    }
    assert response.context["pending"] == 3
    assertContains(response, f"<strong>{TITLE}</strong>")
    assertContains(response, "<del>")


def test_the_editor_offers_what_is_not_written_yet(secretary: Client, acta: Acta) -> None:
    Acta.objects.update(opening="")
    response = secretary.get(EDIT)
    assertContains(response, "Propuestas de los datos: 3 por decidir")
    assertContains(response, 'aria-label="Propuesta: III. Verificación del quórum"')
    assertContains(response, 'aria-label="Propuesta: 4.1.2. Designaciones recibidas"')
    assertNotContains(response, 'aria-label="Propuesta: VIII. Suscripción del acta"')


def test_where_nothing_is_proposed_the_page_says_when_it_will(
    secretary: Client, acta: Acta
) -> None:
    type(acta.session).objects.update(starts_at=None, ends_at=None)
    ProposalPattern.objects.create(slug="designaciones-titulo", text="")
    assertContains(secretary.get(PAGE), "Por ahora no hay nada que proponer")


def test_an_approved_acta_takes_nothing(secretary: Client, acta: Acta) -> None:
    form = form_of("cierre")
    kit.approve(acta)
    back = secretary.get(PAGE)
    assertRedirects(back, "/sesiones/so-125/acta/", fetch_redirect_response=False)
    refused = secretary.post(f"{PAGE}cierre/", form)
    assertContains(refused, "está aprobada", status_code=409)
    assert Acta.objects.get().closing == "Se cierra."


def test_without_an_acta_there_is_no_page(secretary: Client) -> None:
    kit.session(7)
    assert secretary.get("/sesiones/so-7/acta/propuestas/").status_code == 404
    assert secretary.post("/sesiones/so-7/acta/propuestas/cierre/").status_code == 404


# --- Inserting ------------------------------------------------------------------------------


def test_a_report_is_inserted_at_its_place(secretary: Client, acta: Acta) -> None:
    reports(acta, "Uno", "Dos", "Tres")
    response = take(secretary, "designaciones")
    assertRedirects(response, f"{PAGE}#propuesta-designaciones", fetch_redirect_response=False)
    assert order(acta) == [(1, "Uno"), (2, TITLE), (3, "Dos"), (4, "Tres")]
    row = Report.objects.get(title=TITLE)
    assert (row.body, row.edited_by.username) == (BODY, "secretary")
    assert standing("designaciones").state == "current"


def test_with_fewer_reports_it_is_the_last(secretary: Client, acta: Acta) -> None:
    take(secretary, "designaciones", back="editor")
    assert order(acta) == [(1, TITLE)]


def test_the_editor_is_where_one_comes_back_to(secretary: Client, acta: Acta) -> None:
    response = take(secretary, "designaciones", back="editor")
    assertRedirects(response, f"{EDIT}#propuesta-designaciones", fetch_redirect_response=False)
    page = secretary.get(EDIT)
    assertContains(page, '<details class="proposals-panel no-print" id="propuestas" open>')
    assertContains(page, "Deshacer<span")


def test_a_report_of_the_same_title_is_the_one(secretary: Client, acta: Acta) -> None:
    """Whoever typed it, with its colon or in capitals."""
    (row,) = reports(acta, f"{TITLE.upper()}:")
    assert (standing("designaciones").row, standing("designaciones").state) == (row, "differs")
    Report.objects.update(title=f"{TITLE}:", body=BODY)
    assert standing("designaciones").state == "current"


def test_inserting_twice_is_refused(secretary: Client, acta: Acta) -> None:
    form = form_of("designaciones")
    secretary.post(f"{PAGE}designaciones/", form)
    again = secretary.post(f"{PAGE}designaciones/", form)
    assertContains(again, "cambiaron mientras usted decidía", status_code=409)
    assert order(acta) == [(1, TITLE)]


# --- What a person wrote --------------------------------------------------------------------


def test_what_is_written_is_replaced_only_when_asked(secretary: Client, acta: Acta) -> None:
    proposal = standing("cierre").proposal
    secretary.get(PAGE), secretary.get(EDIT)
    assert Acta.objects.get().closing == "Se cierra."
    take(secretary, "cierre")
    changed = Acta.objects.get()
    assert (changed.closing, changed.version) == (proposal.texts["closing"], acta.version + 1)


def test_over_a_text_that_changed_meanwhile_nothing_is_written(
    secretary: Client, acta: Acta
) -> None:
    form = form_of("cierre")
    save(secretary, f"cierre/{acta.pk}/", version=acta.version, closing="De otra persona.")
    response = secretary.post(f"{PAGE}cierre/", form)
    assertContains(response, "No se cambió nada.", status_code=409)
    # The page shows what there is now, with a form that can be sent.
    assertContains(response, "De otra persona", status_code=409)
    assert Acta.objects.get().closing == "De otra persona."
    assert take(secretary, "cierre").status_code == 302


def test_over_data_that_changed_meanwhile_nothing_is_written(secretary: Client, acta: Acta) -> None:
    form = form_of("cierre")
    ProposalPattern.objects.create(slug="cierre", text="Se levanta.")
    assert secretary.post(f"{PAGE}cierre/", form).status_code == 409
    assert Acta.objects.get().closing == "Se cierra."


def test_what_was_kept_is_not_asked_again_until_the_data_change(
    secretary: Client, acta: Acta
) -> None:
    decline(secretary, "cierre")
    kept = standing("cierre")
    assert (kept.state, kept.is_pending, kept.texts) == (
        "declined",
        False,
        {"closing": "Se cierra."},
    )
    ProposalPattern.objects.create(slug="cierre", text="Se levanta.")
    again = standing("cierre")
    assert (again.state, again.has_data_changed) == ("differs", True)


def test_what_a_person_changed_after_inserting_stays(secretary: Client, acta: Acta) -> None:
    take(secretary, "designaciones")
    Report.objects.update(title="Otro título", body="Otro texto.")
    changed = standing("designaciones")
    assert (changed.state, changed.row) == ("declined", Report.objects.get())
    ProposalPattern.objects.create(slug="designaciones-ninguna", text="Nadie.")
    assert standing("designaciones").state == "differs"


def test_what_is_not_used_is_not_offered_again(secretary: Client, acta: Acta) -> None:
    decline(secretary, "designaciones")
    assert standing("designaciones").state == "declined"
    assert order(acta) == []
    assertContains(secretary.get(PAGE), "No se usa")
    take(secretary, "designaciones")
    assert order(acta) == [(1, TITLE)]


# --- Undoing --------------------------------------------------------------------------------


def test_a_replacement_is_undone(secretary: Client, acta: Acta) -> None:
    take(secretary, "cierre")
    undo(secretary, "cierre")
    assert Acta.objects.get().closing == "Se cierra."
    assert standing("cierre").state == "differs"
    assert undo(secretary, "cierre").status_code == 409


def test_an_insertion_is_undone(secretary: Client, acta: Acta) -> None:
    take(secretary, "designaciones")
    undo(secretary, "designaciones")
    assert order(acta) == []
    assert standing("designaciones").state == "offered"


def test_what_was_changed_since_is_not_undone(secretary: Client, acta: Acta) -> None:
    take(secretary, "cierre")
    save(secretary, f"cierre/{acta.pk}/", version=acta.version + 1, closing="Escrito después.")
    assert secretary.get(PAGE).context["undoable"] == []
    assert undo(secretary, "cierre").status_code == 409
    assert Acta.objects.get().closing == "Escrito después."


# --- Bad input ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"digest": "x", "row": "1", "version": "1"},
        {"digest": "x", "row": "9" * 40, "version": "-1"},
        {"digest": "x" * 10_000, "row": "uno", "version": "²"},
    ],
)
def test_a_form_of_nothing_writes_nothing(secretary: Client, acta: Acta, form: dict) -> None:
    for path in ("cierre/", "cierre/no/", "designaciones/", "otra/", "otra/deshacer/"):
        assert secretary.post(PAGE + path, form).status_code == 409
    assert (Acta.objects.get().closing, order(acta)) == ("Se cierra.", [])
    assert not ProposalDecision.objects.exists()
