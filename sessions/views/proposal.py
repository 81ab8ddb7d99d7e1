"""What the data propose for an acta: read, taken into it, declined, and taken back."""

from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sessions.acta_document import collect
from sessions.blocks import RefusedError
from sessions.models import Acta, Session
from sessions.proposals import decisions
from sessions.proposals.decisions import Seen, Standing, Taken, standings
from sessions.views.block import open_acta, refusal, writer_required

# What was taken and may be taken back, by acta and proposal, kept with the person's login.
TAKEN, MAX_TAKEN = "taken_proposals", 5
Action = Callable[[HttpRequest, Acta, str], str]


@never_cache
@writer_required
@require_safe
def acta_proposals(request: HttpRequest, slug: str) -> HttpResponse:
    acta = get_object_or_404(
        Acta.objects.select_related("session"), session__in=Session.objects.named(slug)
    )
    if acta.session.why_closed:
        messages.info(request, acta.session.why_closed)
        return redirect("acta_detail", slug=slug)
    try:
        collect(acta)
    except ValidationError as error:
        for reason in error.messages:
            messages.error(request, reason)
        return redirect(acta.session)
    return _page(request, acta)


def _page(
    request: HttpRequest, acta: Acta, refused: RefusedError | None = None, status: int = 200
) -> HttpResponse:
    context = {"acta": acta, "refused": refused, **panel(request, acta)}
    return render(request, "sessions/acta_proposals.html", context, status=status)


def panel(request: HttpRequest, acta: Acta) -> dict[str, Any]:
    """What the list of proposals shows, on its page and beside the acta that is written."""
    found = standings(acta)
    return {
        "standings": found,
        "pending": sum(standing.is_pending for standing in found),
        "offers": {one.proposal.slug: one for one in found if one.state == "offered"},
        "undoable": [one.proposal.slug for one in found if _is_undoable(request, acta, one)],
    }


def _is_undoable(request: HttpRequest, acta: Acta, standing: Standing) -> bool:
    taken = request.session.get(TAKEN, {}).get(_key(acta, standing.proposal.slug))
    row = standing.row
    return bool(taken and row) and (taken["row"], taken["version"]) == (row.pk, row.version)


def _key(acta: Acta, slug: str) -> str:
    return f"{acta.pk}-{slug}"


# --- Deciding -------------------------------------------------------------------------------


def decides(action: Action) -> Callable[..., HttpResponse]:
    """A decision on one proposal: the acta is held, and a refusal shows how things stand now."""

    @writer_required
    @require_POST
    @wraps(action)
    def view(request: HttpRequest, slug: str, proposal: str) -> HttpResponse:
        try:
            with transaction.atomic():
                acta = open_acta(slug)
                done = action(request, acta, proposal)
        except RefusedError as refused:
            still = Acta.objects.filter(session__in=Session.objects.named(slug)).first()
            if still is None or still.session.why_closed:
                return refusal(request, slug, refused)
            return _page(request, still, refused, status=refused.status)
        messages.success(request, done)
        back = request.POST.get("back") == "editor"
        return redirect(
            reverse("acta_edit" if back else "acta_proposals", args=[slug])
            + f"#propuesta-{proposal}"
        )

    return view


@decides
def proposal_take(request: HttpRequest, acta: Acta, proposal: str) -> str:
    taken = decisions.take(acta, proposal, _seen(request), request.user)  # type: ignore[arg-type]
    kept = {**request.session.get(TAKEN, {}), _key(acta, proposal): asdict(taken)}
    request.session[TAKEN] = dict(list(kept.items())[-MAX_TAKEN:])
    return "El texto propuesto está en el acta: puede cambiarlo como cualquier otro."


@decides
def proposal_decline(request: HttpRequest, acta: Acta, proposal: str) -> str:
    decisions.decline(acta, proposal, _seen(request))
    return "Queda como está. Si los datos cambian, se propondrá otra vez."


@decides
def proposal_undo(request: HttpRequest, acta: Acta, proposal: str) -> str:
    kept = dict(request.session.get(TAKEN, {}))
    taken = kept.pop(_key(acta, proposal), None)
    if taken is None:
        raise RefusedError("Eso ya no se puede deshacer: está deshecho o pasó mucho tiempo.")
    decisions.take_back(acta, proposal, Taken(**taken), request.user)  # type: ignore[arg-type]
    request.session[TAKEN] = kept
    return "Se deshizo: el acta dice lo que decía antes."


def _seen(request: HttpRequest) -> Seen:
    return Seen(
        request.POST.get("digest", ""),
        *(_number(request.POST.get(name, "")) for name in ("row", "version")),
    )


def _number(value: str) -> int | None:
    return int(value) if value.isdecimal() and len(value) < 19 else None
