from typing import ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from cnlctf.lib.natural import NaturalKeyModel, NaturalKeyQuerySet
from sessions.choices import AgendaKind, AgendaState
from sessions.models.attendance import SpokenTurn
from sessions.models.session import Session
from sessions.models.versioned import Versioned


class AgendaItemQuerySet(NaturalKeyQuerySet["AgendaItem"]):
    def accepted(self) -> Self:
        """The orden del día itself, without what was only proposed."""
        return self.filter(state=AgendaState.ACCEPTED)


class AgendaItem(NaturalKeyModel, Versioned):
    """A point of the orden del día; what it was carried over from stays linked."""

    session = models.ForeignKey(
        Session, verbose_name="sesión", on_delete=models.CASCADE, related_name="agenda_items"
    )
    position = models.PositiveSmallIntegerField("lugar")
    title = models.TextField("asunto")
    kind = models.CharField("clase", max_length=12, choices=AgendaKind, default=AgendaKind.APPROVAL)
    introduction = models.TextField(
        "introducción", blank=True, help_text="Lo que el acta dice antes de las intervenciones."
    )
    presenter = models.CharField("expositor", max_length=150, blank=True)
    state = models.CharField(
        "situación", max_length=10, choices=AgendaState, default=AgendaState.ACCEPTED
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="propuesto por",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decline_reason = models.TextField("por qué no se incluye", blank=True)
    carried_acta = models.ForeignKey(
        "cnlctf_sessions.Acta",
        verbose_name="acta por aprobar",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="carried_to",
    )
    carried_agreement = models.ForeignKey(
        "cnlctf_sessions.Agreement",
        verbose_name="acuerdo pendiente",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="carried_to",
    )
    carried_petition = models.ForeignKey(
        "cnlctf_sessions.Petition",
        verbose_name="pedido por atender",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="carried_to",
    )

    objects: ClassVar = AgendaItemQuerySet.as_manager()
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
            ),
            models.CheckConstraint(
                condition=~Q(state=AgendaState.DECLINED) | ~Q(decline_reason=""),
                name="agenda_item_declined_says_why",
                violation_error_message="Diga por qué no se incluye el punto propuesto.",
            ),
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
