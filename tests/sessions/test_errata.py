"""Fe de erratas: what it may correct, how it is issued, and that it is public and for ever."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from pypdf import PdfReader

from cnlctf.documents.models import IssuedDocument
from cnlctf.lib.frozen import thaw
from members.choices import Capacity, Role
from members.models import Designation, Entity, Person
from sessions import acta_document, errata
from sessions.acta_document import approve
from sessions.errata import Correction, Errata, erratas_of
from sessions.models import Acta
from tests.sessions import kit
from tests.sessions.acta_factory import make_acta, make_acta_in_review
from tests.sessions.test_acta_document import AT

pytestmark = pytest.mark.django_db

ACTA = "/sesiones/so-125/acta/"
WRITE = f"{ACTA}erratas/"
FILE = f"{WRITE}1.pdf"


@pytest.fixture(autouse=True)
def cheap_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acta_document, "render", lambda document: document.dated.encode())
    monkeypatch.setattr(errata, "render", lambda errata: errata.title.encode())


@pytest.fixture
def acta() -> Acta:
    acta = make_acta_in_review()
    approve(acta, by=None, at=AT)
    Designation.objects.create(
        entity=Entity.objects.get(acronym="UNO"),
        capacity=Capacity.SECRETARY,
        person=Person.objects.get(surnames="Ríos"),
        charge="Jefa.",
    )
    return acta


@pytest.fixture
def secretary(client: Client, acta: Acta) -> Client:
    client.force_login(kit.user(Role.SECRETARY))
    return client


def posted(*corrections: tuple[str, str], **button: str) -> dict[str, str]:
    data = {"form-TOTAL_FORMS": str(len(corrections)), "form-INITIAL_FORMS": "0", **button}
    for place, (says, must_say) in enumerate(corrections):
        data |= {f"form-{place}-says": says, f"form-{place}-must_say": must_say}
    return data


GOOD = ("Se cierra.", "Se cierra la sesión.")


# --- Written, read and issued ---------------------------------------------------------------


def test_it_is_read_once_more_before_it_is_issued(secretary):
    response = secretary.post(WRITE, posted(GOOD, read=""))
    assert response.templates[0].name == "sessions/errata_confirm.html"
    assert response.context["corrections"] == (
        Correction("VIII. Suscripción del acta", "Se cierra.", "Se cierra la sesión."),
    )
    assert not IssuedDocument.objects.filter(name__startswith="fe-").exists()


def test_issuing_cites_the_acta(secretary, acta):
    response = secretary.post(WRITE, posted(GOOD, ("Cosa 1.", "Cosa primera."), issue=""))
    assert response["Location"] == f"{ACTA}versiones/"
    issued = erratas_of(acta).get()
    assert (issued.name, issued.version, issued.issued_by.username) == (
        "fe-de-erratas-so-125-1",
        1,
        "secretary",
    )
    data = thaw(issued.data, Errata)
    assert (data.title, data.version, data.sha256) == (
        "Fe de erratas N° 1 del Acta de la Sesión Ordinaria N° 125",
        1,
        acta.issued.sha256,
    )
    assert [correction.place for correction in data.corrections] == [
        "VIII. Suscripción del acta",
        "V. Pedidos, Pedidos de la Presidencia y Secretaría Técnica de la CP, 1.1.",
    ]
    assert (data.signer.name, data.place_and_day) == ("Eva Ríos", "Lima, 3 de febrero de 2020")


def test_the_acta_stays_and_names_it(secretary, acta):
    before = secretary.get(f"{ACTA[:-1]}.pdf").content
    secretary.post(WRITE, posted(GOOD, issue=""))
    secretary.post(WRITE, posted(("Se abre.", "Se inicia."), issue=""))
    stranger = Client()
    assert stranger.get(f"{ACTA[:-1]}.pdf").content == before
    for page in (ACTA, f"{ACTA}versiones/"):
        html = stranger.get(page).content.decode()
        assert [f'href="{WRITE}{number}.pdf"' in html for number in (1, 2, 3)] == [
            True,
            True,
            False,
        ]
    assert stranger.get(f"{WRITE}2.pdf").content == (
        "Fe de erratas N° 2 del Acta de la Sesión Ordinaria N° 125".encode()
    )


def test_another_row_is_added_without_complaints(secretary):
    response = secretary.post(WRITE, posted(("Se cierra.", ""), more=""))
    forms = response.context["forms"]
    assert [form["says"].value() for form in forms] == ["Se cierra.", None]
    assert "errorlist" not in response.content.decode()


def test_one_can_go_back_to_writing(secretary):
    response = secretary.post(WRITE, posted(GOOD, write=""))
    assert response.templates[0].name == "sessions/errata_create.html"
    assert "Se cierra la sesión." in response.content.decode()


@pytest.mark.parametrize(
    ("says", "must_say", "message"),
    [
        (
            "Nadie dijo esto",
            "x",
            "El acta no dice eso: copie las palabras tal como figuran en ella, de un solo párrafo.",
        ),
        (
            "Se abre. Se cierra.",
            "x",
            "El acta no dice eso: copie las palabras tal como figuran en ella, de un solo párrafo.",
        ),
        (
            "Cosa",
            "x",
            "El acta dice eso 2 veces: copie más palabras, para que se sepa dónde.",
        ),
        ("Se cierra.", " Se  cierra. ", "«Dice» y «debe decir» son iguales."),
        ("", "x", "Este campo es obligatorio."),
    ],
)
@pytest.mark.parametrize("button", ["read", "issue"])
def test_a_correction_that_corrects_nothing(secretary, acta, says, must_say, message, button):
    response = secretary.post(WRITE, posted((says, must_say), **{button: ""}))
    assert response.context["forms"][0].errors["says"] == [message]
    assert not erratas_of(acta).exists()


def test_none_at_all(secretary):
    response = secretary.post(WRITE, posted(("", ""), issue=""))
    assert response.context["forms"].non_form_errors() == ["Escriba al menos una corrección."]


def test_without_a_secretary_on_record_it_is_not_issued(secretary, acta):
    Designation.objects.all().delete()
    response = secretary.post(WRITE, posted(GOOD, issue=""))
    assert [str(message) for message in response.context["messages"]] == [
        (
            "No consta quién ejerce la Secretaría Técnica el 3 de febrero de 2020: registre su "
            "designación."
        )
    ]
    assert not erratas_of(acta).exists()


# --- Who, and when --------------------------------------------------------------------------


@pytest.mark.parametrize("role", [None, Role.REPRESENTATIVE, Role.OBSERVER, Role.ADMIN])
def test_nobody_else_writes_one(client, acta, role):
    if role:
        client.force_login(kit.user(role))
    for response in (client.get(WRITE), client.post(WRITE, posted(GOOD, issue=""))):
        assert response.status_code == (403 if role else 302)
    assert not erratas_of(acta).exists()


def test_only_an_approved_acta_has_one(secretary, acta):
    acta.reopen(at=AT, by=None, reason="Falta.")
    for response in (secretary.get(WRITE), secretary.post(WRITE, posted(GOOD, issue=""))):
        assert response.status_code == 403
        assert "El acta de la SO N° 125 no está aprobada" in response.content.decode()


def test_those_of_another_session_are_not_its_own(acta):
    make = {"title": "x", "content": b"", "data": {"a": 1}, "at": AT, "by": None}
    for name in ("fe-de-erratas-so-12-1", "fe-de-erratas-so-1250-1"):
        IssuedDocument.objects.issue(name=name, **make)
    assert not erratas_of(acta).exists()


@pytest.mark.parametrize("number", ["1", "0", "99999999999999999999"])
def test_what_is_not_there(client, acta, number):
    assert client.get(f"{WRITE}{number}.pdf").status_code == 404


def test_the_database_keeps_it(secretary, acta):
    secretary.post(WRITE, posted(GOOD, issue=""))
    with pytest.raises(DatabaseError, match="issued_document_immutable"), transaction.atomic():
        erratas_of(acta).delete()


# --- On paper -------------------------------------------------------------------------------


def test_the_printed_one(acta, monkeypatch):
    monkeypatch.undo()
    corrections = (Correction("VII. Acuerdos, 1.", "Aprobar.", "Aprobar el plan."),)
    at = datetime(2020, 2, 3, 15, tzinfo=UTC)
    with transaction.atomic():
        issued = errata.issue(acta, corrections, day=at.date(), at=at, by=None)
    text = " ".join(PdfReader(BytesIO(issued.content)).pages[0].extract_text().split())
    for words in (
        "FE DE ERRATAS N° 1 DEL ACTA DE LA SESIÓN ORDINARIA N° 125",
        "Se corrige el Acta de la Sesión Ordinaria N° 125, versión 1",
        "Dice «Aprobar.» Debe decir «Aprobar el plan.»",
        "Lima, 3 de febrero de 2020. Eva Ríos Secretaria Técnica Jefa.",
    ):
        assert words in text.replace("\N{NO-BREAK SPACE}", " ")
    assert acta.issued.sha256 in text.replace(" ", "")
    assert bytes(issued.content) == errata.render(thaw(issued.data, Errata))


def test_a_draft_has_no_such_page(client):
    make_acta()
    assert client.get(FILE).status_code == 404
