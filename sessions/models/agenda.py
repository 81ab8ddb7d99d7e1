import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Count, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from cnlctf.lib.natural import NaturalKeyModel, NaturalKeyQuerySet
from members.models import Designation, User
from sessions.choices import AgendaKind, AgendaState
from sessions.models.attendance import SpokenTurn
from sessions.models.session import Session
from sessions.models.versioned import Versioned


class AgendaItemQuerySet(NaturalKeyQuerySet["AgendaItem"]):
    def accepted(self) -> Self:
        """The orden del día itself, without what was only proposed."""
        return self.filter(state=AgendaState.ACCEPTED)

    def proposals_visible_to(self, user: User | AnonymousUser) -> Self:
        """What was proposed, whatever became of it; one's own for who does not keep the agenda."""
        proposals = self.filter(proposed_by__isnull=False)
        if user.has_perm("cnlctf_sessions.change_agendaitem"):
            return proposals
        return proposals.filter(proposed_by=user.pk)

    def numbered(self) -> Self:
        """With ``number``, the place in the orden del día: positions have gaps of proposals."""
        before = (
            AgendaItem.objects.accepted()
            .filter(session=OuterRef("session"), position__lte=OuterRef("position"))
            .order_by()
            .values("session")
            .values(count=Count("pk"))
        )
        return self.annotate(number=Coalesce(Subquery(before), 0))

    @transaction.atomic
    def reorder(self, session: Session, order: list[int]) -> None:
        """Put the orden del día in the order of those keys, which are all of its points."""
        # SQLite has one writer at a time anyway.
        Session.objects.select_for_update().get(pk=session.pk)
        points = {point.pk: point for point in self.accepted().filter(session=session)}
        if sorted(order) != sorted(points):
            raise ValidationError(
                "Mientras tanto cambió el orden del día: vea cómo está ahora y ordénelo otra vez."
            )
        places = sorted(point.position for point in points.values())
        # No position is taken twice, not even while they change: first all go past the last one.
        past = session.agenda_items.aggregate(last=Max("position"))["last"] or 0
        for first in (past + 1, None):
            for place, pk in enumerate(order):
                position = places[place] if first is None else first + place
                self.filter(pk=pk).update(position=position)

    def with_proposer(self, on: datetime.date) -> Self:
        """With ``proposer_entity``, the acronym of whom the proposer represents that day."""
        entities = (
            Designation.objects.in_force_on(on)
            .filter(person=OuterRef("proposed_by__person"))
            .order_by("entity__protocol_order")
            .values("entity__acronym")
        )
        return self.select_related("proposed_by__person").annotate(
            proposer_entity=Subquery(entities[:1])
        )


class AgendaItem(NaturalKeyModel, Versioned):
    """A point of the orden del día; what it was carried over from stays linked."""

    session = models.ForeignKey(
        Session, verbose_name="sesión", on_delete=models.CASCADE, related_name="agenda_items"
    )
    position = models.PositiveSmallIntegerField("lugar")
    title = models.TextField("asunto")
    kind = models.CharField("clase", max_length=12, choices=AgendaKind, default=AgendaKind.APPROVAL)
    introduction = models.TextField(
        "introducción", blank=True, help_text="Lo que el acta dice antes de las intervenciones."
    )
    presenter = models.CharField("expositor", max_length=150, blank=True)
    state = models.CharField(
        "situación", max_length=10, choices=AgendaState, default=AgendaState.ACCEPTED
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="propuesto por",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decline_reason = models.TextField("por qué no se incluye", blank=True)
    carried_acta = models.ForeignKey(
        "cnlctf_sessions.Acta",
        verbose_name="acta por aprobar",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="carried_to",
    )
    carried_agreement = models.ForeignKey(
        "cnlctf_sessions.Agreement",
        verbose_name="acuerdo pendiente",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="carried_to",
    )
    carried_petition = models.ForeignKey(
        "cnlctf_sessions.Petition",
        verbose_name="pedido por atender",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="carried_to",
    )

    number: int  # of rows of ``numbered()``

    objects: ClassVar = AgendaItemQuerySet.as_manager()
    natural_key_fields = ("session__kind", "session__number", "position")

    class Meta:
        verbose_name = "punto del orden del día"
        verbose_name_plural = "orden del día"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "position"],
                name="agenda_item_position_unique",
                violation_error_message="Ese lugar del orden del día ya está ocupado.",
            ),
            models.CheckConstraint(
                condition=~Q(state=AgendaState.DECLINED) | ~Q(decline_reason=""),
                name="agenda_item_declined_says_why",
                violation_error_message="Diga por qué no se incluye el punto propuesto.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.title}"

    @property
    def is_accepted(self) -> bool:
        return self.state == AgendaState.ACCEPTED

    @property
    def origin(self) -> models.Model | None:
        """What it was carried over from."""
        return self.carried_acta or self.carried_agreement or self.carried_petition

    @transaction.atomic
    def append(self) -> None:
        """Save a new point at the end of its session's list."""
        self.position = self._last_position() + 1
        self.full_clean()
        self.save()

    @transaction.atomic
    def accept(self) -> None:
        """Put a proposal, also one declined before, at the end of the orden del día."""
        if self.is_accepted:
            raise ValidationError("El punto ya está en el orden del día.")
        self.state, self.decline_reason = AgendaState.ACCEPTED, ""
        self.position = self._last_position() + 1
        self.full_clean()
        self.save(update_fields=["state", "decline_reason", "position"])

    def check_declinable(self) -> None:
        """Raise ValidationError, saying why, where it is no proposal or is in use in the acta."""
        if self.proposed_by_id is None:
            raise ValidationError("Este punto no es una propuesta: puede quitarlo.")
        self._check_unused()

    def decline(self, reason: str) -> None:
        """Leave a proposal out of the orden del día; its proposer reads why."""
        self.check_declinable()
        self.state, self.decline_reason = AgendaState.DECLINED, reason
        self.full_clean()
        self.save(update_fields=["state", "decline_reason"])

    def check_removable(self) -> None:
        """Raise ValidationError, saying why, where it cannot be taken out of the agenda."""
        if self.proposed_by_id is not None:
            raise ValidationError(
                f"Lo propuso {self.proposed_by}: en vez de quitarlo, diga por qué no se incluye."
            )
        self._check_unused()

    @transaction.atomic
    def remove(self) -> None:
        self.check_removable()
        for paper in self.papers.all():
            paper.remove()
        self.delete()

    @transaction.atomic
    def move(self, *, up: bool) -> None:
        """Change places with the point before or after it; at the end of the list, stay."""
        free = self._last_position() + 1
        self.refresh_from_db(fields=["position"])
        points = AgendaItem.objects.accepted().filter(session=self.session_id)
        if up:
            other = points.filter(position__lt=self.position).order_by("-position").first()
        else:
            other = points.filter(position__gt=self.position).order_by("position").first()
        if other is None:
            return
        # No position is taken twice, not even while they change.
        for point, position in ((self, free), (other, self.position), (self, other.position)):
            AgendaItem.objects.filter(pk=point.pk).update(position=position)
        self.position = other.position

    def _last_position(self) -> int:
        """The last one in use; nobody else takes one until the transaction ends."""
        # SQLite has one writer at a time anyway.
        Session.objects.select_for_update().get(pk=self.session_id)
        rows = AgendaItem.objects.filter(session=self.session_id)
        return rows.aggregate(last=Max("position"))["last"] or 0

    def _check_unused(self) -> None:
        used = [
            f"{count} {one if count == 1 else many}"
            for count, one, many in (
                (self.interventions.count(), "intervención", "intervenciones"),
                (self.agreements.count(), "acuerdo", "acuerdos"),
            )
            if count
        ]
        if used:
            raise ValidationError(
                f"El punto tiene {' y '.join(used)} en el acta: no se puede sacar del orden del "
                "día mientras los tenga."
            )


class Intervention(NaturalKeyModel, SpokenTurn):
    """What somebody said on a point of the orden del día."""

    agenda_item = models.ForeignKey(
        AgendaItem,
        verbose_name="punto del orden del día",
        on_delete=models.CASCADE,
        related_name="interventions",
    )

    natural_key_fields = (
        "agenda_item__session__kind",
        "agenda_item__session__number",
        "agenda_item__position",
        "position",
    )

    class Meta(SpokenTurn.Meta):
        verbose_name = "intervención"
        verbose_name_plural = "intervenciones"
        constraints = [
            models.UniqueConstraint(
                fields=["agenda_item", "position"],
                name="intervention_position_unique",
                violation_error_message="Ese lugar entre las intervenciones ya está ocupado.",
            )
        ]

    def clean(self) -> None:
        if self.speaker and self.speaker.session_id != self.agenda_item.session_id:
            raise ValidationError({"speaker": "Quien habla tiene que figurar en la asistencia."})
