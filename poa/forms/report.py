"""What a representative writes in a report, part by part, and what the Secretaría answers."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cnlctf.lib import typed_values, upload
from cnlctf.lib.file_field import CheckedFileField, CheckedFilesField
from members.models import Entity
from poa.forms.request import named
from poa.models import (
    EntityReport,
    Indicator,
    OperatingPlan,
    ReportedContribution,
    ReportedEvent,
    ReportedIndicator,
)

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class QuantityField(forms.Field):
    """A quantity as people type it: «1,234.5», «12,5»; empty is None, which is not 0."""

    MAX_LENGTH = 40

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"inputmode": "decimal", "autocomplete": "off", "maxlength": self.MAX_LENGTH}
        super().__init__(required=False, widget=forms.TextInput(attrs=attributes), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:f}".removesuffix(".00") if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Decimal | None:
        words = str(value or "").strip()
        if not words:
            return None
        try:
            quantity = typed_values.number(words)
        except ValueError as error:
            raise ValidationError(f"«{words[: self.MAX_LENGTH]}» {error}.") from error
        if quantity < 0:
            raise ValidationError("La cantidad no puede ser negativa.")
        if quantity >= 10**10 or quantity != round(quantity, 2):
            raise ValidationError("Escriba hasta diez cifras, y dos decimales.")
        return quantity


class EntityField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return named(obj)


class ReportStartForm(forms.Form):
    """Who reports without being asked, and of when."""

    entity = EntityField(label="Institución", queryset=Entity.objects.none(), empty_label=None)
    period_from = forms.DateField(label="Periodo: desde", widget=DATE)
    period_to = forms.DateField(label="Periodo: hasta", widget=DATE)

    def __init__(self, *args: Any, plan: OperatingPlan, entities: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        field: Any = self.fields["entity"]
        field.queryset = entities

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("period_from"), data.get("period_to")
        for name, day in (("period_from", first), ("period_to", last)):
            if day and day.year != self.plan.year:
                self.add_error(name, f"El periodo es del año del plan: {self.plan.year}.")
        if first and last and last < first:
            self.add_error("period_to", "El periodo no puede terminar antes de empezar.")
        return data


class ReportedIndicatorForm(forms.ModelForm):
    quantity = QuantityField(
        label="Cantidad, si no detalla eventos",
        help_text="0 es un cero declarado; vacío, nada declarado.",
    )
    activity_done = forms.TypedChoiceField(
        label="¿Se realizó actividad?",
        choices=[("", "Sin responder"), ("si", "Sí"), ("no", "No")],
        coerce=lambda answer: answer == "si",
        empty_value=None,
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    class Meta:
        model = ReportedIndicator
        fields = ["quantity", "activity_done", "difficulties", "next_steps"]
        widgets = {
            name: forms.Textarea(attrs={"rows": 2}) for name in ("difficulties", "next_steps")
        }

    def __init__(self, data: Any = None, *, instance: ReportedIndicator) -> None:
        done = {True: "si", False: "no", None: ""}[instance.activity_done]
        initial = {"activity_done": done, "version": instance.version}
        super().__init__(data, instance=instance, initial=initial, prefix=f"i{instance.pk}")


class ReportedEventForm(forms.ModelForm):
    """An event, and what it adds to each of the report's indicators, three or five fields each."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    class Meta:
        model = ReportedEvent
        fields = ["name", "held_on", "region", "place", "supporter", "report_number"]
        widgets = {"held_on": DATE, "name": forms.Textarea(attrs={"rows": 2})}

    def __init__(
        self,
        data: Any = None,
        *,
        instance: ReportedEvent,
        indicators: list[Indicator],
    ) -> None:
        self.indicators = indicators
        parts = {part.indicator_id: part for part in instance.contributions.all()}
        initial: dict[str, Any] = {"version": instance.version}
        for indicator in indicators:
            if part := parts.get(indicator.pk):
                initial |= {
                    f"quantity-{indicator.pk}": part.quantity,
                    f"women-{indicator.pk}": part.women,
                    f"men-{indicator.pk}": part.men,
                    f"left_out-{indicator.pk}": not part.counts,
                    f"why_not-{indicator.pk}": part.why_not,
                }
        super().__init__(data, instance=instance, initial=initial, prefix=f"e{instance.pk}")
        for indicator in indicators:
            self._add_fields(indicator)

    def _add_fields(self, indicator: Indicator) -> None:
        unit = indicator.unit
        added: dict[str, forms.Field] = {"quantity": QuantityField(label=unit.plural)}
        if unit.counts_people:
            added["women"] = forms.IntegerField(label="Mujeres", required=False, min_value=0)
            added["men"] = forms.IntegerField(label="Hombres", required=False, min_value=0)
        added["left_out"] = forms.BooleanField(label="No cuenta para la meta", required=False)
        added["why_not"] = forms.CharField(
            label="Por qué no cuenta", required=False, max_length=250
        )
        for name, field in added.items():
            self.fields[f"{name}-{indicator.pk}"] = field

    def parts(self) -> Iterator[tuple[Indicator, list[forms.BoundField]]]:
        """The fields of each indicator, for the page."""
        for indicator in self.indicators:
            names = [name for name in self.fields if name.endswith(f"-{indicator.pk}")]
            yield indicator, [self[name] for name in names]

    def own_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.Meta.fields]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.contributions = [
            part for one in self.indicators if (part := self._contribution(one, data)) is not None
        ]
        return data

    def _contribution(
        self, indicator: Indicator, data: dict[str, Any]
    ) -> ReportedContribution | None:
        """What it adds to the indicator; by the plan's own rule it does not count before a day."""

        def told(name: str) -> Any:
            return data.get(f"{name}-{indicator.pk}")

        women, men, quantity = told("women"), told("men"), told("quantity")
        if quantity is None and None not in (women, men):
            quantity = Decimal(women + men)
        if quantity is None:
            if women is not None or men is not None:
                self.add_error(f"quantity-{indicator.pk}", "Diga cuántas personas en total.")
            return None
        day = data.get("held_on")
        rule = indicator.why_not_counted(day) if day else ""
        why_not = rule or (told("why_not") or "").strip() if told("left_out") or rule else ""
        if told("left_out") and not why_not:
            self.add_error(f"why_not-{indicator.pk}", "Si no cuenta para la meta, diga por qué.")
        if (women is None) != (men is None) or (women is not None and women + men != quantity):
            message = "Mujeres y hombres tienen que sumar la cantidad."
            self.add_error(f"quantity-{indicator.pk}", message)
        return ReportedContribution(
            indicator=indicator,
            quantity=quantity,
            women=women,
            men=men,
            counts=not why_not,
            why_not=why_not,
        )


class EvidenceForm(forms.Form):
    evidence = CheckedFilesField(label="Evidencias", kinds=(*upload.OFFICE, *upload.IMAGES))


class PaperForm(forms.ModelForm):
    """The document by which an entity answered on paper, whose copy may be attached."""

    scan = CheckedFileField(
        label="Copia digitalizada", kinds=(*upload.OFFICE, *upload.IMAGES), required=False
    )

    class Meta:
        model = EntityReport
        fields = ["paper_number"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        # The constraint's own check needs the copy, which is no field of the model yet.
        if data.get("scan") and not data.get("paper_number"):
            self.add_error("paper_number", "Cite el documento cuya copia adjunta.")
        return data


class RemarksForm(forms.Form):
    remarks = forms.CharField(
        label="Qué falta o qué hay que corregir",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Diga qué falta: quien corrija lo necesita."},
    )


class NoteForm(forms.Form):
    remarks = forms.CharField(
        label="Nota para la Secretaría Técnica (opcional)",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
