from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from members.models import Entity
from sessions.choices import Answer, SummonsKind
from sessions.models import Invitation

REASON_LENGTH = 1000


class SummonsForm(forms.Form):
    """What was shown to the sender, and why it is sent so late, where it is."""

    kind = forms.ChoiceField(choices=SummonsKind.choices, widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Motivo",
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Lo leen las personas convocadas, en el mensaje y en el documento.",
        error_messages={"required": "Diga el motivo: lo van a leer las personas convocadas."},
    )

    def __init__(self, *args: Any, needs_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not needs_reason:
            del self.fields["reason"]


class GuestForm(forms.ModelForm):
    class Meta:
        model = Invitation
        fields = ["guest_name", "guest_email", "entity"]
        labels = {"entity": "Viene por (si es de una entidad)"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("guest_name", "guest_email"):
            self.fields[name].required = True
        self.fields["entity"].queryset = Entity.objects.all()  # type: ignore[attr-defined]

    def clean_guest_email(self) -> str:
        """One mailbox, however it is written, is invited once."""
        email = self.cleaned_data["guest_email"].lower()
        # The constraint's own check needs the session, which is no field of the form.
        if self.instance.session.invitations.filter(person=None, guest_email=email).exists():
            raise ValidationError("Ya hay un invitado con ese correo electrónico.")
        return email


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(
        label="¿Asistirá?",
        choices=[(Answer.YES, "Sí, asistiré"), (Answer.NO, "No podré asistir")],
        widget=forms.RadioSelect,
        error_messages={"required": "Elija una respuesta."},
    )
    reason = forms.CharField(
        label="Motivo, si no podrá asistir",
        required=False,
        max_length=250,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Opcional. Solo lo lee la Secretaría Técnica.",
    )
