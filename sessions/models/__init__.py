from sessions.models.acta import (
    Acta,
    Annex,
    Petition,
    PetitionItem,
    Report,
    SectorReport,
    Signatory,
)
from sessions.models.agenda import AgendaItem, Intervention
from sessions.models.agreement import Agreement
from sessions.models.attendance import Attendance
from sessions.models.circulation import Circulation, CirculationEvent, Reader, Remark
from sessions.models.history import ActaEvent, DismissedFinding, StandardPhrase
from sessions.models.paper import AgendaPaper
from sessions.models.parameters import Letterhead, QuorumRule, SummonsRule
from sessions.models.presence import ActaPresence
from sessions.models.proposal import ProposalDecision, ProposalPattern
from sessions.models.session import Session, SessionOffice
from sessions.models.summons import Invitation, Summons
from sessions.models.vote import Ballot, Vote

__all__ = [
    "Acta",
    "ActaEvent",
    "ActaPresence",
    "AgendaItem",
    "AgendaPaper",
    "Agreement",
    "Annex",
    "Attendance",
    "Ballot",
    "Circulation",
    "CirculationEvent",
    "DismissedFinding",
    "Intervention",
    "Invitation",
    "Letterhead",
    "Petition",
    "PetitionItem",
    "ProposalDecision",
    "ProposalPattern",
    "QuorumRule",
    "Reader",
    "Remark",
    "Report",
    "SectorReport",
    "Session",
    "SessionOffice",
    "Signatory",
    "StandardPhrase",
    "Summons",
    "SummonsRule",
    "Vote",
]
