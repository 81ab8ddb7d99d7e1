from typing import ClassVar

from django.db import models
from django.db.models import Q

from cnlctf.lib.natural import NaturalKeyModel
from members.models import Validity, ValidityQuerySet


class ReportingRule(NaturalKeyModel, Validity):
    """How long entities have to report, and when they are reminded, from when to when."""

    citation = models.CharField(
        "base legal o acuerdo", max_length=250, help_text="Norma o acuerdo, como se cita."
    )
    days = models.PositiveSmallIntegerField(
        "plazo", default=10, help_text="Días hábiles. Cada requerimiento puede dar otro."
    )
    remind_before = models.PositiveSmallIntegerField(
        "recordar antes", default=3, help_text="Días hábiles antes de que venza. 0: no se recuerda."
    )
    remind_every = models.PositiveSmallIntegerField(
        "recordar después",
        default=5,
        help_text="Cada cuántos días hábiles, una vez vencido. 0: no se recuerda.",
    )

    objects: ClassVar = ValidityQuerySet.as_manager()
    natural_key_fields = ("starts_on",)

    class Meta(Validity.Meta):
        verbose_name = "plazo de los reportes"
        verbose_name_plural = "plazos de los reportes"
        ordering = ["-starts_on"]
        constraints = [
            *Validity.Meta.constraints,
            models.UniqueConstraint(
                fields=["starts_on"],
                name="reporting_rule_start_unique",
                violation_error_message="Ya hay un plazo de los reportes que empieza ese día.",
            ),
            models.CheckConstraint(
                condition=Q(days__gte=1, days__lte=120),
                name="reporting_rule_days_sensible",
                violation_error_message="El plazo va de 1 a 120 días hábiles.",
            ),
        ]

    def __str__(self) -> str:
        return self.citation


class NonWorkingDay(NaturalKeyModel):
    """A day that a norm closes to the public administration, besides the holidays of the law."""

    day = models.DateField(
        "día", unique=True, error_messages={"unique": "Ese día ya está registrado."}
    )
    norm = models.CharField(
        "norma que lo declara", max_length=100, help_text="Como se cita: DS 161-2022-PCM."
    )

    natural_key_fields = ("day",)

    class Meta:
        verbose_name = "día no laborable"
        verbose_name_plural = "días no laborables"
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} ({self.norm})"
