"""The versions of an acta: listed, served for ever as they were, and compared."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils.html import strip_tags

from cnlctf.documents.models import IssuedDocument
from cnlctf.lib.frozen import freeze
from members.choices import Role
from members.models import Entity, Person
from sessions import acta_document
from sessions.acta_document import approve, collect
from sessions.models import Acta, Agreement, Annex, Session
from sessions.models import Report as ReportRow
from tests.sessions import kit
from tests.sessions.acta_factory import make_acta, make_acta_in_review
from tests.sessions.test_acta_document import AT

pytestmark = pytest.mark.django_db

ACTA = "/sesiones/so-125/acta/"
VERSIONS = f"{ACTA}versiones/"
COMPARE = f"{VERSIONS}comparar/"


@pytest.fixture(autouse=True)
def cheap_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acta_document, "render", lambda document: document.reports[0].body.encode())


def secretary() -> Client:
    client = Client()
    client.force_login(kit.user(Role.SECRETARY))
    return client


@pytest.fixture
def twice() -> Acta:
    """Approved, reopened, changed and approved again."""
    acta = make_acta_in_review()
    approve(acta, by=None, at=AT)
    acta.reopen(at=AT, by=None, reason="Falta un informe.")
    ReportRow.objects.update(body="- Uno y medio.\n- Dos.")
    approve(acta, by=None, at=AT + timedelta(days=1))
    return acta


def text(html: str) -> str:
    return " ".join(unescape(strip_tags(html)).split())


# --- The list -------------------------------------------------------------------------------


def test_each_version_with_its_file(client, twice):
    response = client.get(VERSIONS)
    rows = re.findall(r"<tr>\s*<th scope=\"row\">(.*?)</tr>", response.content.decode(), re.DOTALL)
    first, second = IssuedDocument.objects.order_by("version")
    assert [
        text(row).replace(issued.sha256, "S")
        for row, issued in zip(rows, (second, first), strict=True)
    ] == [
        "2 Vigente Viernes 19 de marzo de 2021, 12:30 p.m. Carga inicial S PDF de la versión 2",
        "1 Reemplazada Jueves 18 de marzo de 2021, 12:30 p.m. Carga inicial S PDF de la versión 1",
    ]
    assert [client.get(f"{VERSIONS}{number}.pdf").content for number in (1, 2)] == [
        b"- Uno.\n- Dos.",
        b"- Uno y medio.\n- Dos.",
    ]
    assert client.get(ACTA[:-1] + ".pdf").content == b"- Uno y medio.\n- Dos."


def test_the_steps_are_for_who_writes_it(client, twice):
    assert "Pasos del acta" not in client.get(VERSIONS).content.decode()
    html = secretary().get(VERSIONS).content.decode()
    steps = re.findall(r"<strong>(\w[^<]*)</strong> el", html)
    assert steps == ["Enviada a revisión", "Aprobada", "Reabierta", "Aprobada"]
    assert "Motivo: Falta un informe." in html


@pytest.mark.parametrize("address", [VERSIONS, f"{VERSIONS}1.pdf", f"{COMPARE}?de=1&a=1"])
@pytest.mark.parametrize("role", [None, *Role])
def test_who_may_read_the_acta_may_read_its_versions(client, address, role):
    approve(make_acta_in_review(), by=None, at=AT)
    if role:
        client.force_login(kit.user(role))
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 405


def test_a_draft_without_versions(client):
    make_acta()
    assert client.get(VERSIONS).status_code == 404
    html = secretary().get(VERSIONS).content.decode()
    assert "El acta todavía no se ha aprobado" in html
    assert COMPARE not in html


@pytest.mark.parametrize("number", ["3", "0", "99999999999999999999", "9" * 5000, "x"])
def test_a_version_that_is_not_there(client, twice, number):
    assert client.get(f"{VERSIONS}{number}.pdf").status_code == 404


def test_who_has_the_file_is_not_sent_it_again(client, twice):
    response = client.get(f"{VERSIONS}1.pdf")
    assert response["Content-Disposition"] == 'inline; filename="acta-so-125-v1.pdf"'
    again = client.get(f"{VERSIONS}1.pdf", headers={"if-none-match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("times", [1, 3])
def test_the_queries_of_the_list(client, django_assert_num_queries, times):
    approve(make_acta_in_review(times=times), by=None, at=AT)
    with django_assert_num_queries(3):
        client.get(VERSIONS)


def test_whatever_changes_later_changes_nothing_in_it(client, twice):
    addresses = [
        ACTA,
        ACTA[:-1] + ".pdf",
        f"{VERSIONS}1.pdf",
        f"{VERSIONS}2.pdf",
        COMPARE + "?de=1&a=2",
    ]
    before = [client.get(address).content for address in addresses]
    Entity.objects.update(name="Otro nombre")
    Person.objects.update(surnames="Otro")
    Agreement.objects.update(text="Otra cosa.")
    Annex.objects.all().delete()
    ReportRow.objects.all().delete()
    assert [client.get(address).content for address in addresses] == before


# --- The comparison -------------------------------------------------------------------------


def changes(html: str) -> list[str]:
    compared = re.findall(r'<div class="compared">(.*?)</div>', html, re.DOTALL)
    return [text(part) for part in compared]


def test_word_by_word_and_said_in_words(client, twice):
    html = client.get(f"{COMPARE}?de=1&a=2").content.decode()
    assert "Qué cambia de «Versión 1» a «Versión 2»" in text(html)
    assert changes(html) == [
        "2 párrafos sin cambios - Uno [se agrega: y medio] . 3 párrafos sin cambios"
    ]
    assert re.findall(r"<(ins|del)>(?!tachado|subrayado)", html) == ["ins"]
    assert changes(client.get(f"{COMPARE}?de=2&a=1").content.decode()) == [
        "2 párrafos sin cambios - Uno [se quita: y medio] . 3 párrafos sin cambios"
    ]


def test_what_did_not_change_is_named_and_no_more(client, twice):
    html = client.get(f"{COMPARE}?de=1&a=2").content.decode()
    titles = re.findall(r"<h2[^>]*>(.*?)</h2>", html)
    assert titles == ["IV. Informes", "Sin cambios"]
    assert html.count("<li>V") == 4
    same = client.get(f"{COMPARE}?de=2&a=2").content.decode()
    assert "Las dos dicen lo mismo." in same
    assert changes(same) == []


def test_the_draft_against_the_last_version(client, twice):
    twice.reopen(at=AT, by=None, reason="Falta otro.")
    Agreement.objects.update(text="Aprobar por consenso.")
    assert client.get(f"{COMPARE}?de=2&a=borrador").status_code == 404
    html = secretary().get(f"{COMPARE}?de=2&a=borrador").content.decode()
    assert changes(html) == ["Aprobar [se agrega: por consenso] ."]


def test_markup_is_shown_as_words_and_never_as_html(client, twice):
    twice.reopen(at=AT, by=None, reason="Falta otro.")
    ReportRow.objects.update(body="**<script>alert(1)</script>**")
    html = secretary().get(f"{COMPARE}?de=2&a=borrador").content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html.replace(" ", "")


@pytest.mark.parametrize("query", ["", "?de=1", "?de=1&a=9", "?de=x&a=1", "?de=borrador&a=1"])
def test_a_comparison_that_cannot_be(client, twice, query):
    assert client.get(COMPARE + query).status_code == 404


def test_sections_that_only_one_has(client, twice):
    twice.reopen(at=AT, by=None, reason="Falta otro.")
    Annex.objects.all().delete()
    html = secretary().get(f"{COMPARE}?de=2&a=borrador").content.decode()
    assert "Anexo 1: Metas" in html
    assert "[se quita: " in changes(html)[-1]


# --- In the database ------------------------------------------------------------------------


def test_each_approval_keeps_its_data(twice):
    first, second = IssuedDocument.objects.order_by("version")
    assert first.data["reports"][0]["body"] == "- Uno.\n- Dos."
    assert second.data["reports"][0]["body"] == "- Uno y medio.\n- Dos."
    assert (first.name, second.name, Session.objects.get().acta.issued) == (
        "acta-so-125",
        "acta-so-125",
        second,
    )
    assert second.data | {"is_draft": True, "dated": ""} == freeze(collect(twice)) | {"dated": ""}
