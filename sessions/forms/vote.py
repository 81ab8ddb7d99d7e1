from typing import Any

from django import forms

from sessions.choices import CASTING_SIDES, Sense
from sessions.forms.attendance import ClockInput
from sessions.votes import REASONS


class VoteForm(forms.Form):
    """What a vote is besides its ballots; version 0 is of one that is not recorded yet."""

    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    at = forms.TimeField(
        label="Hora de la votación",
        widget=ClockInput,
        error_messages={
            "required": "Escriba la hora de la votación.",
            "invalid": "Esa hora no existe.",
        },
    )
    casting = forms.ChoiceField(
        label="Voto dirimente",
        required=False,
        choices=[(side.value, side.label) for side in CASTING_SIDES],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "El voto dirimente es a favor o en contra."},
    )


class DissentForm(forms.Form):
    """Why a seat voted against, by who represents it."""

    reason = forms.CharField(
        label="Razones del voto en contra",
        help_text="Se imprimen en el acta, después del acuerdo.",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": "Escriba las razones.",
            "max_length": "Resuma las razones en %(limit_value)d caracteres.",
        },
    )


class BallotForm(forms.Form):
    """How a seat voted; without a sense it has not voted yet."""

    sense = forms.ChoiceField(
        required=False,
        choices=Sense.choices,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Se vota a favor, en contra o en abstención."},
    )
    reason = forms.CharField(
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": "Resuma las razones en %(limit_value)d caracteres."},
    )

    def clean(self) -> dict[str, Any]:
        """Who is in favour gives no reasons."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("sense") not in REASONS:
            cleaned["reason"] = ""
        return cleaned
