"""What a workbook may name: units, institutions and regions, however people write them."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from members.models import Entity
from poa.choices import GoalKind, Region
from poa.models import Unit
from poa.plan_import.layouts import key


@dataclass(frozen=True)
class Catalogue:
    """Each by its names as keys: without case, accents, spaces and signs."""

    units: dict[str, Unit]
    entities: dict[str, Entity]

    @classmethod
    def load(cls) -> "Catalogue":
        units = {
            key(name): unit for unit in Unit.objects.all() for name in (unit.plural, unit.name)
        }
        entities: dict[str, Entity] = {}
        everyone = list(Entity.objects.all())
        # An acronym wins over another's long name.
        for names in (lambda one: one.name, lambda one: one.acronym, lambda one: one.short_name):
            entities |= {key(names(one)): one for one in everyone if names(one)}
        return cls(units, entities)

    def unit(self, name: str) -> Unit | None:
        return self.units.get(key(name))

    def entity(self, name: str) -> Entity | None:
        return self.entities.get(key(name))

    def like_unit(self, name: str) -> str:
        return _like(key(name), {one: unit.name for one, unit in self.units.items()})

    def like_entity(self, name: str) -> str:
        return _like(key(name), {one: entity.list_name for one, entity in self.entities.items()})


REGIONS = {key(region.label): region for region in Region} | {
    key(region.value): region for region in Region
}
GOAL_KINDS = {key(kind.label): kind for kind in GoalKind}


def like_region(name: str) -> str:
    return _like(key(name), {one: region.label for one, region in REGIONS.items()})


def _like(asked: str, known: dict[str, str]) -> str:
    """«¿Quiso decir «Evento»?», or how to go on where nothing is near."""
    near: Iterable[str] = get_close_matches(asked[:100], list(known), n=1, cutoff=0.6)
    for found in near:
        return f"¿Quiso decir «{known[found]}»?"
    return "Corríjalo, o regístrelo antes en el programa."
