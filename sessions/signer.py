"""Who signs for the commission a document issued on a day."""

import datetime
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from cnlctf.lib.calendar import day_month_year
from members.choices import Capacity, Gender
from members.models import Designation, Person


@dataclass(frozen=True)
class Signer:
    """``title`` is the office alone, «Secretaria Técnica»; ``called``, as a sentence names it."""

    name: str
    called: str
    title: str
    charge: str


def secretary_on(day: datetime.date) -> Signer:
    """Whoever holds the Secretaría Técnica that day; ValidationError where nobody is on record."""
    designation = (
        Designation.objects.in_force_on(day)
        .filter(capacity=Capacity.SECRETARY, person__isnull=False)
        .select_related("person")
        .first()
    )
    if designation is None:
        raise ValidationError(
            f"No consta quién ejerce la Secretaría Técnica el {day_month_year(day)}: registre su "
            "designación."
        )
    person: Person = designation.person  # type: ignore[assignment]
    article = "La" if person.gender == Gender.FEMININE else "El"
    return Signer(
        name=person.full_name,
        called=f"{article} {designation.title}",
        title=designation.title,
        charge=designation.charge,
    )
