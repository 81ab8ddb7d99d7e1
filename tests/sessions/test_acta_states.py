"""The states of an acta: every step from every state, what it records and what stays public."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cnlctf.documents.models import IssuedDocument
from members.choices import Role
from sessions.choices import ACTA_TRANSITIONS, ActaState, ActaStep
from sessions.models import Acta, ActaEvent, Session
from tests.sessions import kit

pytestmark = pytest.mark.django_db

AT = datetime(2020, 2, 3, 15, 30, tzinfo=UTC)
REASON = "Falta la firma del MINAM."
DRAFT, IN_REVIEW, APPROVED = ActaState


def acta_in(state: ActaState) -> Acta:
    acta = kit.acta(kit.session(), approved=state == APPROVED)
    if state == IN_REVIEW:
        acta.submit(at=AT, by=None)
    ActaEvent.objects.all().delete()
    return acta


def issue(acta: Acta) -> IssuedDocument:
    return IssuedDocument.objects.issue(
        name=acta.document_name, title="Acta", content=b"%PDF-", data={"a": 1}, at=AT, by=None
    )


def take(acta: Acta, step: ActaStep, reason: str = REASON) -> None:
    by = kit.user(Role.SECRETARY)
    match step:
        case ActaStep.SUBMITTED:
            acta.submit(at=AT, by=by)
        case ActaStep.REJECTED:
            acta.reject(at=AT, by=by, reason=reason)
        case ActaStep.APPROVED:
            acta.approve(issued=issue(acta), at=AT, by=by)
        case ActaStep.REOPENED:
            acta.reopen(at=AT, by=by, reason=reason)


@pytest.mark.parametrize(
    ("step", "start", "end", "reason"),
    [
        (ActaStep.SUBMITTED, DRAFT, IN_REVIEW, ""),
        (ActaStep.REJECTED, IN_REVIEW, DRAFT, REASON),
        (ActaStep.APPROVED, IN_REVIEW, APPROVED, ""),
        (ActaStep.REOPENED, APPROVED, IN_REVIEW, REASON),
    ],
)
def test_a_step_leads_on_and_is_recorded(step, start, end, reason):
    acta = acta_in(start)
    take(acta, step, f"  {reason} ")
    assert (acta.state, Acta.objects.get().state) == (end, end)
    event = ActaEvent.objects.get()
    assert (event.acta, event.step, event.at, event.by.username, event.reason) == (
        acta,
        step,
        AT,
        "secretary",
        reason,
    )


DRAFT_FIRST = "El acta está en borrador: primero tiene que enviarse a revisión."
UNDER_WAY = "El acta ya está en revisión."
CLOSED = "El acta ya está aprobada."


@pytest.mark.parametrize(
    ("step", "state", "message"),
    [
        (ActaStep.REJECTED, DRAFT, DRAFT_FIRST),
        (ActaStep.APPROVED, DRAFT, DRAFT_FIRST),
        (ActaStep.REOPENED, DRAFT, DRAFT_FIRST),
        (ActaStep.SUBMITTED, IN_REVIEW, UNDER_WAY),
        (ActaStep.REOPENED, IN_REVIEW, UNDER_WAY),
        (ActaStep.SUBMITTED, APPROVED, CLOSED),
        (ActaStep.REJECTED, APPROVED, CLOSED),
        (ActaStep.APPROVED, APPROVED, CLOSED),
    ],
)
def test_from_any_other_state_it_is_refused(step, state, message):
    acta = acta_in(state)
    with pytest.raises(ValidationError) as refused, transaction.atomic():
        take(acta, step)
    assert refused.value.messages == [message]
    assert (acta.state, Acta.objects.get().state) == (state, state)
    assert not ActaEvent.objects.exists()


def test_the_two_tests_above_are_all_there_is():
    assert len(ACTA_TRANSITIONS) + 8 == len(ActaStep) * len(ActaState)


def test_also_with_an_old_copy_in_hand():
    acta = acta_in(DRAFT)
    Acta.objects.get().submit(at=AT, by=None)
    with pytest.raises(ValidationError) as refused:
        acta.submit(at=AT, by=None)
    assert refused.value.messages == [UNDER_WAY]
    assert ActaEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("step", "state"), [(ActaStep.REJECTED, IN_REVIEW), (ActaStep.REOPENED, APPROVED)]
)
@pytest.mark.parametrize("reason", ["", "  \n "])
def test_going_back_says_why(step, state, reason):
    acta = acta_in(state)
    with pytest.raises(ValidationError) as refused:
        take(acta, step, reason)
    assert refused.value.messages == ["Diga por qué: quien lea después lo necesita."]
    assert Acta.objects.get().state == state
    with pytest.raises(IntegrityError), transaction.atomic():
        ActaEvent.objects.create(acta=acta, step=step, at=AT)


# --- Approved again -------------------------------------------------------------------------


def test_a_reopened_acta_keeps_the_version_in_force_until_the_next():
    acta = acta_in(APPROVED)
    first = acta.issued
    acta.reopen(at=AT, by=None, reason=REASON)
    assert (acta.issued, acta.is_published, acta.is_reopened) == (first, True, True)

    second = issue(acta)
    acta.approve(issued=second, at=AT, by=None)

    assert Acta.objects.get().issued == second
    assert not acta.is_reopened
    assert [(row.version, row.name) for row in acta.versions()] == [
        (2, "acta-so-120"),
        (1, "acta-so-120"),
    ]


def test_what_was_published_stays_public_while_it_is_mended():
    for number, state in ((118, DRAFT), (119, APPROVED)):
        kit.acta(kit.session(number), approved=state == APPROVED)
    acta = acta_in(APPROVED)
    acta.reopen(at=AT, by=None, reason=REASON)
    stranger = AnonymousUser()
    assert {acta.session.number for acta in Acta.objects.visible_to(stranger)} == {119, 120}
    assert {session.number for session in Session.objects.visible_to(stranger)} == {119, 120}
    assert Acta.objects.visible_to(kit.user(Role.SECRETARY)).count() == 3


def test_other_documents_do_not_count_as_versions():
    acta = acta_in(APPROVED)
    kit.acta(kit.session(12))
    assert [document.pk for document in acta.versions()] == [acta.issued_id]
