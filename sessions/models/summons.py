import datetime
import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from cnlctf.documents.models import Dispatch, IssuedDocument
from members.choices import Capacity
from members.models import Entity, Person
from sessions.choices import Answer, SessionState, SummonsKind
from sessions.models.session import Session


def _signer() -> signing.Signer:
    return signing.Signer(sep=".", salt="cnlctf.sessions.invitation")


class SummonsQuerySet(models.QuerySet["Summons"]):
    def with_issued(self) -> Self:
        """With the data of what was issued, and without the bytes."""
        return self.select_related("issued", "created_by__person").defer("issued__content")


class Summons(models.Model):
    """What was issued to convene a session, to rectify that, or to call it off."""

    session = models.ForeignKey(
        Session, verbose_name="sesión", on_delete=models.PROTECT, related_name="summonses"
    )
    number = models.PositiveSmallIntegerField("número")
    kind = models.CharField("clase", max_length=15, choices=SummonsKind)
    changes = models.TextField("qué cambió", blank=True, help_text="Un cambio por línea.")
    reason = models.TextField("motivo", blank=True)
    issued = models.OneToOneField(
        IssuedDocument,
        verbose_name="documento emitido",
        on_delete=models.PROTECT,
        related_name="summons",
    )
    created_at = models.DateTimeField("emitida")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="emitida por",
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects: ClassVar = SummonsQuerySet.as_manager()

    class Meta:
        verbose_name = "convocatoria"
        verbose_name_plural = "convocatorias"
        ordering = ["session", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "number"],
                name="summons_number_unique",
                violation_error_message="La sesión ya tiene una convocatoria con ese número.",
            ),
            models.CheckConstraint(
                condition=~Q(kind=SummonsKind.RECTIFICATION) | ~Q(changes=""),
                name="summons_rectification_says_what",
                violation_error_message="Una rectificación dice qué cambió.",
            ),
        ]

    def __str__(self) -> str:
        return self.issued.title


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def of_token(self, token: str) -> "Invitation | None":
        """The invitation that the token was signed for; None for a token of our own making."""
        try:
            code = uuid.UUID(_signer().unsign(token))
        except (signing.BadSignature, ValueError):
            return None
        return self.filter(code=code).select_related("session", "person", "entity").first()


class Invitation(models.Model):
    """Somebody convened to a session: a designated person, or a guest by name and address."""

    # Nobody can change the answer of a session long past with a link found in an old mailbox.
    DAYS_AFTER = datetime.timedelta(days=1)

    session = models.ForeignKey(
        Session, verbose_name="sesión", on_delete=models.PROTECT, related_name="invitations"
    )
    code = models.UUIDField("código", default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        Person,
        verbose_name="persona",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="invitations",
    )
    guest_name = models.CharField("nombres y apellidos", max_length=150, blank=True)
    guest_email = models.EmailField("correo electrónico", blank=True)
    entity = models.ForeignKey(
        Entity,
        verbose_name="entidad",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    capacity = models.CharField("calidad", max_length=2, choices=Capacity, default=Capacity.GUEST)
    answer = models.CharField("respuesta", max_length=10, choices=Answer, default=Answer.PENDING)
    answer_reason = models.CharField("motivo", max_length=250, blank=True)
    answered_at = models.DateTimeField("respondida", null=True, blank=True)
    dispatches = models.ManyToManyField(Dispatch, blank=True, related_name="invitations")

    objects: ClassVar = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "convocado"
        verbose_name_plural = "convocados"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"],
                name="invitation_person_once",
                violation_error_message="Esa persona ya está convocada a la sesión.",
            ),
            models.UniqueConstraint(
                fields=["session", "guest_email"],
                condition=Q(person=None),
                name="invitation_guest_once",
                violation_error_message="Ya hay un invitado con ese correo electrónico.",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, guest_name="", guest_email="")
                | (Q(person=None) & ~Q(guest_name="") & ~Q(guest_email="")),
                name="invitation_person_or_guest",
                violation_error_message="Indique el nombre y el correo electrónico del invitado.",
            ),
            models.CheckConstraint(
                condition=Q(answer=Answer.PENDING, answered_at=None)
                | (~Q(answer=Answer.PENDING) & Q(answered_at__isnull=False)),
                name="invitation_answered_has_time",
                violation_error_message="Una respuesta tiene su hora.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page where its answer is given, for whoever holds the link."""
        return reverse("invitation_answer", args=[self.token])

    @property
    def name(self) -> str:
        return self.person.full_name if self.person else self.guest_name

    @property
    def email(self) -> str:
        return self.person.email if self.person else self.guest_email

    @property
    def title(self) -> str:
        """The quality with the person's gender, which of a guest is not known."""
        if self.person is None:
            return "Invitado/a"
        return Capacity(self.capacity).title_for(self.person.gender)

    @property
    def token(self) -> str:
        return _signer().sign(str(self.code))

    def is_expired(self, on: datetime.date) -> bool:
        held_on = self.session.held_on
        return held_on is None or on > held_on + self.DAYS_AFTER

    def takes_answers(self, on: datetime.date) -> bool:
        """Up to the day of the session, while nobody has recorded what became of it."""
        session = self.session
        return (
            session.state == SessionState.SCHEDULED
            and session.held_on is not None
            and on <= session.held_on
        )

    def give_answer(
        self, answer: str, *, reason: str, at: datetime.datetime, on: datetime.date
    ) -> None:
        """Record it in place of any before; raise ValidationError where it comes too late."""
        if not self.takes_answers(on):
            raise ValidationError("La sesión ya no admite confirmaciones.")
        self.answer, self.answer_reason, self.answered_at = answer, reason, at
        self.full_clean()
        self.save(update_fields=["answer", "answer_reason", "answered_at"])
