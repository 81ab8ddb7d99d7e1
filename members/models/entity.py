import datetime
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from cnlctf.lib.natural import NaturalKeyModel, NaturalKeyQuerySet
from members.choices import EntityKind, MembershipKind
from members.models.validity import Validity, ValidityQuerySet


class EntityQuerySet(NaturalKeyQuerySet["Entity"]):
    def members_on(self, day: datetime.date) -> Self:
        """Entities with a seat that day, in protocol order."""
        return self.filter(
            pk__in=Membership.objects.in_force_on(day)
            .filter(kind=MembershipKind.MEMBER)
            .values("entity")
        )


class Entity(NaturalKeyModel):
    """A public entity, one of its organs, a group of them, or an international body."""

    acronym = models.CharField("sigla", max_length=20)
    slug = models.SlugField(
        "nombre en la dirección",
        max_length=20,
        unique=True,
        help_text="Cómo se nombra en la dirección de su página: «minjus».",
    )
    name = models.CharField("nombre", max_length=200)
    short_name = models.CharField(
        "nombre en listas",
        max_length=60,
        blank=True,
        help_text="Cómo figura en las listas de instituciones del plan: «MP-FN». Vacío: la sigla.",
    )
    kind = models.CharField("tipo", max_length=20, choices=EntityKind)
    parent = models.ForeignKey(
        "self",
        verbose_name="pertenece a",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="organs",
    )
    protocol_order = models.PositiveSmallIntegerField(
        "orden protocolar",
        default=100,
        help_text="Lugar en las listas y en la tabla de firmas del acta; el 1 va primero.",
    )

    objects: ClassVar = EntityQuerySet.as_manager()
    natural_key_fields = ("acronym",)

    class Meta:
        verbose_name = "entidad"
        verbose_name_plural = "entidades"
        ordering = ["protocol_order", "acronym"]
        constraints = [
            models.UniqueConstraint(
                fields=["acronym"],
                name="entity_acronym_unique",
                violation_error_message="Ya hay una entidad con esa sigla.",
            ),
            models.CheckConstraint(
                condition=~Q(parent=models.F("id")) | Q(parent=None),
                name="entity_not_its_own_parent",
                violation_error_message="Una entidad no puede pertenecer a sí misma.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.acronym} – {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("entity_detail", args=[self.slug])

    @property
    def list_name(self) -> str:
        return self.short_name or self.acronym


class Membership(NaturalKeyModel, Validity):
    """An entity's seat in the commission, or its place as observer, while a norm gives it."""

    entity = models.ForeignKey(
        Entity, verbose_name="entidad", on_delete=models.PROTECT, related_name="memberships"
    )
    kind = models.CharField(
        "calidad", max_length=10, choices=MembershipKind, default=MembershipKind.MEMBER
    )
    basis = models.CharField(
        "base legal",
        max_length=200,
        blank=True,
        help_text="Norma que la incorpora, como se cita: «DS 001-2007-TR, art. 2».",
    )

    objects: ClassVar = ValidityQuerySet.as_manager()
    natural_key_fields = ("entity__acronym", "kind", "starts_on")

    class Meta(Validity.Meta):
        verbose_name = "membresía"
        verbose_name_plural = "membresías"
        ordering = ["entity__protocol_order", "entity__acronym", "starts_on"]
        constraints = [
            *Validity.Meta.constraints,
            # Overlaps in general are refused by a trigger (see the migrations); this one the
            # forms know as well.
            models.UniqueConstraint(
                fields=["entity"],
                condition=Q(ends_on=None),
                name="membership_one_open",
                violation_error_message=(
                    "Esta entidad ya tiene una membresía sin fecha de término: ciérrela primero."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entity.acronym}: {self.get_kind_display().lower()}"

    def clean(self) -> None:
        if self.entity_id is None:
            return
        clash = Membership.objects.filter(entity=self.entity_id).overlapping(self).first()
        if clash:
            raise ValidationError(
                "La entidad ya está en la comisión en esas fechas (%(clash)s): cierre antes esa "
                "membresía o corrija la vigencia.",
                code="overlap",
                params={"clash": clash},
            )
