import datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.text import slugify

from members.models import Entity
from sessions.choices import AgreementState, SessionKind, SessionState
from sessions.models import Session
from sessions.models.agreement import AgreementQuerySet
from sessions.models.session import SessionQuerySet

OVERDUE = "vencido"
KINDS = {"ordinaria": SessionKind.ORDINARY, "extraordinaria": SessionKind.EXTRAORDINARY}
SESSION_STATES = {slugify(state.label): state for state in SessionState}
AGREEMENT_STATES = {slugify(state.label): state for state in AgreementState}


class AddressForm(forms.Form):
    """The filter of a list, kept in its address, where the names are Spanish words."""

    use_required_attribute = False
    words: ClassVar[dict[str, str]]

    def add_prefix(self, field_name: str) -> str:
        return self.words.get(field_name, field_name)

    @property
    def is_used(self) -> bool:
        return any(self.data.get(word) for word in self.words.values())


class SessionFilter(AddressForm):
    words = {"kind": "clase", "year": "anio", "state": "estado"}

    kind = forms.ChoiceField(
        label="Clase",
        required=False,
        choices=[("", "Todas"), *((word, kind.label) for word, kind in KINDS.items())],
        error_messages={"invalid_choice": "No hay una clase de sesión «%(value)s»."},
    )
    year = forms.ChoiceField(
        label="Año",
        required=False,
        error_messages={"invalid_choice": "No hay sesiones del año «%(value)s»."},
    )
    state = forms.ChoiceField(
        label="Estado",
        required=False,
        choices=[("", "Todos"), *((word, state.label) for word, state in SESSION_STATES.items())],
        error_messages={"invalid_choice": "No hay un estado «%(value)s»."},
    )

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [  # type: ignore[attr-defined]
            ("", "Todos"),
            *((str(year), str(year)) for year in years),
        ]

    def rows(self, sessions: SessionQuerySet) -> SessionQuerySet:
        """Those asked for; none while something asked for is wrong."""
        if not self.is_valid():
            return sessions.none()
        asked = self.cleaned_data
        if asked["kind"]:
            sessions = sessions.filter(kind=KINDS[asked["kind"]])
        if asked["year"]:
            sessions = sessions.filter(held_on__year=asked["year"])
        if asked["state"]:
            sessions = sessions.filter(state=SESSION_STATES[asked["state"]])
        return sessions


class DayField(forms.DateField):
    """A day picked in the browser's calendar, which takes no other form than ISO's."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class AgreementFilter(AddressForm):
    words = {
        "state": "estado",
        "entity": "entidad",
        "session": "sesion",
        "since": "desde",
        "until": "hasta",
    }

    state = forms.ChoiceField(
        label="Estado",
        required=False,
        choices=[
            ("", "Todos"),
            (slugify(AgreementState.PENDING.label), "Pendiente"),
            (OVERDUE, "Vencido"),
            (slugify(AgreementState.FULFILLED.label), "Cumplido"),
            (slugify(AgreementState.WITHDRAWN.label), "Dejado sin efecto"),
        ],
        error_messages={"invalid_choice": "No hay un estado «%(value)s»."},
    )
    entity = forms.ModelChoiceField(
        label="Entidad responsable",
        required=False,
        queryset=Entity.objects.filter(
            Q(agreements__isnull=False) | Q(memberships__isnull=False)
        ).distinct(),
        to_field_name="slug",
        empty_label="Todas",
        error_messages={"invalid_choice": "No hay una entidad «%(value)s» con acuerdos."},
    )
    session = forms.ChoiceField(
        label="Sesión",
        required=False,
        error_messages={"invalid_choice": "No hay una sesión «%(value)s» con acuerdos."},
    )
    since = DayField(label="Plazo desde", required=False)
    until = DayField(label="Plazo hasta", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["entity"].label_from_instance = lambda entity: entity.acronym  # type: ignore[attr-defined]
        with_agreements = Session.objects.filter(agreements__isnull=False).distinct()
        self.fields["session"].choices = [  # type: ignore[attr-defined]
            ("", "Todas"),
            *((session.slug, str(session)) for session in with_agreements),
        ]

    def clean(self) -> None:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and since > until:
            raise ValidationError("El plazo «desde» es posterior al plazo «hasta».")

    def of_any_state(self, agreements: AgreementQuerySet) -> AgreementQuerySet:
        """Those asked for but for the state; none while something asked for is wrong."""
        if not self.is_valid():
            return agreements.none()
        asked = self.cleaned_data
        if asked["entity"]:
            agreements = agreements.concerning(asked["entity"])
        if asked["session"]:
            kind, number = asked["session"].split("-")
            agreements = agreements.filter(session__kind=kind.upper(), session__number=number)
        if asked["since"]:
            agreements = agreements.filter(due_on__gte=asked["since"])
        if asked["until"]:
            agreements = agreements.filter(due_on__lte=asked["until"])
        return agreements

    def rows(self, agreements: AgreementQuerySet, on: datetime.date) -> AgreementQuerySet:
        agreements = self.of_any_state(agreements)
        state = self.cleaned_data.get("state")
        if state == OVERDUE:
            return agreements.overdue(on)
        return agreements.filter(state=AGREEMENT_STATES[state]) if state else agreements
