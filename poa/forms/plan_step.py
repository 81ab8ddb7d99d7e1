"""What a plan's steps ask: by what agreement, until when, why."""

import datetime
from typing import Any

from django import forms

from poa.choices import PlanState
from poa.forms.agreement import AgreementField
from poa.models import OperatingPlan
from sessions.forms.filters import DayField

GOALS, PARTICIPATION = "goals", "participation"


class StepForm(forms.Form):
    """``agreement`` is offered from those of the last sessions."""

    agreement = AgreementField(label="Acuerdo", required=False, empty_label="Ninguno")

    def __init__(
        self, *args: Any, plan: OperatingPlan, today: datetime.date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        field: Any = self.fields["agreement"]
        field.offer(today)


class ApproveForm(StepForm):
    agreement = AgreementField(
        label="Acuerdo que aprueba el plan",
        empty_label="Elija un acuerdo",
        error_messages={"required": "Un plan se aprueba por un acuerdo: elíjalo."},
    )
    state = forms.ChoiceField(
        label="Cómo queda el plan",
        choices=[
            (PlanState.ADJUSTING, "Aprobado con cargo a ajustes de los sectores"),
            (PlanState.IN_FORCE, "Vigente desde ahora"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Indique cómo queda el plan."},
    )
    adjust_until = DayField(
        label="Los sectores proponen ajustes hasta",
        required=False,
        help_text="Ese día incluido. Solo con cargo a ajustes.",
    )
    columns = forms.MultipleChoiceField(
        label="Qué columnas se ajustan",
        choices=[(GOALS, "Metas"), (PARTICIPATION, "Participación de las instituciones")],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    changes_need_agreement = forms.BooleanField(
        label="Una vez vigente, todo cambio de una meta o participación requiere un acuerdo",
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["agreement"]
        words = f"Plan Operativo Anual {self.plan.year}"
        if not self.is_bound and (found := field.queryset.filter(text__contains=words).first()):
            adjusts = "con cargo a" in found.text
            self.initial.update(
                agreement=found.pk,
                state=PlanState.ADJUSTING if adjusts else PlanState.IN_FORCE,
                adjust_until=found.due_on if adjusts else None,
                columns=[GOALS, PARTICIPATION] if adjusts else [],
            )

    def clean(self) -> None:
        said = self.cleaned_data
        if said.get("state") != PlanState.ADJUSTING:
            return
        if "adjust_until" in said and not said["adjust_until"]:
            self.add_error("adjust_until", "Diga hasta qué día se proponen ajustes.")
        if not said.get("columns"):
            self.add_error("columns", "Marque al menos una columna.")
        agreement, until = said.get("agreement"), said.get("adjust_until")
        if agreement and until and until < agreement.session.held_on:
            self.add_error("adjust_until", "Ese día es anterior a la sesión del acuerdo.")

    def approve(self, *, at: datetime.datetime, by: Any) -> None:
        said = self.cleaned_data
        adjusts = said["state"] == PlanState.ADJUSTING
        self.plan.approve(
            at=at,
            by=by,
            agreement=said["agreement"],
            adjust_until=said["adjust_until"] if adjusts else None,
            goals=adjusts and GOALS in said["columns"],
            participation=adjusts and PARTICIPATION in said["columns"],
            changes_need_agreement=said["changes_need_agreement"],
        )


class ExtendForm(StepForm):
    until = DayField(label="Los sectores proponen ajustes hasta", help_text="Ese día incluido.")
    reason = forms.CharField(
        label="Motivo",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Diga por qué se amplía el plazo."},
    )
    field_order = ("until", "reason", "agreement")

    def extend(self, *, at: datetime.datetime, by: Any) -> None:
        self.plan.extend_adjustments(at=at, by=by, **self.cleaned_data)


class ConsolidateForm(StepForm):
    reason = forms.CharField(
        label="Constancia",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Lo que convenga recordar: con qué oficios llegaron los ajustes, por ejemplo.",
    )

    def consolidate(self, *, at: datetime.datetime, by: Any) -> None:
        self.plan.consolidate(at=at, by=by, **self.cleaned_data)


class CloseForm(forms.Form):
    reason = forms.CharField(
        label="Constancia",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
