"""4.1: what became of the agreements of the sessions before."""

from collections.abc import Iterator

from django.db.models import Q

from cnlctf.lib.calendar import long_date
from cnlctf.lib.text import to_plain
from sessions.choices import AgreementState
from sessions.models import Agreement
from sessions.proposals.patterns import Pattern
from sessions.proposals.registry import Occasion, Proposal

# More would not be read out in a session: the register has them all.
SHOWN = 30
WORDS = 18

OF_ONE = ("acuerdo", "sesion", "texto")
PATTERNS = (
    Pattern("acuerdos-titulo", "Acuerdos: título del informe", "Sobre el estado de los acuerdos"),
    Pattern(
        "acuerdos-cumplido",
        "Acuerdos: uno cumplido desde la sesión anterior",
        "Acuerdo {acuerdo} de la {sesion}, «{texto}»: cumplido el {fecha}.",
        (*OF_ONE, "fecha"),
    ),
    Pattern(
        "acuerdos-por-vencer",
        "Acuerdos: uno pendiente, en plazo",
        "Acuerdo {acuerdo} de la {sesion}, «{texto}»: pendiente, con plazo hasta el {fecha}.",
        (*OF_ONE, "fecha"),
    ),
    Pattern(
        "acuerdos-vencido",
        "Acuerdos: uno pendiente, con el plazo vencido",
        "Acuerdo {acuerdo} de la {sesion}, «{texto}»: pendiente; su plazo venció el {fecha}.",
        (*OF_ONE, "fecha"),
    ),
    Pattern(
        "acuerdos-sin-plazo",
        "Acuerdos: uno pendiente, sin plazo",
        "Acuerdo {acuerdo} de la {sesion}, «{texto}»: pendiente.",
        OF_ONE,
    ),
    Pattern(
        "acuerdos-otros",
        "Acuerdos: los que no se enumeran",
        "Los demás acuerdos pendientes constan en el registro de acuerdos.",
    ),
)


def agreements(occasion: Occasion) -> Iterator[Proposal]:
    title = occasion.patterns("acuerdos-titulo")
    done = Q(
        state=AgreementState.FULFILLED,
        fulfilled_on__gt=occasion.since,
        fulfilled_on__lte=occasion.day,
    )
    rows = list(
        Agreement.objects.filter(session__held_on__lt=occasion.day)
        .filter(Q(state=AgreementState.PENDING) | done)
        # That this session be held was agreed: it is being fulfilled.
        .exclude(session_agreed=occasion.session)
        .select_related("session")
        .order_by("-session__held_on", "-session__number", "number")[: SHOWN + 1]
    )
    lines = [line for row in rows[:SHOWN] if (line := _line(occasion, row))]
    if len(rows) > SHOWN:
        lines.append(occasion.patterns("acuerdos-otros"))
    if title and lines:
        texts = {"title": title, "body": "\n".join(f"- {line}" for line in lines)}
        yield Proposal("acuerdos", "4.1. Estado de los acuerdos", "informe", texts, place=3)


def _line(occasion: Occasion, row: Agreement) -> str:
    said = {"acuerdo": row.number, "sesion": row.session, "texto": _shortened(row.text)}
    if row.state == AgreementState.FULFILLED and row.fulfilled_on:
        return occasion.patterns("acuerdos-cumplido", fecha=long_date(row.fulfilled_on), **said)
    if row.due_on is None:
        return occasion.patterns("acuerdos-sin-plazo", **said)
    slug = "acuerdos-vencido" if row.due_on < occasion.day else "acuerdos-por-vencer"
    return occasion.patterns(slug, fecha=long_date(row.due_on), **said)


def _shortened(text: str) -> str:
    words = to_plain(text).split()
    if len(words) <= WORDS:
        return " ".join(words).rstrip(".")
    return f"{' '.join(words[:WORDS]).rstrip(',;:')}…"
