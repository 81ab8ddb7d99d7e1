"""Blocks added, moved, split, joined and removed: their order, and that nothing is lost."""

import pytest
from django.test import Client

from members.choices import Role
from members.models import User
from sessions.models import (
    Acta,
    AgendaItem,
    Agreement,
    Intervention,
    Petition,
    PetitionItem,
    Report,
)
from tests.sessions import kit
from tests.sessions.acta_factory import make_acta
from tests.sessions.writing import order, post, reports, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def acta() -> Acta:
    return make_acta()


@pytest.fixture
def secretary(client: Client) -> Client:
    client.force_login(kit.user(Role.SECRETARY))
    return client


def test_a_block_is_added_after_another(secretary: Client, acta: Acta) -> None:
    one, _, _ = reports(acta, "Uno", "Dos", "Tres")
    answer = post(secretary, "informe/", after=one.pk).json()
    assert order(acta) == [(1, "Uno"), (2, ""), (3, "Dos"), (4, "Tres")]
    assert f'data-pk="{answer["pk"]}"' in answer["block"]


@pytest.mark.parametrize("after", ["", "999999", "x"])
def test_a_block_is_added_at_the_end(secretary: Client, acta: Acta, after: str) -> None:
    reports(acta, "Uno", "Dos")
    assert post(secretary, "informe/", after=after).status_code == 200
    assert order(acta) == [(1, "Uno"), (2, "Dos"), (3, "")]


@pytest.mark.parametrize(
    ("kind", "within", "model"),
    [
        ("informe-sector", "", "SectorReport"),
        ("pedido", "members", "Petition"),
        ("sub-punto", "petition", "PetitionItem"),
        ("intervencion", "item", "Intervention"),
        ("acuerdo", "", "Agreement"),
    ],
)
def test_every_list_takes_a_block(
    secretary: Client, acta: Acta, kind: str, within: str, model: str
) -> None:
    places = {"petition": Petition.objects.get().pk, "item": AgendaItem.objects.get().pk}
    answer = post(secretary, f"{kind}/", within=places.get(within, within))
    assert answer.status_code == 200
    assert f'data-kind="{kind}"' in answer.json()["block"]


@pytest.mark.parametrize(
    ("kind", "within", "status"),
    [
        ("pedido", "nadie", 400),
        ("sub-punto", "999999", 404),
        ("sub-punto", "9" * 40, 404),
        ("intervencion", "x", 404),
        ("cierre", "", 404),
    ],
)
def test_a_place_that_is_not_there(
    secretary: Client, acta: Acta, kind: str, within: str, status: int
) -> None:
    assert post(secretary, f"{kind}/", within=within).status_code == status


def test_blocks_change_places_and_stay_at_the_ends(secretary: Client, acta: Acta) -> None:
    one, _, three = reports(acta, "Uno", "Dos", "Tres")
    post(secretary, f"informe/{three.pk}/mover/", to="up")
    assert order(acta) == [(1, "Uno"), (2, "Tres"), (3, "Dos")]
    post(secretary, f"informe/{one.pk}/mover/", to="down")
    assert order(acta) == [(1, "Tres"), (2, "Uno"), (3, "Dos")]
    post(secretary, f"informe/{three.pk}/mover/", to="up")
    assert order(acta) == [(1, "Tres"), (2, "Uno"), (3, "Dos")]
    assert post(secretary, f"informe/{one.pk}/mover/", to="left").status_code == 400


def test_numbers_with_gaps_are_closed(secretary: Client, acta: Acta) -> None:
    one, two = reports(acta, "Uno", "Dos")
    Report.objects.filter(pk=two.pk).update(position=32_767)
    post(secretary, f"informe/{one.pk}/mover/", to="down")
    assert order(acta) == [(1, "Dos"), (2, "Uno")]


def test_a_move_is_no_new_version(secretary: Client, acta: Acta) -> None:
    one, _ = reports(acta, "Uno", "Dos")
    post(secretary, f"informe/{one.pk}/mover/", to="down")
    assert save(secretary, f"informe/{one.pk}/", body="Algo.").json()["version"] == 2


def test_a_turn_is_split_with_its_speaker(secretary: Client, acta: Acta) -> None:
    turn = Intervention.objects.get()
    answer = post(
        secretary,
        f"intervencion/{turn.pk}/dividir/",
        version=1,
        before="dijo sí.",
        after="Y **no**.",
    )
    assert answer.json()["version"] == 2
    found = list(Intervention.objects.values_list("position", "attribution", "body"))
    assert found == [(1, "La _jefa_", "dijo sí."), (2, "La _jefa_", "Y **no**.")]


@pytest.mark.parametrize("kind", ["informe", "pedido", "acuerdo", "sub-punto"])
def test_every_list_splits_its_blocks(secretary: Client, acta: Acta, kind: str) -> None:
    model = {"informe": Report, "pedido": Petition, "acuerdo": Agreement, "sub-punto": PetitionItem}
    rows = model[kind].objects
    count, row = rows.count(), rows.first()
    fields = {"version": 1, "before": "Antes.", "after": "Después."}
    assert post(secretary, f"{kind}/{row.pk}/dividir/", **fields).status_code == 200
    assert rows.count() == count + 1


def test_a_stale_split_changes_nothing(secretary: Client, acta: Acta) -> None:
    (report,) = reports(acta, "Uno")
    fields = {"version": 7, "before": "u", "after": "no"}
    assert post(secretary, f"informe/{report.pk}/dividir/", **fields).status_code == 409
    assert order(acta) == [(1, "Uno")]


def test_a_block_is_joined_to_the_one_before(secretary: Client, acta: Acta) -> None:
    one, two, _ = reports(acta, "Uno", "Dos", "Tres")
    answer = post(secretary, f"informe/{two.pk}/unir/", version=1).json()
    assert (answer["pk"], answer["version"]) == (one.pk, 2)
    assert answer["text"] == "uno\n**Dos**\ndos"
    assert order(acta) == [(1, "Uno"), (2, "Tres")]


def test_a_join_that_would_lose_something_is_refused(secretary: Client, acta: Acta) -> None:
    petition = Petition.objects.create(acta=acta, origin="secretariat", position=2, body="Otro")
    PetitionItem.objects.create(petition=petition, position=1, body="Con esto")
    answer = post(secretary, f"pedido/{petition.pk}/unir/", version=1)
    assert answer.status_code == 409
    assert "se perderían" in answer.json()["message"]
    first = post(secretary, f"pedido/{Petition.objects.first().pk}/unir/", version=1)
    assert first.json() == {"message": "No hay un bloque anterior al que unirlo."}


def test_what_is_removed_comes_back_whole(secretary: Client, acta: Acta) -> None:
    petition = Petition.objects.get()
    before = list(PetitionItem.objects.values())
    Petition.objects.create(acta=acta, origin="secretariat", position=2, body="Otro")
    token = post(secretary, f"pedido/{petition.pk}/quitar/", version=1).json()["token"]
    assert list(Petition.objects.values_list("position", "body")) == [(1, "Otro")]
    assert PetitionItem.objects.count() == 0
    answer = post(secretary, "pedido/deshacer/", token=token)
    assert answer.json()["pk"] == petition.pk
    assert list(Petition.objects.values_list("position", "body")) == [(1, "Enviar:"), (2, "Otro")]
    assert list(PetitionItem.objects.values()) == before
    assert post(secretary, "pedido/deshacer/", token=token).status_code == 404


def test_an_agreement_comes_back_with_its_responsibles(secretary: Client, acta: Acta) -> None:
    agreement = Agreement.objects.get()
    agreement.responsibles.add(kit.entity("SEIS"))
    token = post(secretary, f"acuerdo/{agreement.pk}/quitar/", version=1).json()["token"]
    assert Agreement.objects.count() == 0
    post(secretary, "acuerdo/deshacer/", token=token)
    assert [entity.acronym for entity in Agreement.objects.get().responsibles.all()] == ["SEIS"]


def test_nothing_that_somebody_changed_is_removed_unseen(secretary: Client, acta: Acta) -> None:
    (report,) = reports(acta, "Uno")
    save(secretary, f"informe/{report.pk}/", body="De otra persona.")
    answer = post(secretary, f"informe/{report.pk}/quitar/", version=1)
    assert answer.status_code == 409
    assert answer.json()["values"]["body"] == "De otra persona."
    assert order(acta) == [(1, "Uno")]


def test_an_agreement_that_is_cited_stays(secretary: Client, acta: Acta) -> None:
    agreement = Agreement.objects.get()
    kit.session(126, agreed_in=agreement)
    answer = post(secretary, f"acuerdo/{agreement.pk}/quitar/", version=1)
    assert answer.json() == {"message": "No se puede quitar: otra sesión o el plan lo citan."}
    assert Agreement.objects.count() == 1


def test_nobody_undoes_for_another(client: Client, secretary: Client, acta: Acta) -> None:
    (report,) = reports(acta, "Uno")
    token = post(secretary, f"informe/{report.pk}/quitar/", version=1).json()["token"]
    other = Client()
    other.force_login(User.objects.create_superuser("otra"))
    assert post(other, "informe/deshacer/", token=token).status_code == 404
