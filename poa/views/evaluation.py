"""The evaluations of a plan: drafts to the Secretaría, and approved ones as they were frozen."""

import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, permission_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cnlctf.lib.calendar import today
from cnlctf.lib.pdf import PdfError
from poa.choices import EvaluationKind
from poa.evaluating import approving, paper
from poa.evaluating.collecting import collect, published
from poa.evaluating.content import EvaluationContent
from poa.evaluating.pending import pending
from poa.forms.evaluation import EvaluationApproveForm, EvaluationEditForm, EvaluationStartForm
from poa.models import Evaluation, OperatingPlan
from poa.models.evaluation import check_kind
from poa.plan_workbook import MEDIA_TYPE

evaluates = permission_required("poa.change_evaluation", raise_exception=True)
reads_and_writes = require_http_methods(["GET", "HEAD", "POST"])
CHANGED = "Otra persona cambió la evaluación mientras usted escribía: vuelva a abrirla."


@login_not_required
@require_safe
def evaluation_list(request: HttpRequest, year: int) -> HttpResponse:
    plan = _visible_plan(request, year)
    rows = plan.evaluations.visible_to(request.user).without_bytes()
    keeps = request.user.has_perm("poa.change_evaluation")
    return render(
        request,
        "poa/evaluation_list.html",
        {
            "plan": plan,
            "evaluations": rows.select_related("plan", "session", "version").defer(
                "version__content"
            ),
            "next": _next_kind(plan) if keeps else None,
        },
    )


@login_not_required
@require_safe
def evaluation_detail(request: HttpRequest, year: int, number: int) -> HttpResponse:
    evaluation = _visible(request, year, number)
    if evaluation.is_approved:
        content = published(evaluation)
        context = {"plan": evaluation.plan, "evaluation": evaluation, "content": content}
        return render(request, "poa/evaluation_detail.html", context)
    content = _collected(evaluation)
    context = {
        "plan": evaluation.plan,
        "evaluation": evaluation,
        "content": content,
        "pending": pending(
            evaluation.plan, content.rows, cut_off_on=evaluation.cut_off_on, on=today()
        ),
    }
    return render(request, "poa/evaluation_detail.html", context)


@login_not_required
@require_safe
def evaluation_pdf(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """The stored file of an approved one, and of a draft what it would be."""
    evaluation = _visible(request, year, number)
    if evaluation.document:
        content = bytes(evaluation.document.content)
    else:
        try:
            content = paper.render(_collected(evaluation), _dated(evaluation.cut_off_on))
        except PdfError as error:
            raise PermissionDenied(str(error)) from error
    return _file(content, "application/pdf", f"{evaluation.document_name}.pdf", inline=True)


@login_not_required
@require_safe
def evaluation_workbook(request: HttpRequest, year: int, number: int) -> HttpResponse:
    evaluation = _visible(request, year, number)
    if evaluation.workbook:
        content = bytes(evaluation.workbook.content)
    else:
        content = paper.workbook(_collected(evaluation), _dated(evaluation.cut_off_on))
    return _file(content, MEDIA_TYPE, f"{evaluation.document_name}.xlsx")


# --- The draft --------------------------------------------------------------------------------


@evaluates
@reads_and_writes
@never_cache
def evaluation_create(request: HttpRequest, year: int) -> HttpResponse:
    plan = get_object_or_404(OperatingPlan, year=year)
    kind = _next_kind(plan)
    if kind is None:
        raise PermissionDenied(_why_no_next(plan))
    closed = kind == EvaluationKind.ADDENDUM
    before = plan.evaluations.approved().last()
    day = min(today(), datetime.date(year, 12, 31))
    initial = {
        "kind": EvaluationKind.FINAL,
        "cut_off_on": before.cut_off_on if closed and before else plan.cut_off_on or day,
        "session": plan.evaluated_in_id if not closed else None,
    }
    data = request.POST if request.method == "POST" else None
    form = EvaluationStartForm(data, plan=plan, closed=closed, today=today(), initial=initial)
    if form.is_valid() and (evaluation := _started(request, plan, form)):
        messages.success(request, f"{evaluation}: se creó el borrador.")
        return redirect(evaluation)
    context = {"plan": plan, "form": form, "closed": closed}
    return render(request, "poa/evaluation_create.html", context)


@evaluates
@reads_and_writes
@never_cache
def evaluation_update(request: HttpRequest, year: int, number: int) -> HttpResponse:
    evaluation = _draft(request, year, number)
    fields = ("cut_off_on", "session", "reasons", "introduction", "edits")
    form = EvaluationEditForm(
        request.POST if request.method == "POST" else None,
        evaluation=evaluation,
        today=today(),
        initial={name: getattr(evaluation, name) for name in fields},
    )
    if form.is_valid() and _saved(evaluation, form):
        messages.success(request, "Se guardó la evaluación.")
        return redirect(evaluation)
    context = {"plan": evaluation.plan, "evaluation": evaluation, "form": form}
    return render(request, "poa/evaluation_update.html", context)


@evaluates
@reads_and_writes
@never_cache
def evaluation_approve(request: HttpRequest, year: int, number: int) -> HttpResponse:
    evaluation = _draft(request, year, number)
    form = EvaluationApproveForm(
        request.POST if request.method == "POST" else None,
        today=today(),
        initial={"session": evaluation.session_id},
    )
    if form.is_valid():
        session = form.cleaned_data["session"]
        try:
            approving.approve(evaluation, session=session, at=timezone.now(), by=request.user)  # type: ignore[arg-type]
        except ValidationError as error:
            form.add_error(None, error.messages)
        except PdfError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{evaluation}: quedó aprobada en la {session}.")
            return redirect(evaluation)
        # What the attempt set on it is not so.
        evaluation = _draft(request, year, number)
    content = _collected(evaluation)
    context = {
        "plan": evaluation.plan,
        "evaluation": evaluation,
        "content": content,
        "form": form,
        "pending": pending(
            evaluation.plan, content.rows, cut_off_on=evaluation.cut_off_on, on=today()
        ),
    }
    return render(request, "poa/evaluation_approve.html", context)


@evaluates
@reads_and_writes
@never_cache
def evaluation_remove(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """A draft that is not needed; nobody but the Secretaría has seen it."""
    evaluation = _draft(request, year, number)
    if request.method == "POST":
        with transaction.atomic():
            Evaluation.objects.drafts().filter(pk=evaluation.pk).delete()
        messages.success(request, f"{evaluation}: se descartó el borrador.")
        return redirect("evaluation_list", year)
    context = {"plan": evaluation.plan, "evaluation": evaluation}
    return render(request, "poa/evaluation_remove.html", context)


# --- Parts ------------------------------------------------------------------------------------


def _visible_plan(request: HttpRequest, year: int) -> OperatingPlan:
    return get_object_or_404(OperatingPlan.objects.visible_to(request.user), year=year)


def _visible(request: HttpRequest, year: int, number: int) -> Evaluation:
    plan = _visible_plan(request, year)
    rows = Evaluation.objects.visible_to(request.user).filter(plan=plan)
    return get_object_or_404(
        rows.select_related("plan", "session", "document", "workbook", "follows__plan"),
        number=number,
    )


def _draft(request: HttpRequest, year: int, number: int) -> Evaluation:
    """403, with the reason, for an approved one."""
    evaluation = _visible(request, year, number)
    try:
        evaluation.check_draft()
    except ValidationError as error:
        raise PermissionDenied(error.message) from error
    return evaluation


def _collected(evaluation: Evaluation) -> EvaluationContent:
    try:
        return collect(evaluation)
    except ValidationError as error:
        raise PermissionDenied(" ".join(error.messages)) from error


def _next_kind(plan: OperatingPlan) -> EvaluationKind | None:
    """What may be started; None where the plan's state, or a draft, allows nothing."""
    if plan.evaluations.drafts().exists():
        return None
    for kind in (EvaluationKind.FINAL, EvaluationKind.ADDENDUM):
        try:
            check_kind(plan, kind)
        except ValidationError:
            continue
        return kind
    return None


def _why_no_next(plan: OperatingPlan) -> str:
    if plan.evaluations.drafts().exists():
        return "El plan ya tiene una evaluación en borrador: termine esa."
    return (
        f"El {plan} está en estado «{plan.get_state_display()}»: se evalúa un plan vigente, y una "
        "adenda es de un plan evaluado."
    )


def _started(
    request: HttpRequest, plan: OperatingPlan, form: EvaluationStartForm
) -> Evaluation | None:
    asked = form.cleaned_data
    try:
        evaluation = Evaluation.objects.start(
            plan,
            kind=EvaluationKind(asked.get("kind") or EvaluationKind.ADDENDUM),
            cut_off_on=asked["cut_off_on"],
            session=asked["session"],
            reasons=asked["reasons"],
            introduction=asked["introduction"],
            at=timezone.now(),
            by=request.user,  # type: ignore[arg-type]
        )
    except ValidationError as error:
        _add_errors(form, error)
    except IntegrityError:
        form.add_error(None, "Otra persona acaba de empezar una evaluación de este plan.")
    else:
        return evaluation
    return None


@transaction.atomic
def _saved(evaluation: Evaluation, form: EvaluationEditForm) -> bool:
    asked = form.cleaned_data
    held = Evaluation.objects.select_for_update().select_related("plan").get(pk=evaluation.pk)
    if held.is_approved or held.edits != asked["edits"]:
        form.add_error(None, CHANGED)
        return False
    for name in ("cut_off_on", "session", "reasons", "introduction"):
        setattr(held, name, asked[name])
    held.edits += 1
    try:
        held.full_clean(exclude={"created_by"})
    except ValidationError as error:
        _add_errors(form, error)
        return False
    held.save()
    return True


def _add_errors(form: Any, error: ValidationError) -> None:
    """Each to its field where the form has it, and the rest above them all."""
    for name, errors in error.update_error_dict({}).items():
        form.add_error(name if name in form.fields else None, errors)


def _dated(day: datetime.date) -> datetime.datetime:
    """Not the moment of the download, which would make each file of a draft another."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


def _file(content: bytes, media_type: str, name: str, *, inline: bool = False) -> HttpResponse:
    how = "inline" if inline else "attachment"
    return HttpResponse(
        content,
        content_type=media_type,
        headers={"Content-Disposition": f'{how}; filename="{name}"'},
    )
