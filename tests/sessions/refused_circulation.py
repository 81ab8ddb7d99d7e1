"""The rules of the draft's circulation that the database holds: rows refused, and why."""

import datetime
from typing import Any

from cnlctf.documents.models import IssuedDocument
from sessions.choices import CirculationStep, RemarkState
from sessions.models import Circulation, CirculationEvent, Reader, Remark

NOW = datetime.datetime(2020, 1, 20, 12, tzinfo=datetime.UTC)
LATER = NOW + datetime.timedelta(days=5)


def prepare(acta: Any, attendance: Any, user: Any) -> Reader:
    """One of each, for the next to clash with."""
    circulation = circulated({"acta": acta, "user": user}, of_version=1)
    circulation.save()
    return Reader.objects.create(
        circulation=circulation, attendance=attendance, email="ana@correo.example"
    )


def circulated(r: dict[str, Any], **fields: Any) -> Circulation:
    sent = IssuedDocument.objects.issue(
        name="borrador", title="Borrador", content=b"%PDF", data={"v": 1}, at=NOW, by=None
    )
    return Circulation(
        **{
            "acta": r["acta"],
            "of_version": 2,
            "opened_at": NOW,
            "opened_by": r["user"],
            "deadline": LATER,
            "sent": sent,
            **fields,
        }
    )


def remarked(r: dict[str, Any], **fields: Any) -> Remark:
    return Remark(
        **{
            "reader": Reader.objects.get(),
            "kind": "informe",
            "block": 1,
            "place": "Informe 4.1.1",
            "comment": "Falta una fecha.",
            "made_at": NOW,
            **fields,
        }
    )


def decided(r: dict[str, Any], state: str, **fields: Any) -> Remark:
    return remarked(r, state=state, decided_at=NOW, decided_by=r["user"], **fields)


REFUSED_CIRCULATION = {
    "circulation_once_a_version": (
        lambda r: circulated(r, of_version=1),
        "El borrador ya circuló: amplíe el plazo o reábralo.",
    ),
    "circulation_ends_after_opening": (
        lambda r: circulated(r, deadline=NOW),
        "El plazo tiene que vencer después de abrirse.",
    ),
    "circulation_closed_by_somebody": (
        lambda r: circulated(r, closed_at=NOW),
        "Un cierre tiene su hora y quién lo hizo.",
    ),
    "circulation_event_has_deadline": (
        lambda r: CirculationEvent(
            circulation=Circulation.objects.get(),
            step=CirculationStep.EXTENDED,
            at=NOW,
            by=r["user"],
        ),
        "Diga hasta cuándo se reciben observaciones.",
    ),
    "reader_once": (
        lambda r: Reader(
            circulation=Circulation.objects.get(),
            attendance=r["attendance"],
            email="otra@correo.example",
        ),
        "Esa persona ya recibió el borrador.",
    ),
    "reader_agreed_after_opening": (
        lambda r: Reader(
            circulation=Circulation.objects.get(),
            attendance=r["another"],
            email="sol@correo.example",
            agreed_at=NOW,
        ),
        "Nadie da su conformidad sin abrir el borrador.",
    ),
    "remark_says_something": (
        lambda r: remarked(r, comment=""),
        "Escriba un comentario o proponga otro texto.",
    ),
    "remark_proposes_for_a_text": (
        lambda r: remarked(r, kind="", block=None, proposal="Otro texto."),
        "Un texto se propone en lugar de otro del acta.",
    ),
    "remark_decided_by_somebody": (
        lambda r: remarked(r, decided_at=NOW),
        "Una decisión tiene su hora y quién la tomó.",
    ),
    "remark_answered_with_words": (
        lambda r: decided(r, RemarkState.ANSWERED),
        "Escriba la respuesta: la lee quien hizo la observación.",
    ),
    "remark_accepted_with_text": (
        lambda r: decided(r, RemarkState.ACCEPTED),
        "Lo que se acepta deja un texto en el acta.",
    ),
}
