from typing import ClassVar

from django.db import models
from django.db.models import Q

from cnlctf.lib.natural import NaturalKeyModel
from members.models import Validity, ValidityQuerySet
from poa.progress import State


class LegendEntry(NaturalKeyModel, Validity):
    """How the commission words and colours a state of progress, from when to when."""

    state = models.CharField(
        "estado",
        max_length=16,
        choices=[(state.value, state.value) for state in State],
    )
    wording = models.CharField("leyenda", max_length=100)
    colour = models.CharField("color", max_length=7, help_text="Del relleno en Excel: #C6E0B4.")
    position = models.PositiveSmallIntegerField("lugar")

    objects: ClassVar = ValidityQuerySet.as_manager()
    natural_key_fields = ("state", "starts_on")

    class Meta(Validity.Meta):
        verbose_name = "entrada de la leyenda"
        verbose_name_plural = "leyenda"
        ordering = ["position"]
        constraints = [
            *Validity.Meta.constraints,
            models.UniqueConstraint(
                fields=["state"],
                condition=Q(ends_on=None),
                name="legend_entry_one_open",
                violation_error_message="Ese estado ya tiene leyenda vigente: ciérrela primero.",
            ),
            models.CheckConstraint(
                condition=Q(colour__regex=r"^#[0-9A-Fa-f]{6}$"),
                name="legend_entry_colour_is_hex",
                violation_error_message="El color se escribe como #C6E0B4.",
            ),
        ]

    def __str__(self) -> str:
        return self.wording
