from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from cnlctf.lib.natural import NaturalKeyModel
from members.choices import SINGLE_SEATS, Capacity, Channel, NormKind
from members.models.entity import Entity
from members.models.person import Person
from members.models.validity import Validity, ValidityQuerySet


class Designation(NaturalKeyModel, Validity):
    """Who sits as what for which entity, by which norm, and when the commission learnt of it.

    The norm's date and the date of its receipt differ, and both matter (seed L65–67).
    """

    entity = models.ForeignKey(
        Entity, verbose_name="entidad", on_delete=models.PROTECT, related_name="designations"
    )
    capacity = models.CharField(
        "calidad",
        max_length=2,
        choices=[choice for choice in Capacity.choices if choice[0] != Capacity.GUEST],
    )
    person = models.ForeignKey(
        Person,
        verbose_name="persona",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="designations",
        help_text="Vacío solo si se sabe de la designación y todavía no de quién; diga por qué en "
        "las observaciones.",
    )
    charge = models.CharField(
        "cargo",
        max_length=250,
        blank=True,
        help_text="El cargo que tiene en su entidad, como se escribe en el acta.",
    )
    norm_kind = models.CharField("tipo de norma", max_length=10, choices=NormKind, blank=True)
    norm_number = models.CharField("número de la norma", max_length=60, blank=True)
    norm_date = models.DateField("fecha de la norma", null=True, blank=True)
    received_on = models.DateField("recibida el", null=True, blank=True)
    channel = models.CharField("recibida por", max_length=10, choices=Channel, blank=True)
    end_cause = models.CharField(
        "motivo del término",
        max_length=200,
        blank=True,
        help_text="Por ejemplo: dejó de prestar servicios en la entidad.",
    )
    remarks = models.TextField("observaciones", blank=True)

    objects: ClassVar = ValidityQuerySet.as_manager()
    natural_key_fields = ("entity__acronym", "capacity", "starts_on")

    class Meta(Validity.Meta):
        verbose_name = "designación"
        verbose_name_plural = "designaciones"
        ordering = ["entity__protocol_order", "entity__acronym", "capacity", "-starts_on"]
        constraints = [
            *Validity.Meta.constraints,
            # Overlaps in general are refused by a trigger (see the migrations); this one the
            # forms know as well.
            models.UniqueConstraint(
                fields=["entity", "capacity"],
                condition=Q(ends_on=None, capacity__in=SINGLE_SEATS),
                name="designation_one_open_per_seat",
                violation_error_message=(
                    "Ese asiento ya tiene una designación sin fecha de término: ciérrela primero."
                ),
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(remarks=""),
                name="designation_names_person_or_says_why",
                violation_error_message=(
                    "Indique la persona designada o explique en las observaciones por qué falta."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(capacity=Capacity.GUEST),
                name="designation_not_of_guests",
                violation_error_message="A los invitados no se los designa: se los invita.",
            ),
            models.CheckConstraint(
                condition=Q(norm_date=None)
                | Q(received_on=None)
                | Q(received_on__gte=models.F("norm_date")),
                name="designation_received_after_norm",
                violation_error_message="La norma no pudo recibirse antes de su fecha.",
            ),
        ]

    def __str__(self) -> str:
        person = self.person.full_name if self.person else "persona por identificar"
        return f"{person}, {self.title} ({self.entity.acronym})"

    @property
    def title(self) -> str:
        """The quality with the person's gender: «Secretaria Técnica»."""
        capacity = Capacity(self.capacity)
        return capacity.title_for(self.person.gender) if self.person else str(capacity.label)

    def clean(self) -> None:
        if self.entity_id is None or self.capacity not in SINGLE_SEATS:
            return
        seat = Designation.objects.filter(entity=self.entity_id, capacity=self.capacity)
        clash = seat.overlapping(self).select_related("person", "entity").first()
        if clash:
            raise ValidationError(
                "En esas fechas el asiento ya lo ocupa %(clash)s: ponga término a esa designación "
                "o corrija la vigencia.",
                code="overlap",
                params={"clash": clash},
            )
