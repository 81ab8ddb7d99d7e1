"""A vote and its ballots: whose they can be, and when it can be taken."""

from datetime import time

import pytest
from django.core.exceptions import ValidationError

from sessions.choices import Sense
from sessions.models import Ballot, Vote
from tests.sessions import kit

pytestmark = pytest.mark.django_db


@pytest.fixture
def vote() -> Vote:
    minam, _ = kit.members("MINAM", "MINJUS")
    session = kit.session(starts_at=time(9), ends_at=time(11))
    kit.attend(session, minam, "Ana")
    return Vote.objects.create(agreement=kit.agreement(session), at=time(10))


def refused(row: Vote | Ballot) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    return refused.value.message_dict


@pytest.mark.parametrize("at", [time(9), time(10, 30), time(11)])
def test_it_is_taken_within_the_session(vote, at):
    vote.at = at
    vote.full_clean()


@pytest.mark.parametrize("at", [time(8, 59), time(11, 1)])
def test_it_is_not_taken_out_of_the_session(vote, at):
    vote.at = at
    assert refused(vote) == {
        "at": [
            "Se vota dentro de la sesión, que empezó a las 09:00 a.m. y terminó a las 11:00 a.m."
        ]
    }


def test_a_session_that_goes_on_has_no_end_yet(vote):
    vote.agreement.session.ends_at = None
    vote.at = time(23)
    vote.full_clean()
    vote.at = time(8)
    assert refused(vote) == {"at": ["Se vota dentro de la sesión, que empezó a las 09:00 a.m."]}


def test_who_votes_sits_for_the_entity_in_that_session(vote):
    session = vote.agreement.session
    ana = session.attendances.get()
    Ballot(vote=vote, entity=ana.entity, cast_by=ana, sense=Sense.FAVOR).full_clean()
    other = kit.entity("OTRA")
    assert refused(Ballot(vote=vote, entity=other, cast_by=ana, sense=Sense.FAVOR)) == {
        "cast_by": ["Vota quien ocupa el asiento de la entidad."]
    }
    elsewhere = kit.attend(kit.session(119), ana.entity, "Luz")
    assert refused(Ballot(vote=vote, entity=ana.entity, cast_by=elsewhere, sense=Sense.FAVOR)) == {
        "cast_by": ["Vota quien asistió a la sesión del acuerdo."]
    }


def test_who_breaks_a_tie_attends_that_session(vote):
    elsewhere = kit.attend(kit.session(119), kit.entity("OTRA"), "Luz")
    vote.casting, vote.casting_by = Sense.FAVOR, elsewhere
    assert refused(vote) == {"casting_by": ["Dirime quien preside esa misma sesión."]}
