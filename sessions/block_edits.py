"""What is done to the blocks of an acta: each change is whole or not at all, and loses nothing.

Whoever calls holds the acta's row, in a transaction: two changes of order never cross.
"""

from collections.abc import Iterable, Sequence
from itertools import count, islice
from typing import Any

from django.core import serializers
from django.db.models import Model, ProtectedError
from django.utils import timezone

from members.models import User
from sessions.blocks import GONE, KINDS, Kind, RefusedError
from sessions.models import Acta, Agreement, Petition
from sessions.models.versioned import Versioned

CONFLICT = "Otra persona cambió este texto mientras usted lo escribía. No se ha perdido ninguno."


def save(kind: Kind, acta: Acta, pk: int, version: int, values: dict[str, Any], by: User) -> None:
    """Write what was changed over the version it was changed from; raise RefusedError otherwise."""
    columns = {name: value for name, value in values.items() if name != "responsibles"}
    saved = kind.rows(acta, pk=pk, version=version).update(
        **columns, version=version + 1, edited_at=timezone.now(), edited_by=by
    )
    if not saved:
        _refuse(kind, acta, pk)
    if "responsibles" in values:
        kind.get(acta, pk).responsibles.set(values["responsibles"])


def _refuse(kind: Kind, acta: Acta, pk: int) -> None:
    row = kind.rows(acta, pk=pk).select_related("edited_by__person").first()
    if row is None:
        raise RefusedError(GONE, status=404)
    raise RefusedError(
        CONFLICT,
        version=row.version,
        values=kind.values(row),
        by=str(row.edited_by or "Otra persona"),
        at=row.edited_at.isoformat() if row.edited_at else "",
    )


def create(
    kind: Kind, acta: Acta, within: str, after: int | None, by: User | None, **values: Any
) -> Versioned:
    """Add a block after another, or at the end of its list."""
    row = kind.model(**kind.place(acta, within), **values, edited_at=timezone.now(), edited_by=by)
    order = list(kind.siblings(row))
    # At the end until it is put in its place.
    setattr(row, kind.order, max((getattr(other, kind.order) for other in order), default=0) + 1)
    row.save()
    places = [other.pk for other in order]
    index = places.index(after) + 1 if after in places else len(order)
    arrange(kind, [*order[:index], row, *order[index:]])
    return row


def move(kind: Kind, acta: Acta, pk: int, step: int) -> Versioned:
    """Change places with the one before (-1) or after (+1); at the end of the list, stay."""
    row = kind.get(acta, pk)
    order = list(kind.siblings(row))
    index = order.index(row)
    if 0 <= index + step < len(order):
        order.insert(index + step, order.pop(index))
        arrange(kind, order)
    return row


def split(kind: Kind, acta: Acta, pk: int, version: int, before: str, after: str, by: User) -> Any:
    """Leave ``before`` in the block and put ``after`` in a new one that follows it."""
    save(kind, acta, pk, version, {kind.main: before}, by)
    row = kind.get(acta, pk)
    said = {name: getattr(row, name) for name in ("speaker", "attribution") if kind.is_spoken}
    group = {name: getattr(row, name) for name in kind.group}
    within = str(group.get("origin") or getattr(group.get(kind.group[0]), "pk", ""))
    return create(kind, acta, within, pk, by, **said, **{kind.main: after})


def join(kind: Kind, acta: Acta, pk: int, version: int, by: User) -> Versioned:
    """Add a block's text to the one before, which remains; refuse what would lose anything."""
    row = kind.get(acta, pk)
    if row.version != version:
        _refuse(kind, acta, pk)
    order = list(kind.siblings(row))
    index = order.index(row)
    if index == 0:
        raise RefusedError("No hay un bloque anterior al que unirlo.")
    if any(_has(row, name) for name in kind.owns):
        raise RefusedError(
            "Tiene datos propios que se perderían: quítelos antes de unirlo al anterior."
        )
    previous = order[index - 1]
    # The title of a report goes on as a line of the text.
    title = [f"**{row.title.strip()}**"] if getattr(row, "title", "").strip() else []
    texts = [getattr(previous, kind.main), *title, getattr(row, kind.main)]
    joined = "\n".join(text for text in texts if text)
    save(kind, acta, previous.pk, previous.version, {kind.main: joined}, by)
    _delete(row)
    arrange(kind, [other for other in order if other.pk != pk])
    return kind.get(acta, previous.pk)


def _has(row: Versioned, name: str) -> bool:
    value: Any = getattr(row, name, None)
    return value.exists() if hasattr(value, "exists") else bool(value)


def remove(kind: Kind, acta: Acta, pk: int, version: int) -> str:
    """Take a block away and return what brings it back whole by ``restore``."""
    row = kind.get(acta, pk)
    if row.version != version:
        _refuse(kind, acta, pk)
    kept = serializers.serialize("json", [row, *_parts(row)])
    order = [other for other in kind.siblings(row) if other.pk != pk]
    _delete(row)
    arrange(kind, order)
    return kept


def _parts(row: Versioned) -> list[Model]:
    """What goes with a block and comes back with it."""
    if isinstance(row, Petition):
        return list(row.items.all())
    if isinstance(row, Agreement) and hasattr(row, "vote"):
        return [row.vote, *row.vote.ballots.all()]
    return []


def _delete(row: Any) -> None:
    try:
        row.delete()
    except ProtectedError as error:
        raise RefusedError("No se puede quitar: otra sesión o el plan lo citan.") from error


def restore(kind: Kind, acta: Acta, kept: str) -> Versioned:
    """Bring back what ``remove`` took away, where it was and under the same number."""
    first, *others = serializers.deserialize("json", kept)
    row: Any = first.object
    if kind.model._default_manager.filter(pk=row.pk).exists():
        raise RefusedError("El bloque ya está otra vez en el acta.")
    # What it was in may have been removed since.
    parent = kind.group[0]
    within = str(getattr(row, "origin", "") or getattr(row, f"{parent}_id"))
    kind.place(acta, within)
    order = list(kind.siblings(row))
    index = min(getattr(row, kind.order) - 1, len(order))
    setattr(row, kind.order, max((getattr(other, kind.order) for other in order), default=0) + 1)
    for part in (first, *others):
        part.save()
    arrange(kind, [*order[:index], row, *order[index:]])
    return row


def arrange(kind: Kind, rows: Sequence[Any]) -> None:
    """Number the rows from 1 in this order.

    In two steps, through numbers that none has: a database checks that they differ row by row.
    """
    if [getattr(row, kind.order) for row in rows] == list(range(1, len(rows) + 1)):
        return
    taken = {getattr(row, kind.order) for row in rows}
    free = (number for number in count(len(rows) + 1) if number not in taken)
    _number(kind, rows, islice(free, len(rows)))
    _number(kind, rows, count(1))


def _number(kind: Kind, rows: Sequence[Any], numbers: Iterable[int]) -> None:
    for row, number in zip(rows, numbers, strict=False):
        setattr(row, kind.order, number)
    kind.model._default_manager.bulk_update(rows, [kind.order])


def kind_named(slug: str) -> Kind:
    return KINDS[slug]
