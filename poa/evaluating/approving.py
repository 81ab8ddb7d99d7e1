"""An evaluation approved in a session: its content, its PDF and its workbook frozen for ever."""

import datetime
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cnlctf.documents.models import IssuedDocument
from cnlctf.lib.calendar import numeric_date
from cnlctf.lib.frozen import freeze
from members.models import User
from poa.choices import EvaluationKind, EvaluationState
from poa.evaluating.collecting import collect
from poa.evaluating.paper import render, workbook
from poa.models import Evaluation, OperatingPlan, PlanVersion
from poa.models.evaluation import check_kind
from poa.models.version import plan_content
from sessions.choices import SessionState
from sessions.models import Session


@transaction.atomic
def approve(
    evaluation: Evaluation, *, session: Session, at: datetime.datetime, by: User | None
) -> None:
    """Freeze it, and take the plan to «evaluado» where it is the one that closes the year.

    Raise ValidationError where the state of either, or the session's day, does not allow it, and
    PdfError where it cannot be printed; nothing is stored then.
    """
    evaluation.refresh_from_db(from_queryset=Evaluation.objects.select_for_update())
    evaluation.check_draft()
    plan = OperatingPlan.objects.select_for_update().get(pk=evaluation.plan_id)
    kind = EvaluationKind(evaluation.kind)
    check_kind(plan, kind)
    _check_session(evaluation, session, on=timezone.localtime(at).date())
    evaluation.plan, evaluation.session = plan, session
    evaluation.version = _version(plan, at, by)
    content = replace(collect(evaluation), is_draft=False)
    local = timezone.localtime(at)
    evaluation.document = IssuedDocument.objects.issue(
        name=evaluation.document_name,
        title=content.title,
        content=render(content, local),
        data=freeze(content),
        at=at,
        by=by,
    )
    evaluation.workbook = IssuedDocument.objects.issue(
        name=f"{evaluation.document_name}-xlsx",
        title=f"{content.title}, en Excel",
        content=workbook(content, local),
        data={"document": evaluation.document_name},
        at=at,
        by=by,
    )
    evaluation.state = EvaluationState.APPROVED
    evaluation.approved_at, evaluation.approved_by = at, by
    evaluation.full_clean(exclude={"created_by"})
    evaluation.save()
    if kind == EvaluationKind.FINAL and plan.is_in_force:
        plan.evaluate(at=at, by=by, cut_off_on=evaluation.cut_off_on, session=session)


def _check_session(evaluation: Evaluation, session: Session, on: datetime.date) -> None:
    if session.held_on is None or session.state in (SessionState.CANCELLED, SessionState.REFERRED):
        raise ValidationError(f"La {session} no se realizó: en ella no se aprobó nada.")
    if session.held_on > on:
        raise ValidationError(
            f"La {session} es el {numeric_date(session.held_on)}: todavía no se ha realizado."
        )
    if session.held_on < evaluation.cut_off_on:
        raise ValidationError(
            f"La {session} fue el {numeric_date(session.held_on)}, antes de la fecha de corte."
        )


def _version(plan: OperatingPlan, at: datetime.datetime, by: User | None) -> PlanVersion:
    """The plan's last version; one is kept where it has none, or where that one says otherwise."""
    last = plan.versions.last()
    if last and last.plan_content == plan_content(plan):
        return last
    return plan.versions.take(plan, at=at, by=by, reason="Como estaba al evaluarse.")
