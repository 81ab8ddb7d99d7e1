"""The pages that read across all the apps."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views import csrf
from django.views.decorators.http import require_safe

from cnlctf.home import home_of
from cnlctf.lib.calendar import today


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    day = today()
    return render(request, "home.html", {"page": home_of(request.user, day), "today": day})


@login_not_required
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Answer «ok» while the database answers; for the load balancer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: a page, or a message for the script that sent it."""
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        message = "La página estuvo abierta desde antes de ingresar: vuelva a enviar el cambio."
        return JsonResponse({"message": message}, status=403)
    return csrf.csrf_failure(request, reason)
