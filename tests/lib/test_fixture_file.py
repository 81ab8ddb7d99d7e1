from pathlib import Path

import pytest

from cnlctf.lib.fixture_file import FixtureError, Loader
from members.models import Entity, Membership

pytestmark = pytest.mark.django_db

MTPE = """
- model: members.entity
  fields: {acronym: MTPE, slug: mtpe, name: Ministerio de Trabajo, kind: ministry}
"""


def load(tmp_path: Path, text: str) -> Loader:
    path = tmp_path / "datos.yaml"
    path.write_text(text, encoding="utf-8")
    loader = Loader()
    loader.load(path)
    return loader


def test_creates_what_is_missing_and_counts_it(tmp_path: Path) -> None:
    member = "\n- {model: members.membership, fields: {entity: [MTPE]}}"

    loader = load(tmp_path, MTPE + member)

    assert dict(loader.created) == {Entity: 1, Membership: 1}
    assert dict(loader.kept) == {}
    assert Membership.objects.get().entity.acronym == "MTPE"


def test_leaves_alone_what_is_there(tmp_path: Path) -> None:
    load(tmp_path, MTPE)
    Entity.objects.update(name="El nombre que alguien corrigió")

    loader = load(tmp_path, MTPE)

    assert dict(loader.created) == {}
    assert dict(loader.kept) == {Entity: 1}
    assert Entity.objects.get().name == "El nombre que alguien corrigió"


ENTITY, MEMBERSHIP = "members.entity", "members.membership"


@pytest.mark.parametrize(
    ("model", "fields", "why"),
    [
        (
            ENTITY,
            "acronym: INEI, slug: inei, kind: branch",
            "name: Este campo no puede estar vacío.",
        ),
        (
            MEMBERSHIP,
            "entity: [MTPE], starts_on: 2020-02-01, ends_on: 2020-01-01",
            "La vigencia no puede terminar antes de empezar.",
        ),
        (MEMBERSHIP, "entity: [RREE]", "entity: no existe entidad con la clave ['RREE']"),
        (MEMBERSHIP, "entity: 7", "entity: no existe entidad con la clave 7"),
        (MEMBERSHIP, "kind: member", "falta un dato obligatorio: Membership has no entity."),
        (ENTITY, "acronym: INEI, color: rojo", "color: el modelo no tiene ese campo"),
        (ENTITY, "acronym: INEI, memberships: []", "memberships: el modelo no tiene ese campo"),
        (ENTITY, "acronym: MTPE", "repite la fila de la línea 2"),
        ("members.nada", "", "no dice un modelo que exista (model) y sus datos (fields)"),
    ],
)
def test_says_which_row_is_wrong_and_why(tmp_path: Path, model: str, fields: str, why: str) -> None:
    with pytest.raises(FixtureError) as caught:
        load(tmp_path, f"{MTPE}- {{model: {model}, fields: {{{fields}}}}}")

    assert str(caught.value) == f"datos.yaml, línea 4, {model}: {why}"


def test_a_row_that_is_no_row_is_named_by_its_line(tmp_path: Path) -> None:
    with pytest.raises(FixtureError, match=r"^datos\.yaml, línea 4, sin modelo: no dice un modelo"):
        load(tmp_path, f"{MTPE}- solo palabras")


def test_a_value_that_cannot_be_is_refused_before_it_is_looked_up(tmp_path: Path) -> None:
    member = "- {model: members.membership, fields: {entity: [MTPE], starts_on: %s}}"

    with pytest.raises(FixtureError, match=r"^datos\.yaml, línea 4, members\.membership: “ayer”"):
        load(tmp_path, MTPE + member % "ayer")
    with pytest.raises(FixtureError, match=r"^datos\.yaml, línea 4: no se puede leer: day is out"):
        load(tmp_path, MTPE + member % "2020-02-30")


@pytest.mark.parametrize("text", ["", "model: members.entity"])
def test_a_file_is_a_list_of_rows(tmp_path: Path, text: str) -> None:
    with pytest.raises(FixtureError, match=r"^datos\.yaml: no es una lista de filas$"):
        load(tmp_path, text)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FixtureError, match=r"^otros\.yaml: no se puede leer: "):
        Loader().load(tmp_path / "otros.yaml")
