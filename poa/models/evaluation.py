import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Max, Q
from django.urls import reverse

from cnlctf.documents.models import IssuedDocument
from members.models import User
from poa.choices import EvaluationKind, EvaluationState, PlanState
from poa.models.national import ActionLine
from poa.models.plan import OperatingPlan
from poa.models.version import PlanVersion
from sessions.models import Session

# The bytes behind an evaluation, which no list of them reads.
BYTES = ("document__content", "document__data", "workbook__content", "workbook__data")

EVALUATED = "El plan ya está evaluado: lo que llegue después va a una adenda."


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    def approved(self) -> Self:
        return self.filter(state=EvaluationState.APPROVED)

    def drafts(self) -> Self:
        return self.filter(state=EvaluationState.DRAFT)

    def visible_to(self, user: object) -> Self:
        """The public sees what the commission approved."""
        if user.has_perm("poa.change_evaluation"):  # type: ignore[attr-defined]
            return self
        return self.approved()

    def without_bytes(self) -> Self:
        return self.select_related("document", "workbook").defer(*BYTES)

    @transaction.atomic
    def start(
        self,
        plan: OperatingPlan,
        *,
        kind: EvaluationKind,
        cut_off_on: datetime.date,
        at: datetime.datetime,
        by: User | None,
        session: Session | None = None,
        reasons: str = "",
        introduction: str = "",
    ) -> "Evaluation":
        """The plan's next one, as a draft; raise ValidationError where its state allows none."""
        plan = OperatingPlan.objects.select_for_update().get(pk=plan.pk)
        check_kind(plan, kind)
        if plan.evaluations.drafts().exists():
            raise ValidationError("El plan ya tiene una evaluación en borrador: termine esa.")
        last = plan.evaluations.aggregate(last=Max("number"))["last"] or 0
        of_kind = plan.evaluations.filter(kind=kind).aggregate(last=Max("ordinal"))["last"] or 0
        evaluation = self.model(
            plan=plan,
            number=last + 1,
            kind=kind,
            ordinal=of_kind + 1,
            cut_off_on=cut_off_on,
            follows=plan.evaluations.approved().last(),
            session=session,
            reasons=reasons.strip(),
            introduction=introduction.strip(),
            created_at=at,
            created_by=by,
        )
        evaluation.full_clean(exclude={"created_by"})
        evaluation.save()
        return evaluation


class Evaluation(models.Model):
    """What the commission says of a plan at a cut-off date: a draft, and then frozen for ever.

    A trigger of the database refuses to change or delete an approved one; its words and figures
    are those of its two issued documents.
    """

    plan = models.ForeignKey(
        OperatingPlan,
        verbose_name="plan operativo",
        on_delete=models.PROTECT,
        related_name="evaluations",
    )
    number = models.PositiveSmallIntegerField("número en el plan")
    kind = models.CharField("clase", max_length=10, choices=EvaluationKind)
    ordinal = models.PositiveSmallIntegerField("número entre las de su clase")
    state = models.CharField(
        "estado",
        max_length=10,
        choices=EvaluationState,
        default=EvaluationState.DRAFT,
        editable=False,
    )
    cut_off_on = models.DateField(
        "fecha de corte", help_text="Ese día incluido: lo realizado después no cuenta."
    )
    follows = models.ForeignKey(
        "self",
        verbose_name="evaluación anterior",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="followers",
        help_text="Con la que se compara; la que una adenda modifica.",
    )
    session = models.ForeignKey(
        Session,
        verbose_name="sesión que la ve",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="evaluations",
    )
    reasons = models.TextField(
        "motivos", blank=True, help_text="Por qué se hace; en una adenda, qué llegó tarde."
    )
    introduction = models.TextField("texto antes de la matriz", blank=True)
    edits = models.PositiveIntegerField("ediciones", default=1, editable=False)
    version = models.ForeignKey(
        PlanVersion,
        verbose_name="versión del plan",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="evaluations",
    )
    document = models.OneToOneField(
        IssuedDocument,
        verbose_name="documento emitido",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="evaluation",
    )
    workbook = models.OneToOneField(
        IssuedDocument,
        verbose_name="libro de Excel emitido",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField("creada")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="creada por",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    approved_at = models.DateTimeField("aprobada", null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="aprobada por",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects: ClassVar = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = "evaluación"
        verbose_name_plural = "evaluaciones"
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"],
                name="evaluation_number_unique",
                violation_error_message="El plan ya tiene una evaluación con ese número.",
            ),
            models.UniqueConstraint(
                fields=["plan", "kind", "ordinal"],
                name="evaluation_ordinal_unique",
                violation_error_message="El plan ya tiene una de esa clase con ese número.",
            ),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(state=EvaluationState.DRAFT),
                name="evaluation_one_draft",
                violation_error_message=(
                    "El plan ya tiene una evaluación en borrador: termine esa."
                ),
            ),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(kind=EvaluationKind.FINAL),
                name="evaluation_one_final",
                violation_error_message=(
                    "El año ya tiene su evaluación: lo que llegue después va a una adenda."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(kind=EvaluationKind.ADDENDUM)
                | Q(follows__isnull=False) & ~Q(reasons=""),
                name="evaluation_addendum_says_why",
                violation_error_message=(
                    "Una adenda modifica una evaluación aprobada y dice por qué."
                ),
            ),
            models.CheckConstraint(
                condition=Q(
                    state=EvaluationState.DRAFT,
                    version=None,
                    document=None,
                    workbook=None,
                    approved_at=None,
                )
                | Q(
                    state=EvaluationState.APPROVED,
                    session__isnull=False,
                    version__isnull=False,
                    document__isnull=False,
                    workbook__isnull=False,
                    approved_at__isnull=False,
                ),
                name="evaluation_approved_is_issued",
                violation_error_message=(
                    "Una evaluación aprobada tiene su sesión, la versión del plan, su PDF y su "
                    "Excel; un borrador todavía no."
                ),
            ),
        ]

    def __str__(self) -> str:
        match self.kind:
            case EvaluationKind.PARTIAL:
                return f"Evaluación parcial N° {self.ordinal} del POA {self.plan.year}"
            case EvaluationKind.ADDENDUM:
                return f"Adenda N° {self.ordinal} de la evaluación del POA {self.plan.year}"
            case _:
                return f"Evaluación del POA {self.plan.year}"

    def get_absolute_url(self) -> str:
        return reverse("evaluation_detail", args=[self.plan.year, self.number])

    @property
    def is_approved(self) -> bool:
        return self.state == EvaluationState.APPROVED

    @property
    def is_addendum(self) -> bool:
        return self.kind == EvaluationKind.ADDENDUM

    @property
    def document_name(self) -> str:
        return f"evaluacion-poa-{self.plan.year}-{self.number}"

    def check_draft(self) -> None:
        """Raise ValidationError where nothing of it changes any more."""
        if self.is_approved:
            raise ValidationError(
                f"{self}: está aprobada y no cambia. Lo que llegue después va a una adenda."
            )

    def clean(self) -> None:
        if self.cut_off_on and self.plan_id:
            first = datetime.date(self.plan.year, 1, 1)
            if self.cut_off_on < first:
                raise ValidationError({"cut_off_on": "La fecha de corte es anterior al año."})
            if self.follows and self.cut_off_on < self.follows.cut_off_on:
                raise ValidationError(
                    {"cut_off_on": "La fecha de corte es anterior a la de la evaluación anterior."}
                )


def check_kind(plan: OperatingPlan, kind: EvaluationKind) -> None:
    """Raise ValidationError where the plan's state does not allow such an evaluation."""
    state = PlanState(plan.state)
    kinds = set(plan.evaluations.approved().values_list("kind", flat=True))
    if kind == EvaluationKind.ADDENDUM:
        if state != PlanState.EVALUATED:
            raise ValidationError(
                f"El {plan} está en estado «{state.label}»: una adenda es de un plan evaluado."
            )
        if not kinds:
            raise ValidationError("Todavía no hay una evaluación aprobada que modificar.")
    elif state == PlanState.EVALUATED:
        # Evaluated before evaluations were kept here: its own may still be written.
        if EvaluationKind.FINAL in kinds or kind == EvaluationKind.PARTIAL:
            raise ValidationError(EVALUATED)
    elif state != PlanState.IN_FORCE:
        raise ValidationError(
            f"El {plan} está en estado «{state.label}»: se evalúa un plan vigente."
        )


class EditedObservations(models.Model):
    """The Observaciones of a line as somebody wrote them, in place of the program's words.

    ``proposed`` is what the program wrote then: where it writes otherwise now, one is asked.
    """

    plan = models.ForeignKey(
        OperatingPlan, on_delete=models.PROTECT, related_name="edited_observations"
    )
    line = models.ForeignKey(
        ActionLine, on_delete=models.PROTECT, related_name="edited_observations"
    )
    text = models.TextField("observaciones", blank=True)
    proposed = models.TextField("lo que proponía el programa", blank=True, editable=False)
    edits = models.PositiveIntegerField("ediciones", default=1, editable=False)
    edited_at = models.DateTimeField("editado")
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="editado por",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = "observaciones editadas"
        verbose_name_plural = "observaciones editadas"
        ordering = ["plan", "line"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "line"],
                name="edited_observations_once",
                violation_error_message="La línea ya tiene observaciones editadas.",
            )
        ]

    def __str__(self) -> str:
        return f"Observaciones de {self.line.code} en el {self.plan}"
