"""A plan from draft to closed: what each state allows, what each step asks and what it leaves."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from poa.choices import PLAN_TRANSITIONS, ParticipationRole, PlanState, PlanStep
from poa.models import Indicator, OperatingPlan, Participation, PlanEvent, PlanVersion
from tests.poa.adjusted import (
    AT,
    LAST_DAY,
    adjusting,
    agreement,
    draft,
    goal_change,
    in_force,
    representative,
    secretary,
)
from tests.poa.plans import make_plan

pytestmark = pytest.mark.django_db

DRAFT = "El plan está en borrador: primero tiene que aprobarse."
ADJUSTING = "El plan tiene ajustes en curso: primero tienen que consolidarse."
IN_FORCE = "El plan está vigente: primero tiene que evaluarse."
ALREADY = {
    PlanState.ADJUSTING: "El plan ya está aprobado con cargo a ajustes.",
    PlanState.IN_FORCE: "El plan ya está vigente.",
    PlanState.EVALUATED: "El plan ya está evaluado.",
    PlanState.CLOSED: "El plan ya está cerrado.",
}
REFUSED = [
    *(
        (step, state, ALREADY[state])
        for step in (PlanStep.APPROVED, PlanStep.APPROVED_TO_ADJUST)
        for state in ALREADY
    ),
    (PlanStep.EXTENDED, PlanState.DRAFT, DRAFT),
    *((PlanStep.EXTENDED, state, ALREADY[state]) for state in list(ALREADY)[1:]),
    (PlanStep.CONSOLIDATED, PlanState.DRAFT, DRAFT),
    *((PlanStep.CONSOLIDATED, state, ALREADY[state]) for state in list(ALREADY)[1:]),
    (PlanStep.EVALUATED, PlanState.DRAFT, DRAFT),
    (PlanStep.EVALUATED, PlanState.ADJUSTING, ADJUSTING),
    *((PlanStep.EVALUATED, state, ALREADY[state]) for state in list(ALREADY)[2:]),
    (PlanStep.CLOSED, PlanState.DRAFT, DRAFT),
    (PlanStep.CLOSED, PlanState.ADJUSTING, ADJUSTING),
    (PlanStep.CLOSED, PlanState.IN_FORCE, IN_FORCE),
    (PlanStep.CLOSED, PlanState.CLOSED, ALREADY[PlanState.CLOSED]),
]


def take(plan: OperatingPlan, step: PlanStep) -> None:
    match step:
        case PlanStep.APPROVED_TO_ADJUST:
            plan.approve(at=AT, by=None, agreement=agreement(), adjust_until=LAST_DAY, goals=True)
        case PlanStep.APPROVED:
            plan.approve(at=AT, by=None, agreement=agreement())
        case PlanStep.EXTENDED:
            plan.extend_adjustments(
                at=AT, by=None, until=LAST_DAY + timedelta(days=7), reason="Faltan dos sectores."
            )
        case PlanStep.CONSOLIDATED:
            plan.consolidate(at=AT, by=None)
        case PlanStep.EVALUATED:
            plan.evaluate(at=AT, by=None, cut_off_on=date(2020, 12, 31))
        case PlanStep.CLOSED:
            plan.close(at=AT, by=None)


def in_state(state: PlanState) -> OperatingPlan:
    plan = draft()
    OperatingPlan.objects.filter(pk=plan.pk).update(
        state=state, adjust_until=LAST_DAY, adjusts_goals=True, cut_off_on=date(2020, 12, 31)
    )
    return OperatingPlan.objects.get(pk=plan.pk)


def test_every_step_of_every_state_is_tried():
    tried = {(step, state) for step, state, _ in REFUSED}
    tried |= {(step, start) for step, (start, _) in PLAN_TRANSITIONS.items()}
    assert tried == {(step, state) for step in PlanStep for state in PlanState}


@pytest.mark.parametrize("step", PlanStep)
def test_a_step_leads_where_the_table_says_and_is_recorded(step):
    start, end = PLAN_TRANSITIONS[step]
    plan = in_state(start)
    take(plan, step)
    plan.refresh_from_db()
    recorded = [(event.step, event.at) for event in plan.steps.all()]
    assert (plan.state, recorded) == (end, [(step, AT)])


@pytest.mark.parametrize(("step", "state", "reason"), REFUSED)
def test_a_step_out_of_its_state_is_refused_and_leaves_nothing(step, state, reason):
    plan = in_state(state)
    with pytest.raises(ValidationError) as refusal:
        take(plan, step)
    assert refusal.value.messages == [reason]
    assert OperatingPlan.objects.get(pk=plan.pk).state == state
    assert (PlanEvent.objects.count(), PlanVersion.objects.count()) == (0, 0)


def test_an_approval_keeps_its_agreement_and_what_is_adjusted():
    plan = adjusting(participation=True)
    plan.refresh_from_db()
    assert plan.approved_by == agreement()
    assert plan.approved_in == agreement().session
    assert (plan.adjust_until, plan.adjusts_goals, plan.adjusts_participation) == (
        LAST_DAY,
        False,
        True,
    )
    version = plan.versions.get()
    assert (version.number, version.reason, version.agreement) == (
        1,
        "Aprobado con cargo a ajustes",
        agreement(),
    )


def test_more_time_is_later_than_before_and_says_why():
    plan = adjusting()
    for until, reason in ((LAST_DAY, "Faltan dos."), (LAST_DAY + timedelta(days=1), " ")):
        with pytest.raises(ValidationError):
            plan.extend_adjustments(at=AT, by=None, until=until, reason=reason)
    silent = PlanEvent(plan=plan, step=PlanStep.EXTENDED, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        silent.save()
    plan.refresh_from_db()
    assert (plan.adjust_until, plan.versions.count()) == (LAST_DAY, 1)
    plan.extend_adjustments(
        at=AT, by=None, until=LAST_DAY + timedelta(days=1), reason="Faltan dos."
    )
    assert plan.takes_proposals(LAST_DAY + timedelta(days=1))
    assert not plan.takes_proposals(LAST_DAY + timedelta(days=2))
    assert plan.versions.count() == 1


def refusals(plan: OperatingPlan, **values) -> list[str]:
    with pytest.raises(ValidationError) as refusal:
        plan.approve(**{"at": AT, "by": None, "agreement": agreement(), **values})
    assert OperatingPlan.objects.get(pk=plan.pk).state == PlanState.DRAFT
    return refusal.value.messages


def test_an_empty_plan_is_not_approved():
    plan = draft()
    Indicator.objects.all().delete()
    assert refusals(plan) == ["El plan no tiene indicadores."]


def test_each_indicator_without_a_responsible_institution_is_named():
    plan = draft()
    Participation.objects.update(role=ParticipationRole.INVOLVED)
    assert refusals(plan) == [
        "LA 1.1.1, indicador 1: le falta la institución responsable.",
        "LA 1.1.2, indicador 1: le falta la institución responsable.",
    ]


def test_adjustments_say_of_which_columns():
    assert refusals(draft(), adjust_until=LAST_DAY) == [
        "Un plan con cargo a ajustes dice hasta cuándo y qué columnas se ajustan."
    ]


def test_an_approval_without_an_agreement_is_no_step():
    event = PlanEvent(plan=draft(), step=PlanStep.APPROVED, at=AT)
    with pytest.raises(ValidationError) as refusal:
        event.full_clean(exclude={"by"})
    assert refusal.value.messages == ["Un plan se aprueba por un acuerdo: indíquelo."]
    refused = pytest.raises(IntegrityError, match="plan_event_approval_has_agreement")
    with refused, transaction.atomic():
        event.save()


def test_adjustments_are_consolidated_once_all_are_decided():
    plan = adjusting()
    change = goal_change(plan, proposed_by=representative())
    change.propose(on=LAST_DAY)
    with pytest.raises(ValidationError, match="Ajustes por decidir: 1"):
        plan.consolidate(at=AT, by=None)
    change.decline(at=AT, by=secretary(), answer="No hay presupuesto.")
    plan.consolidate(at=AT, by=None, reason=" Con los oficios de los sectores. ")
    last = plan.versions.last()
    assert (last.number, last.reason) == (2, "Con los oficios de los sectores.")


def test_a_plan_is_public_once_approved(client):
    plan = draft()
    assert client.get(plan.get_absolute_url()).status_code == 404
    plan.approve(at=AT, by=None, agreement=agreement(), adjust_until=LAST_DAY, goals=True)
    assert client.get(plan.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("day", "open_"), [(date(2020, 1, 22), True), (LAST_DAY, True), (date(2020, 1, 24), False)]
)
def test_the_last_day_of_adjustments_is_in_time(day, open_):
    assert adjusting().takes_proposals(day) is open_


def test_a_plan_in_force_or_a_draft_takes_no_proposals():
    plan = in_force()
    assert not plan.takes_proposals(date(2020, 1, 1))
    assert not make_plan().takes_proposals(date(2020, 1, 1))
