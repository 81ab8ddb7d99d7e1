import datetime
import hashlib
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models

from members.models import User


class IssuedDocumentQuerySet(models.QuerySet["IssuedDocument"]):
    def without_bytes(self) -> Self:
        return self.defer("content", "data")

    def next_version(self, name: str) -> int:
        last = self.filter(name=name).aggregate(last=models.Max("version"))["last"]
        return (last or 0) + 1

    def issue(
        self,
        *,
        name: str,
        title: str,
        content: bytes,
        data: dict[str, Any],
        at: datetime.datetime,
        by: User | None,
    ) -> "IssuedDocument":
        """Store the next version of a document, with its fingerprint."""
        issued = self.model(
            name=name,
            version=self.next_version(name),
            title=title,
            content=content,
            data=data,
            sha256=hashlib.sha256(content).hexdigest(),
            issued_at=at,
            issued_by=by,
        )
        issued.full_clean()
        issued.save()
        return issued


class IssuedDocument(models.Model):
    """What left the house, as it left: the bytes, the data behind them and their fingerprint.

    A row is written once; a trigger of the database refuses to change or delete it.
    """

    name = models.SlugField("nombre", max_length=60)
    version = models.PositiveSmallIntegerField("versión", default=1)
    title = models.CharField("título", max_length=200)
    content = models.BinaryField("contenido")
    data = models.JSONField("datos")
    sha256 = models.CharField("SHA-256", max_length=64)
    issued_at = models.DateTimeField("emitido")
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="emitido por",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="issued_documents",
    )

    objects: ClassVar = IssuedDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "documento emitido"
        verbose_name_plural = "documentos emitidos"
        ordering = ["name", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "version"],
                name="issued_document_version_unique",
                violation_error_message="Esa versión del documento ya está emitida.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}, versión {self.version}"
