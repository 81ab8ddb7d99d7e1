"""The proposals for one acta: its occasion is read once, and every source writes from it."""

import datetime

from django.db.models import F

from sessions.choices import SessionState
from sessions.models import Acta, Letterhead, ProposalPattern, Session
from sessions.proposals.patterns import Patterns
from sessions.proposals.registry import SOURCES, Occasion, Proposal

# What the first session tells of, where the day of the one before it is not known.
WITHOUT_A_SESSION = datetime.timedelta(days=183)


def proposals_of(acta: Acta) -> list[Proposal]:
    """What the data say today; nothing for an acta that cannot be composed yet."""
    occasion = occasion_of(acta)
    return [proposal for source in SOURCES for proposal in source(occasion)] if occasion else []


def occasion_of(acta: Acta) -> Occasion | None:
    session = acta.session
    day = session.held_on
    letterhead = Letterhead.objects.in_force_on(day).first() if day else None
    if day is None or letterhead is None:
        return None
    before = _before(session, day)
    return Occasion(
        acta=acta,
        session=session,
        day=day,
        letterhead=letterhead,
        before=before,
        since=(before and before.held_on) or day - WITHOUT_A_SESSION,
        patterns=patterns_on(day),
    )


def patterns_on(day: datetime.date) -> Patterns:
    worded = ProposalPattern.objects.in_force_on(day).order_by(F("starts_on").asc(nulls_first=True))
    return Patterns(dict(worded.values_list("slug", "text")))


def _before(session: Session, day: datetime.date) -> Session | None:
    """The last one held, of any kind; or else that of the number before, which an acta cites."""
    held = Session.objects.filter(state=SessionState.HELD, held_on__lt=day)
    cited = Session.objects.filter(
        state=SessionState.REFERRED, kind=session.kind, number=session.number - 1
    )
    return held.order_by("-held_on", "-number").first() or cited.first()
