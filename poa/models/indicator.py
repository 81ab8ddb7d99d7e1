import datetime
from decimal import Decimal
from typing import ClassVar, Self

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property

from cnlctf.lib.calendar import numeric_date
from cnlctf.lib.natural import NaturalKeyModel, NaturalKeyQuerySet
from members.models import Entity
from poa.choices import Counting, Direction, GoalKind, ParticipationRole
from poa.models.national import ActionLine, Objective
from poa.models.plan import Footnote, OperatingPlan
from poa.progress import Measure

NOT_NEGATIVE = MinValueValidator(Decimal(0), "La cantidad no puede ser negativa.")


class Unit(NaturalKeyModel):
    """A unit of measure: evento, persona, región. Different units are never added."""

    name = models.CharField("nombre", max_length=60, unique=True)
    plural = models.CharField("plural", max_length=60)
    counts_people = models.BooleanField(
        "cuenta personas", default=False, help_text="Se pregunta cuántas son mujeres y hombres."
    )

    natural_key_fields = ("name",)

    class Meta:
        verbose_name = "unidad de medida"
        verbose_name_plural = "unidades de medida"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class IndicatorQuerySet(NaturalKeyQuerySet["Indicator"]):
    def of_lines(self) -> Self:
        """Those of lines of action: the ones a plan is measured by, in the plan's order."""
        return self.filter(line__isnull=False).order_by(
            "line__strategy__objective__number",
            "line__strategy__number",
            "line__number",
            "number",
        )

    def of_objectives(self) -> Self:
        return self.filter(objective__isnull=False).order_by("objective__number", "number")

    def in_order(self) -> Self:
        """All of a plan: each objective's own first, then those of its lines."""
        return self.order_by(
            Coalesce("objective__number", "line__strategy__objective__number"),
            F("line__strategy__number").asc(nulls_first=True),
            F("line__number").asc(nulls_first=True),
            "number",
        )

    def concerning(self, entity: Entity) -> Self:
        """Those in which it, or an organ of it, takes part."""
        participations = Participation.objects.of_sector(entity)
        return self.filter(pk__in=participations.values("indicator"))

    def with_progress(self, on: datetime.date | None = None) -> Self:
        """Everything ``measure`` asks for, in one query, and where the indicator belongs."""
        return self.with_executed(on).select_related(
            "unit", "footnote", "objective", "line__strategy__objective"
        )

    def with_executed(self, on: datetime.date | None = None) -> Self:
        """Only what ``measure`` asks for: many times as light where there are hundreds.

        As of the day ``on``, that day included: what was done later is as if it were not reported.
        A quantity declared has no day, and counts.
        """
        # Each sum for itself: a join would group by every column, long texts too.
        contributions = (
            apps.get_model("poa", "Contribution")
            .objects.filter(indicator=OuterRef("pk"))
            .order_by()
            .values("indicator")
        )
        if on is not None:
            contributions = contributions.filter(event__held_on__lte=on)
        # No default: without any contribution the sum is NULL, no report, and never 0.
        counted = contributions.annotate(
            counted=Sum(Case(When(counts=True, then="quantity"), default=Value(Decimal(0))))
        )
        regions = (
            contributions.filter(counts=True, quantity__gt=0)
            .exclude(event__region="")
            .annotate(regions=Count("event__region", distinct=True))
        )
        return self.select_related("execution").annotate(
            contributed=Subquery(counted.values("counted")),
            contributed_regions=Case(
                When(
                    counting=Counting.DISTINCT_REGIONS,
                    then=Coalesce(Subquery(regions.values("regions")), 0),
                )
            ),
        )

    def get_by_natural_key(self, year: int, code: str) -> "Indicator":
        prefix, _, number = code.partition("-")
        match prefix.split("."):
            case [objective]:
                of = {"objective__number": objective}
            case [objective, strategy, line]:
                of = {
                    "line__strategy__objective__number": objective,
                    "line__strategy__number": strategy,
                    "line__number": line,
                }
            case _:
                raise self.model.DoesNotExist(f"«{code}» no es la clave de un indicador.")
        return self.get(plan__year=year, number=number, **of)


class Indicator(NaturalKeyModel):
    """What a year's plan measures of a line of action, or of an objective, and its goal."""

    plan = models.ForeignKey(
        OperatingPlan,
        verbose_name="plan operativo",
        on_delete=models.PROTECT,
        related_name="indicators",
    )
    line = models.ForeignKey(
        ActionLine,
        verbose_name="línea de acción",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="indicators",
    )
    objective = models.ForeignKey(
        Objective,
        verbose_name="objetivo específico",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="indicators",
        help_text="Solo en los indicadores propios del objetivo.",
    )
    number = models.PositiveSmallIntegerField("número", default=1)
    name = models.TextField("indicador")
    unit = models.ForeignKey(
        Unit, verbose_name="unidad de medida", on_delete=models.PROTECT, related_name="indicators"
    )
    goal_kind = models.CharField(
        "clase de meta", max_length=15, choices=GoalKind, default=GoalKind.NUMERIC
    )
    goal = models.DecimalField(
        "meta física",
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[NOT_NEGATIVE],
    )
    footnote = models.ForeignKey(
        Footnote,
        verbose_name="nota al pie",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="indicators",
        help_text="Obligatoria con meta 0 o cuando la meta no corresponde este año.",
    )
    counting = models.CharField(
        "cómo se cuenta", max_length=16, choices=Counting, default=Counting.SUM
    )
    counts_from = models.DateField(
        "se cuenta desde",
        null=True,
        blank=True,
        help_text="Lo anterior se informa y no cuenta para la meta: «desde el 18/09/2019».",
    )
    definition = models.TextField("definición", blank=True)
    method = models.TextField("método de cálculo", blank=True)
    source = models.CharField("fuente", max_length=250, blank=True)
    base_line = models.CharField(
        "línea de base", max_length=250, blank=True, help_text="Con su año: «12 eventos en 2018»."
    )
    direction = models.CharField(
        "sentido esperado", max_length=6, choices=Direction, default=Direction.UP
    )
    institutions = models.ManyToManyField(
        Entity, through="Participation", related_name="indicators", verbose_name="instituciones"
    )

    objects: ClassVar = IndicatorQuerySet.as_manager()
    natural_key_fields = ("plan__year", "code")

    class Meta:
        verbose_name = "indicador"
        verbose_name_plural = "indicadores"
        ordering = ["line", "objective", "number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(line__isnull=False, objective__isnull=True)
                | Q(line__isnull=True, objective__isnull=False),
                name="indicator_of_line_or_objective",
                violation_error_message=(
                    "Un indicador es de una línea de acción o de un objetivo: indique uno de los "
                    "dos."
                ),
            ),
            models.UniqueConstraint(
                fields=["plan", "line", "number"],
                name="indicator_number_unique_in_line",
                violation_error_message="La línea ya tiene este año un indicador así numerado.",
            ),
            models.UniqueConstraint(
                fields=["plan", "objective", "number"],
                name="indicator_number_unique_in_objective",
                violation_error_message="El objetivo ya tiene este año un indicador así numerado.",
            ),
            models.CheckConstraint(
                condition=Q(goal=None) | Q(goal__gte=0),
                name="indicator_goal_not_negative",
                violation_error_message="La meta no puede ser negativa.",
            ),
            models.CheckConstraint(
                condition=Q(goal_kind=GoalKind.TO_BE_DEFINED, goal__isnull=True)
                | (~Q(goal_kind=GoalKind.TO_BE_DEFINED) & Q(goal__isnull=False)),
                name="indicator_goal_present_unless_to_be_defined",
                violation_error_message=("Indique la meta, o marque «Por definir» y déjela vacía."),
            ),
            models.CheckConstraint(
                condition=Q(footnote__isnull=False)
                | (Q(goal=None) | Q(goal__gt=0)) & ~Q(goal_kind=GoalKind.NOT_DUE),
                name="indicator_goal_zero_has_footnote",
                violation_error_message=(
                    "Una meta 0, o que no corresponde este año, lleva una nota al pie que lo "
                    "explica."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"

    @property
    def code(self) -> str:
        """The line's or the objective's number and its own: «1.3.3-1», «2-1»."""
        prefix = self.line.prefix if self.line else self.objective.number  # type: ignore[union-attr]
        return f"{prefix}-{self.number}"

    @property
    def place(self) -> str:
        """How one names it in a sentence: «LA 1.4.4, indicador 2»."""
        return f"{(self.line or self.objective).code}, indicador {self.number}"  # type: ignore[union-attr]

    def why_not_counted(self, day: datetime.date) -> str:
        """Why what was done that day does not count for the goal; empty where it does."""
        if self.counts_from is None or day >= self.counts_from:
            return ""
        return f"Es anterior al {numeric_date(self.counts_from)}, desde cuando se cuenta."

    @property
    def executed(self) -> Decimal | None:
        """What counts for the goal: the quantity declared, or else its events' sum.

        None is no report, which is not 0. Only of rows of ``with_executed()``.
        """
        execution = getattr(self, "execution", None)
        if execution and execution.declared is not None:
            return execution.declared
        contributed = self.contributed  # type: ignore[attr-defined]
        if contributed is not None and self.counting == Counting.DISTINCT_REGIONS:
            return Decimal(self.contributed_regions)  # type: ignore[attr-defined]
        return contributed

    @cached_property
    def measure(self) -> Measure:
        """The figures of the evaluation; only of rows of ``with_executed()``."""
        execution = getattr(self, "execution", None)
        return Measure(
            goal=self.goal,
            executed=self.executed,
            activity_done=execution.activity_done if execution else None,
            due=self.goal_kind == GoalKind.NUMERIC,
        )

    def set_goal(self, kind: GoalKind, goal: Decimal | None, note: str = "") -> None:
        """Change the goal and its footnote, made or left out; milestones stay within the goal."""
        before = self.footnote
        self.goal_kind, self.goal = kind, goal
        self.footnote = self.plan.footnotes.worded(self.plan, note) if note else None
        self.full_clean()
        self.save(update_fields=["goal_kind", "goal", "footnote"])
        if before and before != self.footnote and not before.indicators.exists():
            before.delete()
        if goal is None:
            self.milestones.all().delete()
        else:
            self.milestones.filter(goal__gt=goal).update(goal=goal)

    def clean(self) -> None:
        if self.footnote and self.footnote.plan_id != self.plan_id:
            raise ValidationError({"footnote": "Esa nota al pie es de otro plan."})


class ParticipationQuerySet(NaturalKeyQuerySet["Participation"]):
    def of_sector(self, entity: Entity) -> Self:
        """Those of an entity and of its organs: MININTER's include MININTER-PNP's."""
        return self.filter(Q(entity=entity) | Q(entity__parent=entity))


class Participation(NaturalKeyModel):
    """An institution in an indicator: responsible (printed in bold) or involved."""

    indicator = models.ForeignKey(
        Indicator, on_delete=models.CASCADE, related_name="participations"
    )
    entity = models.ForeignKey(
        Entity, verbose_name="institución", on_delete=models.PROTECT, related_name="participations"
    )
    role = models.CharField(
        "participa como",
        max_length=11,
        choices=ParticipationRole,
        default=ParticipationRole.INVOLVED,
    )
    position = models.PositiveSmallIntegerField("lugar")

    objects: ClassVar = ParticipationQuerySet.as_manager()
    natural_key_fields = ("indicator", "entity")

    class Meta:
        verbose_name = "institución participante"
        verbose_name_plural = "instituciones participantes"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "entity"],
                name="participation_entity_once",
                violation_error_message="Esa institución ya participa en el indicador.",
            ),
            models.UniqueConstraint(
                fields=["indicator", "position"],
                name="participation_position_unique",
                violation_error_message="Ese lugar en la lista de instituciones ya está ocupado.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entity.list_name}: {self.get_role_display().lower()}"
