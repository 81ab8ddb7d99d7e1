from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils.decorators import method_decorator
from django.views.generic import DetailView, ListView

from cnlctf.lib.calendar import today
from members.models import User
from sessions.choices import Office, SessionState
from sessions.dissent import dissents, is_late
from sessions.forms.filters import SessionFilter
from sessions.models import Acta, AgendaItem, AgendaPaper, Agreement, Annex, Session, SessionOffice
from sessions.models.agenda import AgendaItemQuerySet
from sessions.models.session import SessionQuerySet
from sessions.path import path_of
from sessions.scheduling import why_no_proposals
from sessions.seating import seatings
from sessions.votes import votes_of


@method_decorator(login_not_required, name="dispatch")
class SessionList(ListView):
    template_name = "sessions/session_list.html"
    paginate_by = 20

    def get_queryset(self) -> SessionQuerySet:
        visible = Session.objects.visible_to(self.request.user)
        years = [day.year for day in visible.dates("held_on", "year", order="DESC")]
        self.form = SessionFilter(self.request.GET, years=years)
        agreements = (
            Agreement.objects.filter(session=OuterRef("pk"))
            .order_by()
            .values("session")
            .values(count=Count("pk"))
        )
        return (
            self.form.rows(visible)
            .annotate(agreement_count=Coalesce(Subquery(agreements), 0))
            .prefetch_related(
                Prefetch("acta", Acta.objects.visible_to(self.request.user)),
                Prefetch(
                    "offices",
                    SessionOffice.objects.filter(office=Office.CHAIR).select_related("person"),
                    to_attr="chairs",
                ),
            )
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        seating = seatings(context["page_obj"])
        return context | {
            "form": self.form,
            "today": today(),
            "rows": [(session, seating[session.pk]) for session in context["page_obj"]],
            "next": Session.objects.visible_to(self.request.user).next_after(today()),
        }


def with_papers(items: AgendaItemQuerySet, user: User | AnonymousUser) -> AgendaItemQuerySet:
    """With the papers, which are for whoever takes part and not for the public."""
    if not user.has_perm("cnlctf_sessions.view_session"):
        return items
    return items.prefetch_related(Prefetch("papers", AgendaPaper.objects.with_file()))


@method_decorator(login_not_required, name="dispatch")
class SessionDetail(DetailView):
    template_name = "sessions/session_detail.html"

    def get_object(self, queryset: QuerySet | None = None) -> Session:
        user = self.request.user
        agreements = Agreement.objects.select_related("session_agreed__acta")
        session = (
            Session.objects.visible_to(user)
            .named(self.kwargs["slug"])
            .select_related("agreed_in__session__acta")
            .prefetch_related(
                Prefetch("agenda_items", with_papers(AgendaItem.objects.accepted(), user)),
                Prefetch("offices", SessionOffice.objects.select_related("person")),
                Prefetch("agreements", agreements.prefetch_related("responsibles")),
                Prefetch("agreements__agenda_item", AgendaItem.objects.numbered()),
                Prefetch("acta", Acta.objects.visible_to(user)),
                Prefetch("acta__annexes", Annex.objects.defer("content")),
            )
            .first()
        )
        if session is None:
            raise Http404
        return session

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        session = self.object
        siblings = (
            (
                Session.objects.visible_to(self.request.user)
                | Session.objects.filter(state=SessionState.REFERRED)
            )
            .filter(kind=session.kind)
            .select_related("acta")
        )
        votes = votes_of(session)
        return super().get_context_data(**kwargs) | {
            "today": today(),
            "votes": votes,
            "dissents": self._dissents() if votes else set(),
            "seating": seatings([session])[session.pk],
            "previous": siblings.filter(number__lt=session.number).order_by("-number").first(),
            "next": siblings.filter(number__gt=session.number).order_by("number").first(),
            "proposals": self._proposals(),
            # Asked for only where the page has room for the link.
            "may_propose": self._may_propose,
            "path": path_of(session, self.request.user),
        }

    def _proposals(self) -> AgendaItemQuerySet:
        user, session = self.request.user, self.object
        rows = AgendaItem.objects.filter(session=session)
        if not user.is_authenticated or session.held_on is None:
            return rows.none()
        visible = rows.proposals_visible_to(user).numbered().with_proposer(on=session.held_on)
        return with_papers(visible, user)

    def _dissents(self) -> set[int]:
        """The agreements on which the user's entity may still hand in why it voted against."""
        user, session = self.request.user, self.object
        if not user.is_authenticated or session.why_closed or is_late(session, on=today()):
            return set()
        mine = dissents(user, on=today()).filter(vote__agreement__session=session)
        return set(mine.values_list("vote__agreement", flat=True))

    def _may_propose(self) -> bool:
        user = self.request.user
        return user.has_perm("cnlctf_sessions.add_agendaitem") and not why_no_proposals(
            self.object, user, on=today()
        )
