"""4.1.2: who was designated since the session before, and how the commission learnt of it."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from django.db.models.functions import Coalesce

from cnlctf.lib.calendar import day_month_year, numeric_date
from members.choices import Capacity, Channel, Gender, NormKind
from members.models import Designation
from sessions.attribution import named
from sessions.proposals.patterns import Pattern
from sessions.proposals.registry import Occasion, Proposal

# Those by which the entity itself sends the norm.
SENT_BY = {
    Channel.LETTER: "Oficio",
    Channel.EMAIL: "correo electrónico",
    Channel.PAPER: "documento presentado en mesa de partes",
}
MASCULINE_NORMS = (NormKind.SUPREME_DECREE, NormKind.OFFICIAL_LETTER)
# Of whom the acta says «la representante titular»; the others have an office of their own.
REPRESENTATIVES = (Capacity.HOLDER, Capacity.ALTERNATE)

DATA = ("entidad", "norma", "designados", "sigla")
PATTERNS = (
    Pattern(
        "designaciones-titulo",
        "Designaciones: título del informe",
        "Información sobre la designación o ratificación de los miembros de la {sigla}",
        ("sigla",),
    ),
    Pattern(
        "designacion-remitida",
        "Designaciones: la que remite la entidad",
        "Mediante {medio} ({recibida}), {entidad} nos remite {norma}, que designa ante la {sigla} "
        "{designados}.",
        (*DATA, "medio", "recibida"),
    ),
    Pattern(
        "designacion-conocida",
        "Designaciones: la que se conoce por su norma",
        "Por {norma}, {entidad} designa ante la {sigla} {designados}.",
        DATA,
    ),
    Pattern(
        "designaciones-ninguna",
        "Designaciones: cuando no hubo",
        "No se recibieron designaciones ni ratificaciones de los miembros de la {sigla}.",
        ("sigla",),
    ),
)


def designations(occasion: Occasion) -> Iterator[Proposal]:
    """Those received after the session before; by the date of the norm where none was received.

    That there were none is said as well: the acta's reader would not know it otherwise.
    """
    sigla = occasion.letterhead.acronym
    title = occasion.patterns("designaciones-titulo", sigla=sigla)
    known = (
        Designation.objects.annotate(known_on=Coalesce("received_on", "norm_date"))
        .filter(known_on__gt=occasion.since, known_on__lte=occasion.day)
        .select_related("entity", "person")
        .order_by("known_on", "entity__protocol_order", "entity__acronym", "pk")
    )
    lines = [_line(occasion, list(group)) for _, group in groupby(known, _norm)]
    body = "\n".join(f"- {line}" for line in lines if line)
    if not lines and (none := occasion.patterns("designaciones-ninguna", sigla=sigla)):
        body = f"- {none}"
    if title and body:
        texts = {"title": title, "body": body}
        yield Proposal("designaciones", "4.1.2. Designaciones recibidas", "informe", texts, place=2)


def _norm(row: Designation) -> tuple:
    """What several designations share that came in one norm."""
    return (
        row.entity_id,
        row.norm_kind,
        row.norm_number,
        row.norm_date,
        row.received_on,
        row.channel,
    )


def _line(occasion: Occasion, rows: Sequence[Designation]) -> str:
    first, order = rows[0], list(Capacity)
    data = {
        "entidad": named(first.entity),
        "norma": _cited(first),
        "designados": _joined(
            [
                _designated(row)
                for row in sorted(rows, key=lambda row: order.index(Capacity(row.capacity)))
            ]
        ),
        "sigla": occasion.letterhead.acronym,
    }
    if first.received_on and first.channel in SENT_BY:
        return occasion.patterns(
            "designacion-remitida",
            medio=SENT_BY[Channel(first.channel)],
            recibida=numeric_date(first.received_on),
            **data,
        )
    return occasion.patterns("designacion-conocida", **data)


def _cited(row: Designation) -> str:
    """«la Resolución Ministerial N° 007-2020-MINAM de fecha 9 de enero de 2020»."""
    kind = NormKind(row.norm_kind) if row.norm_kind else None
    words = [f"{'el' if kind in MASCULINE_NORMS else 'la'} {kind.label if kind else 'norma'}"]
    if row.norm_number:
        # A number may be kept with what it is a number of: «RM N° 007-2020-MINAM».
        words.append(f"N° {row.norm_number.rpartition('N°')[2].strip()}")
    if row.norm_date:
        words.append(f"de fecha {day_month_year(row.norm_date)}")
    return " ".join(words)


def _designated(row: Designation) -> str:
    """«a la representante alterna, la señora Diana Falconí»; without the name where it lacks."""
    feminine = row.person is not None and row.person.gender == Gender.FEMININE
    capacity = Capacity(row.capacity)
    office = capacity.title_for(Gender.FEMININE if feminine else Gender.MASCULINE)
    if capacity in REPRESENTATIVES:
        office = f"representante {office.lower()}"
    elif capacity == Capacity.OBSERVER:
        office = office.lower()
    to = f"{'a la' if feminine else 'al'} {office}"
    if row.person is None:
        return to
    return f"{to}, {'la señora' if feminine else 'el señor'} {row.person.full_name}"


def _joined(parts: Sequence[str]) -> str:
    """«a», «a y b»; with a comma before the «y» where what precedes it has one."""
    *others, last = parts
    if not others:
        return last
    comma = "," if any("," in part for part in others) else ""
    return f"{'; '.join(others)}{comma} y {last}"
