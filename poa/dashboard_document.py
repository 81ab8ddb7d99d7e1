"""The dashboard of a plan on paper: the figures and charts of the page, as of one day."""

import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.utils import timezone

from cnlctf.lib import calendar, pdf
from cnlctf.lib.calendar import day_month_year
from poa.dashboard import Dashboard, dashboard
from poa.forms.filters import PlanFilter
from poa.legend import wordings
from poa.models import OperatingPlan
from poa.progress import State
from sessions.acta_document import STYLESHEETS, heading_of, letterhead_on

PAPER = (*STYLESHEETS, "css/plan_paper.css")


def pdf_of(plan: OperatingPlan) -> bytes:
    """The whole plan's, compared with that of the year before."""
    legend = wordings(plan)
    form = PlanFilter({}, plan=plan, legend=legend)
    today = calendar.today()
    board = dashboard(plan, form, today, OperatingPlan.objects.visible_to(AnonymousUser()))
    return render(plan, board, form=form, legend=legend, today=today)


def render(
    plan: OperatingPlan,
    board: Dashboard,
    *,
    form: PlanFilter,
    legend: dict[State, str],
    today: datetime.date,
) -> bytes:
    """The PDF, the same for the same data and day: that of the cut-off, once there is one.

    Raise ValidationError where no letterhead is in force, and ``cnlctf.lib.pdf.PdfError``.
    """
    day = plan.cut_off_on or today
    letterhead = letterhead_on(day, "No hay membrete vigente en la fecha del tablero.")
    title = f"Tablero del {plan}"
    context: dict[str, Any] = {
        "plan": plan,
        "dashboard": board,
        "form": form,
        "legend": legend,
        "heading": heading_of(letterhead),
        "title": title,
        "day": day,
    }
    return pdf.render(
        render_to_string("poa/plan_pdf.html", context),
        stylesheets=PAPER,
        title=title,
        author=f"{letterhead.commission} ({letterhead.acronym})",
        subject=f"{plan}, al {day_month_year(day)}",
        created=timezone.make_aware(datetime.datetime.combine(day, datetime.time())),
    )
