import smtplib
from datetime import UTC, datetime

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, transaction

from cnlctf.documents.choices import DispatchState
from cnlctf.documents.models import Dispatch, Enclosure, IssuedDocument, StoredFile
from cnlctf.documents.tasks import deliver, send_on_commit
from cnlctf.lib.upload import Checked, Kind
from members.models import User
from tests.lib.files import PDF

pytestmark = pytest.mark.django_db

NOW = datetime(2020, 2, 3, 15, 30, tzinfo=UTC)
ICS = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"


class RefusingBackend(BaseEmailBackend):
    """A server that knows nobody."""

    def send_messages(self, email_messages):
        raise smtplib.SMTPRecipientsRefused({"ana@minam.example": (550, b"No such user")})


class UnreachableBackend(BaseEmailBackend):
    def send_messages(self, email_messages):
        raise ConnectionRefusedError(111, "Connection refused")


REFUSING = f"{__name__}.RefusingBackend"
UNREACHABLE = f"{__name__}.UnreachableBackend"


@pytest.fixture
def dispatch() -> Dispatch:
    document = IssuedDocument.objects.issue(
        name="convocatoria-so-121",
        title="Convocatoria a la Sesión Ordinaria N° 121",
        content=b"%PDF-1.7",
        data={"number": 1},
        at=NOW,
        by=None,
    )
    return Dispatch.objects.create(
        recipient_name="Ana Ñahui",
        recipient_email="ana@minam.example",
        subject="Convocatoria",
        body="Se la convoca.",
        document=document,
        calendar=ICS,
        calendar_method="REQUEST",
        created_at=NOW,
        created_by=User.objects.create_user("secretaria"),
    )


def outcome(dispatch: Dispatch) -> tuple[str, int, str]:
    dispatch.refresh_from_db()
    return dispatch.state, dispatch.tries, dispatch.error


def test_a_message_goes_to_its_one_recipient_with_the_document_and_the_event(dispatch):
    deliver.call(dispatch.pk, 0)
    assert outcome(dispatch) == (DispatchState.SENT, 1, "")
    assert dispatch.sent_at is not None
    (message,) = mail.outbox
    assert (message.to, message.cc, message.bcc) == (["ana@minam.example"], [], [])
    assert message.from_email == "Secretaría Técnica de la CNLCTF <st@cnlctf.example>"
    assert (message.subject, message.body) == ("Convocatoria", "Se la convoca.")
    assert message.attachments == [
        ("convocatoria-so-121.pdf", b"%PDF-1.7", "application/pdf"),
        ("convocatoria-so-121.ics", ICS, "text/calendar; method=REQUEST"),
    ]
    types = [part.get_content_type() for part in message.message().walk()]
    assert types == ["multipart/mixed", "text/plain", "application/pdf", "text/calendar"]
    assert list(message.message().walk())[3].get_param("method") == "REQUEST"


def test_what_the_document_encloses_goes_along_where_the_message_says_so(dispatch):
    for position, name in ((2, "Plan.pdf"), (1, "Línea de base.pdf")):
        file = StoredFile.objects.store(Checked(name, Kind.PDF, PDF), at=NOW, by=None)
        Enclosure.objects.create(document=dispatch.document, position=position, file=file)
    deliver.call(dispatch.pk, 0)
    Dispatch.objects.update(encloses=True, state=DispatchState.QUEUED, sent_at=None)
    deliver.call(dispatch.pk, 1)
    without, enclosing = mail.outbox
    assert len(without.attachments) == 2
    assert enclosing.attachments[2:] == [
        ("Línea de base.pdf", PDF, "application/pdf"),
        ("Plan.pdf", PDF, "application/pdf"),
    ]
    parts = list(enclosing.message().walk())
    assert parts[4].get_filename() == "Línea de base.pdf"


def test_what_was_sent_stays(dispatch):
    file = StoredFile.objects.store(Checked("a.pdf", Kind.PDF, PDF), at=NOW, by=None)
    other = StoredFile.objects.store(Checked("b.pdf", Kind.PDF, PDF), at=NOW, by=None)
    Enclosure.objects.create(document=dispatch.document, position=1, file=file)
    for row in (file, other):
        row.discard()
    assert list(StoredFile.objects.all()) == [file]
    with pytest.raises(IntegrityError, match=r"(?i)unique"):
        Enclosure.objects.create(document=dispatch.document, position=1, file=file)


@pytest.mark.parametrize(
    ("backend", "reason"),
    [
        (REFUSING, "SMTPRecipientsRefused: {'ana@minam.example': (550, b'No such user')}"),
        (UNREACHABLE, "ConnectionRefusedError: [Errno 111] Connection refused"),
    ],
)
def test_a_failure_is_recorded_with_its_reason_and_mended_by_another_try(
    dispatch, settings, backend, reason
):
    locmem = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = backend
    deliver.call(dispatch.pk, 0)
    assert outcome(dispatch) == (DispatchState.FAILED, 1, reason)
    settings.EMAIL_BACKEND = locmem
    deliver.call(dispatch.pk, 1)
    assert outcome(dispatch) == (DispatchState.SENT, 2, "")
    assert len(mail.outbox) == 1


def test_a_header_that_cannot_be_is_a_failure_as_well(dispatch):
    Dispatch.objects.update(subject="Dos\nlíneas")
    deliver.call(dispatch.pk, 0)
    assert outcome(dispatch)[:2] == (DispatchState.FAILED, 1)


def test_what_was_asked_for_twice_is_sent_once(dispatch):
    deliver.call(dispatch.pk, 0)
    deliver.call(dispatch.pk, 0)
    deliver.call(dispatch.pk, 1)
    assert outcome(dispatch) == (DispatchState.SENT, 1, "")
    assert len(mail.outbox) == 1


def test_while_one_worker_sends_it_another_does_not(dispatch):
    assert Dispatch.objects.claim(dispatch.pk, 0) == dispatch
    assert Dispatch.objects.claim(dispatch.pk, 0) is None
    deliver.call(dispatch.pk, 0)
    assert (outcome(dispatch), mail.outbox) == ((DispatchState.QUEUED, 1, ""), [])


def test_nothing_is_sent_before_it_is_on_record(dispatch, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        send_on_commit([dispatch])
        assert mail.outbox == []
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"state": DispatchState.SENT}, "dispatch_sent_has_time"),
        ({"sent_at": NOW}, "dispatch_sent_has_time"),
        ({"state": DispatchState.FAILED}, "dispatch_failed_says_why"),
    ],
)
def test_the_database_refuses_an_outcome_that_cannot_be(dispatch, fields, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Dispatch.objects.update(**fields)
