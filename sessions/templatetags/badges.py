"""How the state of a session, an acta or an agreement is worded and coloured on every page."""

import datetime
from typing import Any

from django import template

from cnlctf.lib.calendar import day_month_year
from sessions.choices import ActaState, AgendaState, AgreementState, SessionState
from sessions.models import Acta, AgendaItem, Agreement, Session

register = template.Library()

SESSION_TONES = {
    SessionState.SCHEDULED: "busy",
    SessionState.HELD: "good",
    SessionState.FAILED: "bad",
    SessionState.SUSPENDED: "busy",
    SessionState.CANCELLED: "quiet",
    SessionState.REFERRED: "plain",
}
ACTA_BADGES = {
    ActaState.DRAFT: ("quiet", "Acta en borrador"),
    ActaState.IN_REVIEW: ("busy", "Acta en revisión"),
    ActaState.APPROVED: ("good", "Acta aprobada"),
}
AGENDA_BADGES = {
    AgendaState.PROPOSED: ("busy", "Por decidir"),
    AgendaState.ACCEPTED: ("good", "Incluido"),
    AgendaState.DECLINED: ("quiet", "No incluido"),
}
AGREEMENT_TONES = {
    AgreementState.PENDING: "busy",
    AgreementState.FULFILLED: "good",
    AgreementState.WITHDRAWN: "quiet",
}


@register.inclusion_tag("_badge.html")
def session_badge(session: Session, today: datetime.date) -> dict[str, Any]:
    if session.is_unrecorded(today):
        return {"tone": "quiet", "label": "Por registrar"}
    state = SessionState(session.state)
    return {"tone": SESSION_TONES[state], "label": state.label}


@register.inclusion_tag("_badge.html")
def acta_badge(acta: Acta) -> dict[str, Any]:
    tone, label = ACTA_BADGES[ActaState(acta.state)]
    return {"tone": tone, "label": label}


@register.inclusion_tag("_badge.html")
def agenda_badge(item: AgendaItem) -> dict[str, Any]:
    """What became of a proposal."""
    tone, label = AGENDA_BADGES[AgendaState(item.state)]
    return {"tone": tone, "label": label}


@register.inclusion_tag("_badge.html")
def agreement_badge(agreement: Agreement, today: datetime.date) -> dict[str, Any]:
    if agreement.is_overdue(today):
        return {"tone": "bad", "label": "Vencido"}
    state = AgreementState(agreement.state)
    return {"tone": AGREEMENT_TONES[state], "label": state.label}


@register.filter
def due(agreement: Agreement, today: datetime.date) -> str:
    """What there is to say of its term: «vencido hace 11 días», «vence mañana»."""
    if agreement.state == AgreementState.FULFILLED and agreement.fulfilled_on:
        return f"cumplido el {day_month_year(agreement.fulfilled_on)}"
    if agreement.state != AgreementState.PENDING or agreement.due_on is None:
        return ""
    days = (agreement.due_on - today).days
    match days:
        case 0:
            return "vence hoy"
        case 1:
            return "vence mañana"
        case _:
            count = f"{abs(days):,} {'día' if days == -1 else 'días'}"
            return f"vencido hace {count}" if days < 0 else f"vence en {count}"
