import uuid

import pytest
from django.core.exceptions import ValidationError

from cnlctf.lib.frozen import freeze, thaw
from sessions.models import Invitation
from sessions.summoning import Summoning
from sessions.summons_document import SummonsDocument, render
from tests.sessions import summoned

pytestmark = pytest.mark.django_db


@pytest.fixture
def document() -> SummonsDocument:
    summoned.commission()
    return Summoning(summoned.coming(), summoned.act()).draft


def test_the_same_summons_is_the_same_file(document):
    assert render(document) == render(thaw(freeze(document), SummonsDocument))


def test_the_uid_is_of_the_site_and_the_session(document):
    address = "https://cnlctf.example/sesiones/so-121/"
    assert document.uid == str(uuid.uuid5(uuid.NAMESPACE_URL, address))


def test_an_invitation_is_of_a_person_or_of_a_guest_by_name_and_address():
    session = summoned.coming()
    for fields in ({}, {"guest_name": "Gil"}, {"guest_email": "gil@oit.example"}):
        with pytest.raises(ValidationError, match="Indique el nombre y el correo"):
            Invitation(session=session, **fields).full_clean()
