from django.core.exceptions import ValidationError
from django.db import models

from cnlctf.lib.natural import NaturalKeyModel
from sessions.choices import AgendaKind
from sessions.models.attendance import SpokenTurn
from sessions.models.session import Session


class AgendaItem(NaturalKeyModel):
    """A point of the orden del día."""

    session = models.ForeignKey(
        Session, verbose_name="sesión", on_delete=models.CASCADE, related_name="agenda_items"
    )
    position = models.PositiveSmallIntegerField("lugar")
    title = models.TextField("asunto")
    kind = models.CharField("clase", max_length=12, choices=AgendaKind, default=AgendaKind.APPROVAL)
    introduction = models.TextField(
        "introducción", blank=True, help_text="Lo que el acta dice antes de las intervenciones."
    )

    natural_key_fields = ("session__kind", "session__number", "position")

    class Meta:
        verbose_name = "punto del orden del día"
        verbose_name_plural = "orden del día"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "position"],
                name="agenda_item_position_unique",
                violation_error_message="Ese lugar del orden del día ya está ocupado.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.title}"


class Intervention(NaturalKeyModel, SpokenTurn):
    """What somebody said on a point of the orden del día."""

    agenda_item = models.ForeignKey(
        AgendaItem,
        verbose_name="punto del orden del día",
        on_delete=models.CASCADE,
        related_name="interventions",
    )

    natural_key_fields = (
        "agenda_item__session__kind",
        "agenda_item__session__number",
        "agenda_item__position",
        "position",
    )

    class Meta(SpokenTurn.Meta):
        verbose_name = "intervención"
        verbose_name_plural = "intervenciones"
        constraints = [
            models.UniqueConstraint(
                fields=["agenda_item", "position"],
                name="intervention_position_unique",
                violation_error_message="Ese lugar entre las intervenciones ya está ocupado.",
            )
        ]

    def clean(self) -> None:
        if self.speaker and self.speaker.session_id != self.agenda_item.session_id:
            raise ValidationError({"speaker": "Quien habla tiene que figurar en la asistencia."})
