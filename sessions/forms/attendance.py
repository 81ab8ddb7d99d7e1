import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cnlctf.lib.folding import fold
from members.choices import Capacity, Gender
from members.models import Entity, Person
from sessions.attendance_list import VOICES
from sessions.choices import Office, Presence
from sessions.models import Attendance, SessionOffice

# What is written where somebody is excused and nobody says why.
UNSAID = "Sin motivo informado"


class ClockInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%H:%M", **kwargs)


class AttendanceForm(forms.ModelForm):
    """A row of the list; its fields are named by the person, who is in the list once."""

    class Meta:
        model = Attendance
        fields = ["presence", "arrived_at", "left_at", "excuse", "entity_as_written"]
        widgets = {
            "presence": forms.RadioSelect,
            "arrived_at": ClockInput,
            "left_at": ClockInput,
            "excuse": forms.TextInput(attrs={"list": "motivos", "placeholder": " "}),
        }

    def __init__(self, data: Any = None, *, instance: Attendance) -> None:
        super().__init__(data, instance=instance, prefix=str(instance.person_id))
        if instance.capacity not in VOICES:
            # A member is printed by its name; of a guest the acta may say less (seed L41).
            del self.fields["entity_as_written"]

    def clean(self) -> dict[str, Any]:
        """Only who came has hours; who is excused has a reason, and nobody else."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("presence") != Presence.PRESENT:
            cleaned |= {"arrived_at": None, "left_at": None}
        if cleaned.get("presence") != Presence.EXCUSED:
            cleaned["excuse"] = ""
        elif not cleaned.get("excuse") and "excuse" not in self.errors:
            self.add_error("excuse", f"Escriba el motivo, o «{UNSAID}» si nadie lo dijo.")
        return cleaned


class PersonSearch(forms.Form):
    persona = forms.CharField(
        label="Nombre o apellido",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


class EntityField(forms.CharField):
    """An entity as people type it: its acronym, or a part of its name, without minding accents."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"list": "entidades", "autocomplete": "off"})
        super().__init__(label="Entidad", widget=widget, max_length=250, **kwargs)

    def clean(self, value: Any) -> Any:
        typed = fold(super().clean(value)) or ""
        entities = list(Entity.objects.all())
        exact = [
            entity
            for entity in entities
            if typed in (fold(entity.acronym), fold(entity.name), fold(str(entity)))
        ]
        found = exact or [entity for entity in entities if typed in (fold(str(entity)) or "")]
        if not found:
            raise ValidationError(f"No se conoce ninguna entidad «{value}».", code="unknown")
        if len(found) > 1:
            some = ", ".join(entity.acronym for entity in found[:5])
            raise ValidationError(f"Hay varias entidades así: {some}. Escriba la sigla.", "several")
        return found[0]


class VoiceForm(forms.Form):
    """An observer or a guest to add to the list; ``observers`` are the entities that observe."""

    entity = EntityField()
    capacity = forms.ChoiceField(
        label="Calidad",
        choices=[(Capacity.GUEST, "Invitado/a"), (Capacity.OBSERVER, "Observador/a")],
        initial=Capacity.GUEST,
    )

    def __init__(self, *args: Any, observers: Iterable[Entity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.observers = observers

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        entity, capacity = cleaned.get("entity"), cleaned.get("capacity")
        if entity and capacity == Capacity.OBSERVER and entity not in self.observers:
            self.add_error(
                "capacity",
                f"{entity.acronym} no es observadora de la comisión en esa fecha: elija "
                "«Invitado/a».",
            )
        return cleaned


class KnownVoiceForm(VoiceForm):
    person = forms.ModelChoiceField(
        Person.objects.all(),
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": "Esa persona ya no está en los registros."},
    )

    field_order = ["person", "entity", "capacity"]


class NewVoiceForm(VoiceForm):
    given_names = forms.CharField(label="Nombres", max_length=100)
    surnames = forms.CharField(label="Apellidos", max_length=100)
    gender = forms.ChoiceField(
        label="Género",
        choices=Gender,
        widget=forms.RadioSelect,
        help_text="Para escribir «la representante» o «el representante».",
    )

    field_order = ["given_names", "surnames", "gender", "entity", "capacity"]

    def clean(self) -> dict[str, Any]:
        """Take somebody known by those names, whatever the accents, and nobody twice."""
        cleaned = super().clean()
        names = (cleaned.get("given_names", ""), cleaned.get("surnames", ""))
        if not all(names):
            return cleaned
        alike = Person.objects.filter(given_names__folded=names[0], surnames__folded=names[1])
        folded = tuple(fold(name) for name in names)
        known = (row for row in alike if (fold(row.given_names), fold(row.surnames)) == folded)
        person = next(known, None)
        if person is None:
            person = Person(
                given_names=names[0], surnames=names[1], gender=cleaned.get("gender", "")
            )
            # Its errors are those of fields that this form has too.
            if cleaned.get("gender"):
                person.full_clean()
        cleaned["person"] = person
        return cleaned


class OfficersOfTheDayForm(forms.Form):
    """Who conducts the session and who keeps its acta, among those who attend."""

    chair = forms.TypedChoiceField(
        label="Conduce la sesión",
        coerce=int,
        error_messages={"required": "Elija quién conduce la sesión."},
    )
    chair_charge = forms.CharField(
        label="Cargo de quien conduce",
        required=False,
        max_length=250,
        help_text="Vacío: el de su designación.",
    )
    clerk = forms.TypedChoiceField(
        label="Secretaría ad hoc",
        coerce=int,
        empty_value=None,
        required=False,
        help_text="Solo si la Secretaría Técnica no asiste.",
    )
    clerk_charge = forms.CharField(
        label="Cargo de la Secretaría ad hoc",
        required=False,
        max_length=250,
        help_text="Vacío: el de su designación.",
    )

    def __init__(
        self,
        data: Any = None,
        *,
        present: Iterable[Attendance],
        offices: Mapping[str, SessionOffice],
    ) -> None:
        """``present`` are those who may take an office; ``offices`` those taken already."""
        super().__init__(data)
        there = {row.person_id: f"{row}, {row.title}" for row in present}
        for office, nobody in ((Office.CHAIR, "Sin elegir"), (Office.CLERK, "No hace falta")):
            choices: dict[Any, str] = {"": nobody, **there}
            if held := offices.get(office):
                choices.setdefault(held.person_id, f"{held.person}, que no figura presente")
                self.initial[office] = held.person_id
                self.initial[f"{office}_charge"] = held.charge
            self.fields[office].choices = choices.items()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Another person never gets the charge of the one before."""
        cleaned = super().clean() or self.cleaned_data
        for office in (Office.CHAIR, Office.CLERK):
            if office in self.changed_data and f"{office}_charge" not in self.changed_data:
                cleaned[f"{office}_charge"] = ""
        return cleaned


class HourForm(forms.Form):
    """The hour at which the session starts, or at which its quorum was found wanting."""

    at = forms.TimeField(
        label="Hora",
        widget=ClockInput,
        error_messages={"required": "Escriba la hora.", "invalid": "Esa hora no existe."},
    )

    def __init__(self, data: Any = None, *, at: datetime.time | None = None) -> None:
        super().__init__(data, initial={"at": at})
