import datetime

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.functional import cached_property

from members.choices import Role
from members.models.entity import Entity
from members.models.person import Person


class User(AbstractUser):
    """An account; what it may do comes from its groups, whom it stands for from its person."""

    person = models.OneToOneField(
        Person,
        verbose_name="persona",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="user",
        help_text="De sus designaciones vigentes se sabe por qué entidad actúa.",
    )

    class Meta:
        verbose_name = "usuario"
        verbose_name_plural = "usuarios"

    def __str__(self) -> str:
        return self.person.full_name if self.person else self.get_username()

    @cached_property
    def role(self) -> str:
        """The user's role in words, the weightiest first; empty without one."""
        names = {group.name for group in self.groups.all()}
        return next((role.label for role in ROLES_BY_WEIGHT if role in names), "")

    def entity_on(self, day: datetime.date) -> Entity | None:
        """The entity whom the user represents that day, by the designation in force."""
        return (
            Entity.objects.filter(
                designations__in=self.person.designations.in_force_on(day)
            ).first()
            if self.person
            else None
        )


ROLES_BY_WEIGHT = [Role.SECRETARY, Role.ADMIN, Role.REPRESENTATIVE, Role.OBSERVER]
