import pytest
from django.core.management import call_command
from django.db import transaction

from poa.models import OperatingPlan


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The demo's plan of 2019, loaded once for the tests of a file, which only read it."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", verbosity=0)
        yield OperatingPlan.objects.get(year=2019)
        transaction.set_rollback(True)
