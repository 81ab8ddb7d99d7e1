"""The rules of the convocatoria that the database holds: rows it refuses, and why in Spanish."""

import datetime
from typing import Any

from cnlctf.documents.models import IssuedDocument
from sessions.choices import Answer, SummonsKind
from sessions.models import Invitation, Summons, SummonsRule

DAY = datetime.date(2020, 1, 16)
NOW = datetime.datetime(2020, 1, 16, 12, tzinfo=datetime.UTC)
RULE = {"citation": "Ley 27444, art. 98", "days": 2}


def prepare(session: Any, person: Any, user: Any) -> None:
    """One of each, for the next to clash with."""
    SummonsRule.objects.create(starts_on=DAY, **RULE)
    summons({"session": session, "user": user}, "a", number=1).save()
    Invitation.objects.create(session=session, person=person)
    Invitation.objects.create(session=session, guest_name="Eva", guest_email="eva@correo.example")


def summons(r: dict[str, Any], name: str, **fields: Any) -> Summons:
    issued = IssuedDocument.objects.issue(
        name=f"convocatoria-{name}",
        title="Convocatoria",
        content=b"%PDF",
        data={"v": 1},
        at=NOW,
        by=None,
    )
    return Summons(
        **{
            "session": r["session"],
            "number": 2,
            "kind": SummonsKind.SUMMONS,
            "issued": issued,
            "created_at": NOW,
            "created_by": r["user"],
            **fields,
        }
    )


REFUSED_SUMMONS = {
    "summons_number_unique": (
        lambda r: summons(r, "b", number=1),
        "La sesión ya tiene una convocatoria con ese número.",
    ),
    "summons_rectification_says_what": (
        lambda r: summons(r, "b", kind=SummonsKind.RECTIFICATION),
        "Una rectificación dice qué cambió.",
    ),
    "invitation_person_once": (
        lambda r: Invitation(session=r["session"], person=r["person"]),
        "Esa persona ya está convocada a la sesión.",
    ),
    "invitation_guest_once": (
        lambda r: Invitation(
            session=r["session"], guest_name="Otra Eva", guest_email="eva@correo.example"
        ),
        "Ya hay un invitado con ese correo electrónico.",
    ),
    "invitation_person_or_guest": (
        lambda r: Invitation(session=r["session"], guest_name="Luz"),
        "Indique el nombre y el correo electrónico del invitado.",
    ),
    "invitation_answered_has_time": (
        lambda r: Invitation(session=r["session"], person=r["other"], answer=Answer.YES),
        "Una respuesta tiene su hora.",
    ),
    "summons_rule_start_unique": (
        lambda r: SummonsRule(starts_on=DAY, **RULE),
        "Ya hay un plazo de convocatoria que empieza ese día.",
    ),
    "cnlctf_sessions_summonsrule_ends_after_start": (
        lambda r: SummonsRule(starts_on=DAY.replace(day=17), ends_on=DAY, **RULE),
        "La vigencia no puede terminar antes de empezar.",
    ),
}
