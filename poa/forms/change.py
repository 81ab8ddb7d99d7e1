"""A change of an approved plan: one goal, or one institution's part in an indicator."""

import datetime
from typing import Any

from django import forms

from members.models import Entity
from poa.choices import ChangeSubject, GoalKind, ParticipationRole
from poa.forms.agreement import AgreementField
from poa.forms.indicator import GoalFields, entity_choices
from poa.models import Indicator, PlanChange
from poa.models.version import goal_of


class ChangeForm(forms.Form):
    """``sector`` is whose representative proposes it; None is the Secretaría, by an agreement."""

    reason = forms.CharField(
        label="Motivo",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Diga por qué: queda en la versión del plan."},
    )

    def __init__(
        self,
        *args: Any,
        indicator: Indicator,
        sector: Entity | None,
        today: datetime.date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.indicator, self.sector = indicator, sector
        if sector is None:
            needed = indicator.plan.is_in_force and indicator.plan.changes_need_agreement
            field = AgreementField(
                label="Acuerdo",
                required=needed,
                empty_label="Elija un acuerdo" if needed else "Ninguno",
                error_messages={"required": "Los cambios de este plan requieren un acuerdo."},
            )
            field.offer(today)
            self.fields["agreement"] = field

    def change(self) -> PlanChange:
        """What is asked for; whether it fits the plan the change itself says."""
        raise NotImplementedError

    def _change(self, **values: Any) -> PlanChange:
        reason = self.cleaned_data["reason"]
        return PlanChange(indicator=self.indicator, sector=self.sector, reason=reason, **values)


class GoalChangeForm(ChangeForm, GoalFields):
    field_order = ["goal_kind", "goal", "note", "reason", "agreement"]

    def __init__(self, *args: Any, indicator: Indicator, **kwargs: Any) -> None:
        super().__init__(*args, indicator=indicator, **kwargs)
        now = goal_of(indicator)
        self.initial.update({"goal_kind": now.kind, "goal": now.quantity, "note": now.note})

    def clean(self) -> None:
        said = self.cleaned_data
        if said.get("goal_kind") == GoalKind.TO_BE_DEFINED:
            said["goal"] = None
        elif said.get("goal") is None and "goal" not in self.errors:
            self.add_error("goal", "Indique la meta, o marque «Por definir» y déjela vacía.")

    def change(self) -> PlanChange:
        said = self.cleaned_data
        return self._change(
            subject=ChangeSubject.GOAL,
            goal_kind=said["goal_kind"],
            goal=said["goal"],
            note=said["note"],
        )


class PartChangeForm(ChangeForm):
    entity = forms.ChoiceField(
        label="Institución", error_messages={"required": "Elija la institución."}
    )
    role = forms.ChoiceField(
        label="Participa como",
        choices=[*ParticipationRole.choices, ("", "Deja de participar")],
        initial=ParticipationRole.INVOLVED,
        required=False,
    )
    field_order = ["entity", "role", "reason", "agreement"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = {one.entity_id: one for one in self.indicator.participations.all()}
        self.entities = entity_choices(filter(self._offered, Entity.objects.all()))
        field: Any = self.fields["entity"]
        field.choices = [
            ("", "Elija una institución"),
            *((key, self._label(entity)) for key, entity in self.entities.items()),
        ]

    def _offered(self, entity: Entity) -> bool:
        """To a sector, its own and whoever is not in the row yet."""
        its_own = self.sector is None or self.sector.pk in (entity.pk, entity.parent_id)
        return its_own or entity.pk not in self.parts

    def _label(self, entity: Entity) -> str:
        part = self.parts.get(entity.pk)
        return (
            f"{entity.list_name} (hoy: {part.get_role_display().lower()})"
            if part
            else (entity.list_name)
        )

    def change(self) -> PlanChange:
        entity = self.entities[self.cleaned_data["entity"]]
        role = self.cleaned_data["role"]
        subject = ChangeSubject.ROLE if entity.pk in self.parts else ChangeSubject.ADDED
        return self._change(
            subject=subject if role else ChangeSubject.REMOVED, entity=entity, role=role
        )
