from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models

from cnlctf.lib.natural import NaturalKeyModel
from members.models import Validity, ValidityQuerySet
from sessions.models.acta import Acta
from sessions.proposals.patterns import PATTERNS


class ProposalPattern(NaturalKeyModel, Validity):
    """How the commission words a sentence that the program proposes, from when to when."""

    slug = models.SlugField("fórmula", max_length=40)
    text = models.TextField(
        "texto",
        blank=True,
        help_text="Los datos van entre llaves, como {hora}. Vacío: eso no se propone.",
    )

    objects: ClassVar = ValidityQuerySet.as_manager()
    natural_key_fields = ("slug", "starts_on")

    class Meta(Validity.Meta):
        verbose_name = "fórmula de las propuestas"
        verbose_name_plural = "fórmulas de las propuestas"
        ordering = ["slug", "-starts_on"]
        constraints = [
            *Validity.Meta.constraints,
            models.UniqueConstraint(
                fields=["slug", "starts_on"],
                name="proposal_pattern_start_unique",
                violation_error_message="Esa fórmula ya tiene un texto que empieza ese día.",
            ),
        ]

    def __str__(self) -> str:
        return PATTERNS[self.slug].name if self.slug in PATTERNS else self.slug

    def clean(self) -> None:
        pattern = PATTERNS.get(self.slug)
        if pattern is None:
            raise ValidationError({"slug": "Ninguna propuesta usa esa fórmula."})
        if problem := pattern.problem_of(self.text):
            raise ValidationError({"text": problem})


class ProposalDecision(models.Model):
    """What a person last decided on one of an acta's proposals: to take that text, or not.

    ``digest`` is that of the text proposed; ``row`` is the block that took it, if any did.
    """

    acta = models.ForeignKey(Acta, on_delete=models.CASCADE, related_name="proposal_decisions")
    slug = models.SlugField("propuesta", max_length=40)
    digest = models.CharField("huella", max_length=64)
    row = models.PositiveBigIntegerField("bloque", null=True, blank=True)

    class Meta:
        verbose_name = "decisión sobre una propuesta"
        verbose_name_plural = "decisiones sobre las propuestas"
        constraints = [
            models.UniqueConstraint(
                fields=["acta", "slug"],
                name="proposal_decision_once",
                violation_error_message="Sobre esa propuesta ya hay una decisión.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.slug}: {self.acta}"
