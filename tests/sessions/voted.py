"""A session of four members with an agreement to be voted, and votes as the browser sends them."""

from datetime import time
from typing import Any

from sessions.choices import Adoption
from sessions.models import Acta, Agreement, Letterhead, SessionOffice
from tests.sessions import kit

PAGE = "/sesiones/so-120/acuerdos/1/votacion/"
NAMES = ("MINAM", "MINJUS", "MTPE", "INEI")


def agreement_to_vote(**fields: Any) -> Agreement:
    """Held from 9 to 12; MTPE conducts, and INEI is there from 9:30 to 11:05."""
    kit.rule()
    Letterhead.objects.create(
        commission="Comisión",
        acronym="CNLCTF",
        place="Lima",
        country_mark="PERÚ",
        ministry_mark="Ministerio",
        alliance_mark="Alianza",
    )
    session = kit.session(starts_at=time(9), ends_at=time(12))
    for entity in kit.members(*NAMES):
        hours = {"arrived_at": time(9, 30), "left_at": time(11, 5)}
        kit.attend(session, entity, "Ana", **(hours if entity.acronym == "INEI" else {}))
    chair = session.attendances.get(entity__acronym="MTPE").person
    SessionOffice.objects.create(session=session, office="chair", person=chair, charge="Jefa")
    kit.attend(session, kit.entity("OIT"), "Fe", "G")
    Acta.objects.create(session=session, opening="Se abre.", closing="Se cierra.")
    return kit.agreement(session, **{"adoption": Adoption.VOTE, **fields})


def sent(agreement: Agreement, at: str = "10:00", version: int = 0, **votes: Any) -> dict[str, Any]:
    """The page as it is sent: ``MINAM="favor"``, or with reasons ``MINAM=("against", "No.")``."""
    data: dict[str, Any] = {"version": version, "at": at}
    for attendance in agreement.session.attendances.select_related("entity"):
        vote = votes.pop(attendance.entity.acronym, "")
        sense, reason = vote if isinstance(vote, tuple) else (vote, "")
        prefix = f"voto-{attendance.entity_id}"
        data |= {f"{prefix}-sense": sense, f"{prefix}-reason": reason} if vote else {}
    return data | votes


def all_for(**others: Any) -> dict[str, Any]:
    return dict.fromkeys(NAMES, "favor") | others
