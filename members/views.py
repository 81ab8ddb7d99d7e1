import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch, QuerySet
from django.utils.decorators import method_decorator
from django.views.generic import DetailView, ListView

from cnlctf.lib import calendar
from members.choices import MembershipKind
from members.models import Designation, Entity, Membership
from members.seats import Seat, seats


@method_decorator(login_not_required, name="dispatch")
class EntityList(ListView):
    """The member entities with their seats, the observers, and the others the program knows."""

    template_name = "members/entity_list.html"
    context_object_name = "memberships"

    def get_queryset(self) -> QuerySet[Membership]:
        in_force = Designation.objects.in_force_on(calendar.today()).select_related("person")
        return (
            Membership.objects.in_force_on(calendar.today())
            .select_related("entity")
            .prefetch_related(
                Prefetch("entity__designations", queryset=in_force, to_attr="sitting")
            )
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        members: list[tuple[Entity, list[Seat]]] = []
        observers: list[tuple[Entity, list[Seat]]] = []
        for membership in self.object_list:
            row = (membership.entity, seats(membership.kind, membership.entity.sitting))
            (members if membership.kind == MembershipKind.MEMBER else observers).append(row)
        vacancies = sum(
            seat.designation is None for _, entity_seats in members for seat in entity_seats
        )
        return super().get_context_data(
            members=members,
            observers=observers,
            vacancies=vacancies,
            today=calendar.today(),
            **kwargs,
        )


@method_decorator(login_not_required, name="dispatch")
class EntityDetail(DetailView):
    """One entity: its place in the commission and everybody who has sat for it."""

    template_name = "members/entity_detail.html"
    queryset = Entity.objects.select_related("parent").prefetch_related("memberships", "organs")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = calendar.today()
        designations = list(
            self.object.designations.select_related("person", "entity").order_by(
                "capacity", "starts_on", "pk"
            )
        )
        membership = next(
            (row for row in self.object.memberships.all() if row.is_in_force(today)), None
        )
        sitting = [row for row in designations if row.is_in_force(today)]
        return super().get_context_data(
            membership=membership,
            seats=seats(membership.kind, sitting) if membership else [],
            designations=by_latest(designations),
            today=today,
            **kwargs,
        )


def by_latest(designations: list[Designation]) -> list[Designation]:
    """Those in force first, then the ended ones, the latest first."""
    return sorted(
        designations,
        key=lambda row: (row.ends_on or datetime.date.max, row.starts_on or datetime.date.min),
        reverse=True,
    )
