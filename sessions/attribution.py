"""How the acta names who speaks: «La representante de la OIT,», from the data of who attended."""

from members.choices import Capacity, EntityKind, Gender
from members.models import Entity
from sessions.models import Attendance

OFFICES = {Capacity.PRESIDENT, Capacity.ALTERNATE_PRESIDENT, Capacity.SECRETARY}
# Of the first word of an entity's name: Organización, Defensoría, Superintendencia.
_FEMININE_ENDINGS = ("ción", "sión", "dad", "ía", "a")
_ARTICLES = {"de la": "la", "de los": "los", "del": "el"}


def attribution(attendance: Attendance) -> str:
    """«El Presidente Alterno de la Comisión,» or «La representante del MINJUS,»."""
    gender = attendance.person.gender
    article = "La" if gender == Gender.FEMININE else "El"
    capacity = Capacity(attendance.capacity)
    if capacity in OFFICES:
        # Within a sentence of the acta an office is written with capitals: «Presidente Alterno».
        return f"{article} {capacity.title_for(gender).title()} de la Comisión,"
    return f"{article} representante {_of(attendance.entity)},"


def named(entity: Entity) -> str:
    """«la OIT», «el MINJUS», «el Ministerio de Cultura»."""
    return f"{_ARTICLES[_article_of(entity)]} {_name(entity)}"


def _of(entity: Entity) -> str:
    """«de la OIT», «del MINJUS», «del Ministerio de Cultura»."""
    return f"{_article_of(entity)} {_name(entity)}"


def _article_of(entity: Entity) -> str:
    first = entity.name.split()[0].lower() if entity.name else ""
    if first.endswith(_FEMININE_ENDINGS):
        return "de la"
    return "de los" if first.endswith("s") else "del"


def _name(entity: Entity) -> str:
    # An acronym that is no abbreviation of the whole name (RREE, CULTURA) is not read as one.
    abbreviates = entity.kind != EntityKind.AUTONOMOUS and entity.acronym[:1] == entity.name[:1]
    return entity.acronym if abbreviates else entity.name
