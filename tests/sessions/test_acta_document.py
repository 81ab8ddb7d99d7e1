import json
from dataclasses import replace
from datetime import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cnlctf.documents.models import IssuedDocument
from cnlctf.lib.frozen import freeze, thaw
from cnlctf.lib.grid import Block
from cnlctf.lib.pdf import PdfError
from members.models import User
from sessions import acta_document
from sessions.acta_data import (
    ActaDocument,
    AgendaPoint,
    Agreement,
    Annex,
    Datum,
    Heading,
    Item,
    Participant,
    ParticipantGroup,
    Petition,
    PetitionGroup,
    Report,
    Signature,
    outline,
)
from sessions.acta_document import approve, collect, document_of, pdf_of
from sessions.choices import ActaState
from sessions.models import Acta, Letterhead, QuorumRule
from sessions.models import Report as ReportRow
from tests.sessions.acta_factory import BLOCK, make_acta, make_acta_in_review, make_session

pytestmark = pytest.mark.django_db

AT = timezone.make_aware(datetime(2021, 3, 18, 12, 30))


@pytest.fixture
def cheap_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """The PDF is for other tests: here it is enough to tell one document from another."""
    monkeypatch.setattr(
        acta_document, "render", lambda document: json.dumps(freeze(document)).encode()
    )


def test_an_acta_in_words_and_numbered() -> None:
    assert collect(make_acta()) == ActaDocument(
        name="acta-so-125",
        title="Acta de la Sesión Ordinaria N° 125",
        dated="2021-03-18T12:05:00-05:00",
        is_draft=True,
        heading=Heading("Comisión de Prueba", "CP", "PERÚ", "Ministerio Uno", "Alianza"),
        data=(
            Datum("Fecha", "Jueves 18 de marzo de 2021"),
            Datum("Hora", "Desde las 09:00 a.m. hasta las 12:05 p.m."),
            Datum("Sede", "Sala de Reuniones."),
            Datum("Conducción de la Sesión", "Rosa Peña Ñahui, Jefa."),
            Datum("Presidente de la CP", "Luis Díaz, Jefa."),
            Datum("Secretaria Técnica de la CP", "Eva Ríos, Jefa."),
        ),
        participants=(
            ParticipantGroup(
                "Presidencia y Secretaría Técnica",
                (
                    Participant("Rosa Peña Ñahui", "Presidenta alterna", "Entidad UNO"),
                    Participant("Eva Ríos", "Secretaria Técnica", "Entidad UNO"),
                ),
            ),
            ParticipantGroup(
                "Representantes alternos", (Participant("Ana Ruiz", "", "Entidad DOS"),)
            ),
            ParticipantGroup("Invitados/as", (Participant("Juan Paz", "", "Los Tres"),)),
        ),
        opening="Se abre.",
        quorum=(
            Datum("Miembros con asiento", "2"),
            Datum("Quórum requerido", "2 (más de la mitad: 2 ÷ 2 = 1 → 2)"),
            Datum("Asientos presentes", "2"),
            Datum("Convocatoria", "Primera convocatoria, 09:00 a.m."),
            Datum("Base legal", "Ley N° 27444, artículo 99"),
            Datum("Resultado", "Hay quórum"),
        ),
        reports=(Report("informe-4-1-1", "4.1.1.", "Sobre algo:", "- Uno.\n- Dos."),),
        sector_reports=("**El invitado,** informó.",),
        petitions=(
            PetitionGroup(
                "Pedidos de la Presidencia y Secretaría Técnica de la CP",
                (
                    Petition(
                        "1.",
                        "Enviar:",
                        (Item("1.1.", "Cosa 1."), Item("1.2.", "Cosa 2.")),
                        "Pronto.",
                    ),
                ),
            ),
            PetitionGroup(
                "Pedidos de los integrantes de la CP",
                (Petition("1.", "No se formularon pedidos.", (), ""),),
            ),
        ),
        agenda=(
            AgendaPoint(
                "punto-1",
                "1.",
                "Un asunto.",
                "Sobre el 1. Punto de Orden del día:",
                "Se expuso.",
                (Item("1.", r"**La \_jefa\_** dijo **sí**."),),
            ),
        ),
        agreements=(Agreement("acuerdo-1", "1.", "Aprobar."),),
        closing="Se cierra.",
        signatures=(
            Signature("UNO", "PA", "ROSA PEÑA ÑAHUI"),
            Signature("UNO", "ST", "EVA RÍOS"),
            Signature("DOS", "A", "ANA RUIZ"),
        ),
        annexes=(Annex("anexo-1", "Anexo 1", "Metas", thaw(BLOCK, Block)),),
    )


def test_it_comes_back_from_json_as_it_was() -> None:
    document = collect(make_acta())
    assert thaw(json.loads(json.dumps(freeze(document))), ActaDocument) == document


@pytest.mark.parametrize("times", [1, 3])
def test_the_queries_do_not_grow_with_the_acta(times: int, django_assert_num_queries) -> None:
    pk = make_acta(times=times).pk
    acta = Acta.objects.select_related("session").get(pk=pk)
    with django_assert_num_queries(16):
        collect(acta)


def test_what_the_commission_issued_for_so_120(issued_so_120: IssuedDocument) -> None:
    document = thaw(issued_so_120.data, ActaDocument)
    assert [(group.heading, len(group.people)) for group in document.participants] == [
        ("Presidencia y Secretaría Técnica", 2),
        ("Representantes titulares", 7),
        ("Representantes alternos", 4),
        ("Observador", 2),
        ("Invitados/as", 6),
    ]
    assert [datum.value for datum in document.quorum] == [
        "11",
        "6 (más de la mitad: 11 ÷ 2 = 5.5 → 6)",
        "11",
        "Primera convocatoria, 09:22 a.m.",
        "TUO de la Ley N° 27444, aprobado por DS N° 004-2019-JUS, artículo 110",
        "Hay quórum",
    ]
    assert [report.number for report in document.reports] == [f"4.1.{n}." for n in range(1, 8)]
    assert len(document.sector_reports) == 11
    assert [len(point.interventions) for point in document.agenda] == [12]
    assert [agreement.number for agreement in document.agreements] == ["1.", "2.", "3.", "4.", "5."]
    assert " · ".join(f"{row.entity} {row.capacity}" for row in document.signatures) == (
        "MTPE PA · MTPE ST · MINJUS T · MININTER T · MINCETUR A · MPFN T · MIMP T · MINAM T · "
        "MINEM A · PRODUCE A · INEI T · SUNAFIL T"
    )
    assert (document.is_draft, document.dated) == (False, "2020-01-16T11:25:00-05:00")


def test_the_outline_goes_down_to_reports_agenda_and_agreements() -> None:
    items = outline(collect(make_acta()))
    assert [(item.anchor, [child.label for child in item.children]) for item in items] == [
        ("datos", []),
        ("participantes", []),
        ("quorum", []),
        ("informes", ["4.1.1. Sobre algo", "4.2. Informes de los Sectores"]),
        ("pedidos", []),
        ("orden-del-dia", ["1. Un asunto."]),
        ("acuerdos", ["Acuerdo 1"]),
        ("suscripcion", []),
        ("anexo-1", []),
    ]


def test_without_hours_nor_venue_their_rows_are_left_out() -> None:
    acta = make_acta()
    session = acta.session
    session.starts_at = session.ends_at = None
    session.venue = ""
    session.save()
    document = collect(Acta.objects.get())
    assert [datum.label for datum in document.data][:2] == ["Fecha", "Conducción de la Sesión"]
    assert document.quorum[3] == Datum("Convocatoria", "Primera convocatoria")
    assert document.dated == "2021-03-18T00:00:00-05:00"


@pytest.mark.parametrize(
    ("model", "message"),
    [
        (Letterhead, "No hay membrete vigente en la fecha de la sesión."),
        (QuorumRule, "No hay regla del quórum vigente en la fecha de la sesión."),
    ],
)
def test_it_says_what_it_lacks(model: type, message: str) -> None:
    acta = make_acta()
    model.objects.all().delete()
    with pytest.raises(ValidationError) as caught:
        collect(acta)
    assert caught.value.messages == [message]


def test_a_session_without_date_has_no_acta_to_compose() -> None:
    session = make_session()
    session.held_on = None
    with pytest.raises(ValidationError) as caught:
        collect(Acta(session=session))
    assert caught.value.messages == [
        "La sesión no tiene fecha: indíquela antes de componer el acta."
    ]


# --- Approval -------------------------------------------------------------------------------


@pytest.mark.usefixtures("cheap_pdf")
def test_approving_freezes_what_was_collected() -> None:
    acta, secretary = make_acta_in_review(), User.objects.create_user("secretaria")
    expected = replace(collect(acta), is_draft=False, dated="2021-03-18T12:30:00-05:00")

    issued = approve(acta, by=secretary, at=AT)

    stored = Acta.objects.get()
    assert (stored.state, stored.approved_at, stored.approved_by, stored.issued) == (
        ActaState.APPROVED,
        AT,
        secretary,
        issued,
    )
    assert (issued.name, issued.version, issued.issued_at, issued.issued_by) == (
        "acta-so-125",
        1,
        AT,
        secretary,
    )
    assert thaw(stored.issued.data, ActaDocument) == expected
    assert bytes(stored.issued.content) == json.dumps(freeze(expected)).encode()


@pytest.mark.usefixtures("cheap_pdf")
def test_from_then_on_the_tables_do_not_matter() -> None:
    acta = make_acta_in_review()
    approve(acta, by=None, at=AT)
    before, file = document_of(acta), pdf_of(acta)
    ReportRow.objects.update(body="- Otra cosa.")
    acta = Acta.objects.get()
    assert (document_of(acta), pdf_of(acta)) == (before, file)
    assert document_of(acta) != collect(acta)


@pytest.mark.usefixtures("cheap_pdf")
def test_nobody_approves_twice_also_with_an_old_copy_in_hand() -> None:
    stale = make_acta_in_review()
    approve(Acta.objects.get(), by=None, at=AT)
    with pytest.raises(ValidationError) as caught, transaction.atomic():
        approve(stale, by=None, at=AT)
    assert caught.value.messages == ["El acta ya está aprobada."]
    assert IssuedDocument.objects.count() == 1


def test_without_a_pdf_nothing_is_approved(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(document: ActaDocument) -> bytes:
        raise PdfError("Falta Pango")

    monkeypatch.setattr(acta_document, "render", fail)
    with pytest.raises(PdfError, match="Falta Pango"):
        approve(make_acta_in_review(), by=None, at=AT)
    assert (Acta.objects.get().state, IssuedDocument.objects.count()) == (ActaState.IN_REVIEW, 0)
