"""The session on its day: its call, who conducts it, its installation, who signs, the board."""

import datetime
from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cnlctf.lib.calendar import clock, today
from members.models import Person
from sessions import holding
from sessions.attendance_list import VOICES, attendance_list
from sessions.choices import Office, SessionState
from sessions.forms.attendance import HourForm, OfficersOfTheDayForm
from sessions.models import Acta, Session
from sessions.quorum import CALLS
from sessions.seating import seating_now
from sessions.signatures import adopt
from sessions.views.attendance import back, by_script, changes_session, page

MAY_HOLD = "cnlctf_sessions.change_session"


@changes_session(MAY_HOLD)
def session_call(request: HttpRequest, session: Session) -> HttpResponse:
    """To the second call, and back to the first."""
    session.call = 2 if session.call == 1 else 1
    session.full_clean()
    session.save(update_fields=["call"])
    messages.success(request, f"El quórum se verifica en {CALLS[session.call]}.")
    return back(session)


@changes_session(MAY_HOLD)
def session_conduct(request: HttpRequest, session: Session) -> HttpResponse:
    """Who conducts this session, and who keeps its acta where the Secretaría Técnica is absent."""
    form = OfficersOfTheDayForm(
        request.POST,
        present=[row for row in attendance_list(session).present if row.capacity not in VOICES],
        offices={row.office: row for row in session.offices.select_related("person")},
    )
    if form.is_valid() and _give_offices(session, form):
        messages.success(request, "Se guardó quién conduce la sesión.")
        return back(session, "#conduccion")
    return page(request, session, officers_form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _give_offices(session: Session, form: OfficersOfTheDayForm) -> bool:
    """Both offices, or neither where one is refused."""
    data = form.cleaned_data
    people = Person.objects.in_bulk(filter(None, (data[Office.CHAIR], data[Office.CLERK])))
    try:
        with transaction.atomic():
            for office in (Office.CHAIR, Office.CLERK):
                person, charge = people.get(data[office]), data[f"{office}_charge"]
                holding.take_office(session, office, person, charge)
    except ValidationError as error:
        form.add_error(f"{office}_charge", error)
        return False
    return True


@changes_session(MAY_HOLD)
def session_install(request: HttpRequest, session: Session) -> HttpResponse:
    failed_before = session.state == SessionState.FAILED

    def install(at: datetime.time) -> None:
        holding.install(session, at=at, on=today())
        messages.success(request, f"La sesión quedó instalada a las {clock(at)}")
        if failed_before:
            messages.warning(
                request, "Constaba sin quórum: revise en el acta la verificación del quórum."
            )

    return _at_hour(request, session, install)


@changes_session(MAY_HOLD)
def session_fail(request: HttpRequest, session: Session) -> HttpResponse:
    def fail(at: datetime.time) -> None:
        opening = holding.fail(session, at=at, on=today())
        messages.success(request, f"Se registró que a las {clock(at)} no hubo quórum.")
        if not Acta.objects.filter(session=session, opening=opening).exists():
            messages.warning(
                request,
                "El acta ya tenía escrita la verificación del quórum y no se ha cambiado. "
                f"Texto propuesto: {opening}",
            )

    return _at_hour(request, session, fail)


def _at_hour(
    request: HttpRequest, session: Session, act: Callable[[datetime.time], None]
) -> HttpResponse:
    form = HourForm(request.POST)
    if form.is_valid():
        try:
            act(form.cleaned_data["at"])
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
    else:
        messages.error(request, " ".join(map(str, form.errors["at"])))
    return back(session)


@changes_session("cnlctf_sessions.change_acta")
def signatories_adopt(request: HttpRequest, session: Session) -> HttpResponse:
    acta = get_object_or_404(Acta.objects.select_for_update(), session=session)
    try:
        rows = adopt(acta, request.POST.get("propuesta", ""))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"El acta tiene {len(rows)} firmantes.")
    return back(session, "#firmantes")


@permission_required("cnlctf_sessions.view_session", raise_exception=True)
@require_safe
@never_cache
def seat_board(request: HttpRequest, slug: str) -> HttpResponse:
    """The seats to be read from three metres; a script asks for them alone, again and again."""
    session = get_object_or_404(Session.objects.named(slug).exclude(held_on=None))
    template = "sessions/_seat_board.html" if by_script(request) else "sessions/seat_board.html"
    return render(request, template, {"session": session, "seating": seating_now(session)})
