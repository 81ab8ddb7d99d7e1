from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from poa.choices import PlanState
from poa.models import (
    ActionLine,
    Axis,
    Contribution,
    Event,
    Execution,
    Footnote,
    Indicator,
    LegendEntry,
    NationalPlan,
    NonWorkingDay,
    Objective,
    Observation,
    OperatingPlan,
    Participation,
    ReportingRule,
    Strategy,
    Unit,
)

CLOSED = (PlanState.EVALUATED, PlanState.CLOSED)
APPROVED = tuple(state for state in PlanState if state != PlanState.DRAFT)


def plan_of(record: Model) -> OperatingPlan:
    return record if isinstance(record, OperatingPlan) else record.plan  # type: ignore[attr-defined]


class ClosedWithPlan(admin.options.BaseModelAdmin):
    """What a plan's evaluation was made of is read-only; what comes later goes to the next one."""

    closed_in: tuple[PlanState, ...] = CLOSED

    def is_closed(self, obj: Model | None) -> bool:
        return obj is not None and obj.pk is not None and plan_of(obj).state in self.closed_in

    def has_add_permission(self, request: HttpRequest, *of: Any) -> bool:
        return super().has_add_permission(request, *of) and not (of and self.is_closed(of[0]))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not self.is_closed(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not self.is_closed(obj)

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "plan":
            kwargs["queryset"] = OperatingPlan.objects.exclude(state__in=self.closed_in)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class FootnoteInline(ClosedWithPlan, admin.TabularInline):
    model = Footnote
    extra = 0
    closed_in = APPROVED


class ParticipationInline(ClosedWithPlan, admin.TabularInline):
    model = Participation
    extra = 0
    closed_in = APPROVED
    autocomplete_fields = ["entity"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("entity")


class ExecutionInline(ClosedWithPlan, admin.StackedInline):
    model = Execution


class ContributionInline(ClosedWithPlan, admin.StackedInline):
    model = Contribution
    extra = 0
    autocomplete_fields = ["indicator", "observation"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return (
            super()
            .get_queryset(request)
            .select_related("indicator", "observation__line__strategy__objective", "event")
        )


@admin.register(NationalPlan)
class NationalPlanAdmin(admin.ModelAdmin):
    list_display = ["acronym", "name", "norm", "norm_date"]


@admin.register(Objective)
class ObjectiveAdmin(admin.ModelAdmin):
    list_display = ["code", "name", "plan"]
    list_select_related = ["plan"]
    list_filter = ["plan"]
    search_fields = ["name__folded"]


@admin.register(Axis)
class AxisAdmin(admin.ModelAdmin):
    list_display = ["code", "name", "plan"]
    list_select_related = ["plan"]
    list_filter = ["plan"]
    search_fields = ["name__folded"]


@admin.register(Strategy)
class StrategyAdmin(admin.ModelAdmin):
    list_display = ["code", "name", "axis"]
    list_select_related = ["objective", "axis"]
    list_filter = ["objective__plan", "axis"]
    search_fields = ["name__folded"]
    autocomplete_fields = ["objective", "axis"]


@admin.register(ActionLine)
class ActionLineAdmin(admin.ModelAdmin):
    list_display = ["code", "name"]
    list_select_related = ["strategy__objective"]
    list_filter = ["strategy__objective__plan", "strategy__axis"]
    search_fields = ["name__folded"]
    autocomplete_fields = ["strategy"]


@admin.register(Unit)
class UnitAdmin(admin.ModelAdmin):
    list_display = ["name", "plural"]
    search_fields = ["name__folded"]


@admin.register(ReportingRule)
class ReportingRuleAdmin(admin.ModelAdmin):
    list_display = ["citation", "days", "remind_before", "remind_every", "starts_on", "ends_on"]


@admin.register(NonWorkingDay)
class NonWorkingDayAdmin(admin.ModelAdmin):
    list_display = ["day", "norm"]
    date_hierarchy = "day"


@admin.register(LegendEntry)
class LegendEntryAdmin(admin.ModelAdmin):
    list_display = ["wording", "state", "colour", "starts_on", "ends_on"]


@admin.register(OperatingPlan)
class OperatingPlanAdmin(ClosedWithPlan, admin.ModelAdmin):
    list_display = ["year", "state", "national_plan", "approved_in", "evaluated_in"]
    list_select_related = ["national_plan", "approved_in", "evaluated_in"]
    list_filter = ["state"]
    # Each step has its page, which records who took it, why and by what agreement.
    readonly_fields = [
        "state",
        "based_on",
        "approved_in",
        "approved_by",
        "adjust_until",
        "adjusts_goals",
        "adjusts_participation",
        "evaluated_in",
        "cut_off_on",
    ]
    inlines = [FootnoteInline]


@admin.register(Indicator)
class IndicatorAdmin(ClosedWithPlan, admin.ModelAdmin):
    list_display = ["code", "name", "unit", "goal", "plan"]
    list_select_related = ["plan", "unit", "objective", "line__strategy__objective"]
    list_filter = ["plan", "goal_kind", ("institutions", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["name__folded", "line__name__folded"]
    autocomplete_fields = ["line", "objective", "unit"]
    inlines = [ParticipationInline, ExecutionInline]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """What was approved changes on the plan's pages, with a reason and in a new version."""
        approved = obj is not None and obj.plan.state in APPROVED
        names = [field.name for field in Indicator._meta.fields if not field.primary_key]
        return names if approved else []

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "plan":
            field.queryset = OperatingPlan.objects.filter(state=PlanState.DRAFT)
        return field

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return (
            super()
            .get_queryset(request)
            .order_by(
                "-plan__year",
                "line__strategy__objective__number",
                "line__strategy__number",
                "line__number",
                "objective__number",
                "number",
            )
        )


@admin.register(Event)
class EventAdmin(ClosedWithPlan, admin.ModelAdmin):
    list_display = ["held_on", "region", "place", "name", "report_number", "plan"]
    list_display_links = ["held_on", "name"]
    list_select_related = ["plan"]
    list_filter = ["plan", "region"]
    search_fields = ["name__folded", "place__folded", "report_number__folded"]
    date_hierarchy = "held_on"
    inlines = [ContributionInline]


@admin.register(Observation)
class ObservationAdmin(ClosedWithPlan, admin.ModelAdmin):
    list_display = ["line", "position", "layout", "plan"]
    list_select_related = ["plan", "line__strategy__objective"]
    list_filter = ["plan"]
    search_fields = ["preface__folded", "description__folded", "line__name__folded"]
    autocomplete_fields = ["line"]
