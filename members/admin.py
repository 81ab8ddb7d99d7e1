import datetime
from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest

from cnlctf.lib import calendar
from members.models import Designation, Entity, Membership, Person, User, Validity


def short(day: datetime.date | None) -> str | None:
    return calendar.numeric_date(day) if day else None


class InForceFilter(admin.SimpleListFilter):
    title = "vigencia"
    parameter_name = "vigente"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("si", "Vigentes hoy"), ("no", "No vigentes hoy")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        in_force = queryset.model.objects.in_force_on(calendar.today()).values("pk")
        match self.value():
            case "si":
                return queryset.filter(pk__in=in_force)
            case "no":
                return queryset.exclude(pk__in=in_force)
        return queryset


class ValidityAdmin(admin.ModelAdmin):
    @admin.display(description="vigente", boolean=True)
    def in_force(self, obj: Validity) -> bool:
        return obj.is_in_force(calendar.today())


class MembershipInline(admin.TabularInline):
    model = Membership
    extra = 0


class DesignationInline(admin.TabularInline):
    model = Designation
    extra = 0
    fields = readonly_fields = ("capacity", "person", "starts_on", "ends_on")
    show_change_link = True
    can_delete = False
    verbose_name_plural = "designaciones (se registran en «Designaciones»)"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("person", "entity")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Entity)
class EntityAdmin(admin.ModelAdmin):
    list_display = ["acronym", "name", "kind", "parent", "protocol_order"]
    list_filter = ["kind"]
    list_select_related = ["parent"]
    search_fields = ["acronym__folded", "name__folded", "short_name__folded"]
    autocomplete_fields = ["parent"]
    prepopulated_fields = {"slug": ["acronym"]}
    inlines = [MembershipInline, DesignationInline]


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin):
    list_display = ["surnames", "given_names", "gender"]
    list_display_links = ["surnames", "given_names"]
    search_fields = ["surnames__folded", "given_names__folded"]
    fieldsets = [
        (None, {"fields": ["given_names", "surnames", "gender"]}),
        ("Contacto: nunca se publica (Ley 29733)", {"fields": ["email", "phone"]}),
    ]


@admin.register(Membership)
class MembershipAdmin(ValidityAdmin):
    list_display = ["entity", "kind", "in_force", "starts_on", "ends_on"]
    list_filter = [InForceFilter, "kind"]
    list_select_related = ["entity"]
    search_fields = ["entity__acronym__folded", "entity__name__folded", "basis__folded"]
    autocomplete_fields = ["entity"]


@admin.register(Designation)
class DesignationAdmin(ValidityAdmin):
    list_display = [
        "entity_acronym",
        "capacity",
        "person",
        "in_force",
        "validity",
        "norm",
        "received",
    ]
    list_display_links = ["entity_acronym", "capacity"]
    list_filter = [InForceFilter, "capacity", ("entity", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["entity", "person"]
    search_fields = [
        "entity__acronym__folded",
        "entity__name__folded",
        "person__surnames__folded",
        "person__given_names__folded",
        "norm_number__folded",
    ]
    autocomplete_fields = ["entity", "person"]
    date_hierarchy = "starts_on"
    fieldsets = [
        (None, {"fields": ["entity", "capacity", "person", "charge"]}),
        ("Norma", {"fields": [("norm_kind", "norm_number"), "norm_date"]}),
        ("Cuándo se supo", {"fields": [("received_on", "channel")]}),
        ("Vigencia", {"fields": [("starts_on", "ends_on"), "end_cause"]}),
        (None, {"fields": ["remarks"]}),
    ]

    @admin.display(description="entidad", ordering="entity__protocol_order")
    def entity_acronym(self, obj: Designation) -> str:
        return obj.entity.acronym

    @admin.display(description="norma", ordering="norm_date", empty_value="No consta")
    def norm(self, obj: Designation) -> str | None:
        if not obj.norm_kind:
            return None
        words = [obj.get_norm_kind_display(), obj.norm_number, short(obj.norm_date)]
        return " ".join(filter(None, words))

    @admin.display(description="recibida", ordering="received_on")
    def received(self, obj: Designation) -> str | None:
        return short(obj.received_on)

    @admin.display(description="vigencia", ordering="starts_on")
    def validity(self, obj: Designation) -> str:
        since = f"desde {short(obj.starts_on)}" if obj.starts_on else ""
        until = f"hasta {short(obj.ends_on)}" if obj.ends_on else ""
        return " ".join(filter(None, [since, until]))


@admin.register(User)
class AccountAdmin(UserAdmin):
    list_display = ["username", "person", "role", "is_active", "is_staff"]
    list_select_related = ["person"]
    list_filter = ["groups", "is_active", "is_staff"]
    search_fields = ["username", "person__surnames__folded", "person__given_names__folded"]
    autocomplete_fields = ["person"]
    filter_horizontal = ["groups"]
    fieldsets = [
        (None, {"fields": ["username", "password", "person"]}),
        (
            "Qué puede hacer",
            {"fields": ["is_active", "is_staff", "is_superuser", "groups"]},
        ),
        ("Fechas", {"fields": ["last_login", "date_joined"]}),
    ]
    readonly_fields = ["last_login", "date_joined"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description="rol")
    def role(self, obj: User) -> str:
        return obj.role

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        """Only a superuser hands out the superuser's powers."""
        return [
            *self.readonly_fields,
            *([] if request.user.is_superuser else ["is_superuser"]),
        ]


# Roles are kept by the code (cnlctf.roles), and given to people in their accounts.
admin.site.unregister(Group)
