"""The oficio circular of a requerimiento, as plain data and as PDF.

What was asked is what was frozen when it was sent, whatever the plan says later.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils import timezone

from cnlctf.lib import calendar, pdf
from poa.models import Indicator, InformationRequest, RequestedEntity
from sessions.acta_data import Heading
from sessions.acta_document import heading_of
from sessions.models import Letterhead
from sessions.proposals import Pattern
from sessions.proposals.collect import patterns_on
from sessions.signer import secretary_on

STYLESHEETS = ("css/acta_paper.css", "css/summons_paper.css", "css/request_paper.css")
PATTERNS = (
    Pattern(
        "requerimiento",
        "Requerimiento: texto del oficio",
        "Tengo el agrado de dirigirme a ustedes para saludarlos cordialmente y, en el marco de la "
        "ejecución del {plan}, solicitarles que informen lo realizado {periodo} en las líneas de "
        "acción en las que participa su institución, que se detallan al final.\n"
        "La información se registra en el sistema de la {sigla}, en la dirección que cada "
        "representante recibe por correo electrónico, a más tardar el {plazo}.\n"
        "Si no se realizó ninguna actividad, sírvanse declararlo también: no es lo mismo que no "
        "haber reportado.",
        ("plan", "periodo", "sigla", "plazo"),
    ),
)


@dataclass(frozen=True)
class AskedIndicator:
    code: str
    name: str
    unit: str
    goal: str


@dataclass(frozen=True)
class Addressee:
    """``people`` are whoever represented it on the day of the oficio."""

    acronym: str
    name: str
    people: tuple[str, ...]
    indicators: tuple[AskedIndicator, ...]


@dataclass(frozen=True)
class Letter:
    """Dates in ISO; ``body`` is in the markup of ``cnlctf.lib.text``."""

    name: str
    title: str
    number: str
    plan: str
    dated: str
    issued_on: str
    is_draft: bool
    heading: Heading
    city: str
    period_from: str
    period_to: str
    deadline: str
    body: str
    addressees: tuple[Addressee, ...]
    signed_by: str
    signed_as: str

    @property
    def place_and_day(self) -> str:
        day = datetime.date.fromisoformat(self.issued_on)
        return f"{self.city}, {calendar.day_month_year(day)}"

    @property
    def period(self) -> str:
        return period(
            datetime.date.fromisoformat(self.period_from),
            datetime.date.fromisoformat(self.period_to),
        )

    @property
    def last_day(self) -> str:
        return calendar.long_date(datetime.date.fromisoformat(self.deadline))


def period(first: datetime.date, last: datetime.date) -> str:
    """``del 1 de enero al 30 de junio de 2020``; the year twice only where it takes two."""
    start = calendar.day_month_year(first)
    if first.year == last.year:
        start = start.removesuffix(f" de {first.year}")
    return f"del {start} al {calendar.day_month_year(last)}"


def proposed_body(request: InformationRequest, on: datetime.date) -> str:
    """The text as the commission words it that day, to be edited."""
    letterhead = _letterhead(on)
    return patterns_on(on)(
        "requerimiento",
        plan=request.plan,
        periodo=period(request.period_from, request.period_to),
        sigla=letterhead.acronym,
        plazo=calendar.long_date(request.deadline),
    )


def collect(
    request: InformationRequest,
    asked: Iterable[tuple[RequestedEntity, Iterable[str]]],
    *,
    at: datetime.datetime,
    on: datetime.date,
) -> Letter:
    """A draft of the oficio, with each entity asked and the names of its representatives.

    Raise ValidationError where the commission lacks a letterhead or a Secretaría Técnica.
    """
    letterhead = _letterhead(on)
    secretary = secretary_on(on)
    return Letter(
        name=f"requerimiento-{request.plan.year}-{request.number}",
        title=request.letter,
        number=request.letter,
        plan=str(request.plan),
        dated=timezone.localtime(at).isoformat(timespec="seconds"),
        issued_on=on.isoformat(),
        is_draft=True,
        heading=heading_of(letterhead),
        city=letterhead.place,
        period_from=request.period_from.isoformat(),
        period_to=request.period_to.isoformat(),
        deadline=request.deadline.isoformat(),
        body=request.body,
        addressees=tuple(
            Addressee(
                acronym=row.entity.list_name,
                name=row.entity.name,
                people=tuple(people),
                indicators=tuple(map(_asked, row.indicators.all())),
            )
            for row, people in asked
        ),
        signed_by=secretary.name,
        signed_as=secretary.title,
    )


def render(letter: Letter) -> bytes:
    """The PDF; raise ``cnlctf.lib.pdf.PdfError``, in Spanish, where there can be none."""
    html = render_to_string("poa/request_pdf.html", {"document": letter})
    return pdf.render(
        # A number never leaves its «N°» at the end of a line.
        html.replace("N° ", "N°\N{NO-BREAK SPACE}"),
        stylesheets=STYLESHEETS,
        title=letter.title,
        author=f"{letter.heading.commission} ({letter.heading.acronym})",
        subject=f"{letter.plan}, {letter.period}",
        created=datetime.datetime.fromisoformat(letter.dated),
    )


def _letterhead(on: datetime.date) -> Letterhead:
    letterhead = Letterhead.objects.in_force_on(on).first()
    if letterhead is None:
        raise ValidationError("No hay membrete vigente hoy: regístrelo en la administración.")
    return letterhead


def _asked(indicator: Indicator) -> AskedIndicator:
    node = indicator.line or indicator.objective
    goal = "Por definir" if indicator.goal is None else f"{indicator.goal:,.2f}"
    return AskedIndicator(
        code=node.code if node else "",
        name=f"{indicator.number}. {indicator.name}",
        unit=indicator.unit.name,
        goal=goal.removesuffix(".00"),
    )
