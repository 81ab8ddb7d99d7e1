from django import forms


class ReasonForm(forms.Form):
    """Why an acta goes back: whoever reads its history needs it."""

    reason = forms.CharField(
        label="Motivo",
        help_text="Queda en el historial del acta, con su nombre y la fecha.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Diga por qué: quien lea después lo necesita."},
    )
