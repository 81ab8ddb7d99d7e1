"""An acta's draft about to circulate, in small: who attended, what it says, and the acts on it."""

import datetime
from typing import Any

from django.utils import timezone

from members.choices import Capacity, Role
from members.models import User
from sessions import circulating
from sessions.models import (
    Acta,
    AgendaItem,
    Circulation,
    Intervention,
    Letterhead,
    Reader,
    Remark,
    Report,
)
from sessions.summoning import Act
from tests.sessions import kit

# By the day that the tests take for today: a Monday, at ten in Lima.
NOW = timezone.make_aware(datetime.datetime(2020, 2, 3, 10))
DEADLINE = timezone.make_aware(datetime.datetime(2020, 2, 10, 18))
SITE = "https://cnlctf.example"
SAID = "Preguntó por los plazos."


def act(at: datetime.datetime = NOW) -> Act:
    by = User.objects.filter(username="secretary").first() or kit.user(Role.SECRETARY)
    return Act(by=by, at=at, on=at.date(), site=SITE)


def draft() -> Acta:
    """Of SO 120: Tita of MINAM and Olga of OIT attended, and Ana of INEI without an address."""
    minam, inei = kit.members("MINAM", "INEI")
    oit = kit.entity("OIT", protocol_order=13)
    kit.rule()
    Letterhead.objects.create(
        commission="Comisión Nacional",
        acronym="CNLCTF",
        place="Lima",
        country_mark="PERÚ",
        ministry_mark="Ministerio",
        alliance_mark="Alianza",
    )
    session = kit.session()
    for entity, name, capacity, email in (
        (minam, "Tita", Capacity.HOLDER, "tita@minam.example"),
        (oit, "Olga", Capacity.GUEST, "olga@oit.example"),
        (inei, "Ana", Capacity.HOLDER, ""),
    ):
        row = kit.attend(session, entity, name, capacity)
        row.person.email = email
        row.person.save()
    kit.attend(session, inei, "Luz", Capacity.ALTERNATE, presence="absent")
    acta = kit.acta(session, approved=False)
    Acta.objects.filter(pk=acta.pk).update(opening="Se instaló la sesión.", closing="Se cerró.")
    Report.objects.create(acta=acta, position=1, title="Gestiones", body="Se envió el oficio.")
    item = AgendaItem.objects.create(session=session, position=1, title="El plan")
    Intervention.objects.create(
        agenda_item=item, position=1, attribution="La representante de la OIT,", body=SAID
    )
    return Acta.objects.get()


def circulate(acta: Acta, **fields: Any) -> Circulation:
    """Opened by the Secretaría to whoever has an address."""
    people = [row for row in circulating.attendees(acta) if row.person.email]
    asked = {"attendances": people, "deadline": DEADLINE, "message": "", **fields}
    return circulating.open_circulation(acta, act(), **asked)


def reader(name: str = "Olga") -> Reader:
    """Whoever it is, with the draft open before them."""
    found = Reader.objects.with_circulation().get(attendance__person__given_names=name)
    found.opened_at = found.opened_at or NOW
    found.save()
    return found


def remark(of: Reader, **fields: Any) -> Remark:
    said = Intervention.objects.get(position=1)
    row = Remark(
        **{
            "reader": of,
            "kind": "intervencion",
            "block": said.pk,
            "place": "Punto 1, intervención 1",
            "before": said.body,
            "comment": "No fue así.",
            "made_at": NOW,
            **fields,
        }
    )
    row.full_clean()
    row.save()
    return row
