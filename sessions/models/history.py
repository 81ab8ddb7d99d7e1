from django.conf import settings
from django.db import models
from django.db.models import Q

from cnlctf.lib.natural import NaturalKeyModel
from sessions.choices import ActaStep
from sessions.models.acta import Acta


class ActaEvent(models.Model):
    """A step of an acta from draft to approved and back, with who took it, when and why."""

    acta = models.ForeignKey(Acta, on_delete=models.PROTECT, related_name="events")
    step = models.CharField("paso", max_length=12, choices=ActaStep)
    at = models.DateTimeField("cuándo")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="quién",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reason = models.TextField("por qué", blank=True)

    class Meta:
        verbose_name = "paso del acta"
        verbose_name_plural = "pasos del acta"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(step__in=[ActaStep.REJECTED, ActaStep.REOPENED]) | ~Q(reason=""),
                name="acta_event_says_why",
                violation_error_message="Diga por qué: quien lea después lo necesita.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.acta}: {self.get_step_display().lower()}"


class DismissedFinding(models.Model):
    """A finding of the reviewer that a person set aside, for this text and no other."""

    acta = models.ForeignKey(Acta, on_delete=models.CASCADE, related_name="dismissed_findings")
    rule = models.CharField("regla", max_length=40)
    fingerprint = models.CharField("huella", max_length=64)
    reason = models.TextField("por qué", error_messages={"blank": "Diga por qué se descarta."})
    at = models.DateTimeField("cuándo")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="quién",
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = "hallazgo descartado"
        verbose_name_plural = "hallazgos descartados"
        constraints = [
            models.UniqueConstraint(
                fields=["acta", "rule", "fingerprint"],
                name="dismissed_finding_once",
                violation_error_message="Ese hallazgo ya está descartado.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="dismissed_finding_says_why",
                violation_error_message="Diga por qué se descarta.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.reason}"


class StandardPhrase(NaturalKeyModel):
    """A sentence that the commission writes again and again, to insert anywhere in an acta."""

    title = models.CharField("nombre", max_length=100, unique=True)
    text = models.TextField("texto")

    natural_key_fields = ("title",)

    class Meta:
        verbose_name = "frase de uso"
        verbose_name_plural = "frases de uso"
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title
