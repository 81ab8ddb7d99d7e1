"""What the page of an acta that is being written says of itself, and hears of the others."""

import datetime
import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST

from sessions import presence
from sessions.models import Acta
from sessions.views.block import writer_required

# Before any acta of the program: a moment from which one can still count back.
LONG_AGO = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
BLOCK = re.compile(r"[a-z-]{1,20}-[0-9]{1,19}")


@writer_required
@require_POST
def acta_presence(request: HttpRequest, slug: str) -> HttpResponse:
    kind, _, number = slug.partition("-")
    acta = (
        Acta.objects.select_related("session")
        .filter(session__kind=kind.upper(), session__number=number)
        .first()
    )
    if acta is None:
        raise Http404
    user: Any = request.user
    if request.POST.get("leaving"):
        presence.leave(acta, user)
        return HttpResponse(status=204)
    if acta.session.why_closed:
        return JsonResponse({"message": acta.session.why_closed}, status=409)
    now = timezone.now()
    block = request.POST.get("block", "")
    presence.enter(acta, user, block if BLOCK.fullmatch(block) else "", now)
    return JsonResponse(
        {
            "now": now.isoformat(),
            "others": presence.others(acta, user, now),
            "changes": presence.changes(acta, user, _since(request, now)),
            "order": presence.order(acta),
        }
    )


def _since(request: HttpRequest, now: datetime.datetime) -> datetime.datetime:
    """When this page last heard of the others; one that does not say has just been opened."""
    try:
        said = parse_datetime(request.POST.get("since", ""))
    except ValueError:
        return now
    return max(said, LONG_AGO) if said and said.tzinfo else now
