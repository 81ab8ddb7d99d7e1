from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from members.models import Entity
from poa.choices import GoalKind, ParticipationRole
from poa.models import Indicator
from poa.models.indicator import NOT_NEGATIVE
from sessions.forms.filters import DayField

QUARTERS = (
    ("first", "Hasta marzo"),
    ("second", "Hasta junio"),
    ("third", "Hasta setiembre"),
    ("fourth", "Hasta diciembre"),
)
# More institutions than any indicator has had.
MOST = 40


class QuantityField(forms.DecimalField):
    """A goal: 12 digits, two of them decimals, 0 or more."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=12, decimal_places=2, validators=[NOT_NEGATIVE], **kwargs)
        self.widget.attrs |= {"min": "0", "step": "any", "inputmode": "decimal"}

    def prepare_value(self, value: Any) -> Any:
        """``3`` and not ``3.00``: decimals only where there are any."""
        return str(value).removesuffix(".00") if isinstance(value, Decimal) else value


class GoalFields(forms.Form):
    """A goal, what kind it is, and its footnote, which is made in place."""

    goal_kind = forms.ChoiceField(
        label="Clase de meta", choices=GoalKind, error_messages={"required": "Indique la clase."}
    )
    goal = QuantityField(label="Meta física", required=False)
    note = forms.CharField(
        label="Nota al pie",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Obligatoria con meta 0 o cuando la meta no corresponde este año; lleva la "
        "llamada a/, b/… que le toque.",
    )


class IndicatorForm(forms.ModelForm, GoalFields):
    """An indicator of a draft with its goal, footnote, milestones and technical sheet."""

    first = QuantityField(label="Hasta marzo", required=False)
    second = QuantityField(label="Hasta junio", required=False)
    third = QuantityField(label="Hasta setiembre", required=False)
    fourth = QuantityField(label="Hasta diciembre", required=False)

    class Meta:
        model = Indicator
        fields = [
            "name",
            "unit",
            "goal_kind",
            "goal",
            "counting",
            "counts_from",
            "definition",
            "method",
            "source",
            "base_line",
            "direction",
        ]
        field_classes = {"counts_from": DayField, "goal": QuantityField}
        widgets = {
            "name": forms.Textarea(attrs={"rows": 3}),
            "definition": forms.Textarea(attrs={"rows": 3}),
            "method": forms.Textarea(attrs={"rows": 3}),
        }
        error_messages = {
            "name": {"required": "Escriba el indicador."},
            "unit": {"required": "Elija la unidad de medida."},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            if self.instance.footnote:
                self.initial["note"] = self.instance.footnote.text
            for milestone in self.instance.milestones.all():
                self.initial[QUARTERS[milestone.quarter - 1][0]] = milestone.goal

    @property
    def quarters(self) -> list[forms.BoundField]:
        return [self[name] for name, _ in QUARTERS]

    @property
    def milestones(self) -> list[Any]:
        return [self.cleaned_data.get(name) for name, _ in QUARTERS]


class PartForm(forms.Form):
    """An institution that takes part; a row left without one is none."""

    entity = forms.ChoiceField(label="Institución", required=False)
    role = forms.ChoiceField(
        label="Participa como",
        choices=ParticipationRole,
        initial=ParticipationRole.INVOLVED,
        required=False,
    )

    def __init__(self, *args: Any, entities: Mapping[str, Entity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entities = entities
        field: Any = self.fields["entity"]
        field.choices = [("", "—"), *((key, one.list_name) for key, one in entities.items())]

    def clean_entity(self) -> Entity | None:
        return self.entities.get(self.cleaned_data["entity"])


class BasePartFormSet(forms.BaseFormSet):
    ordering_widget = forms.NumberInput

    def clean(self) -> None:
        if any(self.errors):
            return
        entities = [entity for entity, _ in self.parts()]
        twice = {one.list_name for one in entities if entities.count(one) > 1}
        if twice:
            raise ValidationError(f"Está dos veces: {', '.join(sorted(twice))}.")

    def parts(self) -> list[tuple[Entity, ParticipationRole]]:
        """In the order asked for; the rows without a place come last, as they stand."""
        return [
            (said["entity"], ParticipationRole(said["role"] or ParticipationRole.INVOLVED))
            for said in (form.cleaned_data for form in self.ordered_forms)
            if said.get("entity")
        ]


PartFormSet = forms.formset_factory(
    PartForm,
    formset=BasePartFormSet,
    extra=6,
    can_order=True,
    max_num=MOST,
    validate_max=True,
)


def part_forms(indicator: Indicator, data: Any = None) -> BasePartFormSet:
    """The institutions of an indicator, in their order, and some empty rows for more."""
    entities = entity_choices(Entity.objects.all())
    initial = []
    if indicator.pk:
        initial = [
            {"entity": str(one.entity_id), "role": one.role}
            for one in indicator.participations.all()
        ]
    return PartFormSet(  # type: ignore[return-value]
        data, initial=initial, prefix="instituciones", form_kwargs={"entities": entities}
    )


def entity_choices(entities: Iterable[Entity]) -> dict[str, Entity]:
    """By the value that a select carries."""
    return {str(entity.pk): entity for entity in entities}
