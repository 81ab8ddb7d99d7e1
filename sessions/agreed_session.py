"""The session that an agreement fixes: «la Sesión Ordinaria N° 121 se realizará el jueves 19 de
marzo de 2020» (seed L171)."""

import datetime
import re
from dataclasses import dataclass

from cnlctf.lib.prose_dates import dates_in
from sessions.choices import SessionKind

# A session, then in the same sentence that it will take place, then when.
_TAKES_PLACE = re.compile(
    r"\b(?P<session>(?i:sesi[oó]n)|SO|SE)\b (?P<about>[^.;\n]{0,150}?)"
    r"\bse\s+(?:reali[zc]|celebr|llev|program|convoc)\w* (?P<when>[^;\n]{0,150})"
)


@dataclass(frozen=True)
class AgreedSession:
    kind: SessionKind
    day: datetime.date


def agreed_session(text: str) -> AgreedSession | None:
    """The kind and the day of the session that the text fixes; None where it fixes none.

    A session that is not called extraordinary is an ordinary one.
    """
    found = _TAKES_PLACE.search(text)
    when = next(dates_in(found["when"]), None) if found else None
    if found is None or when is None or when.day is None:
        return None
    is_extraordinary = found["session"] == "SE" or "extraordinaria" in found["about"].lower()
    kind = SessionKind.EXTRAORDINARY if is_extraordinary else SessionKind.ORDINARY
    return AgreedSession(kind, when.day)
