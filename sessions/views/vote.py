"""The vote of an agreement, marked seat by seat."""

import datetime
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cnlctf.lib.calendar import clock, today
from members.models import Entity, User
from sessions.choices import Sense
from sessions.dissent import is_late, last_day_for_reasons
from sessions.forms.vote import BallotForm, VoteForm
from sessions.models import Agreement, Attendance, Session, Vote
from sessions.views.attendance import by_script
from sessions.views.open_session import open_session
from sessions.vote_record import Cast, StaleVoteError, record, vote_on
from sessions.votes import VOTABLE, Floor, conducting, floor_of
from sessions.voting import Outcome, Tally

TO_THE_ACTA = "acta"
UNFINISHED = {
    Outcome.TIE: "Hay empate: falta el voto dirimente de quien preside.",
    Outcome.INCOMPLETE: "Se guardó lo marcado. Faltan votos: todos los asientos presentes votan.",
}


@dataclass(frozen=True)
class Row:
    """A member entity at the hour of the vote: who votes for it and how, or why nobody does."""

    entity: Entity
    holder: Attendance | None
    form: BallotForm | None
    why_empty: str


@permission_required("cnlctf_sessions.change_agreement", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@transaction.atomic
def agreement_vote(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    if request.method == "POST":
        # Nobody changes the attendance, nor approves the acta, meanwhile.
        get_object_or_404(Session.objects.select_for_update().named(slug))
    session = open_session(slug)
    agreements = session.agreements.select_related("vote").prefetch_related("vote__ballots__entity")
    agreement = get_object_or_404(agreements, number=number)
    agreement.session = session
    if session.state not in VOTABLE:
        raise PermissionDenied(
            f"La {session} no consta como realizada: instálela en la asistencia antes de registrar "
            "sus votaciones."
        )
    if request.method != "POST":
        return _page(request, agreement, VoteForm(initial=_recorded(agreement)))
    form = VoteForm(request.POST)
    if not form.is_valid():
        return _page(request, agreement, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if "ver" in request.POST or "todos" in request.POST:
        return _page(request, agreement, form)
    return _save(request, agreement, form)


def _recorded(agreement: Agreement) -> dict[str, Any]:
    vote = vote_on(agreement)
    at = vote.at or _likely_hour(agreement.session)
    return {"version": vote.version, "at": at, "casting": vote.casting}


def _likely_hour(session: Session) -> datetime.time:
    """Now while the session is being held, or else the hour of its last vote, or its start."""
    now = timezone.localtime().time().replace(second=0, microsecond=0)
    is_on = session.held_on == today() and session.ends_at is None
    if is_on and (session.starts_at is None or session.starts_at <= now):
        return now
    last = Vote.objects.filter(agreement__session=session).order_by("at").last()
    return last.at if last else session.starts_at or datetime.time(12)


def _save(request: HttpRequest, agreement: Agreement, form: VoteForm) -> HttpResponse:
    floor = floor_of(agreement.session)
    forms = {entity.pk: _sent(request, entity) for entity in floor.members}
    if not all(ballot.is_valid() for ballot in forms.values()):
        return _page(request, agreement, form, forms, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    cast = {
        entity: Cast(ballot.cleaned_data["sense"], ballot.cleaned_data["reason"].strip())
        for entity, ballot in forms.items()
        if ballot.cleaned_data["sense"]
    }
    try:
        vote = record(agreement, cast=cast, by=_user(request), on=today(), **form.cleaned_data)
    except StaleVoteError as stale:
        messages.error(request, str(stale))
        # Sending it again is then to have read it.
        sent = request.POST.copy()
        sent["version"] = str(stale.version)
        form.data = sent
        return _page(request, agreement, form, forms, status=HTTPStatus.CONFLICT)
    except ValidationError as refused:
        _tell(form, forms, refused)
        return _page(request, agreement, form, forms, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    tally = floor.tally(vote)
    if tally.outcome in UNFINISHED:
        messages.warning(request, UNFINISHED[tally.outcome])
        here = reverse("agreement_vote", args=[agreement.session.slug, agreement.number])
        return redirect(f"{here}?volver={TO_THE_ACTA}" if _to_the_acta(request) else here)
    messages.success(request, f"Votación guardada. {tally.verdict}: {tally.count}.")
    return redirect(_back(request, agreement))


def _user(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]


def _sent(request: HttpRequest, entity: Entity) -> BallotForm:
    return BallotForm(request.POST, prefix=_prefix(entity.pk))


def _prefix(entity: int) -> str:
    return f"voto-{entity}"


def _tell(form: VoteForm, forms: dict[int, BallotForm], refused: ValidationError) -> None:
    for name, errors in refused.message_dict.items():
        if name.isdecimal():
            forms[int(name)].add_error(None, errors)
        else:
            form.add_error(name if name in form.fields else None, errors)


def _to_the_acta(request: HttpRequest) -> bool:
    asked = request.POST if request.method == "POST" else request.GET
    return asked.get("volver") == TO_THE_ACTA


def _back(request: HttpRequest, agreement: Agreement) -> str:
    if not _to_the_acta(request):
        return agreement.get_absolute_url()
    page = reverse("acta_edit", args=[agreement.session.slug])
    return f"{page}#b-acuerdo-{agreement.pk}"


def _page(
    request: HttpRequest,
    agreement: Agreement,
    form: VoteForm,
    forms: dict[int, BallotForm] | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """The table of the seats at the hour on the form; what was sent stays marked."""
    floor = floor_of(agreement.session)
    vote = vote_on(agreement)
    at = _hour(form) or vote.at or _likely_hour(agreement.session)
    known = {ballot.entity_id: ballot for ballot in vote.ballots.all()} if vote.pk else {}
    holders = floor.holders(at)

    def ballot_form(entity: Entity) -> BallotForm:
        prefix = _prefix(entity.pk)
        if "todos" in request.POST:
            return BallotForm(initial={"sense": Sense.FAVOR}, prefix=prefix)
        if form.is_bound:
            return (forms or {}).get(entity.pk) or _sent(request, entity)
        ballot = known.get(entity.pk)
        initial = {"sense": ballot.sense, "reason": ballot.reason} if ballot else {}
        return BallotForm(initial=initial, prefix=prefix)

    rows = [
        Row(
            entity,
            holders.get(entity.pk),
            ballot_form(entity) if entity.pk in holders else None,
            "" if entity.pk in holders else floor.why_empty(entity, at),
        )
        for entity in floor.members
    ]
    context = {
        "agreement": agreement,
        "session": agreement.session,
        "form": form,
        "rows": rows,
        "at": at,
        "misplaced": [row.entity for row in rows if not row.form and _is_marked(request, row)],
        "marked": _marked(floor, rows),
        "saved": floor.tally(vote).sentence(clock(vote.at)) if vote.pk else "",
        "chair": floor.chair(at, conducting(agreement.session)),
        "last_day": last_day_for_reasons(agreement.session),
        "reasons_are_late": is_late(agreement.session, on=today()),
        "to_the_acta": _to_the_acta(request),
        "back": _back(request, agreement),
    }
    template = "sessions/_vote_seats.html" if by_script(request) else "sessions/agreement_vote.html"
    return render(request, template, context, status=status)


def _hour(form: VoteForm) -> datetime.time | None:
    if not form.is_bound:
        return form.initial["at"]
    form.is_valid()
    return form.cleaned_data.get("at")


def _is_marked(request: HttpRequest, row: Row) -> bool:
    return bool(request.POST.get(f"{_prefix(row.entity.pk)}-sense"))


def _marked(floor: Floor, rows: list[Row]) -> Tally:
    """What is marked on the page, saved or not."""

    def of(sense: Sense) -> tuple[str, ...]:
        return tuple(
            row.entity.acronym for row in rows if row.form and row.form["sense"].value() == sense
        )

    present = sum(row.form is not None for row in rows)
    return Tally(present, floor.required, of(Sense.FAVOR), of(Sense.AGAINST), of(Sense.ABSTENTION))
