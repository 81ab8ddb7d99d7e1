"""Who asks for something to be done, when, and where the site answers."""

from django.http import HttpRequest

from cnlctf.lib.calendar import now, today
from sessions.summoning import Act


def act_of(request: HttpRequest) -> Act:
    site = request.build_absolute_uri("/").rstrip("/")
    return Act(by=request.user, at=now(), on=today(), site=site)  # type: ignore[arg-type]
