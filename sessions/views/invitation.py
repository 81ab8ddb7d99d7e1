"""The page where whoever was convened says whether they will attend: a signed link, no account."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cnlctf.lib.calendar import today
from cnlctf.lib.frozen import thaw
from sessions.forms.summons import AnswerForm
from sessions.models import Invitation
from sessions.summons_document import SummonsDocument


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def invitation_answer(request: HttpRequest, token: str) -> HttpResponse:
    response = _answer(request, token)
    response["X-Robots-Tag"] = "noindex"
    return response


def _answer(request: HttpRequest, token: str) -> HttpResponse:
    on = today()
    invitation = Invitation.objects.of_token(token)
    summons = invitation and invitation.session.summonses.with_issued().last()
    if not invitation or not summons or invitation.is_expired(on):
        return render(request, "sessions/invitation_gone.html", status=404)
    form = AnswerForm(
        request.POST or None,
        initial={"answer": invitation.answer, "reason": invitation.answer_reason},
    )
    if form.is_valid():
        asked = form.cleaned_data
        try:
            invitation.give_answer(
                asked["answer"], reason=asked["reason"], at=timezone.now(), on=on
            )
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, "Gracias: su respuesta quedó registrada.")
        return redirect(invitation)
    context = {
        "invitation": invitation,
        # What they were convened to, not what the session may have become since.
        "document": thaw(summons.issued.data, SummonsDocument),
        "takes_answers": invitation.takes_answers(on),
        "form": form,
    }
    return render(request, "sessions/invitation_answer.html", context)
