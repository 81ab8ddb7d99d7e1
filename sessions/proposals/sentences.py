"""The sentences that open and close the acta, once the session has been installed and ended."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError

from cnlctf.lib.calendar import clock
from sessions.choices import SessionState
from sessions.holding import failed_opening
from sessions.proposals.patterns import Pattern
from sessions.proposals.registry import Occasion, Proposal
from sessions.scheduling import chair_of
from sessions.wording import CLOSING, OPENING

OF_SESSION = ("clase", "codigo", "numero", "comision", "sigla", "lugar", "hora")
PATTERNS = (
    Pattern(
        "apertura",
        "Verificación del quórum",
        OPENING,
        (*OF_SESSION, "conduce", "miembros", "requeridos", "presentes"),
    ),
    Pattern("cierre", "Suscripción del acta", CLOSING, OF_SESSION),
)


def sentences(occasion: Occasion) -> Iterator[Proposal]:
    session = occasion.session
    if opening := _opening(occasion):
        yield Proposal(
            "apertura", "III. Verificación del quórum", "instalacion", {"opening": opening}
        )
    if session.state == SessionState.HELD and session.ends_at:
        closing = occasion.patterns("cierre", hora=clock(session.ends_at), **_session(occasion))
        if closing:
            yield Proposal("cierre", "VIII. Suscripción del acta", "cierre", {"closing": closing})


def _opening(occasion: Occasion) -> str:
    """Nothing before it is known whether there is quorum, and when."""
    session = occasion.session
    if session.state == SessionState.FAILED:
        return failed_opening(session)
    if session.state != SessionState.HELD or not session.starts_at:
        return ""
    try:
        quorum = session.quorum()
    except ValidationError:
        return ""
    if not quorum.met:
        return ""
    return occasion.patterns(
        "apertura",
        conduce=chair_of(session),
        miembros=quorum.members,
        requeridos=quorum.required,
        presentes=quorum.present,
        hora=clock(session.starts_at),
        **_session(occasion),
    )


def _session(occasion: Occasion) -> dict[str, object]:
    session, letterhead = occasion.session, occasion.letterhead
    return {
        "clase": session.get_kind_display(),
        "codigo": session.kind,
        "numero": session.number,
        "comision": letterhead.commission,
        "sigla": letterhead.acronym,
        "lugar": letterhead.place,
    }
