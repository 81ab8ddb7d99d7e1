import datetime
from typing import Any

from django import forms
from django.utils.text import Truncator

from cnlctf.lib.text import to_plain
from sessions.models import Agreement

# How far back the agreement that approves or changes a plan is looked for.
AGREED_WITHIN = datetime.timedelta(days=2 * 365)
SHOWN = 110


class AgreementField(forms.ModelChoiceField):
    """An agreement of the last sessions, by session and number, with its first words."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Agreement.objects.none(), **kwargs)

    def offer(self, today: datetime.date) -> None:
        self.queryset = (
            Agreement.objects.filter(
                session__held_on__gte=today - AGREED_WITHIN, session__held_on__lte=today
            )
            .select_related("session")
            .order_by("-session__held_on", "number")
        )

    def label_from_instance(self, obj: Agreement) -> str:
        text = f"{obj.session} · {obj.number}. {to_plain(obj.text)}"
        return Truncator(text).chars(SHOWN)
