"""A workbook waits for its owner's decision, and for nobody else's, one day at most."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from cnlctf.lib.upload import Checked, Kind
from members.models import User
from poa.models import PlanUpload
from poa.models.upload import KEPT_FOR

NOW = datetime(2020, 2, 3, 15, tzinfo=UTC)
FILE = Checked("plan.xlsx", Kind.XLSX, b"PK")

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return User.objects.create_user("teresa")


def test_only_its_owner_finds_it(owner):
    upload = PlanUpload.objects.keep(FILE, year=2020, owner=owner, now=NOW)
    other = User.objects.create_user("otra")
    assert list(PlanUpload.objects.kept_for(owner, NOW)) == [upload]
    assert not PlanUpload.objects.kept_for(other, NOW)


def test_it_expires_and_the_next_upload_throws_it_away(owner):
    PlanUpload.objects.keep(FILE, year=2020, owner=owner, now=NOW)
    later = NOW + KEPT_FOR
    assert PlanUpload.objects.kept_for(owner, later - timedelta(seconds=1)).exists()
    assert not PlanUpload.objects.kept_for(owner, later).exists()
    last = PlanUpload.objects.keep(FILE, year=2021, owner=owner, now=later)
    assert list(PlanUpload.objects.all()) == [last]


def test_the_next_of_the_same_year_takes_its_place(owner):
    PlanUpload.objects.keep(FILE, year=2020, owner=owner, now=NOW)
    again = PlanUpload.objects.keep(FILE, year=2020, owner=owner, now=NOW)
    assert list(PlanUpload.objects.all()) == [again]


def test_one_a_person_and_year(owner):
    upload = PlanUpload.objects.keep(FILE, year=2020, owner=owner, now=NOW)
    twin = PlanUpload(owner=owner, year=2020, name="b.xlsx", content=b"", uploaded_at=NOW)
    with pytest.raises(ValidationError) as error:
        twin.full_clean()
    assert error.value.messages == ["Ya subió un libro para el plan de ese año."]
    with pytest.raises(IntegrityError):
        twin.save()
    assert upload.pk
