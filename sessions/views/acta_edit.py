"""The page on which an acta is written."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sessions.acta_data import outline
from sessions.acta_document import collect, rows_of
from sessions.acta_editor import sections
from sessions.models import Acta, Session
from sessions.remarks import for_editor
from sessions.views.block import is_asked_by_script, writer_required
from sessions.views.proposal import panel


@never_cache
@writer_required
@require_safe
def acta_edit(request: HttpRequest, slug: str) -> HttpResponse:
    acta = get_object_or_404(
        Acta.objects.select_related("session"), session__in=Session.objects.named(slug)
    )
    if is_asked_by_script(request):
        # Who entered again has another token than the page that was left open.
        return JsonResponse({"token": get_token(request)})
    # Before anything is read: what is written meanwhile is heard of afterwards.
    opened_at = timezone.now()
    if acta.session.why_closed:
        messages.info(request, acta.session.why_closed)
        return redirect("acta_detail", slug=slug)
    try:
        rows = rows_of(acta)
        document = collect(acta, rows)
    except ValidationError as error:
        for reason in error.messages:
            messages.error(request, reason)
        return redirect(acta.session)
    context = {
        "acta": acta,
        "document": document,
        "outline": outline(document),
        "opened_at": opened_at,
    }
    context |= panel(request, acta)
    context["remarks"] = for_editor(acta)
    written = sections(acta, rows, [group.heading for group in document.petitions])
    return render(request, "sessions/acta_edit.html", context | written)
