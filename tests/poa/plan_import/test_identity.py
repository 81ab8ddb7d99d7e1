"""What is exported and imported again is the same plan, whatever its shape."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings

from poa.models import OperatingPlan
from poa.plan_import.importing import carry_out, preview
from poa.plan_matrix import annex_block
from poa.plan_template import template_workbook
from poa.plan_workbook import plan_workbook
from tests.poa.grids import texts
from tests.poa.plan_import.emptying import remove_plans
from tests.poa.plan_import.generated import YEAR, DrawnPlan, plans, save

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

moderate = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    # Each example is a database of its own: making a failed one smaller takes minutes.
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def saved_and_undone(drawn: DrawnPlan, check) -> None:
    """Save the plan alone in the database, check it, and take it back."""
    with transaction.atomic():
        remove_plans()
        check(save(drawn))
        transaction.set_rollback(True)


def says_nothing_new(content: bytes) -> None:
    found = preview(content, YEAR)
    assert [str(one) for one in found.errors] == []
    assert [(one.what, one.fields) for one in found.changes.writes] == []


@moderate
@given(plans)
def test_exporting_and_importing_changes_nothing(drawn):
    def check(plan):
        says_nothing_new(plan_workbook(plan))
        says_nothing_new(template_workbook(YEAR, plan.national_plan, plan))

    saved_and_undone(drawn, check)


@moderate
@given(plans)
def test_imported_where_there_was_nothing_it_exports_the_same_file(drawn):
    def check(plan):
        content, block = plan_workbook(plan), annex_block(plan)
        remove_plans()
        found = carry_out(content, YEAR)
        assert [str(one) for one in found.errors] == []
        again = OperatingPlan.objects.get(year=YEAR)
        assert texts(annex_block(again).table.body, 20) == texts(block.table.body, 20)
        assert annex_block(again) == block
        assert plan_workbook(again) == content
        says_nothing_new(content)

    saved_and_undone(drawn, check)


def test_the_demo_is_the_same(demo):
    found = preview(plan_workbook(demo), 2019)
    assert (found.findings.found, found.changes.said, found.changes.unchanged) == ([], [], 14)


def test_the_demo_s_template_is_the_same(demo):
    found = preview(template_workbook(2019, demo.national_plan, demo), 2019)
    assert (found.findings.found, found.changes.said) == ([], [])
