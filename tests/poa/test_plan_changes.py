"""What changes in an approved plan: who may ask for what, when, and what an acceptance leaves."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from poa.choices import ChangeState, ChangeSubject, GoalKind, ParticipationRole, PlanState
from poa.models import Indicator, OperatingPlan, PlanChange
from tests.poa.adjusted import (
    AT,
    LAST_DAY,
    adjusting,
    agreement,
    draft,
    goal_change,
    in_force,
    organ,
    part_change,
    representative,
    secretary,
)
from tests.poa.plans import entity

pytestmark = pytest.mark.django_db

ADDED, REMOVED, ROLE = ChangeSubject.ADDED, ChangeSubject.REMOVED, ChangeSubject.ROLE
RESPONSIBLE, INVOLVED = ParticipationRole.RESPONSIBLE, ParticipationRole.INVOLVED


def why(act, *args, **kwargs) -> list[str]:
    with pytest.raises(ValidationError) as refusal:
        act(*args, **kwargs)
    return refusal.value.messages


def proposed(plan, **values) -> PlanChange:
    change = goal_change(plan, proposed_by=representative(), **values)
    change.propose(on=LAST_DAY)
    return change


def parts(indicator: Indicator) -> list[tuple[str, str]]:
    return [(one.entity.acronym, one.role) for one in indicator.participations.all()]


def test_a_goal_is_proposed_accepted_and_then_the_indicators():
    plan = adjusting()
    change = proposed(plan)
    assert (change.state, change.before, change.after) == (ChangeState.SENT, "10", "12")
    assert plan.indicators.in_order().first().goal == 10
    user = secretary()
    change.accept(at=AT, by=user, answer=" De acuerdo. ")
    change.refresh_from_db()
    assert plan.indicators.in_order().first().goal == 12
    assert (change.state, change.answer, change.decided_by, change.decided_at) == (
        ChangeState.ACCEPTED,
        "De acuerdo.",
        user,
        AT,
    )
    assert plan.versions.count() == 1


def test_a_goal_0_brings_its_footnote_and_takes_it_along_when_it_goes():
    plan = adjusting()
    change = proposed(plan, goal=0, goal_kind=GoalKind.NOT_DUE, note="Desde 2021.")
    change.accept(at=AT, by=secretary())
    indicator = plan.indicators.in_order().first()
    assert (indicator.goal, indicator.goal_kind) == (0, GoalKind.NOT_DUE)
    assert str(indicator.footnote) == "a/ Desde 2021."
    indicator.set_goal(GoalKind.NUMERIC, Decimal(7))
    assert (indicator.footnote, plan.footnotes.count()) == (None, 0)


def test_a_lower_goal_brings_the_milestones_down_to_it():
    plan = adjusting()
    indicator = plan.indicators.in_order().first()
    for quarter, goal in enumerate((2, 5, 8, 10), 1):
        indicator.milestones.create(quarter=quarter, goal=goal)
    proposed(plan, goal=6).accept(at=AT, by=secretary())
    assert [int(one.goal) for one in indicator.milestones.all()] == [2, 5, 6, 6]
    indicator.refresh_from_db()
    indicator.set_goal(GoalKind.TO_BE_DEFINED, None)
    assert not indicator.milestones.exists()


def test_a_declined_one_changes_nothing_and_says_why():
    plan = adjusting()
    change, user = proposed(plan), secretary()
    assert why(change.decline, at=AT, by=user, answer=" ") == [
        "Diga por qué no se acepta: lo lee quien lo propuso."
    ]
    PlanChange.objects.get(pk=change.pk).decline(at=AT, by=user, answer="No hay presupuesto.")
    assert plan.indicators.in_order().first().goal == 10


@pytest.mark.parametrize("decide", ["accept", "decline", "withdraw"])
def test_what_is_decided_or_withdrawn_is_not_decided_again(decide):
    change, user = proposed(adjusting()), secretary()
    same = PlanChange.objects.get(pk=change.pk)
    change.withdraw(at=AT, by=user)
    more = {"answer": "Sí."} if decide == "decline" else {}
    assert why(getattr(same, decide), at=AT, by=user, **more) == [
        "Ese ajuste ya está decidido o retirado."
    ]


def test_a_sector_proposes_one_goal_at_a_time():
    plan = adjusting()
    first = proposed(plan)
    second = goal_change(plan, 15, proposed_by=first.proposed_by)
    assert why(second.propose, on=LAST_DAY) == [
        "La entidad ya propuso una meta para este indicador: retírela antes de proponer otra."
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()
    first.withdraw(at=AT, by=first.proposed_by)
    second.propose(on=LAST_DAY)


def test_the_same_goal_is_no_change():
    change = goal_change(adjusting(), 10, proposed_by=representative())
    assert why(change.propose, on=LAST_DAY) == [
        "La meta propuesta es la misma que tiene el indicador."
    ]


# --- Who, what and until when ---------------------------------------------------------------


def test_nothing_is_proposed_after_the_last_day():
    change = goal_change(adjusting(), proposed_by=representative())
    assert why(change.propose, on=date(2020, 1, 24)) == [
        "El plan no está abierto a ajustes de los sectores."
    ]


@pytest.mark.parametrize("make", [draft, in_force])
def test_a_sector_proposes_only_while_the_plan_is_in_adjustments(make):
    change = goal_change(make(), proposed_by=representative())
    assert why(change.propose, on=LAST_DAY) == [
        "El plan no está abierto a ajustes de los sectores."
    ]


def test_only_the_columns_of_the_agreement_are_adjusted():
    user = representative()
    part = part_change(adjusting(goals=True), ADDED, "PNP", INVOLVED, proposed_by=user)
    assert why(part.propose, on=LAST_DAY) == [
        "En este plan no se ajusta la columna de participación."
    ]
    plan = part.indicator.plan
    OperatingPlan.objects.update(adjusts_goals=False, adjusts_participation=True)
    assert why(goal_change(plan, proposed_by=user).propose, on=LAST_DAY) == [
        "En este plan no se ajusta la columna de metas."
    ]


def test_a_row_is_adjusted_by_those_who_take_part_in_it():
    plan = adjusting()
    second = plan.indicators.in_order().last()
    change = goal_change(plan, indicator=second, proposed_by=representative())
    assert why(change.propose, on=LAST_DAY) == ["Su entidad no participa en ese indicador."]


def test_a_ministry_adjusts_the_rows_of_its_organs():
    plan = adjusting()
    organ("SUNAFIL", of="MTPE")
    change = goal_change(plan, sector="MTPE", proposed_by=representative("MTPE"))
    change.propose(on=LAST_DAY)
    assert change.state == ChangeState.SENT


def test_of_another_institutions_part_a_sector_says_nothing():
    change = part_change(adjusting(), REMOVED, "MINSA", proposed_by=representative())
    assert why(change.propose, on=LAST_DAY) == [
        "De la participación de otra institución responde ella."
    ]


# --- The participation ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("subject", "acronym", "role", "before", "after", "left"),
    [
        (ADDED, "PNP", INVOLVED, "No participa", "Involucrada", ("PNP", "involved")),
        (ROLE, "MINAM", RESPONSIBLE, "Involucrada", "Responsable", ("MINAM", "responsible")),
    ],
)
def test_a_part_is_accepted(subject, acronym, role, before, after, left):
    change = part_change(adjusting(), subject, acronym, role, proposed_by=representative())
    change.propose(on=LAST_DAY)
    change.accept(at=AT, by=secretary())
    assert (change.before, change.after) == (before, after)
    assert left in parts(change.indicator)


def test_an_institution_leaves_the_row():
    change = part_change(adjusting(), REMOVED, "MINAM", proposed_by=representative())
    change.propose(on=LAST_DAY)
    change.accept(at=AT, by=secretary())
    assert (change.before, change.after) == ("Involucrada", "No participa")
    assert parts(change.indicator) == [("SUNAFIL", "responsible"), ("MINSA", "involved")]


@pytest.mark.parametrize(
    ("subject", "acronym", "role", "reason"),
    [
        (ADDED, "MINSA", INVOLVED, "Esa institución ya participa en el indicador."),
        (REMOVED, "PNP", "", "Esa institución no participa en el indicador."),
        (ROLE, "MINSA", INVOLVED, "La institución ya participa así en el indicador."),
        (
            REMOVED,
            "SUNAFIL",
            "",
            "El indicador se quedaría sin institución responsable: indique antes otra.",
        ),
        (
            ROLE,
            "SUNAFIL",
            INVOLVED,
            "El indicador se quedaría sin institución responsable: indique antes otra.",
        ),
        (ADDED, "PNP", "", "Indique como qué participa la institución."),
    ],
)
def test_a_part_that_does_not_fit_is_refused(subject, acronym, role, reason):
    plan = in_force()
    change = part_change(plan, subject, acronym, role, sector="")
    assert why(change.make, at=AT, by=secretary()) == [reason]
    assert plan.versions.count() == 1


# --- The Secretaría's own -------------------------------------------------------------------


def own(plan, **values) -> PlanChange:
    return goal_change(plan, sector="", **values)


def test_a_goal_in_force_changes_in_a_new_version():
    plan = in_force()
    own(plan, reason="Lo pide el oficio.").make(at=AT, by=secretary(), agreement=agreement())
    version = plan.versions.last()
    assert (version.number, version.reason, version.agreement) == (
        2,
        "Lo pide el oficio.",
        agreement(),
    )
    assert version.plan_content.rows[0].goal.quantity == 12


def test_during_the_adjustments_the_version_waits_for_the_consolidation():
    plan = adjusting()
    own(plan).make(at=AT, by=secretary())
    assert plan.indicators.in_order().first().goal == 12
    assert plan.versions.count() == 1


def test_where_the_plan_asks_for_an_agreement_there_is_no_change_without_one():
    plan = in_force()
    OperatingPlan.objects.update(changes_need_agreement=True)
    assert why(own(plan).make, at=AT, by=secretary()) == [
        "Los cambios de este plan requieren un acuerdo."
    ]
    assert plan.indicators.in_order().first().goal == 10


@pytest.mark.parametrize("state", [PlanState.DRAFT, PlanState.EVALUATED, PlanState.CLOSED])
def test_in_other_states_nothing_changes_so(state):
    plan = in_force()
    OperatingPlan.objects.update(state=state, cut_off_on=date(2020, 12, 31))
    (reason,) = why(own(plan).make, at=AT, by=secretary())
    assert reason.endswith(f"este está {PlanState(state).label.lower()}.")


def test_a_change_has_its_reason():
    assert why(own(in_force(), reason="").make, at=AT, by=secretary()) == [
        "Diga por qué: queda en la versión del plan."
    ]


# --- What the database holds ----------------------------------------------------------------


BROKEN = [
    ({"goal": None}, "plan_change_has_its_subject"),
    ({"role": "involved"}, "plan_change_has_its_subject"),
    ({"subject": ADDED, "role": "involved"}, "plan_change_has_its_subject"),
    ({"goal": 0}, "plan_change_goal_zero_has_note"),
    ({"goal_kind": GoalKind.NOT_DUE}, "plan_change_goal_zero_has_note"),
    ({"reason": ""}, "plan_change_says_why"),
    ({"state": ChangeState.ACCEPTED}, "plan_change_decided_has_time"),
    ({"decided_at": AT}, "plan_change_decided_has_time"),
    ({"state": ChangeState.DECLINED, "decided_at": AT}, "plan_change_declined_says_why"),
]


@pytest.mark.parametrize(("values", "constraint"), BROKEN)
def test_a_change_is_refused_by_the_database(values, constraint):
    change = goal_change(adjusting(), proposed_by=representative(), **values)
    with pytest.raises(ValidationError):
        change.full_clean()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        change.save()


def test_a_part_says_its_role_also_to_the_database():
    change = part_change(adjusting(), ADDED, "PNP", proposed_by=representative())
    with (
        pytest.raises(IntegrityError, match="plan_change_says_the_role"),
        transaction.atomic(),
    ):
        change.save()


def test_one_part_of_an_institution_waits_at_a_time():
    plan = adjusting()
    change = part_change(plan, ROLE, "MINAM", RESPONSIBLE, proposed_by=representative())
    change.propose(on=LAST_DAY)
    twin = part_change(plan, REMOVED, "MINAM", proposed_by=change.proposed_by)
    (reason,) = why(twin.propose, on=LAST_DAY)
    assert reason.startswith("La entidad ya propuso un cambio de esa institución")
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()
    assert entity("MINAM") == change.entity
