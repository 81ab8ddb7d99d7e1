"""A small acta to propose for, and what a source proposes for it."""

import datetime
from typing import Any

from members.choices import Capacity, Channel, Gender, NormKind
from members.models import Designation, Entity, Person
from sessions.models import Acta
from sessions.proposals import Proposal
from sessions.proposals.collect import proposals_of

# The session of tests/sessions/acta_factory.py is on 18 March 2021.
RECEIVED = datetime.date(2021, 3, 2)
SIGNED = datetime.date(2021, 2, 25)


def proposed(acta: Acta, slug: str) -> Proposal | None:
    return next((one for one in proposals_of(acta) if one.slug == slug), None)


def lines(acta: Acta, slug: str) -> list[str]:
    """The paragraphs of the report proposed; none where nothing is."""
    proposal = proposed(acta, slug)
    return proposal.texts["body"].splitlines() if proposal else []


def designate(entity: Entity, name: str, gender: str = Gender.FEMININE, **fields: Any) -> None:
    """By a resolution that the entity sends by letter, unless the fields say otherwise."""
    person = name and Person.objects.create(given_names=name, surnames="Ñahui", gender=gender)
    Designation.objects.create(
        **{
            "entity": entity,
            "person": person or None,
            "remarks": "" if person else "No se sabe aún.",
            "capacity": Capacity.HOLDER,
            "norm_kind": NormKind.MINISTERIAL_RESOLUTION,
            "norm_number": "007-2021-UNO",
            "norm_date": SIGNED,
            "received_on": RECEIVED,
            "channel": Channel.LETTER,
            "starts_on": SIGNED,
            **fields,
        }
    )
