"""What an evaluation asks of the Secretaría: until when, which, why, and in which session."""

import datetime
from typing import Any

from django import forms

from cnlctf.lib.calendar import long_date
from poa.choices import EvaluationKind, PlanState
from poa.models import Evaluation, OperatingPlan
from sessions.choices import SessionState
from sessions.forms.filters import DayField
from sessions.models import Session

SEEN_WITHIN = datetime.timedelta(days=2 * 365)


class SessionField(forms.ModelChoiceField):
    """A session of the last two years, or one to come, by its name and day."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Session.objects.none(), **kwargs)

    def offer(self, today: datetime.date, *, held: bool = False) -> None:
        """Only those of a day that has come, where it is ``held`` that is asked for."""
        sessions = Session.objects.filter(held_on__gte=today - SEEN_WITHIN).exclude(
            state__in=[SessionState.CANCELLED, SessionState.REFERRED]
        )
        if held:
            sessions = sessions.filter(held_on__lte=today)
        self.queryset = sessions.order_by("-held_on", "-number")

    def label_from_instance(self, obj: Session) -> str:
        return f"{obj.long_name}, {long_date(obj.day)}"


class EvaluationForm(forms.Form):
    """Its data while it is a draft."""

    cut_off_on = DayField(
        label="Fecha de corte",
        help_text="Ese día incluido. Lo realizado después no cuenta.",
        error_messages={"required": "Indique la fecha de corte."},
    )
    session = SessionField(
        label="Sesión en que se verá",
        required=False,
        empty_label="Por definir",
        help_text="Su acta podrá llevar la evaluación como anexo, también mientras es un borrador.",
    )
    reasons = forms.CharField(
        label="Motivos",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    introduction = forms.CharField(
        label="Texto antes de la matriz",
        required=False,
        max_length=10000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Si hace falta; también va en el anexo del acta.",
    )

    def __init__(
        self, *args: Any, plan: OperatingPlan, kind: str, today: datetime.date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.plan, self.today = plan, today
        session: Any = self.fields["session"]
        session.offer(today)
        if kind == EvaluationKind.ADDENDUM:
            reasons = self.fields["reasons"]
            reasons.required = True
            reasons.error_messages["required"] = "Diga por qué se hace la adenda."
            reasons.help_text = "Qué llegó tarde, y con qué documento."

    def clean_cut_off_on(self) -> datetime.date:
        day = self.cleaned_data["cut_off_on"]
        if day > self.today:
            raise forms.ValidationError("La fecha de corte no puede ser un día que no ha llegado.")
        if day.year < self.plan.year:
            raise forms.ValidationError("La fecha de corte es anterior al año del plan.")
        return day


class EvaluationStartForm(EvaluationForm):
    """Which evaluation: that of the year, a partial one, or an adenda where the year is closed."""

    kind = forms.ChoiceField(
        label="Qué se hace",
        widget=forms.RadioSelect,
        error_messages={"required": "Indique qué se hace."},
    )
    field_order = ("kind", "cut_off_on", "session", "reasons", "introduction")

    def __init__(self, *args: Any, plan: OperatingPlan, closed: bool, **kwargs: Any) -> None:
        kind = EvaluationKind.ADDENDUM if closed else ""
        super().__init__(*args, plan=plan, kind=kind, **kwargs)
        field: Any = self.fields["kind"]
        if closed:
            del self.fields["kind"]
        elif plan.state == PlanState.EVALUATED:
            field.choices = [(EvaluationKind.FINAL, "La evaluación del año")]
        else:
            field.choices = [
                (
                    EvaluationKind.FINAL,
                    "La evaluación del año: al aprobarse, el plan queda evaluado",
                ),
                (EvaluationKind.PARTIAL, "Una evaluación parcial: el plan sigue vigente"),
            ]


class EvaluationEditForm(EvaluationForm):
    edits = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def __init__(self, *args: Any, evaluation: Evaluation, **kwargs: Any) -> None:
        super().__init__(*args, plan=evaluation.plan, kind=evaluation.kind, **kwargs)


class EvaluationApproveForm(forms.Form):
    session = SessionField(
        label="Sesión que la aprobó",
        empty_label="Elija la sesión",
        error_messages={"required": "Indique en qué sesión se aprobó."},
    )

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        session: Any = self.fields["session"]
        session.offer(today, held=True)
