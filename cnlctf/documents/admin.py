from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from cnlctf.documents.models import IssuedDocument


@admin.register(IssuedDocument)
class IssuedDocumentAdmin(admin.ModelAdmin):
    """What was issued can be looked up; the database itself refuses to change it."""

    list_display = ["title", "version", "issued_at", "issued_by", "sha256"]
    list_select_related = ["issued_by"]
    search_fields = ["title__folded", "sha256"]
    fields = readonly_fields = ("name", "title", "version", "issued_at", "issued_by", "sha256")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return IssuedDocument.objects.without_bytes()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
