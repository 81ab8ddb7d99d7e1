import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from cnlctf.lib.natural import NaturalKeyModel
from members.models import Validity, ValidityQuerySet
from sessions import quorum
from sessions.notice import Notice


class QuorumRule(NaturalKeyModel, Validity):
    """How many seats make a quorum, by which norm, from when to when (domain § 2, rule 3)."""

    citation = models.CharField(
        "base legal", max_length=250, help_text="Norma y artículo, como se citan."
    )
    first_divisor = models.PositiveSmallIntegerField(
        "primera convocatoria: más de un … de los miembros",
        default=2,
        help_text="2: más de la mitad, que son N ÷ 2 sin decimales, más 1.",
    )
    second_divisor = models.PositiveSmallIntegerField(
        "segunda convocatoria: un … de los miembros",
        default=3,
        help_text="3: la tercera parte, redondeada hacia arriba.",
    )
    second_minimum = models.PositiveSmallIntegerField(
        "segunda convocatoria: no menos de", default=3
    )

    objects: ClassVar = ValidityQuerySet.as_manager()
    natural_key_fields = ("starts_on",)

    class Meta(Validity.Meta):
        verbose_name = "regla del quórum"
        verbose_name_plural = "reglas del quórum"
        ordering = ["-starts_on"]
        constraints = [
            *Validity.Meta.constraints,
            models.UniqueConstraint(
                fields=["starts_on"],
                name="quorum_rule_start_unique",
                violation_error_message="Ya hay una regla del quórum que empieza ese día.",
            ),
            models.CheckConstraint(
                condition=Q(first_divisor__gte=1, second_divisor__gte=1),
                name="quorum_rule_divisors_positive",
                violation_error_message="Las partes de la regla del quórum son desde 1.",
            ),
        ]

    def __str__(self) -> str:
        return self.citation

    def as_arithmetic(self) -> quorum.QuorumRule:
        return quorum.QuorumRule(
            self.citation, self.first_divisor, self.second_divisor, self.second_minimum
        )


class SummonsRule(NaturalKeyModel, Validity):
    """How many days ahead a session is convened, by which norm (domain § 2, rule 8)."""

    citation = models.CharField(
        "base legal", max_length=250, help_text="Norma y artículo, como se citan."
    )
    days = models.PositiveSmallIntegerField(
        "días de anticipación",
        help_text="Días calendario entre el envío de la convocatoria y la sesión.",
    )

    objects: ClassVar = ValidityQuerySet.as_manager()
    natural_key_fields = ("starts_on",)

    class Meta(Validity.Meta):
        verbose_name = "plazo de convocatoria"
        verbose_name_plural = "plazos de convocatoria"
        ordering = ["-starts_on"]
        constraints = [
            *Validity.Meta.constraints,
            models.UniqueConstraint(
                fields=["starts_on"],
                name="summons_rule_start_unique",
                violation_error_message="Ya hay un plazo de convocatoria que empieza ese día.",
            ),
        ]

    def __str__(self) -> str:
        return self.citation

    def notice(self, *, sent_on: datetime.date, held_on: datetime.date) -> Notice:
        return Notice(sent_on, held_on, self.days, self.citation)


class Letterhead(NaturalKeyModel, Validity):
    """The commission's name and the institutional marks that head its documents."""

    commission = models.CharField("nombre de la comisión", max_length=200)
    acronym = models.CharField("sigla", max_length=20)
    place = models.CharField("ciudad", max_length=60)
    country_mark = models.CharField("marca del país", max_length=60)
    ministry_mark = models.CharField("marca del ministerio", max_length=120)
    alliance_mark = models.CharField("marca de la alianza", max_length=120)

    objects: ClassVar = ValidityQuerySet.as_manager()
    natural_key_fields = ("starts_on",)

    class Meta(Validity.Meta):
        verbose_name = "membrete"
        verbose_name_plural = "membretes"
        ordering = ["-starts_on"]
        constraints = [
            *Validity.Meta.constraints,
            models.UniqueConstraint(
                fields=["starts_on"],
                name="letterhead_start_unique",
                violation_error_message="Ya hay un membrete que empieza ese día.",
            ),
        ]

    def __str__(self) -> str:
        return self.commission
