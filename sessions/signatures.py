"""Who signs the acta, as the attendance has it: a proposal until a person takes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from django.core.exceptions import ValidationError
from django.db import transaction

from members.models import Entity
from sessions.choices import ActaState, Office, Presence
from sessions.models import Acta, Attendance, Signatory
from sessions.quorum import signatories


@dataclass(frozen=True)
class Proposal:
    """The rows of the signature table by the attendance, beside those that the acta has."""

    rows: tuple[Attendance, ...]
    current: tuple[Attendance, ...]

    @property
    def added(self) -> list[Attendance]:
        return [row for row in self.rows if row not in self.current]

    @property
    def removed(self) -> list[Attendance]:
        return [row for row in self.current if row not in self.rows]

    @property
    def differs(self) -> bool:
        return self.rows != self.current

    @property
    def key(self) -> str:
        """What tells this proposal from any other."""
        return ",".join(str(row.pk) for row in self.rows)


def proposal(acta: Acta) -> Proposal:
    """Each seat of a member, the secretary, and whoever conducts or writes the acta ad hoc."""
    session = acta.session
    members = set(Entity.objects.members_on(session.day).values_list("pk", flat=True))
    present = list(
        session.attendances.filter(presence=Presence.PRESENT).select_related("person", "entity")
    )
    by_attendance = signatories(row.as_attendee() for row in present if row.entity_id in members)
    rows = [cast(Attendance, row.who) for row in by_attendance]
    officers = set(
        session.offices.filter(office__in=[Office.CHAIR, Office.CLERK]).values_list(
            "person", flat=True
        )
    )
    rows += [row for row in present if row.person_id in officers and row not in rows]
    current = acta.signatories.select_related("attendance__person", "attendance__entity")
    return Proposal(tuple(rows), tuple(row.attendance for row in current))


@transaction.atomic
def adopt(acta: Acta, key: str) -> Sequence[Attendance]:
    """Make the proposal that ``key`` names the acta's signature table.

    Raise ValidationError where the acta is no draft, and where the proposal is no longer that one.
    """
    if acta.state != ActaState.DRAFT:
        raise ValidationError("Los firmantes se proponen mientras el acta está en borrador.")
    proposed = proposal(acta)
    if proposed.key != key:
        raise ValidationError("La asistencia cambió entre tanto: revise de nuevo los firmantes.")
    acta.signatories.all().delete()
    for position, attendance in enumerate(proposed.rows, 1):
        signatory = Signatory(acta=acta, attendance=attendance, position=position)
        signatory.full_clean()
        signatory.save()
    return proposed.rows
