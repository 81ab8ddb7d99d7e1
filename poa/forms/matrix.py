from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.text import slugify

from members.models import Entity
from poa.models import Axis, Indicator, Objective, OperatingPlan, Participation
from poa.plan_matrix import SHAPES, plan_indicators
from poa.progress import State
from sessions.forms.filters import AddressForm


class InstitutionField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Entity) -> str:
        return obj.list_name


class MatrixFilter(AddressForm):
    words = {
        "objective": "objetivo",
        "axis": "eje",
        "institution": "institucion",
        "state": "estado",
    }

    objective = forms.ModelChoiceField(
        label="Objetivo específico",
        required=False,
        queryset=Objective.objects.none(),
        to_field_name="number",
        empty_label="Todos",
        error_messages={"invalid_choice": "El plan no tiene un objetivo «%(value)s»."},
    )
    axis = forms.ModelChoiceField(
        label="Eje estratégico",
        required=False,
        queryset=Axis.objects.none(),
        to_field_name="number",
        empty_label="Todos",
        error_messages={"invalid_choice": "El plan no tiene un eje «%(value)s»."},
    )
    institution = InstitutionField(
        label="Institución",
        required=False,
        queryset=Entity.objects.none(),
        to_field_name="slug",
        empty_label="Todas",
        error_messages={"invalid_choice": "En el plan no participa una institución «%(value)s»."},
    )
    state = forms.ChoiceField(
        label="Estado",
        required=False,
        error_messages={"invalid_choice": "No hay un estado «%(value)s»."},
    )

    def __init__(
        self, *args: Any, plan: OperatingPlan, legend: Mapping[State, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        self.states = {slugify(legend[state]): state for state in SHAPES}
        national_plan = plan.national_plan_id
        fields: dict[str, Any] = self.fields
        fields["objective"].queryset = Objective.objects.filter(plan=national_plan)
        fields["axis"].queryset = Axis.objects.filter(plan=national_plan)
        fields["institution"].queryset = Entity.objects.filter(
            pk__in=Participation.objects.filter(indicator__plan=plan).values("entity")
        )
        fields["state"].choices = [
            ("", "Todos"),
            *((word, legend[state]) for word, state in self.states.items()),
        ]

    def indicators(self) -> list[Indicator] | None:
        """Those asked for: None is all of them; none while something asked for is wrong."""
        if not self.is_valid():
            return []
        asked = self.cleaned_data
        if not any(asked.values()):
            return None
        indicators = plan_indicators(self.plan)
        if asked["objective"]:
            indicators = indicators.filter(line__strategy__objective=asked["objective"])
        if asked["axis"]:
            indicators = indicators.filter(line__strategy__axis=asked["axis"])
        if asked["institution"]:
            participations = Participation.objects.filter(entity=asked["institution"])
            indicators = indicators.filter(pk__in=participations.values("indicator"))
        state = self.states.get(asked["state"])
        return [one for one in indicators if state in (None, one.measure.state)]
