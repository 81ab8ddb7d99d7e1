"""What a plan asks for next of the person who reads its page."""

from typing import Any

from django import template
from django.template import Context

from cnlctf.lib.calendar import today
from poa.choices import PlanState
from poa.models import OperatingPlan, PlanChange

register = template.Library()


@register.inclusion_tag("poa/_next_step.html", takes_context=True)
def next_step(context: Context, plan: OperatingPlan) -> dict[str, Any]:
    """To the Secretaría the step of its state; to a representative, while adjustments are open."""
    perms = context["perms"]
    keeps = "poa.change_operatingplan" in perms
    adjusting = plan.state == PlanState.ADJUSTING
    return {
        "plan": plan,
        "keeps": keeps,
        "reports": "poa.add_entityreport" in perms,
        "proposes": not keeps and "poa.add_planchange" in perms,
        "is_open": plan.takes_proposals(today()),
        "waiting": PlanChange.objects.of_plan(plan).waiting().count() if keeps and adjusting else 0,
    }
