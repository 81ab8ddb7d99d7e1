import re
from datetime import date, time

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from members.choices import Role
from sessions.choices import Adoption
from sessions.models import DismissedFinding
from sessions.review import review
from tests.sessions import acta_factory, kit

REVIEW = "/sesiones/so-125/acta/revision/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def acta():
    """A clean acta but for two things: how its agreement was adopted, and a term for it."""
    acta = acta_factory.make_acta()
    acta.opening = "Con 2 de 2 miembros presentes y quórum de 2, se abre."
    acta.save()
    acta.sector_reports.update(speaker_entity=acta.sector_reports.get().speaker.entity)
    turn = acta.session.agenda_items.get().interventions.get()
    turn.speaker = acta.session.attendances.first()
    turn.save()
    agreement = acta.session.agreements.get()
    agreement.agenda_item = acta.session.agenda_items.get()
    agreement.adoption = Adoption.NOT_RECORDED
    agreement.save()
    agreement.responsibles.add(acta.session.attendances.first().entity)
    petition = acta.petitions.get()
    petition.conclusion = "Hasta el jueves 25 de marzo de 2021."
    petition.save()
    return acta


@pytest.fixture
def secretary(client):
    client.force_login(kit.user(Role.SECRETARY, is_staff=True))
    return client


def rules(acta):
    return [finding.rule for finding in review(acta)]


def finding(acta, rule):
    return next(finding for finding in review(acta) if finding.rule == rule)


def url(step, acta, rule):
    return reverse(f"finding_{step}", args=["so-125", finding(acta, rule).fingerprint])


def figures(response):
    html = response.content.decode()
    return [int(value) for value in re.findall(r'<p class="figure-value">(\d+)</p>', html)]


def test_the_fixture(acta):
    assert rules(acta) == ["no_adoption", "no_term"]


# --- What the page shows --------------------------------------------------------------------


def test_findings_by_section_with_their_places(acta, secretary):
    response = secretary.get(REVIEW)
    assert figures(response) == [1, 1, 0]
    assertContains(response, '<h2 id="acuerdos-t">VII. Acuerdos</h2>', html=True)
    assertContains(
        response, '<a href="/sesiones/so-125/acta/#acuerdo-1">Acuerdo 1</a>', 2, html=True
    )
    assertContains(response, "No consta cómo se adoptó.", 1)
    assertContains(response, 'href="/sesiones/so-125/acta/editar/#acuerdo-1"', 2)
    html = response.content.decode()
    assert html.index("No consta cómo se adoptó.") < html.index("No dice para cuándo")


def test_what_blocks_cannot_be_dismissed(acta, secretary):
    html = secretary.get(REVIEW).content.decode()
    assert re.findall(r'action="([^"]*descartar/)"', html) == [url("dismiss", acta, "no_term")]


def test_the_words_concerned_are_marked_and_escaped(acta, secretary):
    acta.reports.update(body="- El jefe <b>jefe</b> llegó viernes 18 de marzo de 2021.")
    response = secretary.get(REVIEW)
    assertContains(response, "El 18 de marzo de 2021 cae jueves, no viernes.")
    assertContains(
        response, "El jefe &lt;b&gt;jefe&lt;/b&gt; llegó <mark>viernes 18 de marzo de 2021</mark>."
    )


def test_nothing_to_remark(acta, secretary):
    acta.session.agreements.update(adoption=Adoption.CONSENSUS, due_on=date(2021, 3, 25))
    response = secretary.get(REVIEW)
    assert figures(response) == [0, 0, 0]
    assertContains(response, "Nada que observar")


def test_data_are_mended_on_their_own_pages(acta, secretary):
    acta.session.attendances.filter(position=1).update(arrived_at=time(13))
    type(acta.session).objects.update(starts_at=None)
    response = secretary.get(REVIEW)
    for anchor, page in (("participantes", "asistencia"), ("datos", "editar")):
        assertContains(response, f'href="/sesiones/so-125/acta/#{anchor}"', 1)
        assertContains(response, f'href="/sesiones/so-125/{page}/"', 1)


@pytest.mark.parametrize("times", [1, 3])
def test_queries_do_not_grow_with_the_acta(secretary, django_assert_num_queries, times):
    acta_factory.make_acta(times)
    secretary.get(REVIEW)
    with django_assert_num_queries(23):
        secretary.get(REVIEW)


def test_an_acta_that_lacks_everything(secretary):
    acta = kit.acta(kit.session(), approved=False)
    response = secretary.get("/sesiones/so-120/acta/revision/")
    assert response.status_code == 200
    assert {"missing_data", "empty_section", "no_quorum"} <= set(rules(acta))


def test_without_acta(secretary):
    kit.session()
    assert secretary.get("/sesiones/so-120/acta/revision/").status_code == 404


def test_the_acta_links_to_its_review(acta, secretary, client):
    assertContains(secretary.get("/sesiones/so-125/acta/"), f'href="{REVIEW}">Revisar</a>')


# --- Dismissing -----------------------------------------------------------------------------


def test_dismiss(acta, secretary):
    response = secretary.post(url("dismiss", acta, "no_term"), {"reason": " No hace falta. "})
    assertRedirects(response, f"{REVIEW}#acuerdos", fetch_redirect_response=False)
    row = DismissedFinding.objects.get()
    assert (row.acta, row.rule, row.reason) == (acta, "no_term", "No hace falta.")
    assert row.by.username == "secretary"
    response = secretary.get(REVIEW)
    assert figures(response) == [1, 0, 1]
    assertContains(response, "Se descartó: Sin plazo ni condición, Acuerdo 1.")
    assertContains(response, "«No hace falta.»")
    assertContains(response, "Descartada por secretary el")


def test_a_reason_is_asked_for(acta, secretary):
    response = secretary.post(url("dismiss", acta, "no_term"), {"reason": "  "})
    assertContains(response, "Diga por qué se descarta: quien lea después lo necesita.", 1)
    assertContains(response, "<details open>", 1)
    assert not DismissedFinding.objects.exists()


def test_a_reason_may_not_be_a_book(acta, secretary):
    response = secretary.post(url("dismiss", acta, "no_term"), {"reason": "no " * 500})
    assertContains(response, "1000 caracteres", 1)
    assertContains(response, "no no no")
    assert not DismissedFinding.objects.exists()


def test_when_the_text_changes_it_comes_back(acta, secretary):
    secretary.post(url("dismiss", acta, "no_term"), {"reason": "No hace falta."})
    acta.session.agreements.update(text="Aprobar otra cosa.")
    assert figures(secretary.get(REVIEW)) == [1, 1, 0]
    acta.session.agreements.update(text="Aprobar.")
    assert figures(secretary.get(REVIEW)) == [1, 0, 1]


def test_restore(acta, secretary):
    secretary.post(url("dismiss", acta, "no_term"), {"reason": "No hace falta."})
    assertContains(secretary.get(REVIEW), url("restore", acta, "no_term"))
    assertRedirects(secretary.post(url("restore", acta, "no_term")), REVIEW)
    assert figures(secretary.get(REVIEW)) == [1, 1, 0]


@pytest.mark.parametrize("fingerprint", ["0" * 64, "x", "0" * 5000])
def test_a_finding_that_is_not_there(acta, secretary, fingerprint):
    for step in ("dismiss", "restore"):
        path = reverse(f"finding_{step}", args=["so-125", fingerprint])
        assertRedirects(secretary.post(path, {"reason": "Sí."}), REVIEW)
    assert not DismissedFinding.objects.exists()


def test_what_blocks_is_not_dismissed_by_its_address(acta, secretary):
    assertRedirects(secretary.post(url("dismiss", acta, "no_adoption"), {"reason": "Sí."}), REVIEW)
    assert not DismissedFinding.objects.exists()


def test_twice_is_once(acta, secretary):
    path = url("dismiss", acta, "no_term")
    for reason in ("Una.", "Otra."):
        secretary.post(path, {"reason": reason})
    assertContains(secretary.get(REVIEW), "Esa observación ya no está por revisar")
    assert DismissedFinding.objects.get().reason == "Una."


# --- Who, and when --------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.REPRESENTATIVE, Role.OBSERVER, Role.ADMIN])
def test_who_does_not_write_actas_reviews_none(acta, client, role):
    client.force_login(kit.user(role))
    for step in ("dismiss", "restore"):
        assert client.post(url(step, acta, "no_term"), {"reason": "Sí."}).status_code == 403
    assert client.get(REVIEW).status_code == 403
    assert not DismissedFinding.objects.exists()


def test_an_approved_acta_is_read_only(acta, secretary):
    secretary.post(url("dismiss", acta, "no_term"), {"reason": "No hace falta."})
    kit.approve(acta)
    response = secretary.get(REVIEW)
    assert figures(response) == [1, 0, 1]
    assertContains(response, "El acta de la SO N° 125 está aprobada")
    for absent in ("<form class", "restaurar/", "descartar/", "editar/"):
        assertNotContains(response, absent)
    for step in ("dismiss", "restore"):
        refused = secretary.post(url(step, acta, "no_term"), {"reason": "Sí."})
        assertContains(refused, "está aprobada", status_code=403)
    assert DismissedFinding.objects.get().reason == "No hace falta."
