"""Who attends a session: marked row by row on its day, with the quorum that they make."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cnlctf.lib.calendar import today
from members.models import Entity
from sessions.attendance_list import (
    VOICES,
    AttendanceList,
    EntityPeople,
    attendance_list,
    remove,
    save,
)
from sessions.choices import Office, SessionState
from sessions.forms.attendance import (
    AttendanceForm,
    HourForm,
    KnownVoiceForm,
    NewVoiceForm,
    OfficersOfTheDayForm,
    PersonSearch,
    VoiceForm,
)
from sessions.holding import HOLDABLE
from sessions.known_people import invited_guests, known_people, observers_of
from sessions.models import Acta, Attendance, Session, SessionOffice
from sessions.quorum import CALLS, Quorum
from sessions.signatures import proposal
from sessions.views.open_session import open_session

MAY_CHANGE = "cnlctf_sessions.change_attendance"

View = Callable[..., HttpResponse]


def by_script(request: HttpRequest) -> bool:
    """Whether a script of the page asks, for a part of it and not for the whole."""
    return request.headers.get("X-Requested-With") == "fetch"


def changes_session(permission: str) -> Callable[[View], View]:
    """A POST to an open session; nobody else changes it meanwhile, as its list has one order."""

    def decorate(view: View) -> View:
        @permission_required(permission, raise_exception=True)
        @require_POST
        @wraps(view)
        def wrapped(request: HttpRequest, slug: str) -> HttpResponse:
            with transaction.atomic():
                get_object_or_404(Session.objects.select_for_update().named(slug))
                return view(request, open_session(slug))

        return wrapped

    return decorate


def back(session: Session, part: str = "") -> HttpResponse:
    response = redirect("attendance_edit", session.slug)
    response["Location"] += part
    return response


# --- The page -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Group:
    entity: Entity
    rows: list[AttendanceForm]
    unfilled: tuple[str, ...]


@permission_required(MAY_CHANGE, raise_exception=True)
@require_safe
@never_cache
def attendance_edit(request: HttpRequest, slug: str) -> HttpResponse:
    session = open_session(slug)
    if by_script(request):
        return render(request, "sessions/_people_found.html", _found(request, session))
    return page(request, session)


def page(
    request: HttpRequest,
    session: Session,
    *,
    rows: dict[int, AttendanceForm] | None = None,
    status: int = HTTPStatus.OK,
    **forms: Any,
) -> HttpResponse:
    """The whole page; ``rows`` and ``forms`` are what was sent and refused, to be put right."""
    listed = attendance_list(session)
    offices = _offices(session)
    acta = Acta.objects.filter(session=session).select_related("session").first()

    def form(row: Attendance) -> AttendanceForm:
        return (rows or {}).get(row.person_id) or AttendanceForm(instance=row)

    def group(of: EntityPeople) -> Group:
        return Group(of.entity, [form(row) for row in of.people], of.unfilled)

    context = {
        "session": session,
        "groups": [group(of) for of in listed.members],
        "voices": [form(row) for row in listed.voices],
        "without_seat": [form(row) for row in listed.without_seat],
        "entities": Entity.objects.all(),
        "guests": invited_guests(session),
        "new_form": NewVoiceForm(observers=observers_of(session), prefix="nueva"),
        "officers_form": OfficersOfTheDayForm(
            present=[row for row in listed.present if row.capacity not in VOICES], offices=offices
        ),
        "signing": proposal(acta) if acta else None,
        "acta": acta,
        **_panel(session, listed, offices),
        **_found(request, session),
        **forms,
    }
    return render(request, "sessions/attendance_edit.html", context, status=status)


def _offices(session: Session) -> dict[str, SessionOffice]:
    return {row.office: row for row in session.offices.select_related("person")}


def _panel(
    session: Session, listed: AttendanceList, offices: dict[str, SessionOffice]
) -> dict[str, Any]:
    """The quorum of who is there now, by each call, and what may be done with it."""
    now = listed.seating.quorum
    there = {row.person_id for row in listed.present}
    chair = offices.get(Office.CHAIR)
    starts_now = session.state == SessionState.SCHEDULED and session.held_on == today()
    hour = timezone.localtime().time() if starts_now else session.starts_at
    return {
        "seating": listed.seating,
        "verified": _verified(session, listed),
        "calls": [replace(now, call=call) for call in CALLS] if now else [],
        "absent_chair": chair if chair and chair.person_id not in there else None,
        "may_hold": session.state in HOLDABLE and session.day <= today(),
        "hour_form": HourForm(at=hour),
    }


def _verified(session: Session, listed: AttendanceList) -> Quorum | None:
    """The quorum at the hour of the start, once there was one."""
    if session.state != SessionState.HELD or not (session.starts_at and listed.seating.quorum):
        return None
    return replace(listed.seating.quorum, present=listed.seats_at(session.starts_at))


def _found(request: HttpRequest, session: Session) -> dict[str, Any]:
    search = PersonSearch(request.GET)
    typed = search.cleaned_data["persona"] if search.is_valid() else ""
    known = known_people(typed, session)
    return {
        "session": session,
        "search": search,
        "typed": typed,
        "found": [
            (
                row,
                KnownVoiceForm(
                    observers=(),
                    auto_id=f"p{row.person.pk}_%s",
                    initial={
                        "person": row.person.pk,
                        "entity": row.entity or "",
                        "capacity": row.capacity,
                    },
                ),
            )
            for row in known
        ],
    }


# --- Marking --------------------------------------------------------------------------------


@changes_session(MAY_CHANGE)
def attendance_save(request: HttpRequest, session: Session) -> HttpResponse:
    """The rows sent: one as it is marked, or the whole list; what is right is kept in any case."""
    listed = {row.person_id: row for row in attendance_list(session)}
    sent = [int(key) for key in request.POST.getlist("fila") if key in map(str, listed)]
    unwanted = request.POST.get("quitar", "")
    refused = {}
    for key in sent:
        form = AttendanceForm(request.POST, instance=listed[key])
        # Without a presence there is nothing to keep yet; and what goes is not changed before.
        if str(key) == unwanted or form.add_prefix("presence") not in request.POST:
            continue
        if form.is_valid():
            save(form.instance)
        else:
            refused[key] = form
    if by_script(request):
        return _answer(request, session, refused, missing=not sent)
    if refused:
        messages.error(request, "Algunas filas no se guardaron: revise las marcadas.")
        return page(request, session, rows=refused, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if unwanted:
        _take_out(request, session, unwanted)
    else:
        messages.success(request, "Asistencia guardada.")
    return back(session)


def _answer(
    request: HttpRequest, session: Session, refused: dict[int, AttendanceForm], *, missing: bool
) -> HttpResponse:
    """To the script that sent a row: the panel as it is now, or what is wrong with the row."""
    if missing:
        text = "Esa persona ya no figura en la lista: vuelva a cargar la página."
        return HttpResponse(text, "text/plain", HTTPStatus.CONFLICT)
    if refused:
        errors = [str(e) for form in refused.values() for of in form.errors.values() for e in of]
        return HttpResponse(" ".join(errors), "text/plain", HTTPStatus.UNPROCESSABLE_ENTITY)
    session.refresh_from_db()
    context = _panel(session, attendance_list(session), _offices(session))
    return render(request, "sessions/_quorum_panel.html", {"session": session, **context})


def _take_out(request: HttpRequest, session: Session, person: str) -> None:
    row = next((row for row in session.attendances.all() if str(row.person_id) == person), None)
    if row is None:
        messages.info(request, "Esa persona ya no figuraba en la asistencia.")
        return
    try:
        remove(row)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"Se quitó a {row.person.full_name} de la asistencia.")


# --- Observers and guests -------------------------------------------------------------------


@changes_session(MAY_CHANGE)
def attendance_add(request: HttpRequest, session: Session) -> HttpResponse:
    """Somebody known before, as an observer or a guest."""
    form = KnownVoiceForm(request.POST, observers=observers_of(session))
    if form.is_valid() and _add(request, session, form):
        return back(session, "#voces")
    for errors in form.errors.values():
        messages.error(request, " ".join(map(str, errors)))
    return back(session, "#agregar")


@changes_session(MAY_CHANGE)
def attendance_create(request: HttpRequest, session: Session) -> HttpResponse:
    """Somebody nobody knew: the person is recorded with the row."""
    if not request.user.has_perm("members.add_person"):
        raise PermissionDenied
    form = NewVoiceForm(request.POST, observers=observers_of(session), prefix="nueva")
    if form.is_valid() and _add(request, session, form):
        return back(session, "#voces")
    return page(request, session, new_form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _add(request: HttpRequest, session: Session, form: VoiceForm) -> bool:
    data = form.cleaned_data
    person, entity = data["person"], data["entity"]
    try:
        with transaction.atomic():
            if person.pk is None:
                person.save()
            save(
                Attendance(session=session, person=person, entity=entity, capacity=data["capacity"])
            )
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    messages.success(request, f"Se añadió a {person.full_name}, {entity.acronym}.")
    return True
