"""Fe de erratas: a document of its own that cites an approved acta and says how it must read."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string

from cnlctf.documents.models import IssuedDocument, IssuedDocumentQuerySet
from cnlctf.lib import pdf
from cnlctf.lib.calendar import day_month_year
from cnlctf.lib.flow import Heading, Numbered
from cnlctf.lib.frozen import freeze
from cnlctf.lib.text import to_plain
from members.models import User
from sessions.acta_comparison import lines
from sessions.acta_data import ActaDocument
from sessions.acta_data import Heading as Letterhead
from sessions.acta_document import STYLESHEETS, heading_of, letterhead_on, published_document
from sessions.acta_flow import sections
from sessions.models import Acta
from sessions.signer import Signer, secretary_on

_NUMBER = re.compile(r"[\d.]+")


@dataclass(frozen=True)
class Correction:
    place: str
    says: str
    must_say: str


@dataclass(frozen=True)
class Errata:
    """``dated`` is the instant of issue in ISO."""

    title: str
    dated: str
    place_and_day: str
    heading: Letterhead
    acta: str
    version: int
    sha256: str
    corrections: tuple[Correction, ...]
    signer: Signer


def erratas_of(acta: Acta) -> IssuedDocumentQuerySet:
    """Those issued for an acta, the first one first."""
    documents = IssuedDocument.objects.filter(name__startswith=_name(acta, ""))
    return documents.without_bytes().order_by("issued_at", "pk")


def errata_named(acta: Acta, number: int) -> IssuedDocumentQuerySet:
    return IssuedDocument.objects.filter(name=_name(acta, number)).without_bytes()


def correction(document: ActaDocument, says: str, must_say: str) -> Correction:
    """A correction with its place in the acta.

    Raise ValidationError where the acta does not say that, or says it in several places.
    """
    words, instead = _spaced(says), _spaced(must_say)
    if words == instead:
        raise ValidationError("«Dice» y «debe decir» son iguales.")
    places = [place for place, text in _places(document) for _ in range(text.count(words))]
    if not places:
        raise ValidationError(
            "El acta no dice eso: copie las palabras tal como figuran en ella, de un solo párrafo."
        )
    if len(places) > 1:
        raise ValidationError(
            f"El acta dice eso {len(places)} veces: copie más palabras, para que se sepa dónde."
        )
    return Correction(places[0], words, instead)


def render(errata: Errata) -> bytes:
    """The PDF; raise ``cnlctf.lib.pdf.PdfError``, in Spanish, where there can be none."""
    html = render_to_string("sessions/errata_pdf.html", {"errata": errata})
    return pdf.render(
        # A number never leaves its «N°» at the end of a line.
        html.replace("N° ", "N°\N{NO-BREAK SPACE}"),
        stylesheets=(*STYLESHEETS, "css/paper_annexed.css"),
        title=errata.title,
        author=f"{errata.heading.commission} ({errata.heading.acronym})",
        subject=errata.acta,
        created=datetime.datetime.fromisoformat(errata.dated),
    )


@transaction.atomic
def issue(
    acta: Acta,
    corrections: tuple[Correction, ...],
    *,
    day: datetime.date,
    at: datetime.datetime,
    by: User | None,
) -> IssuedDocument:
    """Issue the next fe de erratas of an approved acta, for ever."""
    acta.refresh_from_db(from_queryset=Acta.objects.select_for_update())
    if not acta.is_approved or acta.issued is None:
        raise ValidationError("Solo un acta aprobada se corrige con una fe de erratas.")
    document = published_document(acta)
    letterhead = letterhead_on(day, "No hay membrete vigente en la fecha de la fe de erratas.")
    number = erratas_of(acta).count() + 1
    errata = Errata(
        title=f"Fe de erratas N° {number} del {document.title}",
        dated=at.isoformat(timespec="seconds"),
        place_and_day=f"{letterhead.place}, {day_month_year(day)}",
        heading=heading_of(letterhead),
        acta=document.title,
        version=acta.issued.version,
        sha256=acta.issued.sha256,
        corrections=corrections,
        signer=secretary_on(day),
    )
    return IssuedDocument.objects.issue(
        name=_name(acta, number),
        title=errata.title,
        content=render(errata),
        data=freeze(errata),
        at=at,
        by=by,
    )


def _name(acta: Acta, number: int | str) -> str:
    return f"fe-de-erratas-{acta.session.slug}-{number}"


def _spaced(words: str) -> str:
    return " ".join(words.split())


def _places(document: ActaDocument) -> Iterator[tuple[str, str]]:
    """Each paragraph with its place: «IV. Informes, 4.1.2.», «VII. Acuerdos, 3.»."""
    for _, parts in sections(document):
        section = under = ""
        for part in parts:
            number = ""
            match part:
                case Heading(1, words):
                    section = to_plain(words)
                case Heading(_, words):
                    title = to_plain(words).rstrip(":")
                    under = found[0] if (found := _NUMBER.match(title)) else title
                case Numbered(number, _):
                    pass
            place = ", ".join(filter(None, (section, under, number)))
            for line in lines([part]):
                yield place, _spaced(line)
