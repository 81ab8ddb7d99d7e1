import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from cnlctf.lib.natural import M, NaturalKeyQuerySet


class ValidityQuerySet(NaturalKeyQuerySet[M]):
    def in_force_on(self, day: datetime.date) -> Self:
        return self.filter(
            Q(starts_on=None) | Q(starts_on__lte=day), Q(ends_on=None) | Q(ends_on__gte=day)
        )

    def overlapping(self, other: "Validity") -> Self:
        """Rows in force on some day on which ``other`` is: open ends reach for ever."""
        rows = self.exclude(pk=other.pk)
        if other.ends_on:
            rows = rows.filter(Q(starts_on=None) | Q(starts_on__lte=other.ends_on))
        if other.starts_on:
            rows = rows.filter(Q(ends_on=None) | Q(ends_on__gte=other.starts_on))
        return rows


class Validity(models.Model):
    """A row that holds from one day to another, both included; an empty end is unknown or open."""

    starts_on = models.DateField(
        "desde",
        null=True,
        blank=True,
        help_text="Primer día de vigencia. Vacío: desde antes de lo que consta en los registros.",
    )
    ends_on = models.DateField(
        "hasta",
        null=True,
        blank=True,
        help_text="Último día de vigencia. Vacío: sigue vigente.",
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gte=F("starts_on")),
                name="%(app_label)s_%(class)s_ends_after_start",
                violation_error_message="La vigencia no puede terminar antes de empezar.",
            )
        ]

    def is_in_force(self, day: datetime.date) -> bool:
        return (self.starts_on is None or self.starts_on <= day) and (
            self.ends_on is None or self.ends_on >= day
        )
