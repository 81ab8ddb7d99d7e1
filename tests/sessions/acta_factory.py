"""A small session with its acta, made by hand: fixed values, every branch of the document."""

from datetime import UTC, date, datetime, time

from members.choices import Gender
from members.models import Entity, Person
from sessions.choices import EXPECTED_OFFICES, PetitionOrigin, Presence
from sessions.models import (
    Acta,
    AgendaItem,
    Agreement,
    Annex,
    Attendance,
    Intervention,
    Letterhead,
    Petition,
    PetitionItem,
    Report,
    SectorReport,
    Session,
    SessionOffice,
    Signatory,
)
from tests.sessions import kit

DAY = date(2021, 3, 18)
BLOCK = {
    "heading": "Cuadro",
    "prose": "",
    "table": {
        "caption": "Cuadro de metas",
        "widths": [1, 3],
        "head": [{"cells": [{"text": "Meta", "header": True}, {"text": "%", "header": True}]}],
        "body": [
            {"cells": [{"text": "Cursos", "header": True}, {"text": "50 %", "state": "active"}]}
        ],
    },
    "legend": [{"state": "active", "shape": "▲", "wording": "En marcha"}],
    "notes": ["a/ Una nota."],
}


def make_session() -> Session:
    kit.rule()
    Letterhead.objects.create(
        commission="Comisión de Prueba",
        acronym="CP",
        place="Lima",
        country_mark="PERÚ",
        ministry_mark="Ministerio Uno",
        alliance_mark="Alianza",
    )
    return kit.session(
        125, held_on=DAY, starts_at=time(9), ends_at=time(12, 5), venue="Sala de Reuniones"
    )


def make_acta(times: int = 1) -> Acta:
    """The acta of a session; ``times`` as much of everything that there may be more of."""
    session = make_session()
    (uno, dos), tres = kit.members("UNO", "DOS"), kit.entity("TRES")
    rosa = make_person("Rosa", "Peña Ñahui", Gender.FEMININE)
    luis = make_person("Luis", "Díaz")
    eva = make_person("Eva", "Ríos", Gender.FEMININE)
    for office, person in zip(EXPECTED_OFFICES, (rosa, luis, eva), strict=True):
        SessionOffice.objects.create(session=session, office=office, person=person, charge="Jefa.")
    chair = attend(session, 1, rosa, uno, "PA")
    secretary = attend(session, 2, eva, uno, "ST")
    attend(session, 3, luis, dos, "T", presence=Presence.EXCUSED)
    alternate = attend(session, 4, make_person("Ana", "Ruiz", Gender.FEMININE), dos, "A")
    guest = attend(session, 5, make_person("Juan", "Paz"), tres, "G", entity_as_written="Los Tres")
    acta = Acta.objects.create(session=session, opening="Se abre.", closing="Se cierra.")
    for place, attendance in enumerate((chair, secretary, alternate), 1):
        Signatory.objects.create(acta=acta, attendance=attendance, position=place)
    for place in range(1, times + 1):
        Report.objects.create(acta=acta, position=place, title="Sobre algo", body="- Uno.\n- Dos.")
        SectorReport.objects.create(
            acta=acta, position=place, speaker=guest, attribution="El invitado,", body="informó."
        )
        petition = Petition.objects.create(
            acta=acta,
            origin=PetitionOrigin.SECRETARIAT,
            position=place,
            body="Enviar:",
            conclusion="Pronto.",
        )
        for sub in range(1, times + 2):
            PetitionItem.objects.create(petition=petition, position=sub, body=f"Cosa {sub}.")
        item = AgendaItem.objects.create(
            session=session, position=place, title="Un asunto.", introduction="Se expuso."
        )
        for turn in range(1, times + 1):
            Intervention.objects.create(
                agenda_item=item, position=turn, attribution="La _jefa_", body="dijo **sí**."
            )
        Agreement.objects.create(session=session, number=place, text="Aprobar.")
        Annex.objects.create(acta=acta, number=place, title="Metas", content=BLOCK)
    return acta


def make_acta_in_review(times: int = 1) -> Acta:
    acta = make_acta(times=times)
    acta.submit(at=datetime(2021, 3, 18, 17, tzinfo=UTC), by=None)
    return acta


def make_person(given_names: str, surnames: str, gender: str = Gender.MASCULINE) -> Person:
    return Person.objects.create(given_names=given_names, surnames=surnames, gender=gender)


def attend(
    session: Session, position: int, person: Person, entity: Entity, capacity: str, **fields: str
) -> Attendance:
    return Attendance.objects.create(
        session=session,
        position=position,
        person=person,
        entity=entity,
        capacity=capacity,
        **fields,
    )
