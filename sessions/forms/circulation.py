import datetime
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from cnlctf.lib import working_days
from cnlctf.lib.calendar import long_date
from sessions.forms.attendance import ClockInput
from sessions.forms.block import MarkupField
from sessions.forms.filters import DayField
from sessions.models import Attendance, Remark

OFFERED = (3, 5, 10)
SUGGESTED = 5
CLOSING_TIME = datetime.time(18)
FARTHEST = datetime.timedelta(days=365)
COMMENT_LENGTH = 10_000


class DeadlineForm(forms.Form):
    """Until when remarks are received: some working days from today, or any other day."""

    days = forms.ChoiceField(
        label="Plazo",
        help_text="Los días hábiles se cuentan desde mañana, de lunes a viernes y sin los feriados "
        "nacionales.",
        widget=forms.RadioSelect,
        initial=str(SUGGESTED),
        error_messages={"required": "Elija hasta cuándo se reciben observaciones."},
    )
    day = DayField(label="La otra fecha", required=False)
    hour = forms.TimeField(
        label="Hora de Lima",
        initial=CLOSING_TIME,
        widget=ClockInput,
        error_messages={"invalid": "Escriba la hora como 18:00."},
    )

    def __init__(self, *args: Any, now: datetime.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        today = timezone.localtime(now).date()
        self.last_days = {str(count): working_days.after(today, count) for count in OFFERED}
        self.fields["days"].choices = [  # type: ignore[attr-defined]
            *(
                (count, f"{count} días hábiles: hasta el {long_date(day)}")
                for count, day in self.last_days.items()
            ),
            ("", "Otra fecha"),
        ]
        self.fields["days"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "days" not in cleaned or self.errors:
            return cleaned
        day = self.last_days[cleaned["days"]] if cleaned["days"] else cleaned.get("day")
        if day is None:
            raise ValidationError({"day": "Indique la otra fecha, o elija unos días hábiles."})
        deadline = timezone.make_aware(datetime.datetime.combine(day, cleaned["hour"]))
        field = None if cleaned["days"] else "day"
        if deadline <= self.now:
            raise ValidationError({field or "hour": "Ese plazo ya pasó: elija uno posterior."})
        if deadline > self.now + FARTHEST:
            raise ValidationError({"day": "Ese plazo está a más de un año: revise la fecha."})
        return cleaned | {"deadline": deadline}


class ReadersForm(forms.Form):
    """Which of those who attended are asked for their remarks."""

    readers = forms.MultipleChoiceField(
        label="A quiénes",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Elija al menos a una persona.",
            "invalid_choice": "Solo se envía a quien asistió y tiene correo electrónico.",
        },
    )

    def __init__(self, *args: Any, offered: Iterable[Attendance], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {str(row.pk): row for row in offered}
        self.fields["readers"].choices = [  # type: ignore[attr-defined]
            (pk, f"{row.person.full_name} ({row.entity.acronym}), {row.person.email}")
            for pk, row in self.offered.items()
        ]
        self.initial.setdefault("readers", list(self.offered))

    def clean_readers(self) -> list[Attendance]:
        return [self.offered[pk] for pk in self.cleaned_data["readers"]]


class CirculationForm(ReadersForm, DeadlineForm):
    message = forms.CharField(
        label="Mensaje",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Opcional. Lo leen quienes lo reciben, en el correo y al abrir el enlace.",
    )

    field_order = ("days", "day", "hour", "message", "readers")


class RemarkForm(forms.Form):
    """What a reader says of a text; ``version`` is that of the text that they read."""

    comment = forms.CharField(
        label="Comentario",
        required=False,
        max_length=COMMENT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Qué falta, qué no es exacto o por qué propone otro texto.",
    )
    proposal = MarkupField(
        label="Texto que propone",
        help_text="Está el texto de ahora: cámbielo como debería decir. Si lo deja igual, se "
        "envía solo el comentario.",
    )
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, remark: Remark, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.remark = remark
        # The server counts and says so; a browser would cut a paste without a word.
        self.fields["comment"].widget.attrs.pop("maxlength", None)
        if not remark.kind:
            del self.fields["proposal"]
            self.fields["comment"].help_text = (
                "Diga de qué parte se trata: los datos de la sesión, los participantes, un título, "
                "la suscripción, un anexo…"
            )
            self.fields["comment"].label = "Observación"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        proposal = cleaned.get("proposal", "")
        if not proposal.strip() or proposal == self.remark.before:
            proposal = ""
        if not cleaned["comment"] and not proposal:
            raise ValidationError(
                "Escriba un comentario o proponga otro texto."
                if self.remark.kind
                else "Escriba su observación."
            )
        return cleaned | {"proposal": proposal}


class DecisionForm(forms.Form):
    """What the Secretaría does with a remark: the text to write, the answer, or both."""

    adopted = MarkupField(label="Texto que queda en el acta")
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    answer = forms.CharField(
        label="Respuesta",
        required=False,
        max_length=COMMENT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="La lee en su enlace quien observó. Hace falta si el texto no cambia.",
    )
    decision = forms.ChoiceField(
        choices=[("accepted", "Aceptar"), ("answered", "Responder")],
        error_messages={
            "required": "Diga si la acepta o la responde.",
            "invalid_choice": "Diga si la acepta o la responde.",
        },
    )

    def __init__(self, *args: Any, may_accept: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].widget.attrs.pop("maxlength", None)
        if not may_accept:
            del self.fields["adopted"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        decision = cleaned.get("decision")
        if decision == "answered" and not cleaned.get("answer") and "answer" not in self.errors:
            self.add_error("answer", "Escriba la respuesta: la lee quien hizo la observación.")
        if decision == "accepted" and "adopted" not in self.fields:
            raise ValidationError("No hay un texto del acta que cambiar: responda la observación.")
        if decision == "accepted" and "adopted" in cleaned and not cleaned["adopted"].strip():
            self.add_error(
                "adopted",
                "El texto no puede quedar vacío. Para quitarlo del acta, hágalo en el editor y "
                "responda aquí la observación.",
            )
        return cleaned
