import datetime
import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from cnlctf.documents.models import Dispatch, IssuedDocument
from members.models import Person
from sessions.choices import ActaState, CirculationStep, RemarkState
from sessions.models.acta import Acta
from sessions.models.attendance import Attendance

DECIDED = (RemarkState.ACCEPTED, RemarkState.ANSWERED)


def _signer() -> signing.Signer:
    return signing.Signer(sep=".", salt="cnlctf.sessions.circulation")


class Circulation(models.Model):
    """The draft of one version of an acta, given to those who attended to be remarked on.

    ``sent`` is the draft as the last message had it attached; what is read by the link is the
    draft of that moment.
    """

    acta = models.ForeignKey(Acta, on_delete=models.PROTECT, related_name="circulations")
    of_version = models.PositiveSmallIntegerField("versión en preparación", default=1)
    opened_at = models.DateTimeField("abierta")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="abierta por",
        on_delete=models.PROTECT,
        related_name="+",
    )
    deadline = models.DateTimeField("plazo")
    message = models.TextField("mensaje", blank=True)
    sent = models.ForeignKey(
        IssuedDocument,
        verbose_name="borrador enviado",
        on_delete=models.PROTECT,
        related_name="circulations",
    )
    closed_at = models.DateTimeField("cerrada", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="cerrada por",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = "circulación del borrador"
        verbose_name_plural = "circulaciones del borrador"
        ordering = ["acta", "of_version"]
        constraints = [
            models.UniqueConstraint(
                fields=["acta", "of_version"],
                name="circulation_once_a_version",
                violation_error_message="El borrador ya circuló: amplíe el plazo o reábralo.",
            ),
            models.CheckConstraint(
                condition=Q(deadline__gt=F("opened_at")),
                name="circulation_ends_after_opening",
                violation_error_message="El plazo tiene que vencer después de abrirse.",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="circulation_closed_by_somebody",
                violation_error_message="Un cierre tiene su hora y quién lo hizo.",
            ),
        ]

    def __str__(self) -> str:
        return f"Observaciones al borrador de la versión {self.of_version}, {self.acta}"

    @property
    def is_superseded(self) -> bool:
        """Whether the version that was being prepared is approved."""
        issued = self.acta.issued
        return issued is not None and issued.version >= self.of_version

    def is_open(self, now: datetime.datetime) -> bool:
        return self.closed_at is None and now <= self.deadline and not self.is_superseded


class CirculationEvent(models.Model):
    """A step of a circulation: who gave it which deadline, who closed it, and when."""

    circulation = models.ForeignKey(Circulation, on_delete=models.PROTECT, related_name="events")
    step = models.CharField("paso", max_length=10, choices=CirculationStep)
    at = models.DateTimeField("cuándo")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="quién", on_delete=models.PROTECT, related_name="+"
    )
    deadline = models.DateTimeField("plazo", null=True, blank=True)

    class Meta:
        verbose_name = "paso de la circulación"
        verbose_name_plural = "pasos de la circulación"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(step=CirculationStep.CLOSED, deadline=None)
                | (~Q(step=CirculationStep.CLOSED) & Q(deadline__isnull=False)),
                name="circulation_event_has_deadline",
                violation_error_message="Diga hasta cuándo se reciben observaciones.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.circulation}: {self.get_step_display().lower()}"


class ReaderQuerySet(models.QuerySet["Reader"]):
    def of_key(self, key: str) -> "Reader | None":
        """Whom the key was signed for; None for a key that is none of ours."""
        try:
            code = uuid.UUID(_signer().unsign(key))
        except (signing.BadSignature, ValueError):
            return None
        return self.filter(code=code).with_circulation().first()

    def with_circulation(self) -> Self:
        return self.select_related(
            "circulation__acta__session",
            "circulation__acta__issued",
            "attendance__person",
            "attendance__entity",
        ).defer(
            "circulation__acta__issued__content",
            "circulation__acta__issued__data",
        )

    def asked_of(self, person: Person, now: datetime.datetime) -> Self:
        """What the person can still remark on, the soonest due first."""
        return (
            self.filter(
                attendance__person=person,
                circulation__closed_at=None,
                circulation__deadline__gte=now,
            )
            .exclude(circulation__acta__state=ActaState.APPROVED)
            .exclude(circulation__acta__issued__version__gte=F("circulation__of_version"))
            .with_circulation()
            .order_by("circulation__deadline")
        )


class Reader(models.Model):
    """Somebody who attended the session, asked for their remarks; ``email`` as written to."""

    circulation = models.ForeignKey(Circulation, on_delete=models.PROTECT, related_name="readers")
    attendance = models.ForeignKey(
        Attendance, verbose_name="asistente", on_delete=models.PROTECT, related_name="readings"
    )
    code = models.UUIDField("código", default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField("correo electrónico")
    dispatches = models.ManyToManyField(Dispatch, blank=True, related_name="readers")
    opened_at = models.DateTimeField("abrió el borrador", null=True, blank=True)
    agreed_at = models.DateTimeField("conforme", null=True, blank=True)

    objects: ClassVar = ReaderQuerySet.as_manager()

    class Meta:
        verbose_name = "destinatario del borrador"
        verbose_name_plural = "destinatarios del borrador"
        ordering = ["attendance__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["circulation", "attendance"],
                name="reader_once",
                violation_error_message="Esa persona ya recibió el borrador.",
            ),
            models.CheckConstraint(
                condition=Q(agreed_at=None) | Q(opened_at__isnull=False),
                name="reader_agreed_after_opening",
                violation_error_message="Nadie da su conformidad sin abrir el borrador.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.attendance)

    def get_absolute_url(self) -> str:
        """The page where the draft is read and remarked on, for whoever holds the link."""
        return reverse("reader_detail", args=[self.key])

    @property
    def key(self) -> str:
        return _signer().sign(str(self.code))

    @property
    def name(self) -> str:
        return self.attendance.person.full_name


class RemarkQuerySet(models.QuerySet["Remark"]):
    def open(self) -> Self:
        return self.filter(state=RemarkState.OPEN)

    def of_acta(self, acta: Acta) -> Self:
        """Those that were made and not withdrawn, with who made them and who decided."""
        return (
            self.filter(reader__circulation__acta=acta)
            .exclude(state=RemarkState.WITHDRAWN)
            .select_related(
                "reader__attendance__person",
                "reader__attendance__entity",
                "reader__circulation",
                "decided_by__person",
            )
        )


class Remark(models.Model):
    """What a reader says of a text of the draft, or proposes in its place.

    ``kind`` and ``block`` name the text, as in the addresses of the editor, both empty for a remark
    on the acta at large; ``place`` and ``before`` are its number and its words as they were, so
    that a text changed or removed since loses nothing. ``adopted`` is what was written instead.
    """

    reader = models.ForeignKey(Reader, on_delete=models.PROTECT, related_name="remarks")
    kind = models.CharField("clase de texto", max_length=20, blank=True)
    block = models.PositiveBigIntegerField("texto", null=True, blank=True)
    place = models.CharField("lugar en el acta", max_length=120)
    before = models.TextField("texto observado", blank=True)
    comment = models.TextField("comentario", blank=True)
    proposal = models.TextField("texto propuesto", blank=True)
    made_at = models.DateTimeField("hecha")
    state = models.CharField("estado", max_length=10, choices=RemarkState, default=RemarkState.OPEN)
    answer = models.TextField("respuesta", blank=True)
    adopted = models.TextField("texto adoptado", blank=True)
    decided_at = models.DateTimeField("decidida", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="decidida por",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects: ClassVar = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = "observación al borrador"
        verbose_name_plural = "observaciones al borrador"
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(comment="") | ~Q(proposal=""),
                name="remark_says_something",
                violation_error_message="Escriba un comentario o proponga otro texto.",
            ),
            models.CheckConstraint(
                condition=Q(kind="", block=None, proposal="")
                | (~Q(kind="") & Q(block__isnull=False)),
                name="remark_proposes_for_a_text",
                violation_error_message="Un texto se propone en lugar de otro del acta.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=DECIDED, decided_at__isnull=False, decided_by__isnull=False)
                | (~Q(state__in=DECIDED) & Q(decided_at=None, decided_by=None)),
                name="remark_decided_by_somebody",
                violation_error_message="Una decisión tiene su hora y quién la tomó.",
            ),
            models.CheckConstraint(
                condition=~Q(state=RemarkState.ANSWERED) | ~Q(answer=""),
                name="remark_answered_with_words",
                violation_error_message="Escriba la respuesta: la lee quien hizo la observación.",
            ),
            models.CheckConstraint(
                condition=~Q(state=RemarkState.ACCEPTED) | ~Q(adopted=""),
                name="remark_accepted_with_text",
                violation_error_message="Lo que se acepta deja un texto en el acta.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place}, de {self.reader.name}"

    @property
    def is_open(self) -> bool:
        return self.state == RemarkState.OPEN
