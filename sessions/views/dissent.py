"""The reasons of a vote against, handed in by who represents the seat up to the day after."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cnlctf.lib.calendar import today
from members.models import User
from sessions.dissent import dissents, give_reasons, last_day_for_reasons
from sessions.forms.vote import DissentForm
from sessions.views.open_session import open_session


@permission_required("cnlctf_sessions.view_agreement", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@transaction.atomic
def dissent_reasons(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    session = open_session(slug)
    user = cast(User, request.user)
    mine = dissents(user, on=today()).select_related("entity", "vote__agreement__session")
    ballot = get_object_or_404(
        mine, vote__agreement__session=session, vote__agreement__number=number
    )
    agreement = ballot.vote.agreement
    form = DissentForm(request.POST or None, initial={"reason": ballot.reason})
    if form.is_valid():
        try:
            give_reasons(ballot, form.cleaned_data["reason"], by=user, on=today())
        except ValidationError as late:
            form.add_error(None, late)
        else:
            messages.success(request, f"Las razones del {ballot.entity} quedaron en el acta.")
            return redirect(agreement)
    context = {
        "agreement": agreement,
        "session": session,
        "ballot": ballot,
        "form": form,
        "last_day": last_day_for_reasons(session),
    }
    return render(request, "sessions/dissent_reasons.html", context)
