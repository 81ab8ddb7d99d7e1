from django.conf import settings
from django.db import models


class Versioned(models.Model):
    """A text that several people write at once: who saves it names the version they changed."""

    version = models.PositiveIntegerField("versión", default=1, editable=False)
    edited_at = models.DateTimeField("editado", null=True, blank=True, editable=False)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="editado por",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        abstract = True
