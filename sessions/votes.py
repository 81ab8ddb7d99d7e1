"""The votes of a session by seat: who was there at the hour of each, and how each comes out.

Nothing of it is stored but the ballots: the attendance says whose seat was taken, and by whom.
"""

import datetime
from dataclasses import dataclass
from typing import cast

from cnlctf.lib.calendar import clock
from cnlctf.lib.text import escape
from members.choices import Capacity
from members.models import Entity
from sessions import quorum
from sessions.choices import Adoption, Office, Presence, Sense, SessionState
from sessions.models import Agreement, Attendance, Ballot, QuorumRule, Session, Vote
from sessions.voting import Side, Tally

# A vote is taken while the session is held: also in one that was suspended later.
VOTABLE = (SessionState.HELD, SessionState.SUSPENDED)
NO_VOTE = "Votación sin registrar, que no adopta nada."
REASONS = {
    Sense.AGAINST: "Razones del voto en contra",
    Sense.ABSTENTION: "Fundamento de la abstención",
}


@dataclass(frozen=True)
class Floor:
    """The member entities on the day of a session, in protocol order, and who came for each."""

    members: tuple[Entity, ...]
    came: tuple[Attendance, ...]
    required: int

    def holders(self, at: datetime.time) -> dict[int, Attendance]:
        """Who holds each seat present at that hour, by the entity's pk."""
        of_members = {entity.pk for entity in self.members}
        seated = (row.as_attendee() for row in self.came if row.entity_id in of_members)
        held = quorum.seats(quorum.in_the_room(seated, at))
        rows = (cast(Attendance, attendee.who) for attendee in held)
        return {row.entity_id: row for row in rows}

    def why_empty(self, entity: Entity, at: datetime.time) -> str:
        """Why nobody sat for the entity at that hour: «se retiró a las 11:05 a.m.»."""
        seated = [
            row
            for row in self.came
            if row.entity_id == entity.pk and row.capacity in quorum.SEATED and row.is_present
        ]
        left = [row.left_at for row in seated if row.left_at and row.left_at <= at]
        arrived = [row.arrived_at for row in seated if row.arrived_at and row.arrived_at > at]
        if left:
            return f"se retiró a las {clock(max(left))}"
        if arrived:
            return f"llegó a las {clock(min(arrived))}"
        excused = any(
            row.entity_id == entity.pk and row.presence == Presence.EXCUSED for row in self.came
        )
        return "no asistió, con justificación" if excused else "no asistió"

    def chair(self, at: datetime.time, conducts: int | None) -> Attendance | None:
        """Who presides at that hour: who conducts the session, or the Presidencia there is."""
        there = {
            row.person_id: row
            for attendee in quorum.in_the_room([row.as_attendee() for row in self.came], at)
            if (row := cast(Attendance, attendee.who))
        }
        if conducts in there:
            return there[conducts]
        presides = (Capacity.PRESIDENT, Capacity.ALTERNATE_PRESIDENT)
        return next(
            (row for code in presides for row in there.values() if row.capacity == code), None
        )

    def tally(self, vote: Vote) -> Tally:
        """Of the ballots of who sat then; any other is for the acta's reviewer to point at."""
        holders = self.holders(vote.at)
        ballots = [ballot for ballot in vote.ballots.all() if ballot.entity_id in holders]

        def of(sense: Sense) -> tuple[str, ...]:
            return tuple(ballot.entity.acronym for ballot in ballots if ballot.sense == sense)

        return Tally(
            present=len(holders),
            quorum=self.required,
            favor=of(Sense.FAVOR),
            against=of(Sense.AGAINST),
            abstentions=of(Sense.ABSTENTION),
            casting=Side(vote.casting) if vote.casting else None,
        )


def floor_of(session: Session) -> Floor:
    """In three queries; where no quorum rule was in force, it asks for none."""
    members = tuple(Entity.objects.members_on(session.day).order_by("protocol_order", "acronym"))
    rule = QuorumRule.objects.in_force_on(session.day).first()
    needed = quorum.required(len(members), rule.as_arithmetic(), session.call) if rule else 0
    came = tuple(session.attendances.select_related("person", "entity"))
    return Floor(members, came, needed)


def conducting(session: Session) -> int | None:
    """The person on record as conducting the session."""
    return session.offices.filter(office=Office.CHAIR).values_list("person", flat=True).first()


@dataclass(frozen=True)
class Voted:
    """The vote of an agreement with how it comes out.

    ``reasoned`` are the ballots that say why; ``displaced``, those of whoever did not sit then.
    """

    vote: Vote
    tally: Tally
    reasoned: tuple[Ballot, ...]
    displaced: tuple[Ballot, ...]

    @property
    def sentence(self) -> str:
        return self.tally.sentence(clock(self.vote.at))

    @property
    def reasons(self) -> tuple[tuple[str, str], ...]:
        """«Razones del voto en contra de MINEM», and what they are."""
        return tuple(
            (f"{REASONS[Sense(ballot.sense)]} de {ballot.entity.acronym}", ballot.reason)
            for ballot in self.reasoned
        )


def votes_of(session: Session) -> dict[int, Voted]:
    """The votes recorded in a session by their agreement's pk.

    In one query where there is none and in six where there are, however many.
    """
    votes = list(
        Vote.objects.filter(agreement__session=session).prefetch_related(
            "ballots__entity", "ballots__cast_by"
        )
    )
    if not votes or session.held_on is None:
        return {}
    floor = floor_of(session)
    return {vote.agreement_id: _voted(floor, vote) for vote in votes}


def _voted(floor: Floor, vote: Vote) -> Voted:
    holders = floor.holders(vote.at)
    ballots = vote.ballots.all()
    return Voted(
        vote,
        floor.tally(vote),
        reasoned=tuple(
            ballot
            for ballot in ballots
            if ballot.entity_id in holders and ballot.sense in REASONS and ballot.reason.strip()
        ),
        displaced=tuple(
            ballot for ballot in ballots if holders.get(ballot.entity_id) != ballot.cast_by
        ),
    )


def adoption_text(agreement: Agreement, voted: Voted | None) -> str:
    """What the acta prints after an agreement, in the markup of ``cnlctf.lib.text``.

    Nothing of consensus, which is how the commission agrees, nor of a form not recorded.
    """
    if agreement.adoption == Adoption.UNANIMITY:
        return "Adoptado por unanimidad."
    if agreement.adoption != Adoption.VOTE:
        return ""
    if voted is None:
        return NO_VOTE
    reasons = (f"- {escape(of)}: {_one_line(reason)}" for of, reason in voted.reasons)
    return "\n".join((escape(voted.sentence), *reasons))


def _one_line(reason: str) -> str:
    return escape(" ".join(reason.split()))
