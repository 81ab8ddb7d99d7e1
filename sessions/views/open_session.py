from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from sessions.models import Session


def open_session(slug: str) -> Session:
    """The session to change; 404 without one, and 403 with the reason where it is closed."""
    session = get_object_or_404(Session.objects.named(slug).select_related("acta"))
    if session.why_closed:
        raise PermissionDenied(session.why_closed)
    return session
