"""Approving an acta: what whoever approves it sees first, and what must not be left undone."""

import datetime
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from cnlctf.documents.models import IssuedDocument
from members.models import User
from sessions import acta_document
from sessions.models import Acta
from sessions.quorum import Quorum
from sessions.review import Finding, blocking


@dataclass(frozen=True)
class ApprovalSummary:
    """``missing`` is what the reviewer does not let pass."""

    quorum: Quorum
    agreements: int
    signatures: int
    missing: tuple[Finding, ...]


def approval_summary(acta: Acta) -> ApprovalSummary:
    """The summary of a draft; ValidationError where it cannot even be composed."""
    document = acta_document.collect(acta)
    return ApprovalSummary(
        quorum=acta.session.quorum(),
        agreements=len(document.agreements),
        signatures=len(document.signatures),
        missing=blocking(acta),
    )


def approve_reviewed(acta: Acta, *, by: User | None, at: datetime.datetime) -> IssuedDocument:
    """Approve the acta if the reviewer finds nothing that must be mended first."""
    if missing := blocking(acta):
        raise ValidationError([finding.remark.message for finding in missing])
    return acta_document.approve(acta, by=by, at=at)
