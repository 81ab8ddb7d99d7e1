import pytest

from members.choices import Capacity, Gender
from members.models import Entity, Person
from sessions.attribution import attribution
from sessions.models import Attendance


@pytest.mark.parametrize(
    ("acronym", "name", "kind", "capacity", "gender", "words"),
    [
        (
            "MTPE",
            "Ministerio de Trabajo",
            "ministry",
            "PA",
            "M",
            "El Presidente Alterno de la Comisión,",
        ),
        ("MTPE", "Ministerio de Trabajo", "ministry", "P", "F", "La Presidenta de la Comisión,"),
        (
            "MTPE",
            "Ministerio de Trabajo",
            "ministry",
            "ST",
            "F",
            "La Secretaria Técnica de la Comisión,",
        ),
        (
            "MTPE",
            "Ministerio de Trabajo",
            "ministry",
            "ST",
            "M",
            "El Secretario Técnico de la Comisión,",
        ),
        (
            "OIT",
            "Organización Internacional del Trabajo",
            "international",
            "G",
            "F",
            "La representante de la OIT,",
        ),
        ("MINJUS", "Ministerio de Justicia", "ministry", "T", "F", "La representante del MINJUS,"),
        (
            "SUNAFIL",
            "Superintendencia Nacional",
            "public_body",
            "A",
            "M",
            "El representante de la SUNAFIL,",
        ),
        (
            "SERFOR",
            "Servicio Nacional Forestal",
            "public_body",
            "G",
            "F",
            "La representante del SERFOR,",
        ),
        (
            "DP",
            "Defensoría del Pueblo",
            "autonomous",
            "O",
            "M",
            "El representante de la Defensoría del Pueblo,",
        ),
        (
            "MPFN",
            "Ministerio Público",
            "autonomous",
            "T",
            "M",
            "El representante del Ministerio Público,",
        ),
        (
            "RREE",
            "Ministerio de Relaciones Exteriores",
            "ministry",
            "G",
            "M",
            "El representante del Ministerio de Relaciones Exteriores,",
        ),
        (
            "GORES",
            "Gobiernos Regionales",
            "subnational",
            "G",
            "M",
            "El representante de los GORES,",
        ),
    ],
)
def test_attribution(
    acronym: str, name: str, kind: str, capacity: str, gender: str, words: str
) -> None:
    """As the seed names them (L134–L148), and those that it would name alike."""
    attendance = Attendance(
        entity=Entity(acronym=acronym, name=name, kind=kind),
        person=Person(gender=Gender(gender)),
        capacity=Capacity(capacity),
    )
    assert attribution(attendance) == words
