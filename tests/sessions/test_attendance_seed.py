"""The attendance of SO 120: its order and its signatures come out of the rules."""

import pytest

from sessions.attendance_list import put_in_order
from sessions.models import Acta, Session
from sessions.signatures import proposal

pytestmark = pytest.mark.django_db


def test_its_list_is_in_order(demo, django_assert_num_queries):
    session = Session.objects.get(kind="SO", number=120)
    before = list(session.attendances.values_list("pk", "position"))
    with django_assert_num_queries(1):
        put_in_order(session)
    assert list(session.attendances.values_list("pk", "position")) == before


def test_its_signatures_are_those_proposed(demo):
    proposed = proposal(Acta.objects.get(session__kind="SO", session__number=120))
    assert len(proposed.rows) == 12
    assert proposed.rows == proposed.current
