"""Which indicators of a plan a page is about, asked for in its address."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.functional import cached_property
from django.utils.text import slugify

from members.models import Entity
from poa.choices import ParticipationRole, Region
from poa.models import Axis, Contribution, Objective, OperatingPlan, Participation, Unit
from poa.plan_matrix import SHAPES
from poa.progress import State
from poa.standing import Standing
from sessions.forms.filters import AddressForm

ROLES = {slugify(role.label): role for role in ParticipationRole}
REGIONS = {slugify(region.label): region for region in Region}
NOWHERE = "sin-region"


class InstitutionField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Entity) -> str:
        return obj.list_name


class PlanFilter(AddressForm):
    words = {
        "objective": "objetivo",
        "axis": "eje",
        "institution": "institucion",
        "role": "papel",
        "unit": "unidad",
        "region": "region",
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
    role = forms.ChoiceField(
        label="Participa como",
        required=False,
        choices=[("", "Cualquiera"), *((word, role.label) for word, role in ROLES.items())],
        error_messages={"invalid_choice": "No se participa como «%(value)s»."},
    )
    unit = forms.ChoiceField(
        label="Unidad de medida",
        required=False,
        error_messages={"invalid_choice": "En el plan no se mide en «%(value)s»."},
    )
    region = forms.ChoiceField(
        label="Región con eventos",
        required=False,
        choices=[
            ("", "Todas"),
            *((word, region.label) for word, region in REGIONS.items()),
            (NOWHERE, "Sin región indicada"),
        ],
        error_messages={"invalid_choice": "No hay una región «%(value)s»."},
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
        self.units = {
            slugify(unit.name): unit
            for unit in Unit.objects.filter(indicators__plan=plan).distinct().order_by("name")
        }
        self.word_of = {state: word for word, state in self.states.items()}
        fields: dict[str, Any] = self.fields
        fields["objective"].queryset = Objective.objects.filter(plan=plan.national_plan_id)
        fields["axis"].queryset = Axis.objects.filter(plan=plan.national_plan_id)
        fields["institution"].queryset = Entity.objects.filter(
            pk__in=Participation.objects.filter(indicator__plan=plan).values("entity")
        )
        fields["unit"].choices = [
            ("", "Todas"),
            *((word, unit.name) for word, unit in self.units.items()),
        ]
        fields["state"].choices = [
            ("", "Todos"),
            *((word, legend[state]) for word, state in self.states.items()),
        ]

    def clean(self) -> None:
        if self.cleaned_data.get("role") and not self.asks("institution"):
            self.add_error("role", "Elija también la institución.")

    def nodes(self, name: str) -> Iterable[Objective | Axis]:
        """What the field ``objective`` or ``axis`` lets one choose from."""
        return self.fields[name].queryset.all()  # type: ignore[attr-defined]

    @cached_property
    def entities(self) -> dict[int, Entity]:
        """The institutions that take part in the plan, in protocol order."""
        return {entity.pk: entity for entity in self.fields["institution"].queryset.all()}  # type: ignore[attr-defined]

    def asks(self, name: str) -> bool:
        return bool(self.data.get(self.words[name]))

    @property
    def region_code(self) -> str | None:
        """The region asked for, "" for the events without one; None while none is."""
        word = self.cleaned_data.get("region", "") if self.is_valid() else ""
        return REGIONS.get(word, "") if word else None

    def chosen(self, standings: Sequence[Standing]) -> list[Standing]:
        """Those asked for, in one query at most; none while something asked for is wrong."""
        if not self.is_valid():
            return []
        asked = self.cleaned_data
        tests = []
        if asked["objective"]:
            tests.append(lambda one: one.objective == asked["objective"].number)
        if asked["axis"]:
            tests.append(lambda one: one.axis == asked["axis"].number)
        if asked["institution"]:
            taking_part = {
                ParticipationRole.RESPONSIBLE: lambda one: one.responsible,
                ParticipationRole.INVOLVED: lambda one: one.involved,
            }.get(ROLES.get(asked["role"]), lambda one: one.institutions)  # type: ignore[arg-type]
            tests.append(lambda one: asked["institution"].pk in taking_part(one))
        if asked["unit"]:
            tests.append(lambda one: one.unit == self.units[asked["unit"]].pk)
        if asked["state"]:
            tests.append(lambda one: one.measure.state == self.states[asked["state"]])
        if self.region_code is not None:
            fed = set(
                Contribution.objects.filter(
                    indicator__plan=self.plan, event__region=self.region_code
                ).values_list("indicator", flat=True)
            )
            tests.append(lambda one: one.pk in fed)
        return [one for one in standings if all(test(one) for test in tests)]

    def address(self, **words: Any) -> str:
        """What is asked for and ``words`` besides, to follow a page's path: ``?eje=1&unidad=…``."""
        asked = {word: self.data.get(word) for word in self.words.values()}
        query = {word: value for word, value in (asked | words).items() if value}
        return f"?{urlencode(query)}" if query else ""

    @property
    def said(self) -> list[tuple[str, str]]:
        """What is asked for, in words: («Eje estratégico», «EE 1: Prevención»)."""
        if not self.is_valid():
            return []
        said = []
        for name, field in self.fields.items():
            value = self.cleaned_data[name]
            if value and isinstance(field, InstitutionField):
                said.append((str(field.label), value.list_name))
            elif value and isinstance(field, forms.ChoiceField) and not hasattr(field, "queryset"):
                said.append((str(field.label), str(dict(field.choices)[value])))  # type: ignore[arg-type]
            elif value:
                said.append((str(field.label), str(value)))
        return said


class SlideFilter(PlanFilter):
    """What the projector shows, and how it cuts it into slides."""

    BY_LINE, BY_AXIS, BY_INSTITUTION = "linea", "eje", "institucion"
    words = PlanFilter.words | {"by": "por", "only": "solo"}

    by = forms.ChoiceField(
        label="Una lámina por",
        required=False,
        choices=[
            (BY_LINE, "Línea de acción"),
            (BY_AXIS, "Eje estratégico"),
            (BY_INSTITUTION, "Institución responsable"),
        ],
        error_messages={"invalid_choice": "No hay láminas por «%(value)s»."},
    )
    only = forms.ChoiceField(
        label="Mostrar",
        required=False,
        choices=[("discusion", "Solo lo que se discute"), ("todo", "Todo")],
        error_messages={"invalid_choice": "No se puede mostrar «%(value)s»."},
    )

    @property
    def asked_by(self) -> str:
        return (self.cleaned_data["by"] if self.is_valid() else "") or self.BY_LINE

    @property
    def shows_all(self) -> bool:
        return self.is_valid() and self.cleaned_data["only"] == "todo"


class AmbitionForm(AddressForm):
    """The thresholds of the report of ambition."""

    words = {"passed_by": "supera", "years": "anios"}

    passed_by = forms.IntegerField(
        label="Metas pasadas por más de (%)", min_value=100, max_value=1000
    )
    years = forms.IntegerField(label="Años con la misma meta", min_value=2, max_value=5)
