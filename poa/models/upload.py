import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.urls import reverse

from cnlctf.lib.upload import Checked
from members.models import User

KEPT_FOR = datetime.timedelta(hours=24)


class PlanUploadQuerySet(models.QuerySet["PlanUpload"]):
    def kept_for(self, user: object, now: datetime.datetime) -> Self:
        """Those that a person may still import: nobody else's, and none older than a day."""
        return self.filter(owner=user, uploaded_at__gt=now - KEPT_FOR)

    def keep(
        self, file: Checked, *, year: int, owner: User, now: datetime.datetime
    ) -> "PlanUpload":
        """Keep one for its owner in place of the one before, and throw away what is too old."""
        self.filter(
            models.Q(owner=owner, year=year) | models.Q(uploaded_at__lte=now - KEPT_FOR)
        ).delete()
        upload = self.model(
            owner=owner, year=year, name=file.name, content=file.content, uploaded_at=now
        )
        upload.full_clean()
        upload.save()
        return upload


class PlanUpload(models.Model):
    """A workbook between its upload and the decision to import it; then it goes."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="de quién",
        on_delete=models.CASCADE,
        related_name="+",
    )
    year = models.PositiveSmallIntegerField("año del plan")
    name = models.CharField("archivo", max_length=150)
    content = models.BinaryField("contenido")
    uploaded_at = models.DateTimeField("subido")

    objects: ClassVar = PlanUploadQuerySet.as_manager()

    class Meta:
        verbose_name = "libro por importar"
        verbose_name_plural = "libros por importar"
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "year"],
                name="plan_upload_one_a_person_and_year",
                violation_error_message="Ya subió un libro para el plan de ese año.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, para el POA {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("plan_import_preview", args=[self.pk])
