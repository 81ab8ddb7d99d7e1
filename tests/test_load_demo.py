from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command

from cnlctf.lib.frozen import thaw
from cnlctf.lib.grid import Block
from cnlctf.management.commands import load_demo
from members.choices import Role
from members.models import Designation, Entity, Person, User
from sessions.models import Acta

pytestmark = pytest.mark.django_db

DAY = date(2020, 1, 16)


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("load_demo", *arguments, stdout=out)
    return out.getvalue()


def test_loads_everything_and_closes_the_acta_with_its_annex() -> None:
    run()

    acta = Acta.objects.get_by_natural_key("SO", 120)
    assert acta.is_approved
    assert acta.approved_at.isoformat() == "2020-01-16T16:25:00+00:00"
    assert acta.approved_by is None
    assert bytes(acta.issued.content).startswith(b"%PDF-")
    annex = acta.annexes.get()
    assert (annex.number, annex.title) == (
        1,
        "EVALUACIÓN DEL CUMPLIMIENTO DE LAS ACTIVIDADES REALIZADAS DEL PLAN OPERATIVO ANUAL 2019",
    )
    assert len(thaw(annex.content, Block).table.body) == 12
    assert not User.objects.exists()


def test_a_second_run_touches_nothing_whatever_people_changed() -> None:
    accounts = run("--accounts").partition("\n\n")[2]
    Entity.objects.filter(acronym="RREE").update(name="Cancillería")
    Person.objects.filter(surnames="Tello Guerrero").update(surnames="Tello Guerrero de Paz")
    minjus = Designation.objects.filter(entity__acronym="MINJUS")
    minjus.update(starts_on=date(2019, 3, 1))
    User.objects.filter(username="representante").update(username="cleon")

    out = run("--accounts")

    assert out == (
        "Los datos de demostración ya estaban: no se tocó nada.\n\n"
        + accounts.replace("representante ", "cleon         ")
    )
    assert Entity.objects.get(acronym="RREE").name == "Cancillería"
    assert Person.objects.count() == 22
    assert minjus.get().starts_on == date(2019, 3, 1)
    assert User.objects.count() == 4


def test_one_account_a_role_for_whom_it_says() -> None:
    out = run("--accounts")

    users = {user.role: user for user in User.objects.prefetch_related("groups")}
    assert {role: user.username for role, user in users.items()} == {
        Role.SECRETARY.label: "secretaria",
        Role.REPRESENTATIVE.label: "representante",
        Role.OBSERVER.label: "observador",
        Role.ADMIN.label: "admin",
    }
    for user in users.values():
        assert authenticate(username=user.username, password=load_demo.PASSWORD) == user
        assert f"  {user.username:<14}  {load_demo.PASSWORD:<20}  {user.role}\n" in out
    assert str(users[Role.SECRETARY]) == "Cecilia Alejandra Tello Guerrero"
    assert users[Role.REPRESENTATIVE].entity_on(DAY).acronym == "MINAM"
    assert [user.username for user in users.values() if user.is_staff] == ["secretaria", "admin"]
    assert [user.username for user in users.values() if user.is_superuser] == ["admin"]


def test_an_account_that_exists_keeps_its_password_and_its_person() -> None:
    mine = User.objects.create_user("secretaria", password="una-que-elegí-yo")

    out = run("--accounts")

    mine.refresh_from_db()
    assert mine.check_password("una-que-elegí-yo")
    assert (mine.person, mine.is_staff, mine.groups.count()) == (None, False, 0)
    assert "  secretaria      (la que se le puso)   Secretaría Técnica\n" in out


def test_a_broken_row_is_named_and_nothing_is_saved(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "sessions.yaml"
    broken.write_text(
        "- {model: cnlctf_sessions.session, fields: {kind: SO, number: 120, state: held}}",
        encoding="utf-8",
    )
    monkeypatch.setattr(load_demo, "FILES", [load_demo.FILES[0], broken])

    with pytest.raises(CommandError) as caught:
        run("--accounts")

    assert str(caught.value) == (
        "sessions.yaml, línea 1, cnlctf_sessions.session: Indique la fecha de la sesión: "
        "solo puede faltar en las anteriores al registro."
    )
    assert caught.value.returncode == 1
    assert not Entity.objects.exists()
    assert not User.objects.exists()
