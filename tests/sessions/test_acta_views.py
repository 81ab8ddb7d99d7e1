import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from cnlctf.lib import pdf
from cnlctf.lib.pdf import PdfUnavailable
from members.choices import Role
from sessions import acta_document
from sessions.acta_data import outline
from sessions.acta_document import approve, collect
from sessions.models import Acta, Letterhead
from sessions.models import Report as ReportRow
from tests.sessions import kit
from tests.sessions.acta_factory import make_acta, make_acta_in_review
from tests.sessions.test_acta_document import AT

pytestmark = pytest.mark.django_db

PAGE, FILE = "/sesiones/so-125/acta/", "/sesiones/so-125/acta.pdf"


@pytest.fixture(autouse=True)
def cheap_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acta_document, "render", lambda document: document.dated.encode())


@pytest.fixture
def acta() -> Acta:
    return make_acta()


@pytest.fixture
def approved() -> Acta:
    approve(make_acta_in_review(), by=None, at=AT)
    return Acta.objects.select_related("session", "issued").get()


@pytest.fixture
def secretary(client: Client) -> Client:
    client.force_login(kit.user(Role.SECRETARY))
    return client


def test_the_addresses() -> None:
    assert (reverse("acta_detail", args=["so-125"]), reverse("acta_pdf", args=["so-125"])) == (
        PAGE,
        FILE,
    )


@pytest.mark.parametrize("address", [PAGE, FILE])
@pytest.mark.parametrize("role", [None, *Role])
def test_a_draft_is_only_for_who_may_change_it(
    client: Client, acta: Acta, address: str, role: Role | None
) -> None:
    if role:
        client.force_login(kit.user(role))
    assert client.get(address).status_code == (200 if role == Role.SECRETARY else 404)


@pytest.mark.parametrize("address", [PAGE, FILE])
@pytest.mark.parametrize("role", [None, *Role])
def test_an_approved_acta_is_public(
    client: Client, approved: Acta, address: str, role: Role | None
) -> None:
    if role:
        client.force_login(kit.user(role))
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", [PAGE, FILE])
def test_it_only_reads(client: Client, approved: Acta, address: str) -> None:
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("name", ["so-7", "se-125", "so-99999999999999999999", "so-0125", "acta"])
@pytest.mark.parametrize("file", ["acta/", "acta.pdf"])
def test_an_unknown_session_is_not_found(
    secretary: Client, acta: Acta, name: str, file: str
) -> None:
    assert secretary.get(f"/sesiones/{name}/{file}").status_code == 404


# --- The page -------------------------------------------------------------------------------


def test_each_entry_of_the_outline_leads_to_its_heading(secretary: Client, acta: Acta) -> None:
    html = secretary.get(PAGE).content.decode()
    ids = re.findall(r'\sid="([^"]+)"', html)
    items = outline(collect(acta))
    anchors = [item.anchor for top in items for item in (top, *top.children)]
    assert [anchor for anchor in anchors if ids.count(anchor) != 1] == []
    assert re.findall(r'href="#([^"]+)"', html)[1:] == anchors
    headings = re.findall(r"<h2[^>]*>(.*?)</h2>", html)
    assert headings == [*(item.label for item in items[:-1]), "Anexo 1: Metas"]


def test_the_page_of_a_draft(secretary: Client, acta: Acta) -> None:
    response = secretary.get(PAGE)
    html = response.content.decode()
    assert response.templates[0].name == "sessions/acta_detail.html"
    assert re.findall(r"<h1>(.*?)</h1>", html) == ["Acta de la Sesión Ordinaria N° 125"]
    assert "<strong>Borrador.</strong>" in html
    assert "SHA-256" not in html
    assert "<td>Rosa Peña Ñahui – Presidenta alterna</td>" in html
    assert '<span class="number">1.2. </span><p>Cosa 2.</p>' in html
    assert "<strong>La _jefa_</strong> dijo <strong>sí</strong>." in html


def test_the_page_of_an_approved_acta_shows_the_record(client: Client, approved: Acta) -> None:
    ReportRow.objects.update(body="- Cambiado después.")
    html = client.get(PAGE).content.decode()
    assert "<li>Uno.</li><li>Dos.</li>" in html
    assert "Cambiado después" not in html
    assert "Borrador" not in html
    assert f"<code>{approved.issued.sha256}</code>" in html
    assert "Jueves 18 de marzo de 2021, 12:30 p.m." in html


def test_states_in_a_table_are_said_in_words(client: Client, approved: Acta) -> None:
    html = client.get(PAGE).content.decode()
    cell = re.search(r'<td class="align-start tint-active">(.*?)</td>', html, re.DOTALL)
    assert '<span class="visually-hidden">En marcha</span>' in cell[1]
    assert cell[1].endswith("50 %")


@pytest.mark.parametrize("times", [1, 3])
def test_the_queries_of_the_page(client: Client, django_assert_num_queries, times: int) -> None:
    approve(make_acta_in_review(times=times), by=None, at=AT)
    with django_assert_num_queries(2):
        client.get(PAGE)


@pytest.mark.parametrize("times", [1, 3])
def test_the_queries_of_a_draft(
    secretary: Client, django_assert_max_num_queries, times: int
) -> None:
    """16 to collect it, the acta, its last step, 3 for its path; the rest asks who is asking."""
    make_acta(times=times)
    with django_assert_max_num_queries(30) as queries:
        secretary.get(PAGE)
    who = re.compile(r'FROM "(django_session|members_user|auth_\w+|django_content_type)"')
    assert len([query for query in queries if not who.search(query["sql"])]) == 21


# --- Reopened -------------------------------------------------------------------------------


@pytest.fixture
def reopened(approved: Acta) -> Acta:
    approved.reopen(at=AT, by=None, reason="Falta un informe.")
    ReportRow.objects.update(body="- Corregido.")
    kit.agreement(approved.session, 9)
    return approved


def test_the_public_reads_the_version_in_force(client: Client, reopened: Acta) -> None:
    html = client.get(PAGE).content.decode()
    assert "Esta es la versión 1, la última aprobada" in html
    assert "<li>Uno.</li><li>Dos.</li>" in html
    assert "Corregido" not in html
    assert client.get(FILE).content == AT.isoformat().encode()


def test_who_mends_it_reads_the_draft(secretary: Client, reopened: Acta) -> None:
    html = secretary.get(PAGE).content.decode()
    assert "<strong>Borrador de la versión siguiente.</strong>" in html
    assert "<li>Corregido.</li>" in html
    assert "SHA-256" not in html
    assert secretary.get(FILE).content == b"2021-03-18T12:05:00-05:00"


def test_the_session_shows_the_public_nothing_that_is_being_mended(
    client: Client, reopened: Acta
) -> None:
    html = client.get("/sesiones/so-125/").content.decode()
    assert "<strong>El acta está en revisión.</strong>" in html
    assert "Aprobar lo que sea" not in html
    client.force_login(kit.user(Role.REPRESENTATIVE))
    assert "Aprobar lo que sea" in client.get("/sesiones/so-125/").content.decode()


# --- The file -------------------------------------------------------------------------------


def test_the_issued_file_can_be_kept_and_checked(client: Client, approved: Acta) -> None:
    response = client.get(FILE)
    assert response.content == AT.isoformat().encode()
    assert dict(response.headers) == {
        "Content-Type": "application/pdf",
        "Content-Disposition": 'inline; filename="acta-so-125.pdf"',
        "ETag": f'"{approved.issued.sha256}"',
        "Cache-Control": "no-cache, public",
        "Content-Length": str(len(response.content)),
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Vary": "Cookie",
    }


def test_who_has_the_file_is_not_sent_it_again(
    client: Client, approved: Acta, django_assert_num_queries
) -> None:
    etag = f'"{approved.issued.sha256}"'
    with django_assert_num_queries(1) as queries:
        response = client.get(FILE, headers={"if-none-match": etag})
    assert (response.status_code, response.content, response["ETag"]) == (304, b"", etag)
    assert '."content"' not in queries[0]["sql"]


def test_a_draft_is_not_kept_anywhere(secretary: Client, acta: Acta) -> None:
    response = secretary.get(FILE)
    assert response.content == b"2021-03-18T12:05:00-05:00"
    assert response["Content-Disposition"] == 'inline; filename="acta-so-125.pdf"'
    assert response["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert "ETag" not in response


def test_a_draft_that_cannot_be_composed_says_why(secretary: Client, acta: Acta) -> None:
    Letterhead.objects.update(ends_on=acta.session.held_on - timedelta(days=1))
    for address in (PAGE, FILE):
        response = secretary.get(address, follow=True)
        assert response.redirect_chain == [("/sesiones/so-125/", 302)]
        assert [str(message) for message in response.context["messages"]] == [
            "No hay membrete vigente en la fecha de la sesión."
        ]


def test_a_missing_pango_is_said_on_the_session(
    secretary: Client, acta: Acta, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_pango(document: object) -> bytes:
        raise PdfUnavailable

    monkeypatch.setattr(acta_document, "render", no_pango)
    response = secretary.get(FILE, follow=True)
    assert response.redirect_chain == [("/sesiones/so-125/", 302)]
    (message,) = response.context["messages"]
    assert str(message).endswith(pdf.APT_LINE)
