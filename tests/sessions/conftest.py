from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from cnlctf.documents.models import IssuedDocument
from sessions.models import Acta


@pytest.fixture(scope="session")
def issued_so_120(django_db_setup: Any, django_db_blocker: Any) -> IssuedDocument:
    """What the demo issues as the acta of SO 120, made once: nobody needs the tables behind it."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", verbosity=0)
        issued = Acta.objects.get(session__kind="SO", session__number=120).issued
        issued.content = bytes(issued.content)
        transaction.set_rollback(True)
    return issued
