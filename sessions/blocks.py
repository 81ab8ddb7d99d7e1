"""The texts of an acta that people write, block by block: the one list of what may be edited."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from sessions.attribution import attribution
from sessions.choices import PetitionOrigin
from sessions.models import (
    Acta,
    AgendaItem,
    Agreement,
    Attendance,
    Intervention,
    Petition,
    PetitionItem,
    Report,
    SectorReport,
)
from sessions.models.versioned import Versioned

MAX_LENGTH = 200_000


class RefusedError(Exception):
    """A change that cannot be made: ``message`` says why, in Spanish; ``status`` is HTTP's."""

    def __init__(self, message: str, status: int = 409, **data: Any) -> None:
        super().__init__(message)
        self.message, self.status, self.data = message, status, data


GONE = "Ese bloque ya no está en el acta: otra persona lo quitó. Su texto se conserva aquí."


@dataclass(frozen=True)
class Text:
    """A field in the acta's markup; ``hint`` invites to write where there is nothing yet."""

    field: str
    label: str
    hint: str = "Escriba aquí"
    is_title: bool = False


@dataclass(frozen=True)
class Kind:
    """A kind of block.

    ``home`` is the lookup from a row to the acta, or to its session; ``group`` the fields within
    which ``order`` tells the rows apart, none where the acta has one such block and no more.
    ``main`` is the text that is split and joined; a row that has any of ``owns`` is not joined to
    another, because that would lose it.
    """

    slug: str
    model: type[Versioned]
    name: str
    texts: tuple[Text, ...]
    home: str = "acta"
    details: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    order: str = "position"
    main: str = "body"
    owns: tuple[str, ...] = ()
    place: Callable[[Acta, str], dict[str, Any]] = lambda acta, _: {"acta": acta}

    @property
    def fields(self) -> tuple[str, ...]:
        return (*(text.field for text in self.texts), *self.details)

    @property
    def is_listed(self) -> bool:
        """Whether there may be more of them: added, moved, split, joined and removed."""
        return bool(self.group)

    @property
    def is_spoken(self) -> bool:
        return "speaker" in self.details

    def rows(self, acta: Acta, **which: Any) -> QuerySet:
        """Those of this acta: a block of another is as good as none."""
        value = acta.session_id if self.home.endswith("session") else acta.pk
        parent, _, home = self.home.rpartition("__")
        if not parent:
            return self.model._default_manager.filter(**{home: value}, **which)
        # Not through a join: an update would first have to select what it changes.
        column: Any = self.model._meta.get_field(parent)
        parents = column.related_model._default_manager.filter(**{home: value})
        return self.model._default_manager.filter(**{f"{parent}__in": parents}, **which)

    def siblings(self, row: Versioned) -> QuerySet:
        group = {name: getattr(row, name) for name in self.group}
        return self.model._default_manager.filter(**group).order_by(self.order)

    def get(self, acta: Acta, pk: int) -> Any:
        row = self.rows(acta, pk=pk).first()
        if row is None:
            raise RefusedError(GONE, status=404)
        return row

    def values(self, row: Versioned) -> dict[str, Any]:
        """What the row says now, in the words of its form."""
        found: dict[str, Any] = {}
        for name in self.fields:
            field: Any = self.model._meta.get_field(name)
            if field.many_to_many:
                found[name] = sorted(str(other.pk) for other in getattr(row, name).all())
            else:
                found[name] = field.value_to_string(row)
                if getattr(row, field.attname) is None:
                    found[name] = ""
        return found


def _petition_place(acta: Acta, value: str) -> dict[str, Any]:
    if value not in PetitionOrigin.values:
        raise RefusedError("Diga de quién es el pedido.", status=400)
    return {"acta": acta, "origin": value}


def _inside(rows: QuerySet, name: str, value: str) -> dict[str, Any]:
    """The place within another row, which has to be of the same acta."""
    found = rows.filter(pk=value).first() if value.isdecimal() and len(value) < 19 else None
    if found is None:
        raise RefusedError("Ese lugar ya no está en el acta: vuelva a abrirla.", status=404)
    return {name: found}


TURN_TEXTS = (Text("body", "Lo dicho", "Lo que dijo"),)
TURN_DETAILS = ("speaker", "attribution")

KINDS = {
    kind.slug: kind
    for kind in (
        Kind(
            slug="instalacion",
            model=Acta,
            name="verificación del quórum",
            texts=(Text("opening", "Verificación del quórum", "La oración con que se instala"),),
            home="id",
            main="opening",
        ),
        Kind(
            slug="informe",
            model=Report,
            name="informe",
            texts=(
                Text("title", "Título del informe", "Título", is_title=True),
                Text("body", "Texto del informe"),
            ),
            group=("acta",),
        ),
        Kind(
            slug="informe-sector",
            model=SectorReport,
            name="informe de un sector",
            texts=TURN_TEXTS,
            details=TURN_DETAILS,
            group=("acta",),
        ),
        Kind(
            slug="pedido",
            model=Petition,
            name="pedido",
            texts=(
                Text("body", "Texto del pedido"),
                Text("conclusion", "Remate del pedido", "Remate, después de los sub-puntos"),
            ),
            group=("acta", "origin"),
            owns=("items", "conclusion"),
            place=_petition_place,
        ),
        Kind(
            slug="sub-punto",
            model=PetitionItem,
            name="sub-punto",
            texts=(Text("body", "Texto del sub-punto"),),
            home="petition__acta",
            group=("petition",),
            place=lambda acta, value: _inside(acta.petitions.all(), "petition", value),
        ),
        Kind(
            slug="punto",
            model=AgendaItem,
            name="introducción del punto",
            texts=(
                Text("introduction", "Introducción del punto", "Lo que precede a lo que se dijo"),
            ),
            home="session",
            main="introduction",
        ),
        Kind(
            slug="intervencion",
            model=Intervention,
            name="intervención",
            texts=TURN_TEXTS,
            home="agenda_item__session",
            details=TURN_DETAILS,
            group=("agenda_item",),
            place=lambda acta, value: _inside(
                acta.session.agenda_items.accepted(), "agenda_item", value
            ),
        ),
        Kind(
            slug="acuerdo",
            model=Agreement,
            name="acuerdo",
            texts=(Text("text", "Texto del acuerdo", "Aprobar…"),),
            home="session",
            details=(
                "agenda_item",
                "off_agenda_reason",
                "adoption",
                "responsibles",
                "due_on",
                "condition",
            ),
            group=("session",),
            order="number",
            main="text",
            owns=("responsibles", "due_on", "condition", "vote"),
            place=lambda acta, _: {"session": acta.session},
        ),
        Kind(
            slug="cierre",
            model=Acta,
            name="suscripción",
            texts=(Text("closing", "Suscripción del acta", "La oración de cierre"),),
            home="id",
            main="closing",
        ),
    )
}


def attribution_of(speaker: Attendance | None) -> str:
    return attribution(speaker) if speaker else ""
