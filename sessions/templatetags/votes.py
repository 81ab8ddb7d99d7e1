"""The votes of agreements on the pages that list them."""

from django import template

from sessions.choices import Sense
from sessions.models import Agreement, Session
from sessions.votes import VOTABLE, Voted

register = template.Library()


@register.simple_tag
def voted(agreement: Agreement, votes: dict[int, Voted]) -> Voted | None:
    """Its vote, of those of its session."""
    return votes.get(agreement.pk)


@register.filter
def takes_votes(session: Session) -> bool:
    """Whether a vote can be recorded in it, or corrected."""
    return session.state in VOTABLE and not session.why_closed


@register.filter
def vote_count(agreement: Agreement) -> str:
    """The ballots recorded; what comes of them depends on who was there, and its session says."""
    if not hasattr(agreement, "vote"):
        return "votación sin registrar"
    senses = [ballot.sense for ballot in agreement.vote.ballots.all()]
    favor, against, abstentions = (senses.count(sense) for sense in Sense)
    words = [f"{favor} a favor", f"{against} en contra"]
    if abstentions:
        words.append(f"{abstentions} {'abstención' if abstentions == 1 else 'abstenciones'}")
    if agreement.vote.casting:
        words.append(f"voto dirimente {agreement.vote.get_casting_display().lower()}")
    return ", ".join(words)
