import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from members.models import Designation
from sessions.carry_over import Carried
from sessions.choices import EXPECTED_OFFICES, Office
from sessions.forms.filters import KINDS, AddressForm, DayField
from sessions.models import Agreement, Session
from sessions.scheduling import Officer

# The commission was created by DS 001-2007-TR; a year in the far future is a slip of the keyboard.
FIRST_DAY = datetime.date(2007, 1, 1)
LAST_YEARS = 3
LAST_NUMBER = 9999
# The offices that are known beforehand.
CHARGE_LABELS = {
    Office.CHAIR: "Cargo de quien conduce la sesión",
    Office.PRESIDENT: "Cargo de quien preside la comisión",
    Office.SECRETARY: "Cargo de quien ejerce la Secretaría Técnica",
}


class TimeField(forms.TimeField):
    """A time picked in the browser, which takes no other form than ISO's."""

    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})


def check_day(day: datetime.date, *, today: datetime.date) -> None:
    if day < FIRST_DAY or day.year > today.year + LAST_YEARS:
        raise ValidationError(f"Revise el año: la fecha es del {day.year}.")


class SessionStart(AddressForm):
    """The first step of a new session, kept in the address: everything else depends on it."""

    words = {"kind": "clase", "held_on": "fecha", "agreed_in": "acuerdo"}

    kind = forms.ChoiceField(
        label="Clase",
        choices=[(word, kind.label) for word, kind in KINDS.items()],
        help_text="Cada clase tiene su propia numeración.",
        error_messages={"invalid_choice": "No hay una clase de sesión «%(value)s»."},
    )
    held_on = DayField(
        label="Fecha",
        help_text="De ella dependen los cargos que se proponen: los que estén vigentes ese día.",
        error_messages={
            "required": "Indique la fecha de la sesión.",
            "invalid": "Escriba la fecha completa: día, mes y año.",
        },
    )
    agreed_in = forms.ModelChoiceField(
        label="Acuerdo que la fija",
        required=False,
        queryset=Agreement.objects.filter(session_agreed=None).select_related("session"),
        widget=forms.HiddenInput,
        error_messages={
            "invalid_choice": "Ese acuerdo ya tiene su sesión, o no existe: se programa una aparte."
        },
    )

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_kind(self) -> str:
        return KINDS[self.cleaned_data["kind"]]

    def clean_held_on(self) -> datetime.date:
        day = self.cleaned_data["held_on"]
        check_day(day, today=self.today)
        return day


class NewSessionForm(forms.ModelForm):
    """The session itself; kind and date come from the first step."""

    # What was proposed comes back with the answer: a number left as it was may be renewed.
    number = forms.IntegerField(
        label="Número", min_value=1, max_value=LAST_NUMBER, show_hidden_initial=True
    )

    class Meta:
        model = Session
        fields = ["kind", "number", "held_on", "starts_at", "modality", "venue"]
        field_classes = {"starts_at": TimeField}
        widgets = {"kind": forms.HiddenInput, "venue": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, carried: Iterable[Carried], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("kind", "held_on"):
            self.fields[name].disabled = True
        self.fields["held_on"].widget = forms.HiddenInput()
        self.by_key = {point.key: point for point in carried}
        if self.by_key:
            self.fields["carried"] = forms.MultipleChoiceField(
                label="Pasan al orden del día",
                required=False,
                choices=[(key, point.title) for key, point in self.by_key.items()],
                initial=list(self.by_key),
                widget=forms.CheckboxSelectMultiple,
                help_text="Se copian como puntos, con un enlace a su origen; después se pueden "
                "editar, ordenar y quitar.",
                error_messages={
                    "invalid_choice": "Un asunto marcado ya no está pendiente: revise la lista."
                },
            )

    def clean_number(self) -> int:
        number = self.cleaned_data["number"]
        same_kind = Session.objects.filter(kind=self.initial["kind"])
        if "number" not in self.changed_data and same_kind.filter(number=number).exists():
            return Session.objects.next_number(self.initial["kind"])
        return number

    @property
    def chosen(self) -> list[Carried]:
        return [self.by_key[key] for key in self.cleaned_data.get("carried", [])]


class SessionForm(forms.ModelForm):
    number = forms.IntegerField(label="Número", min_value=1, max_value=LAST_NUMBER)

    class Meta:
        model = Session
        fields = [
            "kind",
            "number",
            "held_on",
            "starts_at",
            "ends_at",
            "modality",
            "venue",
            "remarks",
        ]
        field_classes = {"held_on": DayField, "starts_at": TimeField, "ends_at": TimeField}
        widgets = {
            "venue": forms.Textarea(attrs={"rows": 3}),
            "remarks": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["held_on"].required = True

    def clean_held_on(self) -> datetime.date:
        day = self.cleaned_data["held_on"]
        check_day(day, today=self.today)
        return day


class OfficersForm(forms.Form):
    """Who conducts, who presides and who keeps the acta, each with the charge of that day."""

    def __init__(
        self,
        *args: Any,
        designated: list[Designation],
        officers: Mapping[Office, Officer],
        others: Iterable[tuple[int, str]] = (),
        **kwargs: Any,
    ) -> None:
        """``others`` are those who hold an office without being designated: pk and name."""
        super().__init__(*args, **kwargs)
        self.charges = {row.person_id: row.charge for row in designated}
        people = {
            row.person_id: f"{row.person}, {row.title} ({row.entity.acronym})" for row in designated
        }
        choices = [("", "Nadie todavía"), *(dict(others) | people).items()]
        for office in EXPECTED_OFFICES:
            officer = officers.get(office)
            self.fields[office] = forms.TypedChoiceField(
                label=office.label,
                required=False,
                choices=choices,
                coerce=int,
                empty_value=None,
                initial=officer.person_id if officer else "",
                error_messages={"invalid_choice": "Esa persona no tiene designación ese día."},
            )
            self.fields[f"{office}_charge"] = forms.CharField(
                label=CHARGE_LABELS[office],
                required=False,
                max_length=250,
                widget=forms.Textarea(attrs={"rows": 3}),
                initial=officer.charge if officer else "",
            )

    def clean(self) -> None:
        for office in EXPECTED_OFFICES:
            charge = f"{office}_charge"
            person = self.cleaned_data.get(office)
            if not person:
                continue
            # Another person never gets the charge of the one before.
            if office in self.changed_data and charge not in self.changed_data:
                self.cleaned_data[charge] = ""
            # Written on several lines for want of room, and printed on one.
            typed = " ".join(self.cleaned_data.get(charge, "").split())
            self.cleaned_data[charge] = typed or self.charges.get(person, "")
            if not self.cleaned_data[charge] and charge not in self.errors:
                self.add_error(charge, "Escriba el cargo: su designación no lo dice.")

    @property
    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each office's person beside their charge."""
        return [(self[office], self[f"{office}_charge"]) for office in CHARGE_LABELS]

    @property
    def officers(self) -> dict[Office, Officer]:
        return {
            office: Officer(self.cleaned_data[office], self.cleaned_data[f"{office}_charge"])
            for office in EXPECTED_OFFICES
            if self.cleaned_data[office]
        }


class CancelForm(forms.Form):
    reason = forms.CharField(
        label="Motivo",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Queda escrito en la página de la sesión.",
        error_messages={"required": "Diga por qué se cancela: quien lea después lo necesita."},
    )
