from collections.abc import Sequence
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from cnlctf.lib.natural import NaturalKeyModel
from poa.models.indicator import NOT_NEGATIVE, Indicator


class Milestone(NaturalKeyModel):
    """What of an indicator's goal is to be reached by the end of a quarter, from January on."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="milestones")
    quarter = models.PositiveSmallIntegerField(
        "trimestre", validators=[MinValueValidator(1), MaxValueValidator(4)]
    )
    goal = models.DecimalField(
        "avance acumulado", max_digits=12, decimal_places=2, validators=[NOT_NEGATIVE]
    )

    natural_key_fields = ("indicator", "quarter")

    class Meta:
        verbose_name = "hito trimestral"
        verbose_name_plural = "hitos trimestrales"
        ordering = ["quarter"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "quarter"],
                name="milestone_quarter_unique",
                violation_error_message="Ese trimestre ya tiene su hito.",
            ),
            models.CheckConstraint(
                condition=Q(quarter__gte=1, quarter__lte=4),
                name="milestone_quarter_of_a_year",
                violation_error_message="Un año tiene cuatro trimestres.",
            ),
            models.CheckConstraint(
                condition=Q(goal__gte=0),
                name="milestone_goal_not_negative",
                violation_error_message="El hito no puede ser negativo.",
            ),
        ]

    def __str__(self) -> str:
        return f"Trimestre {self.quarter}: {self.goal}"


def check_milestones(goals: Sequence[Decimal | None], goal: Decimal | None) -> None:
    """Raise ValidationError unless they ascend, the empty ones apart, and stay within the goal."""
    reached = Decimal(0)
    for quarter, milestone in enumerate(goals, 1):
        if milestone is None:
            continue
        if milestone < reached:
            raise ValidationError(
                f"El hito del trimestre {quarter} es menor que el anterior: los hitos se acumulan."
            )
        reached = milestone
    if reached and (goal is None or reached > goal):
        raise ValidationError("Los hitos trimestrales se acumulan y no pasan de la meta del año.")
