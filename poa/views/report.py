"""The reports that entities make, asked or not."""

from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from cnlctf.lib.calendar import today
from members.models import User
from poa.choices import RequestState
from poa.models import RequestedEntity


@require_safe
@permission_required("poa.view_entityreport", raise_exception=True)
def requested_report(request: HttpRequest, code: str) -> HttpResponse:
    """The link of a requerimiento's message: the report of whoever was asked; 404 to others."""
    requested = get_object_or_404(
        RequestedEntity.objects.select_related("entity", "request__plan").filter(
            request__state=RequestState.SENT
        ),
        code=code,
    )
    if not _may_answer(request.user, requested):  # type: ignore[arg-type]
        raise Http404
    return redirect(requested.request.plan)


def _may_answer(user: User, requested: RequestedEntity) -> bool:
    if user.has_perm("poa.change_informationrequest"):
        return True
    mine = user.entity_on(today())
    return mine is not None and mine.pk in (requested.entity_id, requested.entity.parent_id)
