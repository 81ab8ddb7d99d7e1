import re
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models

from cnlctf.lib.natural import NaturalKeyModel, NaturalKeyQuerySet
from members.models import Validity, ValidityQuerySet


class NationalPlan(NaturalKeyModel, Validity):
    """The plan of several years that the tree of objectives and lines belongs to."""

    acronym = models.CharField("sigla", max_length=30, unique=True)
    name = models.CharField("nombre", max_length=200)
    norm = models.CharField("norma que lo aprueba", max_length=100)
    norm_date = models.DateField("fecha de la norma")

    objects: ClassVar = ValidityQuerySet.as_manager()
    natural_key_fields = ("acronym",)

    class Meta(Validity.Meta):
        verbose_name = "plan nacional"
        verbose_name_plural = "planes nacionales"
        ordering = ["-starts_on"]

    def __str__(self) -> str:
        return self.name


class Objective(NaturalKeyModel):
    """An objetivo específico: OE 1."""

    plan = models.ForeignKey(
        NationalPlan,
        verbose_name="plan nacional",
        on_delete=models.PROTECT,
        related_name="objectives",
    )
    number = models.PositiveSmallIntegerField("número")
    name = models.TextField("nombre")

    natural_key_fields = ("plan__acronym", "number")

    class Meta:
        verbose_name = "objetivo específico"
        verbose_name_plural = "objetivos específicos"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"],
                name="objective_number_unique",
                violation_error_message="El plan ya tiene un objetivo con ese número.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.name}"

    @property
    def code(self) -> str:
        return f"OE {self.number}"


class Axis(NaturalKeyModel):
    """An eje estratégico, which cuts across the objectives: EE 2."""

    plan = models.ForeignKey(
        NationalPlan, verbose_name="plan nacional", on_delete=models.PROTECT, related_name="axes"
    )
    number = models.PositiveSmallIntegerField("número")
    name = models.CharField("nombre", max_length=150)

    natural_key_fields = ("plan__acronym", "number")

    class Meta:
        verbose_name = "eje estratégico"
        verbose_name_plural = "ejes estratégicos"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"],
                name="axis_number_unique",
                violation_error_message="El plan ya tiene un eje con ese número.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.name}"

    @property
    def code(self) -> str:
        return f"EE {self.number}"


class Coded(models.Model):
    """What may have another code in the document that it was taken from, and why it was left so.

    «LA 1.4.7» printed under E 1.8: the program's own code begins with that of its place.
    """

    source_code = models.CharField("código en el documento", max_length=20, blank=True)
    source_code_reason = models.TextField("por qué no corresponde", blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(source_code="") | ~models.Q(source_code_reason=""),
                name="%(class)s_other_code_says_why",
                violation_error_message=(
                    "Si el código del documento no corresponde a su lugar, diga por qué se deja."
                ),
            )
        ]


class Strategy(NaturalKeyModel, Coded):
    """An estrategia: its code E 1.3 begins with its objective's number, and so cannot disagree."""

    objective = models.ForeignKey(
        Objective,
        verbose_name="objetivo específico",
        on_delete=models.PROTECT,
        related_name="strategies",
    )
    axis = models.ForeignKey(
        Axis, verbose_name="eje estratégico", on_delete=models.PROTECT, related_name="strategies"
    )
    number = models.PositiveSmallIntegerField("número dentro del objetivo")
    name = models.TextField("nombre")

    natural_key_fields = ("objective__plan__acronym", "objective__number", "number")

    class Meta(Coded.Meta):
        verbose_name = "estrategia"
        verbose_name_plural = "estrategias"
        ordering = ["objective__number", "number"]
        constraints = [
            *Coded.Meta.constraints,
            models.UniqueConstraint(
                fields=["objective", "number"],
                name="strategy_number_unique",
                violation_error_message="El objetivo ya tiene una estrategia con ese número.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.name}"

    @property
    def prefix(self) -> str:
        return f"{self.objective.number}.{self.number}"

    @property
    def code(self) -> str:
        return f"E {self.prefix}"

    def clean(self) -> None:
        if self.axis.plan_id != self.objective.plan_id:
            raise ValidationError({"axis": "El eje y el objetivo son de planes distintos."})


class ActionLineQuerySet(NaturalKeyQuerySet["ActionLine"]):
    def coded(self, code: str) -> Self:
        """The lines called ``1.3.3``, one a national plan; none where the code has no such form."""
        parts = re.fullmatch(r"([1-9][0-9]{0,4})\.([1-9][0-9]{0,4})\.([1-9][0-9]{0,4})", code)
        if parts is None:
            return self.none()
        objective, strategy, line = parts.groups()
        return self.filter(
            strategy__objective__number=objective, strategy__number=strategy, number=line
        )


class ActionLine(NaturalKeyModel, Coded):
    """A línea de acción: its code LA 1.3.3 begins with its strategy's, and so cannot disagree."""

    strategy = models.ForeignKey(
        Strategy, verbose_name="estrategia", on_delete=models.PROTECT, related_name="lines"
    )
    number = models.PositiveSmallIntegerField("número dentro de la estrategia")
    name = models.TextField("nombre")

    objects: ClassVar = ActionLineQuerySet.as_manager()
    natural_key_fields = (
        "strategy__objective__plan__acronym",
        "strategy__objective__number",
        "strategy__number",
        "number",
    )

    class Meta(Coded.Meta):
        verbose_name = "línea de acción"
        verbose_name_plural = "líneas de acción"
        ordering = ["strategy__objective__number", "strategy__number", "number"]
        constraints = [
            *Coded.Meta.constraints,
            models.UniqueConstraint(
                fields=["strategy", "number"],
                name="action_line_number_unique",
                violation_error_message="La estrategia ya tiene una línea con ese número.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.name}"

    @property
    def prefix(self) -> str:
        return f"{self.strategy.prefix}.{self.number}"

    @property
    def code(self) -> str:
        return f"LA {self.prefix}"
