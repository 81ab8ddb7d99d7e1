from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from members.models import Entity
from sessions.blocks import MAX_LENGTH, Kind
from sessions.forms.filters import DayField
from sessions.models import Acta


class MarkupField(forms.CharField):
    """A text in the acta's markup, kept to the letter; a browser sends its line ends as CRLF."""

    widget = forms.Textarea(attrs={"rows": 12})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, strip=False, max_length=MAX_LENGTH, **kwargs)
        self.error_messages["max_length"] = (
            "El texto tiene %(show_value)d caracteres y un bloque admite %(limit_value)d: "
            "divídalo en varios."
        )
        # The server counts and says so; a browser would cut a paste without a word.
        self.widget.attrs.pop("maxlength", None)

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")


class BlockForm(forms.Form):
    """The fields of a block that were changed, and the version that they were changed from."""

    version = forms.IntegerField(
        min_value=0,
        max_value=2**31 - 1,
        widget=forms.HiddenInput,
        error_messages={
            "required": "Falta la versión del texto: vuelva a abrir el acta.",
            "invalid": "La versión del texto no es un número: vuelva a abrir el acta.",
        },
    )

    def __init__(
        self, *args: Any, kind: Kind, acta: Acta, names: Iterable[str] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.acta = acta
        asked = set(kind.fields if names is None else names)
        for text in kind.texts:
            if text.field in asked:
                self.fields[text.field] = MarkupField(label=text.label)
                if text.is_title:
                    self.fields[text.field].widget.attrs["rows"] = 2
        for name in kind.details:
            if name in asked:
                self.fields[name] = self._detail(kind, name)

    def _detail(self, kind: Kind, name: str) -> forms.Field:
        if name == "due_on":
            return DayField(
                label="Plazo",
                required=False,
                error_messages={"invalid": "Escriba el plazo como una fecha."},
            )
        column: Any = kind.model._meta.get_field(name)
        field = column.formfield(required=name == "adoption")
        session = self.acta.session
        match name:
            case "speaker":
                field.queryset = session.attendances.select_related("person", "entity")
                field.error_messages["invalid_choice"] = (
                    "Quien habla tiene que figurar en la asistencia de la sesión."
                )
            case "off_agenda_reason":
                field.widget.attrs["rows"] = 3
            case "agenda_item":
                field.queryset = session.agenda_items.accepted()
            case "responsibles":
                field.queryset = Entity.objects.all()
                field.label_from_instance = lambda entity: entity.acronym
        return field

    def clean_due_on(self) -> Any:
        day, held_on = self.cleaned_data["due_on"], self.acta.session.held_on
        if day and held_on and day < held_on:
            raise ValidationError("El plazo es anterior a la sesión.")
        return day

    @property
    def changes(self) -> dict[str, Any]:
        """What to write: the fields that the request named, and no others."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    @property
    def problem(self) -> str:
        return " ".join(str(message) for found in self.errors.values() for message in found)
