"""How the acta of a new session opens and closes, after the wording of the last one.

What comes out is a text to be edited: what is known is put right, and the time is left to be
filled in.
"""

import re

from cnlctf.lib.calendar import day_month_year
from sessions.choices import SessionKind
from sessions.models import Session

# Seen at once in the acta, and looked for by whoever reads it before approving.
TIME = "[hora]"
_CLOCK = re.compile(r"\b\d{1,2}:\d{2}(?:\s*[ap]\.\s?m\.)?", re.IGNORECASE)

OF_COMMISSION = " de la {comision} (en adelante {sigla})"
OPENING = (
    "Verificada la asistencia y el quórum requerido para la instalación de la Sesión {clase}, "
    f"{{conduce}} dio inicio a la Sesión {{clase}} ({{codigo}}) N° {{numero}}{OF_COMMISSION}."
)
CLOSING = (
    "En {lugar}, siendo las {hora}, se levantó la Sesión {clase} y en señal de conformidad se "
    "procedió a la suscripción del Acta, extendiéndose copia simple a cada representante."
)


def first_opening(session: Session, *, chair: str, commission: str) -> str:
    """The opening of the first acta in the program; ``chair`` is «el Presidente alterno»."""
    pattern = OPENING.replace(OF_COMMISSION, f" de la {commission}" if commission else "")
    return pattern.format(
        clase=session.get_kind_display(), codigo=session.kind, numero=session.number, conduce=chair
    )


def first_closing(session: Session, *, place: str) -> str:
    pattern = CLOSING if place else CLOSING.replace("En {lugar}, s", "S")
    return pattern.format(clase=session.get_kind_display(), lugar=place, hora=TIME)


def adapted(text: str, before: Session, session: Session) -> str:
    """A sentence of the acta of the session ``before``, as it is said of this one."""
    text = re.sub(rf"(N[°º]\s*){before.number}\b", rf"\g<1>{session.number}", text)
    if before.held_on and session.held_on:
        text = text.replace(day_month_year(before.held_on), day_month_year(session.held_on))
    if before.kind != session.kind:
        old, new = SessionKind(before.kind), SessionKind(session.kind)
        for said, now in (
            (old.value, new.value),
            (old.label, new.label),
            (old.label.lower(), new.label.lower()),
        ):
            text = re.sub(rf"\b{said}\b", now, text)
    return _CLOCK.sub(TIME, text)
