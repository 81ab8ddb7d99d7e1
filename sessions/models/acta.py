import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse

from cnlctf.documents.models import IssuedDocument, IssuedDocumentQuerySet
from cnlctf.lib.natural import NaturalKeyModel, NaturalKeyQuerySet
from members.models import User
from sessions.choices import ACTA_TRANSITIONS, ActaState, ActaStep, PetitionOrigin
from sessions.models.attendance import Attendance, SpokenTurn
from sessions.models.session import Session
from sessions.models.versioned import Versioned

# What to say of a step that cannot be taken, by the state that the acta is in.
REFUSALS = {
    ActaState.DRAFT: "El acta está en borrador: primero tiene que enviarse a revisión.",
    ActaState.IN_REVIEW: "El acta ya está en revisión.",
    ActaState.APPROVED: "El acta ya está aprobada.",
}


class ActaQuerySet(NaturalKeyQuerySet["Acta"]):
    def published(self) -> Self:
        """Approved at some time: the last version stays public while the acta is reopened."""
        return self.filter(issued__isnull=False)

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """An approved acta is public (Ley 27806, art. 10); a draft is whose who write it."""
        return self if user.has_perm("cnlctf_sessions.change_acta") else self.published()


class Acta(NaturalKeyModel, Versioned):
    """The minutes of a session; once approved, the issued document is the record.

    ``issued`` is the version in force: it stays while the acta is reopened, until the next one.
    """

    session = models.OneToOneField(
        Session, verbose_name="sesión", on_delete=models.PROTECT, related_name="acta"
    )
    state = models.CharField(
        "estado", max_length=10, choices=ActaState, default=ActaState.DRAFT, editable=False
    )
    opening = models.TextField(
        "verificación del quórum",
        blank=True,
        help_text="La oración con que se instala la sesión; la cuenta del quórum la añade el "
        "programa.",
    )
    closing = models.TextField("suscripción", blank=True, help_text="La oración de cierre.")
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
    issued = models.OneToOneField(
        IssuedDocument,
        verbose_name="documento emitido",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="acta",
    )

    objects: ClassVar = ActaQuerySet.as_manager()
    natural_key_fields = ("session__kind", "session__number")

    class Meta:
        verbose_name = "acta"
        verbose_name_plural = "actas"
        ordering = ["-session__held_on"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=ActaState.APPROVED)
                | Q(issued__isnull=False, approved_at__isnull=False),
                name="acta_approved_is_issued",
                violation_error_message="Un acta aprobada tiene su documento emitido y su fecha.",
            )
        ]

    def __str__(self) -> str:
        return f"Acta de la {self.session}"

    def get_absolute_url(self) -> str:
        return reverse("acta_detail", args=[self.session.slug])

    @property
    def is_approved(self) -> bool:
        return self.state == ActaState.APPROVED

    @property
    def is_published(self) -> bool:
        return self.issued_id is not None

    @property
    def is_reopened(self) -> bool:
        """Whether it is being mended after an approval."""
        return self.is_published and not self.is_approved

    @property
    def document_name(self) -> str:
        """The name of the documents issued from it, one a version."""
        return f"acta-{self.session.slug}"

    def versions(self) -> IssuedDocumentQuerySet:
        """The documents issued from it, the last one first, without their bytes."""
        return IssuedDocument.objects.filter(name=self.document_name).without_bytes()

    @property
    def next_version(self) -> int:
        return IssuedDocument.objects.next_version(self.document_name)

    def check_may(self, step: ActaStep) -> None:
        """Raise ValidationError where its state does not allow the step."""
        if self.state != ACTA_TRANSITIONS[step][0]:
            raise ValidationError(REFUSALS[ActaState(self.state)])

    def submit(self, *, at: datetime.datetime, by: User | None) -> None:
        self._take(ActaStep.SUBMITTED, at=at, by=by)

    def reject(self, *, at: datetime.datetime, by: User | None, reason: str) -> None:
        self._take(ActaStep.REJECTED, at=at, by=by, reason=reason)

    def approve(self, *, issued: IssuedDocument, at: datetime.datetime, by: User | None) -> None:
        """Close the acta on the document issued from it."""
        columns: dict[str, Any] = {"issued": issued, "approved_at": at, "approved_by": by}
        self._take(ActaStep.APPROVED, at=at, by=by, **columns)

    def reopen(self, *, at: datetime.datetime, by: User | None, reason: str) -> None:
        self._take(ActaStep.REOPENED, at=at, by=by, reason=reason)

    @transaction.atomic
    def _take(
        self,
        step: ActaStep,
        *,
        at: datetime.datetime,
        by: User | None,
        reason: str = "",
        **columns: Any,
    ) -> None:
        """Go where the step leads and record it.

        Raise ValidationError where the state does not allow it, and where it lacks its reason.
        """
        event = self.events.model(acta=self, step=step, at=at, by=by, reason=reason.strip())
        event.full_clean(exclude={"by"})
        Acta.objects.select_for_update().get(pk=self.pk).check_may(step)
        self.state = ACTA_TRANSITIONS[step][1]
        for name, value in columns.items():
            setattr(self, name, value)
        self.full_clean()
        self.save(update_fields=["state", *columns])
        event.save()


class Report(NaturalKeyModel, Versioned):
    """A numbered report of the Presidencia and the Secretaría Técnica: 4.1.n, title and bullets."""

    acta = models.ForeignKey(Acta, on_delete=models.CASCADE, related_name="reports")
    position = models.PositiveSmallIntegerField("lugar")
    title = models.TextField("título")
    body = models.TextField("texto")

    natural_key_fields = ("acta__session__kind", "acta__session__number", "position")

    class Meta:
        verbose_name = "informe"
        verbose_name_plural = "informes"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["acta", "position"],
                name="report_position_unique",
                violation_error_message="Ese lugar entre los informes ya está ocupado.",
            )
        ]

    def __str__(self) -> str:
        return f"4.1.{self.position}. {self.title}"


class SectorReport(NaturalKeyModel, SpokenTurn):
    """What a sector informs under 4.2."""

    acta = models.ForeignKey(Acta, on_delete=models.CASCADE, related_name="sector_reports")

    natural_key_fields = ("acta__session__kind", "acta__session__number", "position")

    class Meta(SpokenTurn.Meta):
        verbose_name = "informe de un sector"
        verbose_name_plural = "informes de los sectores"
        constraints = [
            models.UniqueConstraint(
                fields=["acta", "position"],
                name="sector_report_position_unique",
                violation_error_message="Ese lugar entre los informes ya está ocupado.",
            )
        ]

    def clean(self) -> None:
        if self.speaker and self.speaker.session_id != self.acta.session_id:
            raise ValidationError({"speaker": "Quien habla tiene que figurar en la asistencia."})


class Petition(NaturalKeyModel, Versioned):
    """A pedido, of the Presidencia and the Secretaría Técnica or of the members."""

    acta = models.ForeignKey(Acta, on_delete=models.CASCADE, related_name="petitions")
    origin = models.CharField("de", max_length=12, choices=PetitionOrigin)
    position = models.PositiveSmallIntegerField("lugar")
    body = models.TextField("texto")
    conclusion = models.TextField(
        "remate", blank=True, help_text="Lo que se escribe después de los sub-puntos."
    )

    natural_key_fields = ("acta__session__kind", "acta__session__number", "origin", "position")

    class Meta:
        verbose_name = "pedido"
        verbose_name_plural = "pedidos"
        ordering = ["origin", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["acta", "origin", "position"],
                name="petition_position_unique",
                violation_error_message="Ese lugar entre los pedidos ya está ocupado.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.body}"


class PetitionItem(NaturalKeyModel, Versioned):
    """A sub-item of a pedido: 1.1, 1.2 …"""

    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField("lugar")
    body = models.TextField("texto")

    natural_key_fields = (
        "petition__acta__session__kind",
        "petition__acta__session__number",
        "petition__origin",
        "petition__position",
        "position",
    )

    class Meta:
        verbose_name = "sub-punto de un pedido"
        verbose_name_plural = "sub-puntos de un pedido"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["petition", "position"],
                name="petition_item_position_unique",
                violation_error_message="Ese lugar entre los sub-puntos ya está ocupado.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.petition.position}.{self.position}. {self.body}"


class Signatory(NaturalKeyModel):
    """A row of the signature table: one a seat present, the secretary, and whoever else signs."""

    acta = models.ForeignKey(Acta, on_delete=models.CASCADE, related_name="signatories")
    attendance = models.OneToOneField(
        Attendance, verbose_name="asistente", on_delete=models.PROTECT, related_name="signature"
    )
    position = models.PositiveSmallIntegerField("lugar")

    natural_key_fields = ("acta__session__kind", "acta__session__number", "position")

    class Meta:
        verbose_name = "firmante"
        verbose_name_plural = "firmantes"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["acta", "position"],
                name="signatory_position_unique",
                violation_error_message="Ese lugar en la tabla de firmas ya está ocupado.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.attendance}"

    def clean(self) -> None:
        if self.attendance.session_id != self.acta.session_id:
            raise ValidationError({"attendance": "Firma quien asistió a la sesión del acta."})


class Annex(NaturalKeyModel, Versioned):
    """A frozen block (``lib.grid.Block``) at the end of an acta, filled by whoever knows it.

    ``source`` names the offer that it was made from (see ``annex_sources``), to make it again.
    """

    acta = models.ForeignKey(Acta, on_delete=models.CASCADE, related_name="annexes")
    number = models.PositiveSmallIntegerField("número")
    title = models.TextField("título")
    content = models.JSONField("contenido")
    source = models.SlugField("procedencia", max_length=60, blank=True, editable=False)

    natural_key_fields = ("acta__session__kind", "acta__session__number", "number")

    class Meta:
        verbose_name = "anexo"
        verbose_name_plural = "anexos"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["acta", "number"],
                name="annex_number_unique",
                violation_error_message="El acta ya tiene un anexo con ese número.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.title}"

    @property
    def label(self) -> str:
        return f"Anexo {self.number}"
