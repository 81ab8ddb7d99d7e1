"""A plan being written: where it comes from, and what its indicators keep."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from poa.choices import GoalKind, ParticipationRole, PlanState
from poa.models import Execution, Indicator, Milestone, OperatingPlan, Unit
from poa.models.milestone import check_milestones
from poa.plan_draft import remove_indicator, save_indicator, start_plan
from tests.poa.adjusted import draft, in_force
from tests.poa.plans import entity, own_indicator

RESPONSIBLE, INVOLVED = ParticipationRole.RESPONSIBLE, ParticipationRole.INVOLVED


@pytest.fixture
def plan(db):
    return draft(2020)


def follow(plan, **values) -> OperatingPlan:
    return start_plan(
        year=2021,
        national_plan=plan.national_plan,
        indicators=plan.indicators.in_order(),
        based_on=plan,
        **values,
    )


def test_an_empty_plan_starts_as_a_draft(plan):
    empty = start_plan(year=2021, national_plan=plan.national_plan)
    assert (empty.state, empty.indicators.count(), empty.based_on) == (PlanState.DRAFT, 0, None)


def test_goals_are_left_to_be_defined(plan):
    following = follow(plan)
    assert {(one.goal_kind, one.goal) for one in following.indicators.all()} == {
        (GoalKind.TO_BE_DEFINED, None)
    }
    assert following.based_on == plan


def test_goals_are_copied_with_footnotes_and_milestones(plan):
    own_indicator(plan.national_plan.objectives.get(), plan)
    plan.indicators.of_lines().first().milestones.create(quarter=1, goal=3)
    following = follow(plan, copies_goals=True)
    said = [(one.code, one.goal, one.footnote and str(one.footnote)) for one in _all(following)]
    assert said == [
        ("1-1", 0, "a/ Desde el año 2022."),
        ("1.1.1-1", 10, None),
        ("1.1.2-1", 10, None),
    ]
    assert [one.goal for one in Milestone.objects.filter(indicator__plan=following)] == [3]


def _all(plan: OperatingPlan):
    return plan.indicators.in_order().select_related("objective", "line__strategy__objective")


def test_institutions_are_copied_and_what_was_done_is_not(plan):
    Execution.objects.create(indicator=plan.indicators.first(), declared=3)
    first = _all(follow(plan)).first()
    assert [one.entity.acronym for one in first.participations.all()] == [
        "SUNAFIL",
        "MINSA",
        "MINAM",
    ]
    assert not hasattr(first, "execution")


def test_a_year_has_one_plan(plan):
    with pytest.raises(ValidationError, match="Ya hay un plan operativo de ese año"):
        start_plan(year=2020, national_plan=plan.national_plan)
    assert OperatingPlan.objects.count() == 1


def new(plan, **values) -> Indicator:
    line = plan.indicators.of_lines().first().line
    unit = Unit.objects.get(name="Evento")
    return Indicator(
        **{"plan": plan, "line": line, "name": "Otro", "unit": unit, "goal": 8, **values}
    )


def save(indicator, note="", parts=(), milestones=(None, None, None, None)):
    save_indicator(indicator, note=note, parts=parts, milestones=milestones)


def test_a_new_indicator_takes_the_next_number_and_its_institutions_their_places(plan):
    indicator = new(plan)
    save(
        indicator,
        parts=[(entity("PNP"), INVOLVED), (entity("MINSA"), RESPONSIBLE)],
        milestones=[None, Decimal(2), None, Decimal(8)],
    )
    indicator.refresh_from_db()
    assert indicator.code == "1.1.1-2"
    assert [
        (one.entity.acronym, one.role, one.position) for one in indicator.participations.all()
    ] == [
        ("PNP", "involved", 1),
        ("MINSA", "responsible", 2),
    ]
    assert [(one.quarter, one.goal) for one in indicator.milestones.all()] == [(2, 2), (4, 8)]


def test_a_footnote_is_made_in_place_shared_and_gone_with_its_last_goal(plan):
    first, second = new(plan, goal=0), new(plan, goal=0)
    save(first, note="Desde 2021.")
    save(second, note="Desde 2021.")
    assert first.footnote == second.footnote
    save(second, note="Desde 2022.")
    assert sorted(map(str, plan.footnotes.all())) == ["a/ Desde 2021.", "b/ Desde 2022."]
    first.goal = 5
    save(first)
    assert [str(one) for one in plan.footnotes.all()] == ["b/ Desde 2022."]


def test_a_goal_0_without_a_note_saves_nothing(plan):
    with pytest.raises(ValidationError, match="lleva una nota al pie"):
        save(new(plan, goal=0), parts=[(entity("PNP"), INVOLVED)])
    assert plan.indicators.count() == 2


def test_what_is_left_takes_the_numbers_of_what_is_removed(plan):
    for name in ("Dos", "Tres"):
        save(new(plan, name=name))
    remove_indicator(plan.indicators.get(name="Dos"))
    assert [(one.number, one.name) for one in plan.indicators.filter(line__number=1)] == [
        (1, "Eventos 1"),
        (2, "Tres"),
    ]


def test_the_last_note_leaves_with_its_indicator(plan):
    indicator = new(plan, goal=0)
    save(indicator, note="Desde 2021.")
    remove_indicator(indicator)
    assert not plan.footnotes.exists()


@pytest.mark.parametrize("act", [save, remove_indicator])
def test_an_approved_plan_is_not_written(db, act):
    plan = in_force()
    indicator = plan.indicators.in_order().first()
    with pytest.raises(ValidationError, match="El plan ya está aprobado"):
        act(indicator)
    assert plan.indicators.count() == 2


MILESTONES = [
    (["2", "5", "8", "10"], "10"),
    ([None, None, None, None], None),
    ([None, "3", None, "3"], "3"),
    (["0", None, None, None], None),
]
WRONG = [
    (["5", "2", None, None], "10", "El hito del trimestre 2 es menor que el anterior"),
    (["5", None, None, "11"], "10", "no pasan de la meta del año"),
    (["5", None, None, None], None, "no pasan de la meta del año"),
]


def quantities(texts):
    return [None if text is None else Decimal(text) for text in texts]


@pytest.mark.parametrize(("milestones", "goal"), MILESTONES)
def test_milestones_ascend_within_the_goal(milestones, goal):
    check_milestones(quantities(milestones), quantities([goal])[0])


@pytest.mark.parametrize(("milestones", "goal", "reason"), WRONG)
def test_milestones_are_refused(milestones, goal, reason):
    with pytest.raises(ValidationError, match=reason):
        check_milestones(quantities(milestones), quantities([goal])[0])
