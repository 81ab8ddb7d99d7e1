import datetime
from typing import ClassVar, Self

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Max, Q
from django.urls import reverse

from cnlctf.lib.natural import NaturalKeyModel, NaturalKeyQuerySet
from members.models import Entity, Person, User
from sessions.choices import Modality, Office, SessionKind, SessionState
from sessions.models.parameters import QuorumRule
from sessions.quorum import Attendee, Quorum, in_the_room, seats_present


class SessionQuerySet(NaturalKeyQuerySet["Session"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Whoever has a role sees every session; the public, those whose acta is published."""
        if user.has_perm("cnlctf_sessions.view_session"):
            return self
        return self.filter(acta__issued__isnull=False)

    def named(self, slug: str) -> Self:
        """The session called ``so-120``; none where the name has no such form."""
        kind, _, number = slug.partition("-")
        return self.filter(kind=kind.upper(), number=number) if number.isdecimal() else self.none()

    def next_number(self, kind: str) -> int:
        """The number after the highest of its kind; the numbers of cancelled sessions are spent."""
        highest = self.filter(kind=kind).aggregate(highest=Max("number"))["highest"]
        return (highest or 0) + 1

    def last_held(self, on: datetime.date) -> "Session | None":
        return self.filter(state=SessionState.HELD, held_on__lte=on).order_by("-held_on").first()

    def next_after(self, on: datetime.date) -> "Session | None":
        """The session to come, from ``on`` itself on."""
        coming = self.filter(state=SessionState.SCHEDULED, held_on__gte=on)
        return coming.order_by("held_on").first()


class Session(NaturalKeyModel):
    """A sitting of the commission, ordinary or extraordinary."""

    kind = models.CharField(
        "clase", max_length=2, choices=SessionKind, default=SessionKind.ORDINARY
    )
    number = models.PositiveIntegerField("número")
    state = models.CharField(
        "estado", max_length=10, choices=SessionState, default=SessionState.SCHEDULED
    )
    held_on = models.DateField("fecha", null=True, blank=True)
    starts_at = models.TimeField("hora de inicio", null=True, blank=True)
    ends_at = models.TimeField("hora de término", null=True, blank=True)
    modality = models.CharField(
        "modalidad", max_length=10, choices=Modality, default=Modality.IN_PERSON
    )
    venue = models.TextField("sede", blank=True)
    call = models.PositiveSmallIntegerField(
        "convocatoria",
        default=1,
        choices=[(1, "Primera convocatoria"), (2, "Segunda convocatoria")],
    )
    agreed_in = models.OneToOneField(
        "cnlctf_sessions.Agreement",
        verbose_name="acordada en",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="session_agreed",
        help_text="El acuerdo que fijó la fecha de esta sesión.",
    )
    remarks = models.TextField("observaciones", blank=True)

    objects: ClassVar = SessionQuerySet.as_manager()
    natural_key_fields = ("kind", "number")

    class Meta:
        verbose_name = "sesión"
        verbose_name_plural = "sesiones"
        ordering = [F("held_on").desc(nulls_last=True), "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "number"],
                name="session_number_unique",
                violation_error_message="Ya hay una sesión de esa clase con ese número.",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="session_number_positive",
                violation_error_message="Las sesiones se numeran desde el 1.",
            ),
            models.CheckConstraint(
                condition=Q(held_on__isnull=False) | Q(state=SessionState.REFERRED),
                name="session_has_date",
                violation_error_message=(
                    "Indique la fecha de la sesión: solo puede faltar en las anteriores al "
                    "registro."
                ),
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(starts_at=None) | Q(ends_at__gt=F("starts_at")),
                name="session_ends_after_start",
                violation_error_message="La sesión no puede terminar antes de empezar.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} N° {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("session_detail", args=[self.slug])

    @property
    def slug(self) -> str:
        return f"{self.kind.lower()}-{self.number}"

    @property
    def day(self) -> datetime.date:
        """The date of a session that is kept here; ValueError in one of before the register."""
        if self.held_on is None:
            raise ValueError(f"{self} has no date")
        return self.held_on

    @property
    def long_name(self) -> str:
        return f"Sesión {self.get_kind_display()} N° {self.number}"

    @property
    def why_closed(self) -> str:
        """Why it takes no more changes, for the person who asks for one; empty while it does."""
        acta = getattr(self, "acta", None)
        if acta and acta.is_approved:
            return f"El acta de la {self} está aprobada: la sesión ya no admite cambios."
        if self.state == SessionState.CANCELLED:
            return f"La {self} está cancelada: ya no admite cambios."
        if self.state == SessionState.REFERRED:
            return f"La {self} es anterior al registro: aquí no se lleva."
        return ""

    def is_unrecorded(self, on: datetime.date) -> bool:
        """Whether its day has passed and nobody has recorded yet what became of it."""
        return self.state == SessionState.SCHEDULED and self.held_on < on  # type: ignore[operator]

    def attendees(self) -> list[Attendee]:
        """The attendance list as the arithmetic of quorum and signatures takes it."""
        people = self.attendances.select_related("entity", "person")
        return [attendance.as_attendee() for attendance in people]

    def quorum(self, at: datetime.time | None = None) -> Quorum:
        """The quorum by the memberships and the rule in force on the day of the session.

        It counts who was there at a time: the one given, or that of the session's start, where
        the acta verifies it; everybody who attended while that is not known.
        Raise ValidationError while the session has no date or no rule was in force that day.
        """
        day = self.held_on
        rule = QuorumRule.objects.in_force_on(day).first() if day else None
        if day is None or rule is None:
            raise ValidationError("No hay regla del quórum vigente en la fecha de la sesión.")
        members = set(Entity.objects.members_on(day).values_list("acronym", flat=True))
        seated = [a for a in self.attendees() if a.entity in members]
        moment = at or self.starts_at
        present = seats_present(in_the_room(seated, moment) if moment else seated)
        return Quorum(len(members), present, rule.as_arithmetic(), self.call)


class SessionOffice(NaturalKeyModel):
    """Who held an office that day, with the charge as it was then."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="offices")
    office = models.CharField("función", max_length=10, choices=Office)
    person = models.ForeignKey(Person, verbose_name="persona", on_delete=models.PROTECT)
    charge = models.CharField("cargo", max_length=250)

    natural_key_fields = ("session__kind", "session__number", "office")

    class Meta:
        verbose_name = "cargo de la sesión"
        verbose_name_plural = "cargos de la sesión"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "office"],
                name="session_office_unique",
                violation_error_message="Esa función ya tiene quien la ejerza en esta sesión.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person.full_name}, {self.charge}"
