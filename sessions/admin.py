from functools import partial
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import ValidationError
from django.db.models import Field, ForeignKey, Model, QuerySet
from django.forms import ChoiceField, ModelChoiceField, ModelForm
from django.http import HttpRequest
from django.utils.text import Truncator

from cnlctf.lib.text import to_plain
from sessions.choices import ActaState
from sessions.models import (
    Acta,
    AgendaItem,
    Agreement,
    Annex,
    Attendance,
    Intervention,
    Letterhead,
    Petition,
    PetitionItem,
    ProposalPattern,
    QuorumRule,
    Report,
    SectorReport,
    Session,
    SessionOffice,
    Signatory,
    StandardPhrase,
    SummonsRule,
)
from sessions.proposals.patterns import PATTERNS
from sessions.votes import votes_of

CLOSED = "El acta de esa sesión está aprobada: ya no admite cambios."


def session_of(record: Model) -> Session:
    """The session whose acta says this record."""
    match record:
        case Session():
            return record
        case Petition():
            return record.acta.session
        case _:
            return record.session  # type: ignore[attr-defined]


def is_closed(record: Model | None) -> bool:
    if record is None or record.pk is None:
        return False
    acta = getattr(session_of(record), "acta", None)
    return acta is not None and acta.is_approved


class OpenChoiceField(ModelChoiceField):
    """A session, or a part of its acta, that still admits changes."""

    def clean(self, value: Any) -> Any:
        chosen = super().clean(value)
        if is_closed(chosen):
            raise ValidationError(CLOSED, code="closed")
        return chosen


class ClosedWithActa(admin.options.BaseModelAdmin):
    """Everything that an approved acta says is read-only: the issued document is the record."""

    def has_add_permission(self, request: HttpRequest, *of: Any) -> bool:
        return super().has_add_permission(request, *of) and not (of and is_closed(of[0]))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not is_closed(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not is_closed(obj)


class ClosedAdmin(ClosedWithActa, admin.ModelAdmin):
    # What tells to which session a record belongs: chosen once, when it is added.
    belongs_to: ClassVar[tuple[str, ...]] = ()

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm]:
        form = super().get_form(request, obj, change, **kwargs)
        for name in self.belongs_to:
            # Disabled, not read-only: a form checks no constraint on a field that it lacks.
            if obj and name in form.base_fields:
                form.base_fields[name].disabled = True
        return form

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name in self.belongs_to:
            kwargs["form_class"] = OpenChoiceField
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class ClosedInline(ClosedWithActa, admin.TabularInline):
    extra = 0


class AttendeesOnly(ClosedInline):
    """Rows that name an attendee offer those of their own session, and no others."""

    attendee_field = "speaker"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        names = (f"{self.attendee_field}__person", f"{self.attendee_field}__entity")
        return super().get_queryset(request).select_related(*names)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        callback = partial(self.formfield_for_dbfield, request=request, parent=obj)
        return super().get_formset(request, obj, formfield_callback=callback, **kwargs)

    def formfield_for_dbfield(
        self, db_field: Field, request: HttpRequest, parent: Any = None, **kwargs: Any
    ) -> Any:
        if db_field.name == self.attendee_field:
            people = Attendance.objects.select_related("person", "entity")
            kwargs["queryset"] = people.filter(session=parent.session) if parent else people.none()
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class SessionOfficeInline(ClosedInline):
    model = SessionOffice
    autocomplete_fields = ["person"]


class AgendaItemInline(ClosedInline):
    model = AgendaItem
    fields = ["position", "title", "kind"]
    show_change_link = True


class AttendanceInline(ClosedInline):
    model = Attendance
    fields = [
        "position",
        "person",
        "entity",
        "capacity",
        "presence",
        "excuse",
        "arrived_at",
        "left_at",
        "entity_as_written",
    ]
    autocomplete_fields = ["person", "entity"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("person", "entity")


class ActaStateFilter(admin.SimpleListFilter):
    title = "estado del acta"
    parameter_name = "acta"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [*ActaState.choices, ("none", "Sin acta")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        match self.value():
            case None:
                return queryset
            case "none":
                return queryset.filter(acta=None)
            case state:
                return queryset.filter(acta__state=state)


@admin.register(Session)
class SessionAdmin(ClosedAdmin):
    list_display = ["__str__", "held_on", "state", "modality", "acta_state"]
    list_filter = ["kind", "state", ActaStateFilter]
    list_select_related = ["acta"]
    search_fields = ["kind", "number", "venue__folded"]
    date_hierarchy = "held_on"
    autocomplete_fields = ["agreed_in"]
    inlines = [SessionOfficeInline, AgendaItemInline, AttendanceInline]
    fieldsets = [
        (None, {"fields": [("kind", "number"), "state"]}),
        ("Cuándo y dónde", {"fields": ["held_on", ("starts_at", "ends_at"), "modality", "venue"]}),
        (None, {"fields": ["call", "agreed_in", "remarks"]}),
    ]

    @admin.display(description="acta", ordering="acta__state")
    def acta_state(self, session: Session) -> str:
        acta = getattr(session, "acta", None)
        return acta.get_state_display() if acta else "—"


class InterventionInline(AttendeesOnly):
    model = Intervention
    fields = ["position", "attribution", "speaker", "speaker_entity", "body"]
    autocomplete_fields = ["speaker_entity"]


@admin.register(AgendaItem)
class AgendaItemAdmin(ClosedAdmin):
    belongs_to = ("session",)
    list_display = ["position", "title", "session", "kind"]
    list_display_links = ["title"]
    list_filter = ["kind"]
    list_select_related = ["session"]
    search_fields = ["title__folded", "session__kind", "session__number"]
    autocomplete_fields = ["session", "carried_acta", "carried_agreement", "carried_petition"]
    ordering = ["-session__held_on", "position"]
    inlines = [InterventionInline]


class ReportInline(ClosedInline):
    model = Report


class SectorReportInline(AttendeesOnly):
    model = SectorReport
    fields = ["position", "attribution", "speaker", "speaker_entity", "body"]
    autocomplete_fields = ["speaker_entity"]


class PetitionInline(ClosedInline):
    model = Petition
    show_change_link = True


class SignatoryInline(AttendeesOnly):
    model = Signatory
    attendee_field = "attendance"


class AnnexInline(ClosedInline):
    """An annex is made by whoever knows its content; here it is only named."""

    model = Annex
    fields = ["number", "title"]

    def has_add_permission(self, request: HttpRequest, *of: Any) -> bool:
        return False


@admin.register(Acta)
class ActaAdmin(ClosedAdmin):
    belongs_to = ("session",)
    list_display = ["session", "state", "approved_at", "approved_by"]
    list_filter = ["state", "session__kind"]
    list_select_related = ["session", "approved_by__person"]
    search_fields = ["session__kind", "session__number"]
    autocomplete_fields = ["session"]
    readonly_fields = ["state", "approved_at", "approved_by"]
    fields = ["session", "opening", "closing", ("state", "approved_at", "approved_by")]
    inlines = [ReportInline, SectorReportInline, PetitionInline, SignatoryInline, AnnexInline]


class PetitionItemInline(ClosedInline):
    model = PetitionItem


@admin.register(Petition)
class PetitionAdmin(ClosedAdmin):
    belongs_to = ("acta",)
    list_display = ["position", "body", "origin", "acta"]
    list_display_links = ["body"]
    list_filter = ["origin"]
    list_select_related = ["acta__session"]
    search_fields = ["body__folded"]
    autocomplete_fields = ["acta"]
    inlines = [PetitionItemInline]


@admin.register(Agreement)
class AgreementAdmin(ClosedAdmin):
    """What was agreed closes with the acta; how it is followed up never does."""

    belongs_to = ("session",)
    follow_up = ("state", "fulfilled_on")
    list_display = ["__str__", "short_text", "due_on", "state", "fulfilled_on"]
    list_filter = ["state", ("responsibles", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["session"]
    readonly_fields = ["voting"]
    search_fields = ["text__folded", "number", "session__kind", "session__number"]
    date_hierarchy = "due_on"
    autocomplete_fields = ["session", "agenda_item", "responsibles"]
    fieldsets = [
        (None, {"fields": [("session", "number"), "text", "adoption", "voting"]}),
        ("Orden del día", {"fields": ["agenda_item", "off_agenda_reason"]}),
        ("Quién y para cuándo", {"fields": ["responsibles", "due_on", "condition"]}),
        ("Seguimiento", {"fields": [("state", "fulfilled_on")]}),
    ]

    @admin.display(description="votación")
    def voting(self, agreement: Agreement) -> str:
        """Read only: it is recorded on its own page, with who was there at that hour."""
        voted = votes_of(agreement.session).get(agreement.pk) if agreement.pk else None
        if voted is None:
            return "—"
        reasons = (f"{label}: {reason}" for label, reason in voted.reasons)
        return " · ".join((voted.sentence, *reasons))

    @admin.display(description="texto")
    def short_text(self, agreement: Agreement) -> str:
        return Truncator(to_plain(agreement.text)).words(20)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return admin.ModelAdmin.has_change_permission(self, request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        shown = flatten_fieldsets(self.fieldsets)
        agreed = tuple(name for name in shown if name not in self.follow_up)
        return agreed if is_closed(obj) else tuple(self.readonly_fields)


@admin.register(QuorumRule)
class QuorumRuleAdmin(admin.ModelAdmin):
    list_display = ["citation", "starts_on", "ends_on"]
    search_fields = ["citation__folded"]


@admin.register(SummonsRule)
class SummonsRuleAdmin(admin.ModelAdmin):
    list_display = ["citation", "days", "starts_on", "ends_on"]
    search_fields = ["citation__folded"]


@admin.register(Letterhead)
class LetterheadAdmin(admin.ModelAdmin):
    list_display = ["commission", "starts_on", "ends_on"]
    search_fields = ["commission__folded"]


@admin.register(StandardPhrase)
class StandardPhraseAdmin(admin.ModelAdmin):
    list_display = ["title", "text"]
    search_fields = ["title__folded", "text__folded"]


@admin.register(ProposalPattern)
class ProposalPatternAdmin(admin.ModelAdmin):
    """Where the commission has no wording of its own, the program's own is used."""

    list_display = ["__str__", "text", "starts_on", "ends_on"]
    search_fields = ["text__folded"]
    fields = ["slug", "known_data", "usual_text", "text", ("starts_on", "ends_on")]
    readonly_fields = ["known_data", "usual_text"]

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name != "slug":
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        names = sorted((pattern.name, slug) for slug, pattern in PATTERNS.items())
        return ChoiceField(label="Fórmula", choices=[(slug, name) for name, slug in names])

    @admin.display(description="datos que admite")
    def known_data(self, row: ProposalPattern) -> str:
        pattern = PATTERNS.get(row.slug)
        if pattern is None:
            return "Se muestran al guardar: elija primero la fórmula."
        return " ".join(f"{{{name}}}" for name in pattern.fields) or "Ninguno."

    @admin.display(description="texto del programa")
    def usual_text(self, row: ProposalPattern) -> str:
        return PATTERNS[row.slug].text if row.slug in PATTERNS else ""
