"""A session before it is held: created, changed, cancelled."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cnlctf.lib.calendar import today
from sessions import scheduling
from sessions.carry_over import carried_over
from sessions.choices import Office, SessionKind
from sessions.forms.session import (
    CancelForm,
    NewSessionForm,
    OfficersForm,
    SessionForm,
    SessionStart,
)
from sessions.models import Session
from sessions.views.open_session import open_session

reads_and_writes = require_http_methods(["GET", "HEAD", "POST"])


@permission_required("cnlctf_sessions.add_session", raise_exception=True)
@reads_and_writes
def session_create(request: HttpRequest) -> HttpResponse:
    start = SessionStart(request.GET or None, today=today())
    if not start.is_valid():
        return render(request, "sessions/session_start.html", {"form": start})
    kind, day, agreed_in = (start.cleaned_data[name] for name in ("kind", "held_on", "agreed_in"))
    designated = scheduling.designated_on(day)
    form = NewSessionForm(
        request.POST or None,
        instance=Session(agreed_in=agreed_in),
        initial={"kind": kind, "held_on": day} | scheduling.proposal(kind),
        carried=carried_over(kind, agreed_in=agreed_in),
    )
    officers = OfficersForm(
        request.POST or None,
        designated=designated,
        officers=scheduling.expected_officers(designated),
    )
    if form.is_valid() and officers.is_valid():
        session = form.save(commit=False)
        scheduling.schedule(session, officers=officers.officers, carried=form.chosen)
        _tell_created(request, session, asked=int(request.POST["number"]))
        return redirect("agenda_edit", session.slug)
    context = {
        "form": form,
        "officers": officers,
        "kind": SessionKind(kind),
        "day": day,
        "agreed_in": agreed_in,
    }
    return render(request, "sessions/session_create.html", context)


def _tell_created(request: HttpRequest, session: Session, *, asked: int) -> None:
    if session.number != asked:
        messages.warning(
            request,
            f"El número {asked} se ocupó mientras tanto: la sesión es ahora la {session}.",
        )
    messages.success(request, f"Se programó la {session}. Este es su orden del día.")


@permission_required("cnlctf_sessions.change_session", raise_exception=True)
@reads_and_writes
def session_update(request: HttpRequest, slug: str) -> HttpResponse:
    session = open_session(slug)
    form = SessionForm(request.POST or None, instance=session, today=today())
    held = list(session.offices.select_related("person"))
    officers = OfficersForm(
        request.POST or None,
        designated=scheduling.designated_on(session.held_on),  # type: ignore[arg-type]
        officers={
            Office(row.office): scheduling.Officer(row.person_id, row.charge) for row in held
        },
        others=[(row.person_id, str(row.person)) for row in held],
    )
    if form.is_valid() and officers.is_valid():
        try:
            scheduling.reschedule(form.save(commit=False), officers=officers.officers)
        except ValidationError as error:
            form.add_error("number", error.messages)
        else:
            messages.success(request, f"Se guardaron los datos de la {session}.")
            return redirect(session)
    # The form leaves what it was given on the instance, also what it refused.
    context = {"session": open_session(slug), "form": form, "officers": officers}
    return render(request, "sessions/session_update.html", context)


@permission_required("cnlctf_sessions.change_session", raise_exception=True)
@reads_and_writes
def session_cancel(request: HttpRequest, slug: str) -> HttpResponse:
    session = open_session(slug)
    try:
        scheduling.check_cancellable(session)
    except ValidationError as error:
        raise PermissionDenied(error.message) from error
    form = CancelForm(request.POST or None)
    if form.is_valid():
        scheduling.cancel(session, reason=form.cleaned_data["reason"])
        messages.success(request, f"Se canceló la {session}.")
        return redirect(session)
    return render(request, "sessions/session_cancel.html", {"session": session, "form": form})
