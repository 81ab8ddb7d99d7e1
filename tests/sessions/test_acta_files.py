"""The acta as DOCX and as plain text: the words and headings of the page, for who reads the PDF."""

import re
from html import unescape
from io import BytesIO

import pytest
from django.test import Client
from django.utils.html import strip_tags
from docx import Document

from cnlctf.documents.models import IssuedDocument
from cnlctf.lib.frozen import thaw
from members.choices import Role
from sessions import acta_document
from sessions.acta_data import ActaDocument
from sessions.acta_document import approve, collect
from sessions.acta_files import docx_of, text_of
from sessions.models import Letterhead
from sessions.models import Report as ReportRow
from tests.sessions import kit
from tests.sessions.acta_factory import make_acta, make_acta_in_review
from tests.sessions.test_acta_document import AT

pytestmark = pytest.mark.django_db

DOCX, TEXT = "/sesiones/so-125/acta.docx", "/sesiones/so-125/acta.txt"
FILES = pytest.mark.parametrize("address", [DOCX, TEXT])


@pytest.fixture(autouse=True)
def cheap_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acta_document, "render", lambda document: document.dated.encode())


@pytest.fixture
def so_120(issued_so_120: IssuedDocument) -> ActaDocument:
    return thaw(issued_so_120.data, ActaDocument)


def secretary() -> Client:
    client = Client()
    client.force_login(kit.user(Role.SECRETARY))
    return client


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


# --- What they say --------------------------------------------------------------------------


def test_the_headings_are_those_of_the_page() -> None:
    make_acta()
    client = secretary()
    html = client.get("/sesiones/so-125/acta/").content.decode()
    article = html.partition('<article class="prose acta">')[2].partition("</article>")[0]
    headings = re.findall(r"<h([234])[^>]*>(.*?)</h\1>", article, re.DOTALL)
    file = Document(BytesIO(client.get(DOCX).content))
    assert [
        (int(paragraph.style.name[-1]) + 1, paragraph.text)
        for paragraph in file.paragraphs
        if paragraph.style.name.startswith("Heading")
    ] == [(int(level), unescape(strip_tags(words))) for level, words in headings]


def test_the_text_document_of_so_120(so_120: ActaDocument) -> None:
    file = Document(BytesIO(docx_of(so_120)))
    styles = [paragraph.style.name for paragraph in file.paragraphs]
    assert [styles.count(f"Heading {level}") for level in (1, 2, 3)] == [9, 5, 7]
    assert styles.count("List Number") == 1 + 1 + 1 + 12 + 5
    assert styles.count("List Number 2") == 2
    assert [(len(table.rows), len(table.columns)) for table in file.tables] == [
        (6, 2),
        (27, 2),
        (6, 2),
        (13, 4),
        (15, 20),
    ]
    agreements = [p.text for p in file.paragraphs if p.style.name == "List Number"][-5:]
    assert agreements[4].startswith("Aprobar que la Sesión Ordinaria N° 121")
    assert [cell.text for cell in file.tables[3].rows[1].cells] == [
        "MTPE",
        "PA",
        "SERGIO ARTURO QUIÑONES INFANTE",
        "",
    ]
    assert "BORRADOR" not in file.sections[0].header._element.xml


def test_both_files_say_the_same_words_in_the_same_order(so_120: ActaDocument) -> None:
    """But for the numbers that a word processor counts itself, and for the annex's table."""
    file = Document(BytesIO(docx_of(so_120)))
    said = [
        word
        for paragraph in file.paragraphs
        if paragraph.style.name.startswith(("List", "Normal"))
        for word in words(paragraph.text)
    ]
    text = iter(words(text_of(so_120).decode()))
    assert [word for word in said if word not in text] == []


def test_the_plain_text_of_so_120(so_120: ActaDocument) -> None:
    text = text_of(so_120).decode()
    assert max(map(len, text.splitlines())) <= 78
    assert "\n5.   Aprobar que la Sesión Ordinaria N° 121" in text
    assert "MTPE        PA     SERGIO ARTURO QUIÑONES" in text
    assert "    EJECUCIÓN DE METAS / Ejecutado / %: ● 216 %\n" in text
    assert "BORRADOR" not in text


def test_a_draft_says_so() -> None:
    document = collect(make_acta())
    assert text_of(document).decode().count("*** BORRADOR ***") == 2
    header = Document(BytesIO(docx_of(document))).sections[0].header
    assert header.paragraphs[0].text == "BORRADOR · Acta de la Sesión Ordinaria N° 125"
    assert 'string="BORRADOR"' in header._element.xml


# --- Who may have them ----------------------------------------------------------------------


@FILES
@pytest.mark.parametrize("role", [None, *Role])
def test_a_draft_is_only_for_who_may_change_it(client, address, role) -> None:
    make_acta()
    if role:
        client.force_login(kit.user(role))
    assert client.get(address).status_code == (200 if role == Role.SECRETARY else 404)
    assert client.post(address).status_code == 405


@FILES
def test_an_approved_acta_is_kept_and_asked_for_again(client, address) -> None:
    approve(make_acta_in_review(), by=None, at=AT)
    ReportRow.objects.update(body="- Cambiado después.")
    response = client.get(address)
    name = address.rpartition("/")[2].replace("acta", "acta-so-125")
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["Cache-Control"] == "no-cache, public"
    again = client.get(address, headers={"if-none-match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert response.content == client.get(address).content
    assert b"Cambiado" not in client.get(TEXT).content


def test_their_types(client) -> None:
    approve(make_acta_in_review(), by=None, at=AT)
    assert [client.get(address)["Content-Type"] for address in (DOCX, TEXT)] == [
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "text/plain; charset=utf-8",
    ]


@FILES
def test_who_mends_a_reopened_acta_has_the_draft_and_the_public_the_record(client, address) -> None:
    acta = make_acta_in_review()
    approve(acta, by=None, at=AT)
    before = client.get(address).content
    acta.reopen(at=AT, by=None, reason="Falta.")
    ReportRow.objects.update(body="- Cambiado después.")
    assert client.get(address).content == before
    draft = secretary().get(address)
    assert draft.content != before
    assert draft["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


@FILES
def test_a_draft_that_cannot_be_composed_says_why(address) -> None:
    make_acta()
    Letterhead.objects.all().delete()
    response = secretary().get(address, follow=True)
    assert response.redirect_chain == [("/sesiones/so-125/", 302)]
    assert [str(message) for message in response.context["messages"]] == [
        "No hay membrete vigente en la fecha de la sesión."
    ]


@FILES
@pytest.mark.parametrize("times", [1, 3])
def test_the_queries(client, django_assert_num_queries, address, times) -> None:
    approve(make_acta_in_review(times=times), by=None, at=AT)
    with django_assert_num_queries(1):
        client.get(address)
