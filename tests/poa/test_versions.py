"""A version is what the plan said, for ever; two of them differ in what was changed."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from cnlctf.lib.frozen import freeze, thaw
from poa.choices import Counting, Direction, GoalKind, ParticipationRole
from poa.models import PlanVersion
from poa.models.version import original_goals, plan_content
from poa.plan_content import (
    WHOLE,
    Goal,
    Institution,
    PlanContent,
    PlanRow,
    differences,
    quantity_text,
)
from tests.poa.adjusted import AT, in_force, secretary
from tests.poa.adjusted import goal_change as change

TABLE = PlanVersion._meta.db_table

quantities = st.decimals(0, 9_999_999, places=2, allow_nan=False) | st.none()
texts = st.sampled_from(["", "MINAM", "Región de «Áncash»", "a/", "1, 2"])
goals = st.builds(Goal, st.sampled_from(GoalKind), quantities, texts, texts)
rows = st.builds(
    PlanRow,
    indicator=st.integers(1, 20),
    **dict.fromkeys(
        (
            "code",
            "place",
            "objective",
            "axis",
            "strategy",
            "line",
            "name",
            "unit",
            "definition",
            "method",
            "source",
            "base_line",
        ),
        texts,
    ),
    goal=goals,
    institutions=st.lists(
        st.builds(Institution, texts, texts, st.sampled_from(ParticipationRole)), max_size=3
    ).map(tuple),
    milestones=st.tuples(quantities, quantities, quantities, quantities),
    counting=st.sampled_from(Counting),
    counts_from=st.dates() | st.none(),
    direction=st.sampled_from(Direction),
)
contents = st.lists(rows, max_size=3, unique_by=lambda row: row.indicator).map(
    lambda found: PlanContent(tuple(found))
)


@given(contents)
def test_a_content_comes_back_from_the_database_and_does_not_differ_from_itself(content):
    assert thaw(freeze(content), PlanContent) == content
    assert list(differences(content, thaw(freeze(content), PlanContent))) == []


@given(contents, contents)
def test_what_one_adds_the_other_lacks(before, after):
    there = {
        (one.row.indicator, one.column, one.before, one.after) for one in differences(before, after)
    }
    back = {
        (one.row.indicator, one.column, one.after, one.before) for one in differences(after, before)
    }
    assert there == back


@pytest.mark.parametrize(
    ("quantity", "text"), [("2", "2"), ("1500.00", "1,500"), ("2.5", "2.50"), ("0", "0")]
)
def test_a_quantity_is_written_as_in_the_annex(quantity, text):
    assert quantity_text(Decimal(quantity)) == text


@pytest.fixture
def plan(db):
    plan = in_force()
    plan.refresh_from_db()
    return plan


def test_a_version_says_what_the_plan_says(plan):
    first, second = plan_content(plan).rows
    assert (first.code, first.place, first.goal) == (
        "1.1.1-1",
        "LA 1.1.1, indicador 1",
        Goal(GoalKind.NUMERIC, Decimal(10)),
    )
    assert [(one.acronym, one.role) for one in first.institutions] == [
        ("SUNAFIL", "responsible"),
        ("MINSA", "involved"),
        ("MINAM", "involved"),
    ]
    assert second.code == "1.1.2-1"
    assert plan.versions.get().plan_content == plan_content(plan)


def test_a_changed_goal_is_the_whole_difference(plan):
    change(plan, 12, sector="MINAM").make(at=AT, by=secretary())
    old, new = (version.plan_content for version in plan.versions.all())
    (one,) = differences(old, new)
    assert (one.row.code, one.column, one.before, one.after) == (
        "1.1.1-1",
        "Meta física",
        "10",
        "12",
    )
    assert {pk: str(goal) for pk, goal in original_goals(plan).items()} == {
        row.indicator: "10" for row in new.rows
    }


def test_what_comes_in_and_what_goes_out_is_said(plan):
    whole = plan_content(plan)
    less = PlanContent(whole.rows[:1])
    (gone,) = differences(whole, less)
    (come,) = differences(less, whole)
    assert (gone.column, gone.before, gone.after) == (WHOLE, "Eventos 2 (meta 10)", "")
    assert (come.column, come.before, come.after) == (WHOLE, "", "Eventos 2 (meta 10)")


def test_each_column_of_a_row_is_compared(plan):
    indicator = plan.indicators.in_order().first()
    indicator.counting, indicator.counts_from = Counting.DISTINCT_REGIONS, date(2020, 2, 1)
    indicator.definition, indicator.direction = "Talleres", Direction.DOWN
    indicator.save()
    indicator.milestones.create(quarter=2, goal=5)
    found = differences(plan.versions.get().plan_content, plan_content(plan))
    assert [(one.column, one.before, one.after) for one in found] == [
        ("Hitos trimestrales", "", "II: 5"),
        ("Cómo se cuenta", "Se suma lo de cada evento", "Cada región cuenta una sola vez"),
        ("Se cuenta desde", "", "01/02/2020"),
        ("Definición", "", "Talleres"),
        ("Sentido esperado", "Sube", "Baja"),
    ]


def edit(version):
    version.reason = "Otra"
    version.save()


def edit_many(version):
    PlanVersion.objects.update(content={})


def edit_raw(version):
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {TABLE} SET number = 9")  # noqa: S608


def delete(version):
    version.delete()


def delete_raw(version):
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE}")  # noqa: S608


@pytest.mark.parametrize("tamper", [edit, edit_many, edit_raw, delete, delete_raw])
def test_a_version_stays(plan, tamper):
    before = PlanVersion.objects.values().get()
    with pytest.raises(DatabaseError, match="plan_version_immutable"), transaction.atomic():
        tamper(PlanVersion.objects.get())
    assert PlanVersion.objects.values().get() == before


def test_a_version_says_why(plan):
    with pytest.raises(DatabaseError, match="plan_version_says_why"), transaction.atomic():
        PlanVersion.objects.create(plan=plan, number=7, at=AT, reason="", content={})
