"""The orden del día before the session: written and ordered by the Secretaría, proposed by all."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from cnlctf.lib.calendar import today
from members.models import Entity, User
from sessions.choices import AgendaState
from sessions.forms.agenda import (
    AgendaItemUpdateForm,
    DeclineForm,
    NewAgendaItemForm,
    PaperForm,
)
from sessions.models import AgendaItem, AgendaPaper, Session
from sessions.scheduling import why_no_proposals
from sessions.views.open_session import open_session

reads_and_writes = require_http_methods(["GET", "HEAD", "POST"])
keeps_the_agenda = permission_required("cnlctf_sessions.change_agendaitem", raise_exception=True)


@keeps_the_agenda
@reads_and_writes
def agenda_edit(request: HttpRequest, slug: str) -> HttpResponse:
    session = open_session(slug)
    form = NewAgendaItemForm(
        request.POST or None, request.FILES or None, instance=AgendaItem(session=session)
    )
    if form.is_valid() and _append(form, request):
        messages.success(request, "El punto quedó al final del orden del día.")
        return redirect("agenda_edit", slug)
    return agenda_page(request, session, form)


def agenda_page(
    request: HttpRequest,
    session: Session,
    form: NewAgendaItemForm,
    attaching: tuple[int, PaperForm] | None = None,
) -> HttpResponse:
    """The page with what was answered to a form of it; ``attaching`` is a point's and its form."""
    items = list(
        session.agenda_items.numbered()
        .with_proposer(on=session.held_on)  # type: ignore[arg-type]
        .select_related(
            "carried_acta__session",
            "carried_agreement__session",
            "carried_petition__acta__session",
        )
        .prefetch_related(Prefetch("papers", AgendaPaper.objects.with_file()))
    )
    points = [item for item in items if item.is_accepted]
    answered = dict([attaching]) if attaching else {}
    context = {
        "session": session,
        "form": form,
        "points": [
            (point, answered.get(point.pk) or PaperForm(auto_id=paper_ids(point)))
            for point in points
        ],
        "proposed": [item for item in items if item.state == AgendaState.PROPOSED],
        "declined": [item for item in items if item.state == AgendaState.DECLINED],
        "focus": _focus(request, points),
    }
    return render(request, "sessions/agenda_edit.html", context)


def paper_ids(point: AgendaItem) -> str:
    """The names in the page of the fields of a point's own form."""
    return f"documentos-{point.pk}-%s"


def _focus(request: HttpRequest, points: list[AgendaItem]) -> dict[str, Any]:
    """The button that moved a point keeps the focus; at an end of the list, the other has it."""
    places = {str(point.pk): place for place, point in enumerate(points)}
    place = places.get(request.GET.get("movido", ""))
    if place is None:
        return {}
    ends = {0: "abajo", len(points) - 1: "arriba"}
    return {"point": points[place].pk, "button": ends.get(place, request.GET.get("hacia"))}


@keeps_the_agenda
@require_POST
def agenda_item_move(request: HttpRequest, slug: str, item: int) -> HttpResponse:
    """Up or down by one; the page that follows has the focus on the button that was used."""
    point = _point(open_session(slug), item, state=AgendaState.ACCEPTED)
    up = request.POST.get("hacia") == "arriba"
    point.move(up=up)
    moved = AgendaItem.objects.numbered().get(pk=point.pk)
    messages.success(request, f"Ahora es el punto {moved.number}.")
    direction = "arriba" if up else "abajo"
    return redirect(f"{reverse('agenda_edit', args=[slug])}?movido={point.pk}&hacia={direction}")


@keeps_the_agenda
@require_POST
def agenda_reorder(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole list in the order that it was dragged to."""
    session = open_session(slug)
    order = [int(pk) for pk in request.POST.getlist("punto") if pk.isdecimal()]
    try:
        AgendaItem.objects.reorder(session, order)
    except ValidationError as error:
        return _refused(request, slug, error)
    messages.success(request, "Se guardó el nuevo orden.")
    return redirect("agenda_edit", slug)


@keeps_the_agenda
@reads_and_writes
def agenda_item_update(request: HttpRequest, slug: str, item: int) -> HttpResponse:
    session = open_session(slug)
    with transaction.atomic():
        point = _point(session, item, lock=request.method == "POST")
        form = AgendaItemUpdateForm(request.POST or None, instance=point)
        if form.is_valid():
            changed = form.save(commit=False)
            changed.version += 1
            _sign(changed, request)
            changed.full_clean()
            changed.save()
            messages.success(request, "Se guardó el punto.")
            return redirect("agenda_edit", slug)
    return _item_page(request, "sessions/agenda_item_update.html", session, point, form)


@keeps_the_agenda
@reads_and_writes
def agenda_item_remove(request: HttpRequest, slug: str, item: int) -> HttpResponse:
    session = open_session(slug)
    point = _point(session, item)
    try:
        if request.method != "POST":
            point.check_removable()
            return _item_page(request, "sessions/agenda_item_remove.html", session, point)
        point.remove()
    except ValidationError as error:
        return _refused(request, slug, error)
    messages.success(request, "El punto se quitó del orden del día.")
    return redirect("agenda_edit", slug)


@permission_required("cnlctf_sessions.add_agendaitem", raise_exception=True)
@reads_and_writes
def agenda_propose(request: HttpRequest, slug: str) -> HttpResponse:
    session = open_session(slug)
    user = cast(User, request.user)
    if refusal := why_no_proposals(session, user, on=today()):
        raise PermissionDenied(refusal)
    entity = cast(Entity, user.entity_on(today()))
    point = AgendaItem(session=session, proposed_by=user, state=AgendaState.PROPOSED)
    initial = {"presenter": f"{user} ({entity.acronym})"}
    form = NewAgendaItemForm(
        request.POST or None, request.FILES or None, instance=point, initial=initial
    )
    if form.is_valid() and _append(form, request):
        messages.success(request, "Su propuesta llegó a la Secretaría Técnica.")
        return redirect(f"{session.get_absolute_url()}#propuestas")
    context = {"session": session, "entity": entity, "form": form}
    return render(request, "sessions/agenda_propose.html", context)


@keeps_the_agenda
@require_POST
def agenda_item_accept(request: HttpRequest, slug: str, item: int) -> HttpResponse:
    point = _point(open_session(slug), item)
    try:
        point.accept()
    except ValidationError as error:
        return _refused(request, slug, error)
    messages.success(request, "La propuesta pasó al final del orden del día.")
    return redirect("agenda_edit", slug)


@keeps_the_agenda
@reads_and_writes
def agenda_item_decline(request: HttpRequest, slug: str, item: int) -> HttpResponse:
    session = open_session(slug)
    point = _point(session, item)
    form = DeclineForm(request.POST or None)
    try:
        point.check_declinable()
        if not form.is_valid():
            return _item_page(request, "sessions/agenda_item_decline.html", session, point, form)
        point.decline(form.cleaned_data["reason"])
    except ValidationError as error:
        return _refused(request, slug, error)
    messages.success(request, "La propuesta no se incluyó; quien la hizo lee el motivo.")
    return redirect("agenda_edit", slug)


def _point(
    session: Session, pk: int, *, state: AgendaState | None = None, lock: bool = False
) -> AgendaItem:
    points = session.agenda_items.filter(state=state) if state else session.agenda_items.all()
    return get_object_or_404(points.select_for_update() if lock else points, pk=pk)


def _append(form: NewAgendaItemForm, request: HttpRequest) -> bool:
    """The point with its papers, or nothing and the form says why."""
    point = form.save(commit=False)
    _sign(point, request)
    try:
        with transaction.atomic():
            point.append()
            AgendaPaper.objects.attach(
                point,
                form.cleaned_data["papers"],
                at=point.edited_at,
                by=point.edited_by,
            )
    except ValidationError as error:
        form.add_error("papers", error.messages)
        return False
    return True


def _sign(point: AgendaItem, request: HttpRequest) -> None:
    point.edited_by, point.edited_at = request.user, timezone.now()  # type: ignore[assignment]


def _item_page(
    request: HttpRequest, template: str, session: Session, point: AgendaItem, form: Any = None
) -> HttpResponse:
    return render(request, template, {"session": session, "point": point, "form": form})


def _refused(request: HttpRequest, slug: str, error: ValidationError) -> HttpResponse:
    messages.error(request, " ".join(error.messages))
    return redirect("agenda_edit", slug)
