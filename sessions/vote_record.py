"""Recording a vote: whole or not at all, and over the version that was on the screen."""

import datetime
from collections.abc import Mapping
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cnlctf.lib.calendar import clock
from members.models import User
from sessions.choices import Adoption, Sense
from sessions.dissent import check_in_time
from sessions.models import Agreement, Ballot, Vote
from sessions.votes import Floor, conducting, floor_of

STALE = (
    "Otra persona guardó esta votación mientras usted la marcaba: abajo está lo que usted marcó; "
    "revíselo y guarde otra vez."
)


class Cast(NamedTuple):
    sense: str
    reason: str = ""


class StaleVoteError(Exception):
    """The vote on record is no longer the version that was being changed; ``version`` is it."""

    def __init__(self, version: int) -> None:
        super().__init__(STALE)
        self.version = version


def vote_on(agreement: Agreement) -> Vote:
    """Its vote, or a new one of version 0."""
    recorded: Vote | None = getattr(agreement, "vote", None)
    return recorded or Vote(agreement=agreement, version=0)


@transaction.atomic
def record(
    agreement: Agreement,
    *,
    version: int,
    at: datetime.time,
    cast: Mapping[int, Cast],
    casting: str,
    by: User,
    on: datetime.date,
) -> Vote:
    """Write how each entity voted, by its pk; the agreement is from then on one by vote.

    ``casting`` is kept where there is a tie to break, and left out elsewhere. Raise ValidationError
    by entity's pk, or by field of the vote, where something is wrong; StaleVoteError where somebody
    else has saved it meanwhile.
    """
    # Read again: what is refused leaves the caller's own record as it was.
    agreement = (
        Agreement.objects.select_for_update(of=("self",))
        .select_related("session")
        .get(pk=agreement.pk)
    )
    vote = vote_on(agreement)
    if vote.version != version:
        raise StaleVoteError(vote.version)
    known = {ballot.entity_id: ballot for ballot in vote.ballots.all()} if vote.pk else {}
    floor = floor_of(agreement.session)
    vote.at = at
    vote.version += 1
    vote.edited_at, vote.edited_by = timezone.now(), by
    vote.casting, vote.casting_by = "", None
    vote.full_clean()
    _check(agreement, floor, at, cast, known, on)
    vote.save()
    holders = floor.holders(at)
    for entity, (sense, reason) in cast.items():
        ballot = known.pop(entity, None) or Ballot(vote=vote, entity_id=entity)
        ballot.sense, ballot.reason, ballot.cast_by = sense, reason, holders[entity]
        ballot.full_clean()
        ballot.save()
    vote.ballots.filter(pk__in=[ballot.pk for ballot in known.values()]).delete()
    if casting:
        _break_tie(vote, floor, casting)
    if agreement.adoption != Adoption.VOTE:
        # Whoever is writing the agreement has to read this before writing over it.
        Agreement.objects.filter(pk=agreement.pk).update(
            adoption=Adoption.VOTE, version=F("version") + 1
        )
    return Vote.objects.prefetch_related("ballots__entity").get(pk=vote.pk)


def _check(
    agreement: Agreement,
    floor: Floor,
    at: datetime.time,
    cast: Mapping[int, Cast],
    known: Mapping[int, Ballot],
    on: datetime.date,
) -> None:
    holders = floor.holders(at)
    errors: dict[str, list[str]] = {}
    for entity, (sense, reason) in cast.items():
        if entity not in holders:
            errors[str(entity)] = [f"A las {clock(at)} nadie ocupaba su asiento: no vota."]
        before = known.get(entity)
        # What was said in the session may be written down whenever it is; and put right later.
        is_new = before and before.sense == Sense.AGAINST and not before.reason
        if sense == Sense.AGAINST and reason and is_new:
            try:
                check_in_time(agreement.session, on)
            except ValidationError as late:
                errors[str(entity)] = late.messages
    if errors:
        raise ValidationError(errors)


def _break_tie(vote: Vote, floor: Floor, casting: str) -> None:
    recorded = Vote.objects.prefetch_related("ballots__entity").get(pk=vote.pk)
    if not floor.tally(recorded).tied:
        return
    chair = floor.chair(vote.at, conducting(vote.agreement.session))
    if chair is None:
        message = (
            f"No consta quién presidía a las {clock(vote.at)}: regístrelo en la asistencia, en "
            "«Quién conduce y quién lleva el acta»."
        )
        raise ValidationError({"casting": [message]})
    vote.casting, vote.casting_by = casting, chair
    vote.full_clean()
    vote.save()
