"""Writing an acta: opening a long one against a short one, and a save against a bare update."""

from collections.abc import Callable
from datetime import date, time

from django.test import Client

from benchmarks.bulk import SENTENCE
from members.models import User
from sessions.choices import PetitionOrigin, SessionState
from sessions.models import (
    Acta,
    AgendaItem,
    Agreement,
    Attendance,
    Intervention,
    Petition,
    PetitionItem,
    Report,
    SectorReport,
    Session,
)

FEW, MANY = 30, 300
# A text of the acta of SO 120 has some 280 characters, and a report some 600 in bullets.
SAID = f"{SENTENCE} " * 3
TOLD = f"- **{SENTENCE}**\n- {SENTENCE}\n" * 3


def acta_of(blocks: int, number: int) -> Acta:
    """An acta of so many blocks in the proportions of SO 120, with its attendance."""
    session = Session.objects.create(
        number=number,
        held_on=date(2020, 3, 20),
        starts_at=time(9),
        ends_at=time(12),
        state=SessionState.HELD,
    )
    model = Session.objects.get(kind="SO", number=120)
    people = Attendance.objects.bulk_create(
        Attendance(
            session=session,
            person_id=row.person_id,
            entity_id=row.entity_id,
            capacity=row.capacity,
            presence=row.presence,
            position=row.position,
        )
        for row in model.attendances.order_by("position")
    )
    item = AgendaItem.objects.create(session=session, position=1, title=SENTENCE)
    acta = Acta.objects.create(session=session, opening=SENTENCE, closing=SENTENCE)
    speaker = people[0]
    said = {"speaker": speaker, "attribution": "La representante del sector,", "body": SAID}
    # Beside the three that there are one of: opening, introduction and closing.
    for tenth in range(blocks // 10):
        for place in range(2):
            if tenth or place or blocks % 10:
                Report.objects.create(
                    acta=acta, position=2 * tenth + place + 1, title=SENTENCE, body=TOLD
                )
        SectorReport.objects.create(acta=acta, position=tenth + 1, **said)
        petition = Petition.objects.create(
            acta=acta, origin=PetitionOrigin.SECRETARIAT, position=tenth + 1, body=SAID
        )
        PetitionItem.objects.create(petition=petition, position=1, body=SAID)
        for place in range(4 if tenth else 2):
            Intervention.objects.create(agenda_item=item, position=4 * tenth + place + 1, **said)
        Agreement.objects.create(
            session=session, number=tenth + 1, text=SAID, agenda_item=item, adoption="consensus"
        )
    return acta


def writer() -> Client:
    client = Client()
    client.force_login(User.objects.get(username="secretaria"))
    return client


def edit_path(acta: Acta) -> str:
    return f"/sesiones/{acta.session.slug}/acta/editar/"


def opening(client: Client, acta: Acta) -> Callable[[], object]:
    return lambda: client.get(edit_path(acta))


def saving(client: Client, acta: Acta) -> Callable[[], object]:
    """A text of the acta's last turn, saved again and again as the editor's script does."""
    turn = Intervention.objects.filter(agenda_item__session=acta.session).latest("position")
    path = f"{edit_path(acta)}intervencion/{turn.pk}/"
    version = turn.version

    def save() -> None:
        nonlocal version
        fields = {"version": version, "field": "body", "body": SAID}
        answer = client.post(path, fields, headers={"accept": "application/json"})
        version = answer.json()["version"]

    return save


def updating(client: Client, acta: Acta) -> Callable[[], object]:
    turn = Intervention.objects.filter(agenda_item__session=acta.session).latest("position")
    return lambda: client.post(f"/guardar/{turn.pk}/", {"body": SAID})
