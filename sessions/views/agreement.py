from typing import Any

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.views.generic import ListView

from cnlctf.lib.calendar import today
from members.models import User
from sessions.forms.filters import AgreementFilter
from sessions.models import Agreement
from sessions.models.agreement import AgreementQuerySet


class AgreementList(PermissionRequiredMixin, ListView):
    template_name = "sessions/agreement_list.html"
    permission_required = "cnlctf_sessions.view_agreement"
    paginate_by = 20

    def get_queryset(self) -> AgreementQuerySet:
        self.form = AgreementFilter(self.request.GET)
        return (
            self.form.rows(Agreement.objects.all(), on=today())
            .select_related("session", "vote")
            .prefetch_related("responsibles", "vote__ballots")
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        day, user = today(), self.request.user
        of_any_state = self.form.of_any_state(Agreement.objects.all())
        return super().get_context_data(**kwargs) | {
            "form": self.form,
            "today": day,
            "counts": of_any_state.counts(on=day),
            "entity": user.entity_on(day) if isinstance(user, User) else None,
        }
