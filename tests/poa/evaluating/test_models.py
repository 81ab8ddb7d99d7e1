"""Which evaluation a plan's state allows, and that an approved one never changes."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction

from poa.choices import EvaluationKind, EvaluationState, PlanState
from poa.models import EditedObservations, Evaluation, OperatingPlan
from poa.models.evaluation import EVALUATED
from tests.poa.evaluating.evaluated import AT, CUT_OFF, addendum, approved, plan_in_force, start

pytestmark = pytest.mark.django_db

TABLE = Evaluation._meta.db_table
ISSUED = (
    "Una evaluación aprobada tiene su sesión, la versión del plan, su PDF y su Excel; un borrador "
    "todavía no."
)


@pytest.fixture
def plan():
    return plan_in_force(lines=1, events=1)


def row(plan, **values):
    """What a valid second draft has, but for the ``values``."""
    return Evaluation(
        **{
            "plan": plan,
            "number": 9,
            "kind": EvaluationKind.PARTIAL,
            "ordinal": 9,
            "cut_off_on": CUT_OFF,
            "created_at": AT,
            **values,
        }
    )


def refused(row, message, constraint):
    with pytest.raises(ValidationError) as refusal:
        row.full_clean(exclude={"created_by"})
    assert message in refusal.value.messages
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        row.save()


def test_one_draft_at_a_time(plan):
    start(plan)
    with pytest.raises(ValidationError, match="ya tiene una evaluación en borrador"):
        start(plan, EvaluationKind.PARTIAL)
    refused(row(plan), "El plan ya tiene una evaluación en borrador: termine esa.", None)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"number": 1}, "El plan ya tiene una evaluación con ese número."),
        (
            {"kind": EvaluationKind.FINAL},
            "El año ya tiene su evaluación: lo que llegue después va a una adenda.",
        ),
        (
            {"kind": EvaluationKind.FINAL, "ordinal": 1},
            "El plan ya tiene una de esa clase con ese número.",
        ),
        (
            {"kind": EvaluationKind.ADDENDUM},
            "Una adenda modifica una evaluación aprobada y dice por qué.",
        ),
        (
            {"approved_at": AT},
            ISSUED,
        ),
        (
            {"state": EvaluationState.APPROVED},
            ISSUED,
        ),
    ],
)
def test_each_rule_is_told_and_held(plan, values, message):
    approved(plan)
    refused(row(plan, **values), message, None)


@pytest.mark.parametrize("state", [PlanState.DRAFT, PlanState.ADJUSTING, PlanState.CLOSED])
@pytest.mark.parametrize("kind", EvaluationKind)
def test_a_plan_that_is_not_in_force_is_not_evaluated(plan, state, kind):
    columns = {"adjust_until": CUT_OFF, "adjusts_goals": True, "cut_off_on": CUT_OFF}
    OperatingPlan.objects.filter(pk=plan.pk).update(state=state, **columns)
    with pytest.raises(ValidationError, match="está en estado"):
        start(plan, kind, reasons="Porque sí.")
    assert not plan.evaluations.exists()


def test_an_addendum_is_of_an_evaluated_plan_and_says_why(plan):
    with pytest.raises(ValidationError, match="una adenda es de un plan evaluado"):
        addendum(plan)
    first = approved(plan)
    with pytest.raises(ValidationError, match="dice por qué"):
        start(plan, EvaluationKind.ADDENDUM, reasons=" ")
    assert addendum(plan).follows == first


def test_an_evaluated_plan_has_no_other_evaluation(plan):
    approved(plan)
    plan.refresh_from_db()
    for kind in (EvaluationKind.FINAL, EvaluationKind.PARTIAL):
        with pytest.raises(ValidationError, match=EVALUATED):
            start(plan, kind)


def test_a_plan_evaluated_elsewhere_may_have_its_evaluation_here(plan):
    OperatingPlan.objects.filter(pk=plan.pk).update(state=PlanState.EVALUATED, cut_off_on=CUT_OFF)
    plan.refresh_from_db()
    with pytest.raises(ValidationError, match="Todavía no hay una evaluación aprobada"):
        addendum(plan)
    assert approved(plan).is_approved


@pytest.mark.parametrize(
    ("on", "message"),
    [
        (date(2019, 12, 31), "La fecha de corte es anterior al año."),
        (date(2020, 11, 30), "La fecha de corte es anterior a la de la evaluación anterior."),
    ],
)
def test_the_cut_off_is_not_before_the_year_nor_the_last_one(plan, on, message):
    approved(plan)
    with pytest.raises(ValidationError, match=message):
        addendum(plan, on=on)


def test_they_are_numbered_in_the_plan_and_among_their_kind(plan):
    half = approved(plan, kind=EvaluationKind.PARTIAL, on=date(2020, 6, 30))
    whole = approved(plan)
    late = addendum(plan)
    assert [str(one) for one in (half, whole, late)] == [
        "Evaluación parcial N° 1 del POA 2020",
        "Evaluación del POA 2020",
        "Adenda N° 1 de la evaluación del POA 2020",
    ]
    assert [(one.number, one.ordinal) for one in (half, whole, late)] == [(1, 1), (2, 1), (3, 1)]
    assert (whole.follows, late.follows) == (half, whole)


@pytest.mark.parametrize("statement", [f"UPDATE {TABLE} SET reasons = ''", f"DELETE FROM {TABLE}"])  # noqa: S608
def test_the_database_keeps_an_approved_one(plan, statement):
    approved(plan)
    with (
        pytest.raises(DatabaseError, match="evaluation_immutable"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_draft_may_change_and_go(plan):
    draft = start(plan)
    draft.reasons = "Otros."
    draft.save()
    draft.delete()
    assert not plan.evaluations.exists()


def test_a_line_has_its_observations_edited_once(plan):
    line = plan.indicators.get().line
    EditedObservations.objects.create(plan=plan, line=line, text="Uno.", edited_at=AT)
    refused(
        EditedObservations(plan=plan, line=line, text="Dos.", edited_at=AT),
        "La línea ya tiene observaciones editadas.",
        None,
    )
