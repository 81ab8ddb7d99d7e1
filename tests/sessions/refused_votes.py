"""The rules of a vote that the database holds: rows it refuses, and why in Spanish."""

import datetime
from typing import Any

from members.choices import Capacity
from sessions.choices import Sense
from sessions.models import Ballot, Vote
from tests.sessions import kit

TEN = datetime.time(10)
CASTING = "El voto dirimente es a favor o en contra, y consta quién lo emitió."


def vote_of(r: dict[str, Any], **fields: Any) -> Vote:
    """The vote of another agreement each time: an agreement has one."""
    number = r["session"].agreements.count() + 1
    agreement = kit.agreement(r["session"], number)
    return Vote(**{"agreement": agreement, "at": TEN, **fields})


def second_ballot(r: dict[str, Any]) -> Ballot:
    """Another of the same seat, by the alternate."""
    vote = vote_of(r)
    vote.save()
    seat = {"vote": vote, "entity": r["entity"], "sense": Sense.FAVOR}
    Ballot.objects.create(cast_by=r["attendance"], **seat)
    assert r["another"].capacity == Capacity.ALTERNATE
    return Ballot(cast_by=r["another"], **seat)


REFUSED_VOTES = {
    "vote_casting_by_somebody": (lambda r: vote_of(r, casting=Sense.FAVOR), CASTING),
    "ballot_entity_once": (
        second_ballot,
        "Esa entidad ya votó: cada asiento tiene un voto.",
    ),
}
