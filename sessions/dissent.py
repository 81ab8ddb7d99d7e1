"""The reasons of who voted against, which may come in writing up to the day after the session."""

import datetime

from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet
from django.utils import timezone

from cnlctf.lib.calendar import long_date
from members.models import User
from sessions.choices import Sense
from sessions.models import Ballot, Session, Vote


def last_day_for_reasons(session: Session) -> datetime.date:
    """Who dissents hands the reasons in up to the day after (domain.md § 2, rule 4)."""
    return session.day + datetime.timedelta(days=1)


def is_late(session: Session, on: datetime.date) -> bool:
    return on > last_day_for_reasons(session)


def check_in_time(session: Session, on: datetime.date) -> None:
    """Raise ValidationError after the last day."""
    if is_late(session, on):
        last_day = long_date(last_day_for_reasons(session))
        raise ValidationError(f"Las razones del voto en contra se entregaban hasta el {last_day}.")


def dissents(user: User, on: datetime.date) -> "QuerySet[Ballot]":
    """The votes against of the entity that the user represents that day."""
    return Ballot.objects.filter(sense=Sense.AGAINST, entity=user.entity_on(on))


def give_reasons(ballot: Ballot, reason: str, *, by: User, on: datetime.date) -> None:
    """Write why the seat voted against; raise ValidationError where it comes too late."""
    check_in_time(ballot.vote.agreement.session, on)
    ballot.reason = reason
    ballot.full_clean()
    ballot.save(update_fields=["reason"])
    # Whoever has the vote open to change it has to read this before writing over it.
    Vote.objects.filter(pk=ballot.vote_id).update(
        version=F("version") + 1, edited_at=timezone.now(), edited_by=by
    )
