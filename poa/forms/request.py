from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cnlctf.lib import working_days
from cnlctf.lib.calendar import numeric_date
from members.models import Entity
from poa.models import ActionLine, InformationRequest
from poa.reporting.requesting import closed_days


def named(entity: Entity) -> str:
    """«MININTER-PNP – Policía Nacional del Perú»."""
    return f"{entity.list_name} – {entity.name}" if entity.list_name != entity.name else entity.name


class EntityChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return named(obj)


class LineChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj)


class RequestForm(forms.ModelForm):
    """Whom a requerimiento asks, for what and until when; its text is written apart."""

    entities = EntityChoice(
        label="¿A quiénes se pide?",
        queryset=Entity.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Elija por lo menos una institución."},
        help_text="Las que participan este año en alguna línea de acción del plan.",
    )
    lines = LineChoice(
        label="¿Sobre qué líneas de acción?",
        queryset=ActionLine.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Elija por lo menos una línea de acción."},
        help_text="A cada institución se le pregunta solo por aquellas en las que participa.",
    )

    class Meta:
        model = InformationRequest
        fields = ["letter", "period_from", "period_to", "deadline"]
        widgets = {
            name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            for name in ("period_from", "period_to", "deadline")
        }
        labels = {"period_from": "Periodo: desde", "period_to": "Periodo: hasta"}
        help_texts = {"deadline": "Un día hábil: no es sábado, domingo ni feriado."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plan = self.instance.plan
        entities = Entity.objects.filter(participations__indicator__plan=plan).distinct()
        lines = (
            ActionLine.objects.filter(indicators__plan=plan)
            .select_related("strategy__objective")
            .distinct()
        )
        for name, rows in (("entities", entities), ("lines", lines)):
            field: Any = self.fields[name]
            field.queryset = rows

    def clean_deadline(self) -> Any:
        day = self.cleaned_data["deadline"]
        if working_days.is_working(day, closed_days()):
            return day
        why = working_days.holiday_name(day)
        kind = f"feriado ({why})" if why else "un día no laborable"
        raise ValidationError(f"El {numeric_date(day)} es {kind}: elija un día hábil.")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        plan, first, last = self.instance.plan, data.get("period_from"), data.get("period_to")
        for name, day in (("period_from", first), ("period_to", last)):
            if day and day.year != plan.year:
                self.add_error(name, f"El periodo es del año del plan: {plan.year}.")
        if last and data.get("deadline") and data["deadline"] < last:
            self.add_error("deadline", "El plazo vence antes de que termine el periodo.")
        chosen = data.get("entities"), data.get("lines")
        if all(chosen) and not plan.indicators.filter(
            line__in=chosen[1], institutions__in=chosen[0]
        ):
            self.add_error("lines", "Ninguna de esas instituciones participa en esas líneas.")
        return data


class LetterForm(forms.ModelForm):
    class Meta:
        model = InformationRequest
        fields = ["body"]
        widgets = {"body": forms.Textarea(attrs={"rows": 10})}
        help_texts = {
            "body": "Un párrafo por línea. El programa añade el periodo, el plazo y lo que se pide "
            "a cada institución."
        }


class ExtensionForm(forms.Form):
    """A later last day for one entity."""

    extended_to = forms.DateField(
        label="Prórroga hasta",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Diga hasta qué día.", "invalid": "Escriba una fecha."},
    )
