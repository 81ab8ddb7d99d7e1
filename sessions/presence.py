"""Who is in an acta now, and what was written in it since somebody last asked."""

import datetime
from typing import Any

from django.db.models import F, Value

from members.models import User
from sessions.blocks import KINDS
from sessions.models import Acta, ActaPresence

# A page is heard of every 15 seconds: whoever missed two of them has gone.
GONE_AFTER = datetime.timedelta(seconds=40)
# What was being committed while the answer before was made is told by the next one.
OVERLAP = datetime.timedelta(seconds=5)


def enter(acta: Acta, user: User, block: str, now: datetime.datetime) -> None:
    ActaPresence.objects.bulk_create(
        [ActaPresence(acta=acta, user=user, block=block, seen_at=now)],
        update_conflicts=True,
        unique_fields=["acta", "user"],
        update_fields=["block", "seen_at"],
    )


def leave(acta: Acta, user: User) -> None:
    ActaPresence.objects.filter(acta=acta, user=user).delete()


def others(acta: Acta, user: User, now: datetime.datetime) -> list[dict[str, str]]:
    """The others that are there, by name, and the block that each is in: none for no block."""
    rows = ActaPresence.objects.filter(acta=acta, seen_at__gte=now - GONE_AFTER)
    found = rows.exclude(user=user).select_related("user__person")
    people = [{"name": str(row.user), "block": row.block} for row in found]
    return sorted(people, key=lambda person: person["name"])


def changes(acta: Acta, user: User, since: datetime.datetime) -> list[dict[str, Any]]:
    """Each block written since then, with its version and who wrote it: "" for the one who asks.

    A query for each kind of block, however many of them and of changes there are.
    """
    found = []
    for kind in KINDS.values():
        rows = kind.rows(acta, edited_at__gte=since - OVERLAP).select_related("edited_by__person")
        if "responsibles" in kind.details:
            rows = rows.prefetch_related("responsibles")
        found += [
            {
                "kind": kind.slug,
                "pk": row.pk,
                "version": row.version,
                "values": kind.values(row),
                "by": "" if row.edited_by_id == user.pk else str(row.edited_by or "Otra persona"),
            }
            for row in rows
        ]
    return found


def order(acta: Acta) -> dict[str, list[int]]:
    """The blocks that there are of each kind with a list, as they come in it; in one query."""
    listed = [kind for kind in KINDS.values() if kind.is_listed]
    first, *others = (
        kind.rows(acta)
        .order_by()
        .annotate(slug=Value(kind.slug), place=F(kind.order))
        .values_list("slug", "pk", "place")
        for kind in listed
    )
    found: dict[str, list[int]] = {kind.slug: [] for kind in listed}
    for slug, pk, _ in first.union(*others, all=True).order_by("place"):
        found[slug].append(pk)
    return found
