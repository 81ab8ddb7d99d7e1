from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from cnlctf.lib.calendar import clock
from cnlctf.lib.natural import NaturalKeyModel
from members.models import Entity
from sessions.choices import CASTING_SIDES, Sense
from sessions.models.agreement import Agreement
from sessions.models.attendance import Attendance
from sessions.models.versioned import Versioned


class Vote(NaturalKeyModel, Versioned):
    """The vote by which an agreement was adopted or not; it stays if another form is chosen.

    Who was present, and how it comes out, is always worked out from the attendance: see ``votes``.
    """

    agreement = models.OneToOneField(
        Agreement, verbose_name="acuerdo", on_delete=models.CASCADE, related_name="vote"
    )
    at = models.TimeField("hora de la votación")
    casting = models.CharField(
        "voto dirimente",
        max_length=10,
        blank=True,
        choices=[(side.value, side.label) for side in CASTING_SIDES],
    )
    casting_by = models.ForeignKey(
        Attendance,
        verbose_name="quién dirimió",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="casting_votes",
    )

    natural_key_fields = (
        "agreement__session__kind",
        "agreement__session__number",
        "agreement__number",
    )

    class Meta:
        verbose_name = "votación"
        verbose_name_plural = "votaciones"
        ordering = ["agreement"]
        constraints = [
            models.CheckConstraint(
                condition=Q(casting="", casting_by=None)
                | Q(casting__in=CASTING_SIDES, casting_by__isnull=False),
                name="vote_casting_by_somebody",
                violation_error_message=(
                    "El voto dirimente es a favor o en contra, y consta quién lo emitió."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"Votación del {str(self.agreement)[0].lower()}{str(self.agreement)[1:]}"

    def clean(self) -> None:
        session = self.agreement.session
        if self.casting_by and self.casting_by.session_id != session.pk:
            raise ValidationError({"casting_by": "Dirime quien preside esa misma sesión."})
        starts, ends = session.starts_at, session.ends_at
        if self.at and ((starts and self.at < starts) or (ends and self.at > ends)):
            hours = " y ".join(
                f"{what} a las {clock(hour)}"
                for what, hour in (("empezó", starts), ("terminó", ends))
                if hour
            )
            raise ValidationError({"at": f"Se vota dentro de la sesión, que {hours}"})


class Ballot(NaturalKeyModel):
    """The vote of a seat: one an entity, cast by who held the seat then.

    ``reason`` is the ground of an abstention or the reasons of a vote against; either may come in
    writing after the vote, so that a row can lack it: the acta's reviewer asks for it.
    """

    vote = models.ForeignKey(
        Vote, verbose_name="votación", on_delete=models.CASCADE, related_name="ballots"
    )
    entity = models.ForeignKey(
        Entity, verbose_name="entidad", on_delete=models.PROTECT, related_name="ballots"
    )
    cast_by = models.ForeignKey(
        Attendance, verbose_name="quién votó", on_delete=models.PROTECT, related_name="ballots"
    )
    sense = models.CharField("sentido", max_length=10, choices=Sense)
    reason = models.TextField("razones o fundamento", blank=True)

    natural_key_fields = (*(f"vote__{name}" for name in Vote.natural_key_fields), "entity__acronym")

    class Meta:
        verbose_name = "voto"
        verbose_name_plural = "votos"
        ordering = ["entity__protocol_order", "entity__acronym"]
        constraints = [
            models.UniqueConstraint(
                fields=["vote", "entity"],
                name="ballot_entity_once",
                violation_error_message="Esa entidad ya votó: cada asiento tiene un voto.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.entity.acronym}: {self.get_sense_display().lower()}"

    def clean(self) -> None:
        if self.cast_by.session_id != self.vote.agreement.session_id:
            raise ValidationError({"cast_by": "Vota quien asistió a la sesión del acuerdo."})
        if self.cast_by.entity_id != self.entity_id:
            raise ValidationError({"cast_by": "Vota quien ocupa el asiento de la entidad."})
