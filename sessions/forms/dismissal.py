from django import forms

from sessions.models import DismissedFinding

MISSING = "Diga por qué se descarta: quien lea después lo necesita."


class DismissalForm(forms.ModelForm):
    """Why a finding is set aside; the view knows everything else of it."""

    reason = forms.CharField(
        label="Por qué se descarta",
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": MISSING},
    )

    class Meta:
        model = DismissedFinding
        fields = ["reason"]
