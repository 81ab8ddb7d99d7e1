"""Sending what waits: in this process or by a worker, as settings.TASKS says."""

from collections.abc import Iterable
from functools import partial

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from cnlctf.documents.choices import DispatchState
from cnlctf.documents.models import Dispatch


def send_on_commit(dispatches: Iterable[Dispatch]) -> None:
    """Send each once it is sure to be on record; what was sent before is left alone."""
    for dispatch in dispatches:
        transaction.on_commit(partial(deliver.enqueue, dispatch.pk, dispatch.tries))


@task()
def deliver(dispatch_id: int, tries: int) -> None:
    """Send the dispatch that had so many tries when it was asked for, and record the outcome."""
    dispatch = Dispatch.objects.claim(dispatch_id, tries)
    if dispatch is None:
        return
    try:
        dispatch.as_email().send()
    # What servers and sockets answer, and what a header cannot hold.
    except (OSError, ValueError) as error:
        dispatch.state, dispatch.error = DispatchState.FAILED, _reason(error)
    else:
        dispatch.state, dispatch.error = DispatchState.SENT, ""
        dispatch.sent_at = timezone.now()
    dispatch.save(update_fields=["state", "error", "sent_at"])


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:1000]
