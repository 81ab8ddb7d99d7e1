"""4.1.1: what was sent and published since the session before.

Only what this program sent or issued: of anything sent by other means it knows nothing, and says
nothing.
"""

from collections.abc import Iterator
from itertools import groupby

from django.db.models import F
from django.db.models.functions import TruncDate
from django.utils import timezone

from cnlctf.documents.choices import DispatchState
from cnlctf.documents.models import Dispatch, IssuedDocument
from cnlctf.lib.calendar import numeric_date
from sessions.proposals.patterns import Pattern
from sessions.proposals.registry import Occasion, Proposal

PATTERNS = (
    Pattern(
        "envios-titulo",
        "Lo enviado: título del informe",
        "Información concerniente a la Sesión anterior",
    ),
    Pattern(
        "envios-acta",
        "Lo enviado: la publicación del acta anterior",
        "Se aprobó y publicó el acta de la {sesion} ({fecha}).",
        ("sesion", "fecha"),
    ),
    Pattern(
        "envios-correo",
        "Lo enviado: por correo electrónico",
        "Se envió por correo electrónico ({fecha}), a {destinatarios}: {documentos}.",
        ("fecha", "destinatarios", "documentos"),
    ),
)


def dispatches(occasion: Occasion) -> Iterator[Proposal]:
    title = occasion.patterns("envios-titulo")
    lines = [line for line in (_published(occasion), *_sent(occasion)) if line]
    if title and lines:
        texts = {"title": title, "body": "\n".join(f"- {line}" for line in lines)}
        yield Proposal("envios", "4.1.1. Lo enviado desde la sesión anterior", "informe", texts)


def _published(occasion: Occasion) -> str:
    before = occasion.before
    if before is None:
        return ""
    acta = IssuedDocument.objects.without_bytes().filter(name=f"acta-{before.slug}")
    approved = acta.filter(issued_at__date__lte=occasion.day).order_by("-version").first()
    if approved is None:
        return ""
    fecha = numeric_date(timezone.localdate(approved.issued_at))
    return occasion.patterns("envios-acta", sesion=before, fecha=fecha)


def _sent(occasion: Occasion) -> Iterator[str]:
    """A line a day: how many received what."""
    rows = (
        Dispatch.objects.filter(state=DispatchState.SENT)
        .annotate(sent_on=TruncDate("sent_at"), title=F("document__title"))
        .filter(sent_on__gt=occasion.since, sent_on__lte=occasion.day)
        .order_by("sent_on", "document__issued_at", "document_id")
        .values_list("sent_on", "title", "recipient_email")
        .distinct()
    )
    for sent_on, group in groupby(rows, key=lambda row: row[0]):
        sent = list(group)
        readers = len({email for _, _, email in sent})
        titles = [f"«{title}»" for title in dict.fromkeys(title for _, title, _ in sent)]
        yield occasion.patterns(
            "envios-correo",
            fecha=numeric_date(sent_on),
            destinatarios=f"{readers} {'destinatario' if readers == 1 else 'destinatarios'}",
            documentos=" y ".join(filter(None, [", ".join(titles[:-1]), titles[-1]])),
        )
