import datetime
from collections.abc import Iterable
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Max

from cnlctf.documents.models import StoredFile
from cnlctf.lib.upload import Checked
from members.models import User
from sessions.models.agenda import AgendaItem
from sessions.models.session import Session

TITLE_LENGTH = 150


class AgendaPaperQuerySet(models.QuerySet["AgendaPaper"]):
    def with_file(self) -> Self:
        """With the file's name and size, and without its bytes."""
        return self.select_related("file").defer("file__content")

    @transaction.atomic
    def attach(
        self,
        item: AgendaItem,
        files: Iterable[Checked],
        *,
        title: str = "",
        at: datetime.datetime,
        by: User,
    ) -> list["AgendaPaper"]:
        """Add files to a point, after those it has; all of them or, by a ValidationError, none.

        Each is called as its file is, but for a single one that ``title`` names.
        """
        # Nobody else adds or sends meanwhile (SQLite has one writer anyway).
        Session.objects.select_for_update().get(pk=item.session_id)
        own = self.filter(agenda_item=item)
        last = own.aggregate(last=Max("position"))["last"] or 0
        papers: list[AgendaPaper] = []
        for position, checked in enumerate(files, last + 1):
            paper = self.model(
                agenda_item=item,
                position=position,
                title=title or checked.name.rpartition(".")[0],
                file=StoredFile.objects.store(checked, at=at, by=by),
            )
            namesakes = own.filter(title=paper.title)
            if not title and namesakes.exclude(file__name=checked.name).exists():
                # «Plan.docx» beside «Plan.pdf»; the same file again is refused.
                paper.title = checked.name
            if own.filter(title=paper.title).exists():
                raise ValidationError(
                    f"El punto ya tiene un documento llamado «{paper.title}»: quite el anterior, "
                    "o póngale otro título al nuevo."
                )
            paper.full_clean()
            paper.save()
            papers.append(paper)
        return papers


class AgendaPaper(models.Model):
    """A document that those convened read before they deliberate on a point."""

    agenda_item = models.ForeignKey(
        AgendaItem,
        verbose_name="punto del orden del día",
        on_delete=models.CASCADE,
        related_name="papers",
    )
    position = models.PositiveSmallIntegerField("lugar")
    title = models.CharField("título", max_length=TITLE_LENGTH)
    file = models.OneToOneField(
        StoredFile, verbose_name="archivo", on_delete=models.PROTECT, related_name="agenda_paper"
    )

    objects: ClassVar = AgendaPaperQuerySet.as_manager()

    class Meta:
        verbose_name = "documento de un punto"
        verbose_name_plural = "documentos de los puntos"
        ordering = ["agenda_item", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["agenda_item", "position"],
                name="agenda_paper_position_unique",
                violation_error_message="Ese lugar entre los documentos ya está ocupado.",
            ),
            models.UniqueConstraint(
                fields=["agenda_item", "title"],
                name="agenda_paper_title_unique",
                violation_error_message="El punto ya tiene un documento con ese título.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @transaction.atomic
    def remove(self) -> None:
        """Take it off the point; its file stays only where a convocatoria carried it."""
        Session.objects.select_for_update().get(pk=self.agenda_item.session_id)
        self.delete()
        self.file.discard()
