"""4.1.1: what was sent and published since the session before."""

from datetime import UTC, date, datetime

import pytest

from cnlctf.documents.choices import DispatchState
from cnlctf.documents.models import Dispatch, IssuedDocument
from members.models import User
from sessions.models import Acta, ProposalPattern
from tests.sessions import kit
from tests.sessions.acta_factory import make_acta
from tests.sessions.proposals.made import lines, proposed

pytestmark = pytest.mark.django_db

# In Lima it is still the day before.
NIGHT = datetime(2021, 3, 2, 3, tzinfo=UTC)


@pytest.fixture
def acta() -> Acta:
    return make_acta()


def issue(name: str, title: str, at: datetime = NIGHT) -> IssuedDocument:
    return IssuedDocument.objects.issue(
        name=name, title=title, content=b"%PDF", data={"": ""}, at=at, by=None
    )


def send(document: IssuedDocument, *readers: str, at: datetime | None = NIGHT) -> None:
    by, _ = User.objects.get_or_create(username="sonia")
    for reader in readers:
        Dispatch.objects.create(
            recipient_name=reader,
            recipient_email=f"{reader}@cnlctf.example",
            subject="Asunto",
            body="Mensaje",
            document=document,
            state=DispatchState.SENT if at else DispatchState.QUEUED,
            created_at=NIGHT,
            created_by=by,
            sent_at=at,
        )


def test_of_what_it_did_not_send_it_says_nothing(acta: Acta) -> None:
    send(issue("convocatoria-so-125-1", "Convocatoria"), "ana", at=None)
    assert proposed(acta, "envios") is None


def test_a_line_a_day_with_how_many_received_what(acta: Acta) -> None:
    summons = issue("convocatoria-so-125-1", "Convocatoria a la SO N° 125")
    send(summons, "ana", "luz")
    send(issue("errata-so-124-1", "Fe de erratas"), "ana")
    send(summons, "eva", at=datetime(2021, 3, 5, 15, tzinfo=UTC))
    proposal = proposed(acta, "envios")
    assert proposal.texts == {
        "title": "Información concerniente a la Sesión anterior",
        "body": "- Se envió por correo electrónico (01/03/2021), a 2 destinatarios: «Convocatoria "
        "a la SO N° 125» y «Fe de erratas».\n"
        "- Se envió por correo electrónico (05/03/2021), a 1 destinatario: «Convocatoria a la SO "
        "N° 125».",
    }
    assert proposal.place == 1


def test_the_acta_of_the_session_before_was_published(acta: Acta) -> None:
    kit.session(124, held_on=date(2021, 2, 1))
    issue("acta-so-124", "Acta")
    issue("acta-so-123", "Otra")
    assert lines(acta, "envios") == ["- Se aprobó y publicó el acta de la SO N° 124 (01/03/2021)."]


def test_only_since_the_session_before_and_up_to_this_one(acta: Acta) -> None:
    kit.session(124, held_on=date(2021, 3, 1))
    summons = issue("convocatoria-so-125-1", "Convocatoria")
    send(summons, "ana")
    send(summons, "luz", at=datetime(2021, 3, 19, 15, tzinfo=UTC))
    assert proposed(acta, "envios") is None


@pytest.mark.parametrize("slug", ["envios-correo", "envios-titulo"])
def test_an_empty_pattern_proposes_nothing(acta: Acta, slug: str) -> None:
    send(issue("convocatoria-so-125-1", "Convocatoria"), "ana")
    ProposalPattern.objects.create(slug=slug, text="")
    assert proposed(acta, "envios") is None
