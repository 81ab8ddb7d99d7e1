"""What the pages of a session say comes next, at each point of its way."""

import datetime

import pytest
from django.utils import timezone

from members.choices import Role
from members.models import User
from sessions import summoning
from sessions.choices import SessionState, SummonsKind
from sessions.models import Acta, Session
from sessions.path import Path, path_of
from tests.sessions import kit
from tests.sessions.circulated import circulate, draft, reader, remark
from tests.sessions.summoned import act, coming, commission

pytestmark = pytest.mark.django_db


def path() -> Path | None:
    secretary = User.objects.filter(username="secretary").first() or kit.user(Role.SECRETARY)
    return path_of(Session.objects.get(), User.objects.get(pk=secretary.pk))


def stages() -> dict[str, str]:
    """What is told of each stage, those done with a mark, and the next one with another."""
    return {
        stage.name: f"{'✓ ' * stage.is_done}{'→ ' * stage.is_next}{stage.note}".strip()
        for stage in path().stages
    }


def ways() -> list[str]:
    return [name for name, _ in path().ways]


def test_a_session_to_come_asks_for_its_agenda_and_then_its_summons():
    commission()
    session = coming()
    session.agenda_items.all().delete()
    assert stages() == {
        "Orden del día": "→ Sin puntos",
        "Convocatoria": "Sin enviar",
        "Asistencia": "El día de la sesión",
        "Acta": "Al instalar la sesión",
        "Revisión": "",
        "Observaciones": "Opcional",
        "Aprobación": "",
    }
    session.agenda_items.create(position=1, title="El plan")
    assert stages()["Convocatoria"] == "→ Sin enviar"
    assert ways() == ["Convocar", "Registrar la asistencia"]


def test_one_that_is_convened_waits_for_its_day():
    commission()
    summoning.send(coming(), act(), expected=SummonsKind.SUMMONS, reason="")
    assert stages()["Orden del día"] == "✓ 1 punto"
    assert stages()["Convocatoria"] == "✓ Enviada el 03/02/2020"
    assert ways() == ["Registrar la asistencia"]


def test_an_acta_is_written_reviewed_and_approved():
    acta = draft()
    acta.session.state = SessionState.HELD
    acta.session.starts_at = datetime.time(9, 22)
    acta.session.save()
    assert stages() == {
        "Orden del día": "✓ 1 punto",
        "Convocatoria": "No consta",
        "Asistencia": "✓ Desde las 09:22 a.m.",
        "Acta": "→ Borrador",
        "Revisión": "Lo que falta o no cuadra",
        "Observaciones": "Opcional",
        "Aprobación": "",
    }
    assert ways() == ["Escribir", "Revisar", "Enviar a revisión"]
    acta.submit(at=timezone.now(), by=None)
    assert stages()["Acta"] == "✓ En revisión"
    assert stages()["Aprobación"] == "→"
    assert ways() == ["Aprobar", "Revisar", "Escribir"]


def test_what_was_said_of_the_draft_is_attended_before():
    acta = draft()
    circulate(acta)
    assert stages()["Observaciones"] == "✓ Hasta el 10/02/2020"
    remark(reader())
    remark(reader("Tita"))
    acta.submit(at=timezone.now(), by=None)
    assert stages()["Observaciones"] == "→ 2 por atender"
    assert ways() == ["Atender las observaciones", "Escribir", "Aprobar"]


def test_the_observations_of_an_approved_version_are_past():
    acta = draft()
    circulate(acta)
    remark(reader())
    kit.approve(Acta.objects.get())
    assert path() is None
    Acta.objects.get().reopen(at=timezone.now(), by=None, reason="Un nombre.")
    assert stages()["Observaciones"] == "Opcional"


def test_only_who_keeps_the_sessions_sees_it():
    draft()
    other = kit.user(Role.OBSERVER)
    assert path_of(Session.objects.get(), other) is None


def test_the_pages_show_it(client):
    acta = draft()
    client.force_login(kit.user(Role.SECRETARY))
    for page in (acta.session.get_absolute_url(), acta.get_absolute_url()):
        content = client.get(page).content.decode()
        assert "<strong>Sigue:</strong> Complete el acta" in content
        assert content.count('aria-current="step"') == 1
