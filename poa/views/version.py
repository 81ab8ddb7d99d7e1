"""The versions of a plan, and what two of them say differently."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from poa.models import OperatingPlan
from poa.models.version import PlanVersionQuerySet, original_goals, plan_content
from poa.plan_content import Goal, PlanRow, differences


@login_not_required
@require_safe
def plan_versions(request: HttpRequest, year: int) -> HttpResponse:
    """Every version with its why, and each goal as it was first approved and as it is now."""
    plan = get_object_or_404(OperatingPlan.objects.visible_to(request.user), year=year)
    versions = list(_versions(plan).without_content())
    goals = _goals(plan) if versions else []
    return render(
        request,
        "poa/plan_versions.html",
        {
            "plan": plan,
            "versions": versions,
            "pairs": [(one.number - 1, one) for one in versions],
            "goals": goals,
            "changed": sum(before != row.goal for before, row in goals),
        },
    )


@login_not_required
@require_safe
def version_difference(request: HttpRequest, year: int, before: int, after: int) -> HttpResponse:
    plan = get_object_or_404(OperatingPlan.objects.visible_to(request.user), year=year)
    old, new = (
        get_object_or_404(_versions(plan), number=number) for number in sorted((before, after))
    )
    between = _versions(plan).without_content().filter(number__gt=old.number)
    return render(
        request,
        "poa/version_difference.html",
        {
            "plan": plan,
            "old": old,
            "new": new,
            "between": between.filter(number__lte=new.number),
            "differences": list(differences(old.plan_content, new.plan_content)),
        },
    )


def _versions(plan: OperatingPlan) -> PlanVersionQuerySet:
    return plan.versions.select_related("by__person", "agreement__session")


def _goals(plan: OperatingPlan) -> list[tuple[Goal | None, PlanRow]]:
    """Each row as it is now beside the goal of the first version."""
    original = original_goals(plan)
    return [(original.get(row.indicator), row) for row in plan_content(plan).rows]
