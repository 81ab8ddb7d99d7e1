"""Asking entities, with the demo's people and its plan, made to be in force."""

from datetime import UTC, date, datetime

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat

from cnlctf.documents.models import Dispatch
from members.choices import Role
from members.models import Entity, Person, User
from poa.choices import PlanState
from poa.models import ActionLine, InformationRequest, OperatingPlan, ReportingRule
from poa.reporting.board import board
from poa.reporting.requesting import (
    asked_of,
    choose,
    due_reminders,
    owing,
    remind,
    send,
    usual_deadline,
)
from poa.reporting.status import Status
from sessions.summoning import Act
from tests.poa.reporting.reported import make_report
from tests.sessions import kit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

MONDAY = date(2020, 2, 3)
DEADLINE = date(2020, 2, 17)
SITE = "https://cnlctf.example"


@pytest.fixture(autouse=True)
def secretary():
    return kit.user(Role.SECRETARY)


@pytest.fixture(autouse=True)
def addresses():
    """Those of the demo have none: private data are not in the seed."""
    Person.objects.update(email=Concat(Cast("pk", CharField()), Value("@entidad.example")))


@pytest.fixture
def plan():
    OperatingPlan.objects.filter(year=2019).update(state=PlanState.IN_FORCE)
    return OperatingPlan.objects.get(year=2019)


@pytest.fixture
def asking(plan):
    """A draft to SUNAFIL, MINAM and the PNP (an organ of MININTER), of two lines."""
    request = InformationRequest.objects.create(
        plan=plan,
        number=1,
        letter="Oficio Circular N° 003-2020-MTPE/2/14",
        period_from=date(2019, 1, 1),
        period_to=date(2019, 12, 31),
        deadline=DEADLINE,
        body="Sírvanse **informar**.",
        created_at=datetime(2020, 2, 3, 15, tzinfo=UTC),
        created_by=User.objects.get(username="secretary"),
    )
    choose(request, entities("SUNAFIL", "MINAM", "PNP", "PJ"), lines("1.3.3", "2.1.4"))
    return request


def entities(*acronyms):
    return Entity.objects.filter(acronym__in=acronyms)


def lines(*codes):
    return [ActionLine.objects.coded(code).get() for code in codes]


def act(on=MONDAY):
    return Act(
        by=User.objects.get(username="secretary"),
        at=datetime(on.year, on.month, on.day, 15, tzinfo=UTC),
        on=on,
        site=SITE,
    )


def sent(asking, capture):
    with capture(execute=True):
        send(asking, act())
    return asking


def test_each_is_asked_for_the_lines_it_takes_part_in(asking):
    found = {
        one.requested.entity.acronym: [
            (indicator.line.prefix, indicator.number)
            for indicator in one.requested.indicators.all()
        ]
        for one in asked_of(asking, MONDAY)
    }
    training, awareness = ("1.3.3", 1), [("2.1.4", 1), ("2.1.4", 2)]
    assert found == {
        "SUNAFIL": [training, *awareness],
        "MINAM": awareness,
        "PNP": [training, *awareness],
        "PJ": awareness,
    }


def test_choosing_again_forgets_whom_it_no_longer_asks(asking):
    before = asking.requested.get(entity__acronym="MINAM").code
    choose(asking, entities("MINAM", "SUNAFIL"), lines("2.1.4"))
    assert {row.entity.acronym for row in asking.requested.all()} == {"MINAM", "SUNAFIL"}
    assert asking.requested.get(entity__acronym="MINAM").code == before
    assert asking.requested.get(entity__acronym="SUNAFIL").indicators.count() == 2


def test_an_organ_is_written_to_through_the_entity_that_it_is_of(asking):
    people = {one.requested.entity.acronym: one for one in asked_of(asking, MONDAY)}
    police = Entity.objects.get(acronym="PNP")
    assert {one.entity for one in people["PNP"].people} == {police.parent}
    assert people["PJ"].people == []


def test_sending_issues_the_letter_and_writes_to_each(asking, django_capture_on_commit_callbacks):
    sent(asking, django_capture_on_commit_callbacks)
    asking.refresh_from_db()
    assert (asking.state, asking.asked_on) == ("sent", MONDAY)
    assert asking.issued.name == "requerimiento-2019-1"
    asked = asked_of(asking, MONDAY)
    addresses = [email for one in asked for _, email in one.addresses]
    assert sorted(addresses) == sorted(message.to[0] for message in mail.outbox)
    assert addresses
    minam = asking.requested.get(entity__acronym="MINAM")
    message = next(m for m in mail.outbox if str(minam.code) in m.body)
    assert f"{SITE}/poa/reportar/{minam.code}/" in message.body
    assert "lunes 17 de febrero de 2020" in message.body
    assert message.attachments[0][0] == "requerimiento-2019-1.pdf"


def test_it_is_sent_once(asking, django_capture_on_commit_callbacks):
    sent(asking, django_capture_on_commit_callbacks)
    with pytest.raises(ValidationError, match="ya se remitió"):
        send(asking, act())
    assert Dispatch.objects.count() == len(mail.outbox)


@pytest.mark.parametrize(
    ("on", "message"), [(date(2020, 2, 18), "El plazo ya venció"), (MONDAY, "por lo menos una")]
)
def test_nothing_is_sent_late_or_to_nobody(asking, on, message):
    if on == MONDAY:
        asking.requested.all().delete()
    with pytest.raises(ValidationError, match=message):
        send(asking, act(on))
    assert Dispatch.objects.count() == 0


def test_the_term_is_in_working_days(plan):
    assert usual_deadline(MONDAY) == DEADLINE
    ReportingRule.objects.all().delete()
    assert usual_deadline(MONDAY) is None


# --- Reminders: the rule of the demo is 3 working days before, and every 5 after ----------------


@pytest.mark.parametrize(
    ("on", "is_due"),
    [
        (date(2020, 2, 11), False),
        (date(2020, 2, 12), True),
        (DEADLINE, True),
        (date(2020, 2, 18), True),
    ],
)
def test_a_reminder_is_due(asking, on, is_due, django_capture_on_commit_callbacks):
    sent(asking, django_capture_on_commit_callbacks)
    assert bool(due_reminders(on)) is is_due


def test_reminders_are_not_repeated_too_soon(asking, django_capture_on_commit_callbacks):
    choose(asking, entities("MINAM"), lines("2.1.4"))
    sent(asking, django_capture_on_commit_callbacks)
    days = []
    for day in (12, 13, 14, 17, 18, 19, 24, 25, 26):
        on = date(2020, 2, day)
        if due := due_reminders(on):
            remind(due, act(on))
            days.append(day)
    assert days == [12, 18, 25]


def test_whoever_reported_is_not_reminded(asking, django_capture_on_commit_callbacks):
    sent(asking, django_capture_on_commit_callbacks)
    report = make_report(asking.plan, "MINAM")
    report.requested = asking.requested.get(entity__acronym="MINAM")
    report.save()
    assert report.requested in owing()
    report.take("sent", at=act().at, on=MONDAY, by=act().by)
    assert report.requested not in owing()
    report.take("returned", at=act().at, on=MONDAY, by=act().by, remarks="Falta el informe.")
    assert report.requested in owing()


def test_a_reminder_says_whether_the_term_is_over(asking, django_capture_on_commit_callbacks):
    sent(asking, django_capture_on_commit_callbacks)
    mail.outbox.clear()
    for on in (date(2020, 2, 12), date(2020, 2, 18)):
        with django_capture_on_commit_callbacks(execute=True):
            assert remind(owing().filter(entity__acronym="MINAM"), act(on)) > 0
    first, last = mail.outbox[0], mail.outbox[-1]
    assert first.subject == f"Recordatorio: {asking.letter}"
    assert "vence el plazo" in first.body
    assert last.subject == f"Plazo vencido: {asking.letter}"
    assert "venció el plazo" in last.body


def test_the_command_reminds_as_the_button_does(
    asking, settings, capsys, django_capture_on_commit_callbacks
):
    sent(asking, django_capture_on_commit_callbacks)
    written = Dispatch.objects.count()
    settings.TODAY = "2020-02-12"
    options = {"user": "secretary", "site": SITE}
    call_command("poa_remind", dry_run=True, **options)
    assert "MINAM" in capsys.readouterr().out
    assert Dispatch.objects.count() == written
    call_command("poa_remind", **options)
    assert Dispatch.objects.count() == 2 * written
    with pytest.raises(CommandError, match="No hay una cuenta activa «nadie»"):
        call_command("poa_remind", user="nadie", site=SITE)


# --- The board ------------------------------------------------------------------------------


def statuses(plan, on):
    return {row.entity.acronym: [cell.status for cell in row.cells] for row in board(plan, on).rows}


def test_the_board_says_who_owes_what(asking, django_capture_on_commit_callbacks):
    sent(asking, django_capture_on_commit_callbacks)
    report = make_report(asking.plan, "MINAM")
    report.requested = asking.requested.get(entity__acronym="MINAM")
    report.save()
    report.take("sent", at=act().at, on=date(2020, 2, 18), by=act().by)
    found = statuses(asking.plan, date(2020, 2, 18))
    assert found["MINAM"] == [Status.RECEIVED]
    assert found["SUNAFIL"] == [Status.OVERDUE]
    assert found["MINJUS"] == [Status.NOT_ASKED]
    assert statuses(asking.plan, DEADLINE)["SUNAFIL"] == [Status.IN_TIME]
    row = next(r for r in board(asking.plan, DEADLINE).rows if r.entity.acronym == "MINAM")
    assert row.cells[0].is_late
    assert row.indicators == 2


def test_the_board_shows_what_was_reported_without_being_asked(plan):
    report = make_report(plan, "MINAM")
    row = next(r for r in board(plan, MONDAY).rows if r.entity.acronym == "MINAM")
    assert row.unasked == []
    report.take("sent", at=act().at, on=MONDAY, by=act().by)
    row = next(r for r in board(plan, MONDAY).rows if r.entity.acronym == "MINAM")
    assert [cell.status for cell in row.unasked] == [Status.RECEIVED]


def test_the_counts_are_of_the_last_request(asking, django_capture_on_commit_callbacks):
    sent(asking, django_capture_on_commit_callbacks)
    counts = dict(board(asking.plan, MONDAY).counts)
    assert counts[Status.IN_TIME] == 4
    assert sum(counts.values()) == len(board(asking.plan, MONDAY).rows)
