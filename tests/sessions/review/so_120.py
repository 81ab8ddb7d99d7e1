"""SO 120 as a draft: with its slips, or mended as its reviewer asks."""

from datetime import date

from members.models import Entity, Person
from sessions.choices import ActaState, Adoption
from sessions.models import Acta, Agreement, Attendance, Intervention, Report, SectorReport, Session


def draft() -> Acta:
    """The acta of the demo before it was approved."""
    acta = Acta.objects.select_related("session").get(session__kind="SO", session__number=120)
    Acta.objects.filter(pk=acta.pk).update(
        state=ActaState.DRAFT, issued=None, approved_at=None, approved_by=None
    )
    acta.refresh_from_db()
    return acta


def mend(acta: Acta) -> None:
    """Correct everything that domain.md § 2 lists, and no more."""
    session = acta.session
    acta.opening = acta.opening.replace(
        "el quórum requerido para la instalación",
        "el quórum, con 11 de 11 miembros presentes y 6 requeridos para la instalación",
    )
    acta.save()
    serfor = attend_for(session, "SERFOR", "Rosa", "Prado Ríos")
    rree = Attendance.objects.get(session=session, person__surnames="Córdova Cuba")
    for turn in Intervention.objects.filter(agenda_item__session=session):
        turn.attribution = turn.attribution.replace("Alternativo", "Alterno")
        turn.body = finished(
            turn.body.replace("indico que", "indicó que").replace("MINSa", "MINSA")
        )
        turn.speaker = turn.speaker or (serfor if turn.speaker_entity.acronym == "SERFOR" else rree)
        turn.save()
    for turn in SectorReport.objects.filter(acta=acta):
        turn.body = finished(turn.body.replace("indico que", "indicó que"))
        turn.speaker = turn.speaker or rree
        turn.save()
    report = Report.objects.get(acta=acta, position=7)
    report.body = report.body.partition("\n")[2]
    report.save()
    petition = acta.petitions.get()
    petition.conclusion += " Se responde hasta el viernes 31 de enero de 2020."
    petition.save()
    mend_agreements(session)


def attend_for(session: Session, acronym: str, given_names: str, surnames: str) -> Attendance:
    person = Person.objects.create(given_names=given_names, surnames=surnames, gender="F")
    return Attendance.objects.create(
        session=session,
        person=person,
        entity=Entity.objects.get(acronym=acronym),
        capacity="G",
        position=99,
    )


def finished(text: str) -> str:
    """With a full stop where the sentence was cut short."""
    return text if text.endswith(".") else f"{text.rstrip(',')} la sesión."


def mend_agreements(session: Session) -> None:
    secretariat = Entity.objects.get(acronym="ST-CNLCTF")
    for agreement in Agreement.objects.filter(session=session):
        agreement.adoption = Adoption.UNANIMITY
        if not agreement.responsibles.exists():
            agreement.responsibles.add(secretariat)
        if not agreement.due_on and not agreement.condition:
            agreement.due_on = date(2020, 3, 19)
        agreement.save()
