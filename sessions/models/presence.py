from django.conf import settings
from django.db import models

from sessions.models.acta import Acta


class ActaPresence(models.Model):
    """Who had the acta open to write, and in which block, when last heard of."""

    acta = models.ForeignKey(Acta, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    block = models.CharField("bloque", max_length=40, blank=True)
    seen_at = models.DateTimeField("visto")

    class Meta:
        verbose_name = "presencia en el acta"
        verbose_name_plural = "presencias en el acta"
        constraints = [
            models.UniqueConstraint(
                fields=["acta", "user"],
                name="acta_presence_unique",
                violation_error_message="Esa persona ya figura en el acta.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} en {self.acta}"
