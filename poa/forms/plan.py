from collections.abc import Iterator
from typing import Any

from django import forms

from poa.models import Indicator, NationalPlan, OperatingPlan


class NewPlanForm(forms.Form):
    """A plan for a year; from another year's, the lines that go on and whether their goals do."""

    year = forms.IntegerField(
        label="Año",
        min_value=2007,
        max_value=2100,
        error_messages={
            "min_value": "El año va de 2007, cuando se creó la comisión, a 2100.",
            "max_value": "El año va de 2007, cuando se creó la comisión, a 2100.",
        },
    )

    def clean_year(self) -> int:
        year = self.cleaned_data["year"]
        if OperatingPlan.objects.filter(year=year).exists():
            raise forms.ValidationError("Ya hay un plan operativo de ese año.")
        return year


class EmptyPlanForm(NewPlanForm):
    national_plan = forms.ModelChoiceField(
        label="Plan nacional", queryset=NationalPlan.objects.all(), empty_label=None
    )


class FollowingPlanForm(NewPlanForm):
    goals = forms.ChoiceField(
        label="Metas",
        choices=[
            ("blank", "En blanco: cada una queda por definir"),
            ("copied", "Las mismas del plan de origen"),
        ],
        initial="blank",
        widget=forms.RadioSelect,
    )
    places = forms.MultipleChoiceField(
        label="Pasan al nuevo plan",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Con sus indicadores, instituciones y fichas; después se pueden cambiar.",
        error_messages={"invalid_choice": "Una línea marcada ya no está en el plan: revise."},
    )

    def __init__(self, *args: Any, base: OperatingPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_place: dict[str, list[Indicator]] = {}
        labels: dict[str, str] = {}
        for indicator in (
            base.indicators.in_order()
            .select_related("unit", "footnote", "objective", "line__strategy__objective")
            .prefetch_related("participations", "milestones")
        ):
            place = indicator.code.partition("-")[0]
            self.by_place.setdefault(place, []).append(indicator)
            labels[place] = str(indicator.line or indicator.objective)
        self.fields["places"].choices = list(labels.items())  # type: ignore[attr-defined]
        self.fields["places"].initial = list(labels)

    def indicators(self) -> Iterator[Indicator]:
        for place in self.cleaned_data["places"]:
            yield from self.by_place[place]
