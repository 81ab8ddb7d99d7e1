"""Certificado de acuerdo: one agreement by itself, also before the acta is approved.

Source: domain.md § 2, rule 7.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from cnlctf.documents.models import IssuedDocument, IssuedDocumentQuerySet
from cnlctf.lib import pdf
from cnlctf.lib.calendar import day_month_year, long_date, long_date_capitalised
from cnlctf.lib.frozen import freeze
from members.models import User
from sessions.acta_data import Datum, Heading
from sessions.acta_document import STYLESHEETS, heading_of, letterhead_on
from sessions.choices import Adoption
from sessions.models import Acta, Agreement
from sessions.signer import Signer, secretary_on
from sessions.votes import votes_of


@dataclass(frozen=True)
class Certificate:
    """``text`` is in the markup of ``cnlctf.lib.text``; ``dated``, the instant of issue in ISO."""

    title: str
    dated: str
    place_and_day: str
    heading: Heading
    introduction: str
    number: int
    text: str
    data: tuple[Datum, ...]
    acta: str
    signer: Signer


def certificates_of(agreement: Agreement) -> IssuedDocumentQuerySet:
    """Those issued of an agreement, the last one first."""
    return IssuedDocument.objects.filter(name=_name(agreement)).without_bytes()


def collect(agreement: Agreement, *, day: datetime.date, at: datetime.datetime) -> Certificate:
    """What the certificate says if it is issued that day.

    Raise ValidationError where the day of the session, its quorum, the letterhead or the secretary
    is not on record.
    """
    session = agreement.session
    quorum = session.quorum()
    # The quorum has asked for it.
    held_on: datetime.date = session.held_on  # type: ignore[assignment]
    letterhead = letterhead_on(day, "No hay membrete vigente en la fecha del certificado.")
    signer = secretary_on(day)
    item = agreement.agenda_item
    return Certificate(
        title=f"Certificado del Acuerdo N° {agreement.number} de la {session.long_name}",
        dated=at.isoformat(timespec="seconds"),
        place_and_day=f"{letterhead.place}, {day_month_year(day)}",
        heading=heading_of(letterhead),
        introduction=(
            f"{signer.called} de la {letterhead.commission} ({letterhead.acronym}), quien "
            f"suscribe, certifica que en la {session.long_name}, realizada el "
            f"{long_date(held_on)}, se adoptó el acuerdo siguiente:"
        ),
        number=agreement.number,
        text=agreement.text,
        data=(
            Datum("Sesión", session.long_name),
            Datum("Fecha de la sesión", long_date_capitalised(held_on)),
            Datum(
                "Quórum",
                f"{quorum.present} de {quorum.members} asientos presentes; requerido: "
                f"{quorum.required} ({session.get_call_display().lower()})",
            ),
            *_adoption(agreement),
            Datum("Orden del día", item.title if item else "Fuera del orden del día"),
        ),
        acta=_about_acta(getattr(session, "acta", None)),
        signer=signer,
    )


def _adoption(agreement: Agreement) -> Iterator[Datum]:
    """Its form, and the sense of each vote; ValidationError where it was not adopted at all."""
    if agreement.adoption != Adoption.VOTE:
        yield Datum("Forma de adopción", agreement.get_adoption_display())
        return
    voted = votes_of(agreement.session).get(agreement.pk)
    if voted is None or not voted.tally.adopted:
        raise ValidationError(
            f"El acuerdo {agreement.number} no consta como adoptado: complete su votación antes de "
            "certificarlo."
        )
    yield Datum("Forma de adopción", voted.sentence)
    for label, reason in voted.reasons:
        yield Datum(label, reason)


def render(certificate: Certificate) -> bytes:
    """The PDF; raise ``cnlctf.lib.pdf.PdfError``, in Spanish, where there can be none."""
    html = render_to_string("sessions/certificate_pdf.html", {"certificate": certificate})
    return pdf.render(
        # A number never leaves its «N°» at the end of a line.
        html.replace("N° ", "N°\N{NO-BREAK SPACE}"),
        stylesheets=(*STYLESHEETS, "css/paper_annexed.css"),
        title=certificate.title,
        author=f"{certificate.heading.commission} ({certificate.heading.acronym})",
        subject=certificate.data[0].value,
        created=datetime.datetime.fromisoformat(certificate.dated),
    )


@transaction.atomic
def issue(
    agreement: Agreement, *, day: datetime.date, at: datetime.datetime, by: User | None
) -> IssuedDocument:
    """Issue the certificate as of that day; each time it is a version more."""
    Agreement.objects.select_for_update().get(pk=agreement.pk)
    certificate = collect(agreement, day=day, at=at)
    return IssuedDocument.objects.issue(
        name=_name(agreement),
        title=certificate.title,
        content=render(certificate),
        data=freeze(certificate),
        at=at,
        by=by,
    )


def _name(agreement: Agreement) -> str:
    return f"certificado-{agreement.session.slug}-acuerdo-{agreement.number}"


def _about_acta(acta: Acta | None) -> str:
    if acta is None or acta.issued is None or not acta.is_approved:
        return "Al expedirse este certificado, el acta de la sesión todavía no ha sido aprobada."
    day = day_month_year(timezone.localtime(acta.approved_at).date())
    return (
        f"El acuerdo consta en el acta de la sesión, aprobada el {day}, versión "
        f"{acta.issued.version}, SHA-256 {acta.issued.sha256}."
    )
