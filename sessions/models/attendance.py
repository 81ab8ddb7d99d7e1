from django.db import models
from django.db.models import F, Q

from cnlctf.lib.natural import NaturalKeyModel
from members.choices import Capacity
from members.models import Entity, Person
from sessions.choices import Presence
from sessions.models.session import Session
from sessions.models.versioned import Versioned
from sessions.quorum import Attendee


class Attendance(NaturalKeyModel):
    """Somebody in a session: for which entity, in what quality, present or not."""

    session = models.ForeignKey(
        Session, verbose_name="sesión", on_delete=models.CASCADE, related_name="attendances"
    )
    person = models.ForeignKey(
        Person, verbose_name="persona", on_delete=models.PROTECT, related_name="attendances"
    )
    entity = models.ForeignKey(
        Entity, verbose_name="entidad", on_delete=models.PROTECT, related_name="attendances"
    )
    capacity = models.CharField("calidad", max_length=2, choices=Capacity)
    position = models.PositiveSmallIntegerField(
        "lugar", help_text="Lugar en la lista de asistentes del acta."
    )
    presence = models.CharField(
        "asistencia", max_length=10, choices=Presence, default=Presence.PRESENT
    )
    excuse = models.CharField("motivo de la inasistencia", max_length=250, blank=True)
    arrived_at = models.TimeField("llegó", null=True, blank=True)
    left_at = models.TimeField("se retiró", null=True, blank=True)
    entity_as_written = models.CharField(
        "entidad, como figura en el acta",
        max_length=200,
        blank=True,
        help_text="Vacío: el nombre de la entidad.",
    )

    natural_key_fields = (
        "session__kind",
        "session__number",
        "person__given_names",
        "person__surnames",
    )

    class Meta:
        verbose_name = "asistencia"
        verbose_name_plural = "asistencias"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"],
                name="attendance_person_once",
                violation_error_message="Esa persona ya figura en la asistencia de la sesión.",
            ),
            models.UniqueConstraint(
                fields=["session", "position"],
                name="attendance_position_unique",
                violation_error_message="Ese lugar de la lista ya está ocupado.",
            ),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(arrived_at=None) | Q(left_at__gte=F("arrived_at")),
                name="attendance_left_after_arrival",
                violation_error_message="Nadie se retira antes de llegar: revise las horas.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person.full_name} ({self.entity.acronym})"

    @property
    def title(self) -> str:
        return Capacity(self.capacity).title_for(self.person.gender)

    @property
    def is_present(self) -> bool:
        return self.presence == Presence.PRESENT

    @property
    def printed_entity(self) -> str:
        return self.entity_as_written or self.entity.name

    def as_attendee(self) -> Attendee:
        return Attendee(
            entity=self.entity.acronym,
            capacity=self.capacity,
            present=self.is_present,
            order=self.entity.protocol_order,
            who=self,
            arrived=self.arrived_at,
            left=self.left_at,
        )


class SpokenTurn(Versioned):
    """What somebody said: ``attribution`` as written, ``speaker`` who it was.

    The acta may name an office that fits nobody in the attendance list, or several people there
    (seed L135, L145): then ``speaker`` is empty and ``speaker_entity`` tells for whom it was said.
    """

    position = models.PositiveSmallIntegerField("lugar")
    speaker = models.ForeignKey(
        Attendance,
        verbose_name="quién habla",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="%(class)ss",
    )
    speaker_entity = models.ForeignKey(
        Entity,
        verbose_name="entidad por la que habla",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    attribution = models.CharField(
        "como se lo nombra",
        max_length=250,
        help_text="«La representante de la OIT,»: lo que el acta antepone a lo dicho.",
    )
    body = models.TextField("lo dicho")

    class Meta:
        abstract = True
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.position}. {self.attribution}"
