import datetime
import hashlib
from contextlib import suppress
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models, transaction
from django.db.models import F, Q

from cnlctf.documents.choices import DispatchState
from cnlctf.lib.upload import MAX_NAME, Checked, Kind, size_in_words
from members.models import User


class IssuedDocumentQuerySet(models.QuerySet["IssuedDocument"]):
    def without_bytes(self) -> Self:
        return self.defer("content", "data")

    def next_version(self, name: str) -> int:
        last = self.filter(name=name).aggregate(last=models.Max("version"))["last"]
        return (last or 0) + 1

    def issue(
        self,
        *,
        name: str,
        title: str,
        content: bytes,
        data: dict[str, Any],
        at: datetime.datetime,
        by: User | None,
    ) -> "IssuedDocument":
        """Store the next version of a document, with its fingerprint."""
        issued = self.model(
            name=name,
            version=self.next_version(name),
            title=title,
            content=content,
            data=data,
            sha256=hashlib.sha256(content).hexdigest(),
            issued_at=at,
            issued_by=by,
        )
        issued.full_clean()
        issued.save()
        return issued


class IssuedDocument(models.Model):
    """What left the house, as it left: the bytes, the data behind them and their fingerprint.

    A row is written once; a trigger of the database refuses to change or delete it.
    """

    name = models.SlugField("nombre", max_length=60)
    version = models.PositiveSmallIntegerField("versión", default=1)
    title = models.CharField("título", max_length=200)
    content = models.BinaryField("contenido")
    data = models.JSONField("datos")
    sha256 = models.CharField("SHA-256", max_length=64)
    issued_at = models.DateTimeField("emitido")
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="emitido por",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="issued_documents",
    )

    objects: ClassVar = IssuedDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "documento emitido"
        verbose_name_plural = "documentos emitidos"
        ordering = ["name", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "version"],
                name="issued_document_version_unique",
                violation_error_message="Esa versión del documento ya está emitida.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}, versión {self.version}"


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    def without_bytes(self) -> Self:
        return self.defer("content")

    def store(self, checked: Checked, *, at: datetime.datetime, by: User | None) -> "StoredFile":
        """Keep a file that ``cnlctf.lib.upload.check`` let in, with its fingerprint."""
        stored = self.model(
            name=checked.name,
            kind=checked.kind,
            size=len(checked.content),
            sha256=hashlib.sha256(checked.content).hexdigest(),
            content=checked.content,
            uploaded_at=at,
            uploaded_by=by,
        )
        stored.full_clean()
        stored.save()
        return stored


class StoredFile(models.Model):
    """A file that somebody handed in, in the database so that one backup holds everything.

    A trigger of the database refuses to change a row. It can be deleted while nothing points at
    it: what was handed in by mistake need not stay, what was sent or decided upon does.
    """

    name = models.CharField("nombre", max_length=MAX_NAME)
    kind = models.CharField(
        "tipo", max_length=10, choices=[(kind.value, kind.label) for kind in Kind]
    )
    size = models.PositiveIntegerField("tamaño en bytes")
    sha256 = models.CharField("SHA-256", max_length=64)
    content = models.BinaryField("contenido")
    uploaded_at = models.DateTimeField("recibido")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="recibido de",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects: ClassVar = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = "archivo recibido"
        verbose_name_plural = "archivos recibidos"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    def discard(self) -> None:
        """Delete it, unless something points at it: then it is on record and stays."""
        with suppress(models.ProtectedError), transaction.atomic():
            self.delete()

    @property
    def media_type(self) -> str:
        return Kind(self.kind).media_type

    @property
    def size_words(self) -> str:
        return size_in_words(self.size)


class Enclosure(models.Model):
    """A file that went with an issued document: what was sent stays on record with it."""

    document = models.ForeignKey(
        IssuedDocument,
        verbose_name="documento emitido",
        on_delete=models.PROTECT,
        related_name="enclosures",
    )
    position = models.PositiveSmallIntegerField("lugar")
    file = models.ForeignKey(
        StoredFile, verbose_name="archivo", on_delete=models.PROTECT, related_name="enclosures"
    )

    class Meta:
        verbose_name = "archivo adjunto"
        verbose_name_plural = "archivos adjuntos"
        ordering = ["document", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "position"],
                name="enclosure_position_unique",
                violation_error_message="Ese lugar entre los adjuntos ya está ocupado.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.file}"


class DispatchQuerySet(models.QuerySet["Dispatch"]):
    def unsent(self) -> Self:
        return self.exclude(state=DispatchState.SENT)

    def claim(self, dispatch_id: int, tries: int) -> "Dispatch | None":
        """The dispatch, for whoever comes first with the number of tries it had; None for others.

        So a message asked for twice, by two workers or two clicks, is sent once.
        """
        waiting = self.unsent().filter(pk=dispatch_id, tries=tries)
        if not waiting.update(state=DispatchState.QUEUED, tries=F("tries") + 1):
            return None
        return self.select_related("document").get(pk=dispatch_id)


class Dispatch(models.Model):
    """A message by e-mail to one recipient, as it was written, and what became of it."""

    recipient_name = models.CharField("destinatario", max_length=200)
    recipient_email = models.EmailField("correo electrónico")
    subject = models.CharField("asunto", max_length=250)
    body = models.TextField("mensaje")
    document = models.ForeignKey(
        IssuedDocument,
        verbose_name="documento adjunto",
        on_delete=models.PROTECT,
        related_name="dispatches",
    )
    encloses = models.BooleanField("lleva los archivos adjuntos", default=False)
    calendar = models.TextField("invitación de calendario", blank=True)
    calendar_method = models.CharField("método de la invitación", max_length=10, blank=True)
    state = models.CharField(
        "estado", max_length=10, choices=DispatchState, default=DispatchState.QUEUED
    )
    tries = models.PositiveSmallIntegerField("intentos", default=0)
    error = models.TextField("por qué no se envió", blank=True)
    created_at = models.DateTimeField("creado")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="creado por",
        on_delete=models.PROTECT,
        related_name="+",
    )
    sent_at = models.DateTimeField("enviado", null=True, blank=True)

    objects: ClassVar = DispatchQuerySet.as_manager()

    class Meta:
        verbose_name = "envío"
        verbose_name_plural = "envíos"
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=DispatchState.SENT, sent_at__isnull=False)
                | (~Q(state=DispatchState.SENT) & Q(sent_at=None)),
                name="dispatch_sent_has_time",
                violation_error_message="Un envío hecho tiene su hora, y solo él.",
            ),
            models.CheckConstraint(
                condition=~Q(state=DispatchState.FAILED) | ~Q(error=""),
                name="dispatch_failed_says_why",
                violation_error_message="Un envío que falló dice por qué.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}, a {self.recipient_name}"

    @property
    def is_sent(self) -> bool:
        return self.state == DispatchState.SENT

    def as_email(self) -> EmailMessage:
        email = EmailMessage(self.subject, self.body, to=[self.recipient_email])
        name = self.document.name
        email.attach(f"{name}.pdf", bytes(self.document.content), "application/pdf")
        if self.calendar:
            mimetype = f"text/calendar; method={self.calendar_method}"
            email.attach(f"{name}.ics", self.calendar, mimetype)
        if self.encloses:
            for enclosure in self.document.enclosures.select_related("file"):
                file = enclosure.file
                email.attach(file.name, bytes(file.content), file.media_type)
        return email
