"""Who is in the acta, and what the others wrote in it meanwhile."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members.choices import Role
from members.models import User
from sessions import block_edits, presence
from sessions.blocks import KINDS
from sessions.models import Acta, ActaPresence, Intervention
from tests.sessions import kit
from tests.sessions.acta_factory import make_acta
from tests.sessions.writing import SCRIPT, save

pytestmark = pytest.mark.django_db

URL = "/sesiones/so-125/acta/presencia/"
LONG_AGO = "2020-01-01T00:00:00Z"


@pytest.fixture
def acta() -> Acta:
    return make_acta()


@pytest.fixture
def secretary(client: Client) -> Client:
    client.force_login(kit.user(Role.SECRETARY))
    return client


@pytest.fixture
def ana() -> User:
    user = User.objects.create_user("ana", person=kit.person("Ana"))
    user.groups.add(Group.objects.get(name=Role.SECRETARY))
    return user


def beat(client: Client, **fields: Any) -> Any:
    return client.post(URL, fields, headers=SCRIPT)


def entered(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_each_hears_of_the_others_and_where_they_are(secretary: Client, acta: Acta, ana: User):
    beat(entered(ana), block="informe-7")
    answer = beat(secretary, block="acuerdo-1").json()
    assert answer["others"] == [{"name": str(ana), "block": "informe-7"}]
    assert beat(entered(ana)).json()["others"] == [{"name": "secretary", "block": "acuerdo-1"}]


def test_one_row_a_person_says_where_they_were_last(secretary: Client, acta: Acta):
    for block in ("informe-7", "informe-8", "<script>", "x" * 500):
        assert beat(secretary, block=block).status_code == 200
    assert list(ActaPresence.objects.values_list("block", flat=True)) == [""]


def test_whoever_is_not_heard_of_for_a_while_has_gone(secretary: Client, acta: Acta, ana: User):
    now = timezone.now()
    presence.enter(acta, ana, "", now - datetime.timedelta(seconds=39))
    assert len(presence.others(acta, User.objects.get(username="secretary"), now)) == 1
    presence.enter(acta, ana, "", now - datetime.timedelta(seconds=41))
    assert beat(secretary).json()["others"] == []


def test_whoever_leaves_says_so(secretary: Client, acta: Acta):
    beat(secretary)
    assert beat(secretary, leaving="1").status_code == 204
    assert ActaPresence.objects.count() == 0


def test_what_others_wrote_since_comes_with_its_version(secretary: Client, acta: Acta, ana: User):
    turn = Intervention.objects.get()
    since = beat(secretary).json()["now"]
    save(entered(ana), f"intervencion/{turn.pk}/", body="dijo otra cosa.")
    assert beat(secretary, since=since).json()["changes"] == [
        {
            "kind": "intervencion",
            "pk": turn.pk,
            "version": 2,
            "values": {"body": "dijo otra cosa.", "speaker": "", "attribution": "La _jefa_"},
            "by": str(ana),
        }
    ]
    # One's own, from another window, has no name.
    (change,) = beat(entered(ana), since=since).json()["changes"]
    assert change["by"] == ""


@pytest.mark.parametrize("since", ["", "ayer", "2020-01-01", "0001-01-01T00:00:00Z", "9" * 99])
def test_a_moment_that_is_none_is_no_fault(secretary: Client, acta: Acta, since: str):
    assert beat(secretary, since=since).json()["changes"] == []


def test_a_closed_acta_says_so(secretary: Client, acta: Acta):
    kit.approve(acta)
    answer = beat(secretary)
    assert (answer.status_code, list(answer.json())) == (409, ["message"])
    assert ActaPresence.objects.count() == 0


def test_without_an_acta_there_is_nobody(secretary: Client):
    assert beat(secretary).status_code == 404


@pytest.mark.parametrize("times", [1, 20])
def test_the_queries_do_not_grow(client: Client, ana: User, times: int):
    acta = make_acta(times)
    client.force_login(ana)
    now = timezone.now()
    for place in range(times):
        presence.enter(acta, User.objects.create_user(f"u{place}"), "", now)
    for related in (acta.reports, acta.sector_reports, acta.petitions, acta.session.agreements):
        related.update(edited_at=now, edited_by=ana)
    with CaptureQueriesContext(connection) as queries:
        assert len(beat(client, since=LONG_AGO).json()["changes"]) >= 4 * times
    assert sum("SAVEPOINT" not in query["sql"] for query in queries) == 18


def test_the_order_comes_with_it(secretary: Client, acta: Acta):
    first = acta.reports.get()
    second = acta.reports.create(position=2, title="Otro", body="")
    order = beat(secretary).json()["order"]
    assert order["informe"] == [first.pk, second.pk]
    block_edits.move(KINDS["informe"], acta, second.pk, -1)
    assert beat(secretary).json()["order"] == order | {"informe": [second.pk, first.pk]}
