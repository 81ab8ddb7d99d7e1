"""Certificado de acuerdo: what it says before and after the approval, and who issues it."""

from datetime import UTC, date, datetime, time
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from pypdf import PdfReader

from cnlctf.documents.models import IssuedDocument
from cnlctf.lib.frozen import thaw
from members.choices import Capacity, Role
from members.models import Designation, Entity, Person
from sessions import acta_document, certificate
from sessions.acta_data import Datum
from sessions.acta_document import approve
from sessions.certificate import Certificate, certificates_of, collect, issue
from sessions.choices import Adoption, Sense
from sessions.models import Acta, Agreement, Ballot, Letterhead, QuorumRule, Vote
from tests.sessions import kit
from tests.sessions.acta_factory import make_acta, make_person
from tests.sessions.test_acta_document import AT

pytestmark = pytest.mark.django_db

PAGE = "/sesiones/so-125/acuerdos/1/certificado/"
FILE = "/sesiones/so-125/acuerdos/1/certificado.pdf"
DAY = date(2021, 3, 19)
AT_ISSUE = datetime(2021, 3, 19, 15, tzinfo=UTC)
NOT_YET = "Al expedirse este certificado, el acta de la sesión todavía no ha sido aprobada."


@pytest.fixture
def cheap_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acta_document, "render", lambda document: b"%PDF")
    monkeypatch.setattr(certificate, "render", lambda certificate: certificate.acta.encode())


@pytest.fixture
def acta() -> Acta:
    acta = make_acta()
    designate(Person.objects.get(surnames="Ríos"))
    return acta


@pytest.fixture
def agreement(acta: Acta) -> Agreement:
    return Agreement.objects.get()


@pytest.fixture
def secretary(client: Client, acta: Acta) -> Client:
    client.force_login(kit.user(Role.SECRETARY))
    return client


def designate(person: Person, **fields: object) -> None:
    Designation.objects.create(
        entity=Entity.objects.get(acronym="UNO"),
        capacity=Capacity.SECRETARY,
        person=person,
        charge="Jefa de la dirección",
        **fields,
    )


# --- What it says ---------------------------------------------------------------------------


def test_what_is_certified(agreement):
    certified = collect(agreement, day=DAY, at=AT_ISSUE)
    assert certified.title == "Certificado del Acuerdo N° 1 de la Sesión Ordinaria N° 125"
    assert certified.introduction == (
        "La Secretaria Técnica de la Comisión de Prueba (CP), quien suscribe, certifica que en la "
        "Sesión Ordinaria N° 125, realizada el jueves 18 de marzo de 2021, se adoptó el acuerdo "
        "siguiente:"
    )
    assert (certified.number, certified.text, certified.acta) == (1, "Aprobar.", NOT_YET)
    assert certified.data == (
        Datum("Sesión", "Sesión Ordinaria N° 125"),
        Datum("Fecha de la sesión", "Jueves 18 de marzo de 2021"),
        Datum("Quórum", "2 de 2 asientos presentes; requerido: 2 (primera convocatoria)"),
        Datum("Forma de adopción", "Por consenso"),
        Datum("Orden del día", "Fuera del orden del día"),
    )
    assert certified.place_and_day == "Lima, 19 de marzo de 2021"
    assert certified.signer.name == "Eva Ríos"


def test_it_is_signed_by_who_is_in_office_that_day(agreement):
    Designation.objects.update(ends_on=date(2021, 3, 18))
    designate(make_person("Luz", "Vera", "F"), starts_on=DAY)
    assert collect(agreement, day=DAY, at=AT_ISSUE).signer.name == "Luz Vera"


@pytest.mark.usefixtures("cheap_pdf")
def test_once_the_acta_is_approved_it_cites_it(agreement, acta):
    acta.submit(at=AT, by=None)
    approve(acta, by=None, at=AT)
    assert collect(Agreement.objects.get(), day=DAY, at=AT_ISSUE).acta == (
        "El acuerdo consta en el acta de la sesión, aprobada el 18 de marzo de 2021, versión 1, "
        f"SHA-256 {acta.issued.sha256}."
    )
    acta.reopen(at=AT, by=None, reason="Falta.")
    assert collect(Agreement.objects.get(), day=DAY, at=AT_ISSUE).acta == NOT_YET


def test_the_printed_one(agreement):
    issued = issue(agreement, day=DAY, at=AT_ISSUE, by=None)
    (page,) = PdfReader(BytesIO(issued.content)).pages
    text = " ".join(page.extract_text().split()).replace("\N{NO-BREAK SPACE}", " ")
    for words in (
        "CERTIFICADO DEL ACUERDO N° 1 DE LA SESIÓN ORDINARIA N° 125",
        "se adoptó el acuerdo siguiente: Acuerdo 1 Aprobar.",
        "Forma de adopción Por consenso",
        NOT_YET,
        "Lima, 19 de marzo de 2021. Eva Ríos Secretaria Técnica Jefa de la dirección",
    ):
        assert words in text
    assert bytes(issued.content) == certificate.render(thaw(issued.data, Certificate))


# --- The pages ------------------------------------------------------------------------------


@pytest.mark.usefixtures("cheap_pdf")
def test_it_is_shown_first_and_issued_by_a_post(secretary, agreement):
    page = secretary.get(PAGE)
    assert NOT_YET in page.content.decode()
    assert secretary.get(FILE).status_code == 404
    assert not certificates_of(agreement).exists()

    response = secretary.post(PAGE, follow=True)

    assert response.redirect_chain == [(PAGE, 302)]
    assert f'href="{FILE}"' in response.content.decode()
    issued = certificates_of(agreement).get()
    assert (issued.name, issued.version, issued.issued_by.username) == (
        "certificado-so-125-acuerdo-1",
        1,
        "secretary",
    )
    file = secretary.get(FILE)
    assert (file.content, file["Content-Type"]) == (NOT_YET.encode(), "application/pdf")
    assert file["Cache-Control"] == "no-cache, private"


@pytest.mark.usefixtures("cheap_pdf")
def test_issued_again_it_is_another_version(secretary, agreement, acta):
    secretary.post(PAGE)
    acta.submit(at=AT, by=None)
    approve(acta, by=None, at=AT)
    secretary.post(PAGE)
    assert [row.version for row in certificates_of(agreement)] == [2, 1]
    assert secretary.get(FILE).content.decode().startswith("El acuerdo consta en el acta")
    assert IssuedDocument.objects.filter(name__startswith="certificado").count() == 2


@pytest.mark.parametrize("address", [PAGE, FILE])
@pytest.mark.parametrize("role", [None, Role.REPRESENTATIVE, Role.OBSERVER, Role.ADMIN])
def test_nobody_else_may(client, agreement, address, role):
    if role:
        client.force_login(kit.user(role))
    for response in (client.get(address), client.post(address)):
        assert response.status_code == (403 if role else 302)
    assert not certificates_of(agreement).exists()


@pytest.mark.parametrize("number", ["0", "9", "99999999999999999999"])
@pytest.mark.parametrize("file", ["certificado/", "certificado.pdf"])
def test_an_agreement_that_is_not_there(secretary, number, file):
    assert secretary.get(f"/sesiones/so-125/acuerdos/{number}/{file}").status_code == 404
    assert secretary.get(f"/sesiones/so-7/acuerdos/1/{file}").status_code == 404


@pytest.mark.parametrize(
    ("model", "message"),
    [
        (Letterhead, "No hay membrete vigente en la fecha del certificado."),
        (QuorumRule, "No hay regla del quórum vigente en la fecha de la sesión."),
        (
            Designation,
            (
                "No consta quién ejerce la Secretaría Técnica el 3 de febrero de 2020: registre su "
                "designación."
            ),
        ),
    ],
)
def test_it_says_what_it_lacks(secretary, agreement, model, message):
    model.objects.all().delete()
    response = secretary.get(PAGE, follow=True)
    assert response.redirect_chain == [("/sesiones/so-125/#acuerdo-1", 302)]
    assert [str(text) for text in response.context["messages"]] == [message]


@pytest.mark.parametrize("role", [None, *Role])
def test_it_is_offered_to_who_may(client, agreement, acta, role, monkeypatch):
    monkeypatch.setattr(acta_document, "render", lambda document: b"%PDF")
    acta.submit(at=AT, by=None)
    approve(acta, by=None, at=AT)
    if role:
        client.force_login(kit.user(role))
    html = client.get("/sesiones/so-125/").content.decode()
    assert (PAGE in html) == (role == Role.SECRETARY)


def test_of_a_vote_it_says_the_sense_of_each(agreement: Agreement) -> None:
    agreement.adoption = Adoption.VOTE
    agreement.save()
    with pytest.raises(ValidationError) as refused:
        collect(agreement, day=DAY, at=AT_ISSUE)
    assert refused.value.messages == [
        "El acuerdo 1 no consta como adoptado: complete su votación antes de certificarlo."
    ]
    vote = Vote.objects.create(agreement=agreement, at=time(10))
    senses = {"UNO": Sense.FAVOR, "DOS": Sense.ABSTENTION}
    for attendance in agreement.session.attendances.filter(capacity__in=["PA", "A"]):
        sense = senses[attendance.entity.acronym]
        seat = {"vote": vote, "entity": attendance.entity, "cast_by": attendance}
        Ballot.objects.create(sense=sense, reason="No leí el plan.", **seat)
    with pytest.raises(ValidationError):
        collect(agreement, day=DAY, at=AT_ISSUE)
    vote.ballots.update(sense=Sense.FAVOR)
    certified = collect(agreement, day=DAY, at=AT_ISSUE)
    said = (
        "Adoptado por unanimidad: 2 votos a favor (UNO, DOS) y ninguno en contra, de 2 asientos "
        "presentes a las 10:00 a.m. (se requerían 2 votos)."
    )
    assert Datum("Forma de adopción", said) in certified.data
