"""What a new session finds waiting from those before it.

It is copied: a point that comes over keeps a link to its origin, and is the new session's own from
then on.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.text import Truncator

from cnlctf.lib.text import escape, to_plain
from sessions.agreed_session import agreed_session
from sessions.choices import ActaState, AgendaKind, PetitionOrigin, SessionState
from sessions.models import Acta, AgendaItem, Agreement, Petition, Session
from sessions.models.agenda import AgendaItemQuerySet

# How much of what comes over is copied into the title of the new point.
WORDS = 25
WHOSE = {
    PetitionOrigin.SECRETARIAT: "de la Presidencia y la Secretaría Técnica",
    PetitionOrigin.MEMBERS: "de los integrantes",
}


@dataclass(frozen=True)
class Carried:
    """A point for the agenda that an earlier session left; ``key`` names it in a form."""

    origin: Acta | Agreement | Petition
    title: str
    kind: AgendaKind

    @property
    def key(self) -> str:
        return f"{self.origin._meta.model_name}-{self.origin.pk}"

    def as_item(self, session: Session) -> AgendaItem:
        column = f"carried_{self.origin._meta.model_name}"
        return AgendaItem(
            session=session, title=self.title, kind=self.kind, **{column: self.origin}
        )


def carried_over(kind: str, *, agreed_in: Agreement | None = None) -> list[Carried]:
    """The acta to approve, the agreements still open and the petitions that wait, in this order.

    Nothing twice: what is in the agenda of a session to come already stays there. ``agreed_in`` is
    the agreement that fixes the new session, which thereby does what it says.
    """
    return [*_acta(kind), *_agreements(agreed_in), *_petitions()]


def _acta(kind: str) -> Iterator[Carried]:
    """That of the last session of the kind that was held and whose acta is not approved."""
    acta = (
        Acta.objects.exclude(state=ActaState.APPROVED)
        .filter(session__kind=kind, session__state=SessionState.HELD)
        .exclude(carried_to__in=_waiting())
        .select_related("session")
        .order_by("-session__held_on", "-session__number")
        .first()
    )
    if acta:
        title = f"Aprobación del acta de la {acta.session.long_name}."
        yield Carried(acta, title, AgendaKind.APPROVAL)


def _agreements(agreed_in: Agreement | None) -> Iterator[Carried]:
    """Those still open, but for those that only fix a session."""
    pending = (
        Agreement.objects.pending()
        .filter(session_agreed=None)
        .exclude(pk__in=[agreed_in.pk] if agreed_in else [])
        .exclude(carried_to__in=_waiting())
        .select_related("session")
        .order_by("session__held_on", "session__number", "number")
    )
    for agreement in pending:
        if agreed_session(to_plain(agreement.text)):
            continue
        title = (
            f"Seguimiento del acuerdo {agreement.number} de la {agreement.session}: "
            f"{_first_words(agreement.text)}"
        )
        yield Carried(agreement, title, AgendaKind.INFORMATION)


def _petitions() -> Iterator[Carried]:
    """Those of the sessions held that were never put on the agenda of another."""
    attended = AgendaItem.objects.accepted().exclude(session__state=SessionState.CANCELLED)
    petitions = (
        Petition.objects.filter(acta__session__state=SessionState.HELD)
        .exclude(carried_to__in=attended)
        .select_related("acta__session")
        .order_by("acta__session__held_on", "acta__session__number", "-origin", "position")
    )
    for petition in petitions:
        title = (
            f"Atención del pedido {WHOSE[PetitionOrigin(petition.origin)]} en la "
            f"{petition.acta.session}: {_first_words(petition.body)}"
        )
        yield Carried(petition, title, AgendaKind.INFORMATION)


def _waiting() -> AgendaItemQuerySet:
    return AgendaItem.objects.accepted().filter(session__state=SessionState.SCHEDULED)


def _first_words(markup: str) -> str:
    """The start of a text on one line, as markup again."""
    words = " ".join(to_plain(markup).split()).rstrip(".:;")
    return escape(f"{Truncator(words).words(WORDS, truncate='…')}.").replace("….", "…")
