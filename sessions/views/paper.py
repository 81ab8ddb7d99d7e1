"""The papers of the agenda: attached, taken off, and handed to whoever may read them."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, permission_required
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cnlctf.documents.downloads import download
from cnlctf.documents.models import Enclosure
from cnlctf.lib.calendar import today
from members.models import User
from sessions.choices import AgendaState
from sessions.forms.agenda import NewAgendaItemForm, PaperForm
from sessions.models import AgendaItem, AgendaPaper, Invitation, Session, Summons
from sessions.views.agenda import agenda_page, keeps_the_agenda, paper_ids, reads_and_writes
from sessions.views.open_session import open_session
from sessions.views.summons import convenes


@keeps_the_agenda
@require_POST
def agenda_paper_add(request: HttpRequest, slug: str, item: int) -> HttpResponse:
    session = open_session(slug)
    point = get_object_or_404(session.agenda_items.accepted(), pk=item)
    form = PaperForm(request.POST, request.FILES, auto_id=paper_ids(point))
    if form.is_valid():
        try:
            papers = AgendaPaper.objects.attach(
                point,
                form.cleaned_data["papers"],
                title=form.cleaned_data["title"],
                at=timezone.now(),
                by=cast(User, request.user),
            )
        except ValidationError as error:
            form.add_error("papers", error.messages)
        else:
            named = ", ".join(f"«{paper}»" for paper in papers)
            verb = "Se adjuntó" if len(papers) == 1 else "Se adjuntaron"
            messages.success(request, f"{verb} {named}.")
            return redirect(_point_on_its_page(point))
    blank = NewAgendaItemForm(instance=AgendaItem(session=session))
    return agenda_page(request, session, blank, attaching=(point.pk, form))


@keeps_the_agenda
@reads_and_writes
def agenda_paper_remove(request: HttpRequest, slug: str, paper: int) -> HttpResponse:
    session = open_session(slug)
    papers = AgendaPaper.objects.with_file().filter(agenda_item__session=session)
    found = get_object_or_404(papers.select_related("agenda_item"), pk=paper)
    if request.method != "POST":
        context = {
            "session": session,
            "paper": found,
            "was_sent": found.file.enclosures.exists(),
        }
        return render(request, "sessions/agenda_paper_remove.html", context)
    found.remove()
    messages.success(request, f"Se quitó «{found}».")
    return redirect(_point_on_its_page(found.agenda_item))


@permission_required("cnlctf_sessions.view_session", raise_exception=True)
@require_safe
def agenda_paper(request: HttpRequest, slug: str, paper: int) -> HttpResponse:
    """A paper of the orden del día; of a point only proposed, for who proposed it or decides."""
    session = get_object_or_404(Session.objects.visible_to(request.user).named(slug))
    proposals = AgendaItem.objects.proposals_visible_to(request.user)
    found = get_object_or_404(
        AgendaPaper.objects.select_related("file").filter(
            Q(agenda_item__state=AgendaState.ACCEPTED) | Q(agenda_item__in=proposals),
            agenda_item__session=session,
        ),
        pk=paper,
    )
    return download(found.file)


@convenes
@require_safe
def summons_paper(request: HttpRequest, slug: str, number: int, position: int) -> HttpResponse:
    """A paper as a convocatoria carried it, whatever became of it since."""
    session = get_object_or_404(Session.objects.named(slug))
    return _enclosed(get_object_or_404(session.summonses, number=number), position)


@login_not_required
@require_safe
def invitation_paper(request: HttpRequest, token: str, position: int) -> HttpResponse:
    """A paper of the last convocatoria, for whoever holds a link to it."""
    invitation = Invitation.objects.of_token(token)
    summons = invitation and invitation.session.summonses.last()
    if not invitation or not summons or invitation.is_expired(today()):
        raise Http404
    response = _enclosed(summons, position)
    response["X-Robots-Tag"] = "noindex"
    return response


def _enclosed(summons: Summons, position: int) -> HttpResponse:
    enclosures = Enclosure.objects.filter(document=summons.issued_id).select_related("file")
    return download(get_object_or_404(enclosures, position=position).file)


def _point_on_its_page(point: AgendaItem) -> str:
    numbered = AgendaItem.objects.numbered().get(pk=point.pk)
    return f"{reverse('agenda_edit', args=[point.session.slug])}#punto-{numbered.number}"
