"""What holding a session takes, from its agenda to the approved acta, and what comes next."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.timezone import localtime

from cnlctf.lib.calendar import clock, numeric_date
from members.models import User
from sessions.choices import (
    ActaState,
    ActaStep,
    AgendaState,
    RemarkState,
    SessionState,
    SummonsKind,
)
from sessions.models import Acta, Circulation, Session, Summons


@dataclass(frozen=True)
class Stage:
    """A part of the path; without ``url``, it cannot be gone to yet."""

    name: str
    url: str
    is_done: bool
    note: str
    is_next: bool = False


@dataclass(frozen=True)
class Path:
    """``ways`` are the name and the address of what to do next, the first one above all."""

    stages: tuple[Stage, ...]
    advice: str
    ways: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class _Facts:
    session: Session
    acta: Acta | None
    points: int
    summons: Summons | None
    circulation: Circulation | None

    @property
    def is_over(self) -> bool:
        return self.session.state in (SessionState.HELD, SessionState.FAILED)

    @property
    def is_convened(self) -> bool:
        return self.summons is not None and self.summons.kind != SummonsKind.CANCELLATION

    @property
    def waiting(self) -> int:
        """How many remarks on the draft nobody has decided."""
        return getattr(self.circulation, "waiting", 0)


WRITES = ("cnlctf_sessions.change_session", "cnlctf_sessions.change_acta")


def path_of(session: Session, user: User | AnonymousUser) -> Path | None:
    """The path of a session that takes changes, for whoever makes them; None otherwise."""
    if session.why_closed or not user.has_perms(WRITES):
        return None
    acta: Acta | None = getattr(session, "acta", None)
    facts = _Facts(
        session,
        acta,
        sum(item.state == AgendaState.ACCEPTED for item in session.agenda_items.all()),
        session.summonses.select_related("issued").defer("issued__content", "issued__data").last(),
        _circulation(acta) if acta else None,
    )
    upcoming, advice, ways = _next(facts)
    stages = tuple(
        Stage(name, url, is_done, note, is_next=name == upcoming)
        for name, url, is_done, note in _stages(facts)
    )
    return Path(stages, advice, ways)


def _circulation(acta: Acta) -> Circulation | None:
    """That of the version being prepared."""
    waiting = Count("readers__remarks", filter=Q(readers__remarks__state=RemarkState.OPEN))
    of_this = Q(acta__issued=None) | Q(of_version__gt=F("acta__issued__version"))
    return acta.circulations.filter(of_this).annotate(waiting=waiting).first()


def _stages(facts: _Facts) -> Iterator[tuple[str, str, bool, str]]:
    session, acta = facts.session, facts.acta
    points = "1 punto" if facts.points == 1 else f"{facts.points} puntos"
    yield (
        "Orden del día",
        reverse("agenda_edit", args=[session.slug]),
        facts.points > 0,
        points if facts.points else "Sin puntos",
    )
    # What was sent is on record there; nothing is sent any more once the session is over.
    summons = _address("session_summons", session) if facts.summons or not facts.is_over else ""
    yield "Convocatoria", summons, facts.is_convened, _sent(facts)
    yield "Asistencia", _address("attendance_edit", session), facts.is_over, _installed(session)
    if acta is None:
        yield "Acta", "", False, "Al instalar la sesión"
        yield "Revisión", "", False, ""
        yield "Observaciones", "", False, "Opcional"
        yield "Aprobación", "", False, ""
        return
    is_submitted = acta.state != ActaState.DRAFT
    yield "Acta", _address("acta_edit", session), is_submitted, acta.get_state_display()
    yield "Revisión", _address("acta_review", session), is_submitted, "Lo que falta o no cuadra"
    yield (
        "Observaciones",
        _address("circulation_detail", session),
        facts.circulation is not None and not facts.waiting,
        _circulated(facts),
    )
    yield "Aprobación", _step(session, ActaStep.APPROVED) if is_submitted else "", False, ""


def _sent(facts: _Facts) -> str:
    if facts.summons is None:
        return "No consta" if facts.is_over else "Sin enviar"
    day = numeric_date(localtime(facts.summons.created_at))
    return f"Enviada el {day}" if facts.is_convened else f"Cancelada el {day}"


def _installed(session: Session) -> str:
    if session.state == SessionState.FAILED:
        return "Sin quórum"
    if session.state == SessionState.HELD:
        return f"Desde las {clock(session.starts_at)}" if session.starts_at else "Realizada"
    return "El día de la sesión"


def _circulated(facts: _Facts) -> str:
    circulation = facts.circulation
    if facts.waiting:
        return f"{facts.waiting} por atender"
    if circulation is None:
        return "Opcional"
    if circulation.closed_at:
        return "Cerradas"
    return f"Hasta el {numeric_date(localtime(circulation.deadline))}"


def _next(facts: _Facts) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """The stage that comes next, what to do in it, and where."""
    session, acta = facts.session, facts.acta
    if not facts.is_over:
        return _before(facts)
    if acta is None:
        attendance = ("Registrar la asistencia", _address("attendance_edit", session))
        advice = "Consta como realizada y no tiene acta: instálela desde la asistencia."
        return "Asistencia", advice, (attendance,)
    writing = ("Escribir", _address("acta_edit", session))
    reviewing = ("Revisar", _address("acta_review", session))
    if acta.state == ActaState.DRAFT:
        return (
            "Acta",
            "Complete el acta, mire lo que observa el revisor y envíela a revisión.",
            (writing, reviewing, ("Enviar a revisión", _step(session, ActaStep.SUBMITTED))),
        )
    approving = ("Aprobar", _step(session, ActaStep.APPROVED))
    if facts.waiting:
        answering = ("Atender las observaciones", _address("circulation_detail", session))
        advice = "Quienes asistieron observaron el borrador: falta aceptar o responder."
        return "Observaciones", advice, (answering, writing, approving)
    return (
        "Aprobación",
        "Apruébela al leerla en la sesión, o circule antes el borrador a quienes asistieron.",
        (approving, reviewing, writing),
    )


def _before(facts: _Facts) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    session = facts.session
    agenda = ("Preparar el orden del día", _address("agenda_edit", session))
    summons = ("Convocar", _address("session_summons", session))
    attendance = ("Registrar la asistencia", _address("attendance_edit", session))
    if facts.is_convened:
        advice = "Está convocada. Llegado el día, registre quién asiste e instale la sesión."
        return "Asistencia", advice, (attendance,)
    if not facts.points:
        return "Orden del día", "Escriba los puntos que se van a tratar.", (agenda,)
    advice = "Convoque. Con todos los miembros presentes y de acuerdo, se instala sin convocatoria."
    return "Convocatoria", advice, (summons, attendance)


def _address(page: str, session: Session) -> str:
    return reverse(page, args=[session.slug])


def _step(session: Session, step: ActaStep) -> str:
    return reverse("acta_step", args=[session.slug, step])
