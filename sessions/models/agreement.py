import datetime
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse

from cnlctf.lib.natural import NaturalKeyModel, NaturalKeyQuerySet
from cnlctf.lib.text import to_plain
from members.models import Entity
from sessions.agreed_session import AgreedSession, agreed_session
from sessions.choices import Adoption, AgreementState
from sessions.models.agenda import AgendaItem
from sessions.models.session import Session
from sessions.models.versioned import Versioned


class AgreementQuerySet(NaturalKeyQuerySet["Agreement"]):
    def pending(self) -> Self:
        return self.filter(state=AgreementState.PENDING)

    def overdue(self, on: datetime.date) -> Self:
        return self.pending().filter(due_on__lt=on)

    def concerning(self, entity: Entity) -> Self:
        """Those for which it, or an organ of it, is responsible."""
        return self.filter(Q(responsibles=entity) | Q(responsibles__parent=entity)).distinct()

    def counts(self, on: datetime.date) -> dict[str, int]:
        """How many of each state, and "overdue", which are some of the pending."""
        by_state = {state.value: Count("pk", filter=Q(state=state)) for state in AgreementState}
        overdue = Q(state=AgreementState.PENDING, due_on__lt=on)
        return self.order_by().aggregate(**by_state, overdue=Count("pk", filter=overdue))


class Agreement(NaturalKeyModel, Versioned):
    """What the commission decided, and who has to do it by when."""

    session = models.ForeignKey(
        Session, verbose_name="sesión", on_delete=models.PROTECT, related_name="agreements"
    )
    number = models.PositiveSmallIntegerField("número")
    agenda_item = models.ForeignKey(
        AgendaItem,
        verbose_name="punto del orden del día",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="agreements",
        help_text="Vacío: se acordó fuera del orden del día; diga por qué.",
    )
    off_agenda_reason = models.TextField("por qué fuera del orden del día", blank=True)
    text = models.TextField("texto")
    adoption = models.CharField(
        "forma de adopción", max_length=12, choices=Adoption, default=Adoption.CONSENSUS
    )
    responsibles = models.ManyToManyField(
        Entity, verbose_name="responsables", blank=True, related_name="agreements"
    )
    due_on = models.DateField("plazo", null=True, blank=True)
    condition = models.CharField(
        "condición",
        max_length=250,
        blank=True,
        help_text="Lo que tiene que ocurrir antes, o el plazo que no es una fecha.",
    )
    state = models.CharField(
        "estado", max_length=10, choices=AgreementState, default=AgreementState.PENDING
    )
    fulfilled_on = models.DateField("cumplido el", null=True, blank=True)

    objects: ClassVar = AgreementQuerySet.as_manager()
    natural_key_fields = ("session__kind", "session__number", "number")

    class Meta:
        verbose_name = "acuerdo"
        verbose_name_plural = "acuerdos"
        ordering = ["-session__held_on", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "number"],
                name="agreement_number_unique",
                violation_error_message="La sesión ya tiene un acuerdo con ese número.",
            ),
            models.CheckConstraint(
                condition=~Q(state=AgreementState.FULFILLED) | Q(fulfilled_on__isnull=False),
                name="agreement_fulfilled_has_date",
                violation_error_message="Indique en qué fecha se cumplió el acuerdo.",
            ),
        ]

    def __str__(self) -> str:
        return f"Acuerdo {self.number} de la {self.session}"

    def get_absolute_url(self) -> str:
        return f"{reverse('session_detail', args=[self.session.slug])}#acuerdo-{self.number}"

    def is_overdue(self, on: datetime.date) -> bool:
        return self.state == AgreementState.PENDING and self.due_on is not None and self.due_on < on

    @property
    def session_to_schedule(self) -> AgreedSession | None:
        """The session that its text fixes, until there is one."""
        return None if hasattr(self, "session_agreed") else agreed_session(to_plain(self.text))

    def clean(self) -> None:
        if self.agenda_item and self.agenda_item.session_id != self.session_id:
            raise ValidationError({"agenda_item": "Ese punto es del orden del día de otra sesión."})
