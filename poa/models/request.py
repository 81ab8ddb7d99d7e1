import uuid
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from cnlctf.documents.models import Dispatch, IssuedDocument
from members.models import Entity
from poa.choices import RequestState
from poa.models.indicator import Indicator
from poa.models.plan import OperatingPlan


class InformationRequest(models.Model):
    """A requerimiento: the oficio circular that asks entities for what they did in a period."""

    plan = models.ForeignKey(
        OperatingPlan,
        verbose_name="plan operativo",
        on_delete=models.PROTECT,
        related_name="requests",
    )
    number = models.PositiveSmallIntegerField("número en el plan")
    letter = models.CharField(
        "oficio", max_length=100, help_text="Como se cita: Oficio Circular N° 003-2020-MTPE/2/14."
    )
    period_from = models.DateField("desde")
    period_to = models.DateField("hasta")
    deadline = models.DateField("plazo", help_text="El último día en que el reporte está a tiempo.")
    body = models.TextField("texto del oficio")
    state = models.CharField(
        "estado", max_length=10, choices=RequestState, default=RequestState.DRAFT
    )
    asked_on = models.DateField("remitido el", null=True, blank=True)
    issued = models.OneToOneField(
        IssuedDocument,
        verbose_name="documento emitido",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="information_request",
    )
    created_at = models.DateTimeField("creado")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="creado por",
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = "requerimiento"
        verbose_name_plural = "requerimientos"
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"],
                name="information_request_number_unique",
                violation_error_message="El plan ya tiene un requerimiento con ese número.",
            ),
            models.UniqueConstraint(
                fields=["letter"],
                name="information_request_letter_unique",
                violation_error_message="Ya hay un requerimiento con ese oficio.",
            ),
            models.CheckConstraint(
                condition=Q(period_to__gte=F("period_from")),
                name="information_request_period_ordered",
                violation_error_message="El periodo no puede terminar antes de empezar.",
            ),
            models.CheckConstraint(
                condition=Q(asked_on=None) | Q(deadline__gte=F("asked_on")),
                name="information_request_deadline_after_asking",
                violation_error_message="El plazo no puede vencer antes de que se pida.",
            ),
            models.CheckConstraint(
                condition=Q(state=RequestState.DRAFT, asked_on=None, issued=None)
                | (~Q(state=RequestState.DRAFT) & Q(asked_on__isnull=False, issued__isnull=False)),
                name="information_request_sent_is_issued",
                violation_error_message="Un requerimiento remitido tiene su oficio y su fecha.",
            ),
        ]

    def __str__(self) -> str:
        return self.letter


class RequestedEntity(models.Model):
    """An entity that a requerimiento asks, and of which indicators."""

    request = models.ForeignKey(
        InformationRequest, on_delete=models.CASCADE, related_name="requested"
    )
    entity = models.ForeignKey(
        Entity, verbose_name="institución", on_delete=models.PROTECT, related_name="requested"
    )
    code = models.UUIDField("código", default=uuid.uuid4, unique=True, editable=False)
    indicators = models.ManyToManyField(Indicator, related_name="requested")
    extended_to = models.DateField("prórroga hasta", null=True, blank=True)
    dispatches = models.ManyToManyField(Dispatch, blank=True, related_name="requested")

    objects: ClassVar = models.Manager()

    class Meta:
        verbose_name = "institución requerida"
        verbose_name_plural = "instituciones requeridas"
        ordering = ["entity__protocol_order", "entity__acronym"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "entity"],
                name="requested_entity_once",
                violation_error_message="Esa institución ya está en el requerimiento.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.entity.acronym}: {self.request}"

    @property
    def deadline(self) -> date:
        """The last day on which its report is in time, with its extension if it has one."""
        return self.extended_to or self.request.deadline

    def clean(self) -> None:
        if self.extended_to and self.extended_to < self.request.deadline:
            raise ValidationError({"extended_to": "La prórroga no puede acortar el plazo."})
