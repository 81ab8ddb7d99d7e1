"""An evaluation approved in a session stays as it was, whatever the tables say later."""

import hashlib
import io
import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from openpyxl import load_workbook
from pypdf import PdfReader

from cnlctf.documents.models import IssuedDocument
from cnlctf.lib.frozen import freeze
from members.models import Entity
from poa.choices import EvaluationKind, PlanState, PlanStep, ReportStep
from poa.evaluating import paper
from poa.evaluating.approving import approve
from poa.evaluating.collecting import collect, published
from poa.models import Contribution, Evaluation, Execution, LegendEntry, OperatingPlan
from poa.models.report import takes_reports
from poa.progress import State
from poa.session_report import evaluations
from sessions.annexes import attach
from sessions.choices import SessionState
from sessions.models import Session
from tests.poa.evaluating.evaluated import (
    AT,
    CUT_OFF,
    addendum,
    approved,
    plan_in_force,
    session,
    start,
)
from tests.poa.plans import make_plan
from tests.poa.reporting.reported import actor, make_report
from tests.sessions.acta_factory import make_acta
from tests.sessions.proposals.made import proposed

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return plan_in_force()


def files(number=1):
    public = Client()
    address = f"/poa/2020/evaluaciones/{number}"
    return [public.get(f"{address}.{kind}").content for kind in ("pdf", "xlsx")]


def test_it_takes_the_plan_to_evaluated_with_its_step(plan):
    evaluation = approved(plan)
    plan.refresh_from_db()
    assert (plan.state, plan.cut_off_on) == (PlanState.EVALUATED, CUT_OFF)
    assert plan.evaluated_in == evaluation.session
    assert [one.step for one in plan.steps.all()] == [PlanStep.EVALUATED]
    assert evaluation.version == plan.versions.get()
    assert (evaluation.approved_at, evaluation.approved_by) == (AT, None)


def test_a_partial_one_leaves_the_plan_in_force(plan):
    approved(plan, kind=EvaluationKind.PARTIAL)
    plan.refresh_from_db()
    assert plan.state == PlanState.IN_FORCE
    assert not plan.steps.exists()


def test_the_version_used_is_the_last_one_or_one_that_says_what_it_says(plan):
    half = approved(plan, kind=EvaluationKind.PARTIAL)
    assert half.version.number == 1
    again = approved(plan, kind=EvaluationKind.PARTIAL)
    assert again.version == half.version
    plan.indicators.update(goal=12)
    assert approved(plan).version.number == 2


def test_nothing_changes_its_files_any_more(plan):
    """Not the plan's data, nor its entities' names, nor the legend; they are the stored ones."""
    evaluation = approved(plan)
    before = files()
    assert before == [bytes(evaluation.document.content), bytes(evaluation.workbook.content)]
    content = published(evaluation)
    Contribution.objects.update(quantity=99)
    plan.indicators.update(goal=1, name="Otro")
    Entity.objects.update(name="Otra", short_name="Otra")
    LegendEntry.objects.all().delete()
    assert files() == before
    assert published(Evaluation.objects.get()) == content


def test_the_same_content_gives_the_same_bytes_in_another_process(plan, tmp_path):
    content = published(approved(plan))
    again = paper.render(content, AT), paper.workbook(content, AT)
    script = tmp_path / "again.py"
    frozen = tmp_path / "content.json"
    frozen.write_text(json.dumps(freeze(content)))
    script.write_text(
        "import django, hashlib, json, sys\n"
        "django.setup()\n"
        "from datetime import datetime\n"
        "from cnlctf.lib.frozen import thaw\n"
        "from poa.evaluating import paper\n"
        "from poa.evaluating.content import EvaluationContent\n"
        "content = thaw(json.load(open(sys.argv[1])), EvaluationContent)\n"
        f"at = datetime.fromisoformat({AT.isoformat()!r})\n"
        "for made in (paper.render(content, at), paper.workbook(content, at)):\n"
        "    print(hashlib.sha256(made).hexdigest())\n"
    )
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONHASHSEED": "7",
        "PYTHONPATH": ".",
    }
    told = subprocess.run(  # noqa: S603
        [sys.executable, script, frozen],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split() == [hashlib.sha256(one).hexdigest() for one in again]


def test_the_pdf_and_the_workbook_say_the_same(plan):
    evaluation = approved(plan, reasons="Cierre del año.")
    text = " ".join(
        page.extract_text() for page in PdfReader(io.BytesIO(evaluation.document.content)).pages
    )
    for words in ("0 de 2", "Cierre del año.", "Ejecutado: 3 de 10 eventos", "Línea 1"):
        assert words in " ".join(text.split()).replace("\N{NO-BREAK SPACE}", " ")
    book = load_workbook(io.BytesIO(evaluation.workbook.content))
    assert book.sheetnames == ["POA 2020", "Estados"]
    values = {cell.value for row in book["Estados"].iter_rows() for cell in row}
    assert {"LA 1.1.1, indicador 1", 10, 3} <= values


@pytest.mark.parametrize(
    ("held_on", "state", "message"),
    [
        (date(2020, 12, 30), SessionState.HELD, "antes de la fecha de corte"),
        (date(2021, 1, 15), SessionState.SCHEDULED, "todavía no se ha realizado"),
        (date(2021, 1, 14), SessionState.CANCELLED, "no se realizó"),
    ],
)
def test_the_session_is_held_after_the_cut_off(plan, held_on, state, message):
    evaluation = start(plan)
    seen_in = session(held_on=held_on)
    Session.objects.update(state=state)
    seen_in.refresh_from_db()
    with pytest.raises(ValidationError, match=message):
        approve(evaluation, session=seen_in, at=AT, by=None)
    assert not IssuedDocument.objects.exists()
    assert not Evaluation.objects.approved().exists()


def test_it_is_approved_once(plan):
    evaluation = approved(plan)
    with pytest.raises(ValidationError, match="está aprobada y no cambia"):
        approve(evaluation, session=evaluation.session, at=AT, by=None)
    assert IssuedDocument.objects.count() == 2


def test_a_plan_that_left_its_state_refuses_the_draft(plan):
    evaluation = start(plan)
    OperatingPlan.objects.update(
        state=PlanState.ADJUSTING, adjust_until=CUT_OFF, adjusts_goals=True
    )
    with pytest.raises(ValidationError, match="se evalúa un plan vigente"):
        approve(evaluation, session=session(), at=AT, by=None)
    assert not IssuedDocument.objects.exists()


# --- What comes late --------------------------------------------------------------------------


def test_an_addendum_opens_the_door_to_reports_and_its_approval_closes_it(plan):
    approved(plan)
    plan.refresh_from_db()
    report = make_report(plan)
    day = timedelta(days=1)
    with pytest.raises(ValidationError, match="va a una adenda"):
        report.take(ReportStep.SENT, at=AT, on=CUT_OFF, by=actor())
    late = addendum(plan)
    assert takes_reports(plan)
    report.take(ReportStep.SENT, at=AT + day, on=CUT_OFF, by=actor())
    approve(late, session=Session.objects.get(), at=AT, by=None)
    plan.refresh_from_db()
    assert not takes_reports(plan)
    assert plan.state == PlanState.EVALUATED


def test_an_addendum_names_what_changed_and_leaves_the_evaluation_as_it_was(plan):
    first = approved(plan)
    before = files(1)
    Execution.objects.create(indicator=plan.indicators.in_order().first(), declared=10)
    late = addendum(plan)
    approve(late, session=first.session, at=AT, by=None)
    content = published(Evaluation.objects.get(number=2))
    assert content.follows == "Evaluación del POA 2020"
    assert ("Ejecutado", "3", "10") in [
        (one.column, one.before, one.after) for one in content.changes
    ]
    assert files(1) == before
    assert files(2)[0] != before[0]
    book = load_workbook(io.BytesIO(files(2)[1]))
    assert book.sheetnames == ["POA 2020", "Estados", "Cambios"]


# --- In the acta ------------------------------------------------------------------------------


def test_the_annex_of_a_session_is_the_frozen_evaluation(plan):
    evaluation = approved(plan)
    Contribution.objects.update(quantity=99)
    [offer] = evaluations(evaluation.session)
    assert (offer.slug, offer.name) == ("evaluacion-poa-2020-1", "Evaluación del POA 2020")
    assert offer.build() == published(evaluation).block


def test_a_draft_is_offered_to_the_session_that_will_see_it_and_called_so(plan):
    seen_in = session()
    evaluation = start(plan, session=seen_in, introduction="Con cifras al cierre.")
    [offer] = evaluations(seen_in)
    assert offer.name == "Evaluación del POA 2020 (borrador)"
    block = offer.build()
    assert block.heading.endswith("(BORRADOR)")
    assert block.prose.endswith("Con cifras al cierre.")
    assert block.table == collect(evaluation).block.table
    assert list(evaluations(session(126))) == []


def test_states_are_worded_as_the_legend_of_that_day(plan):
    LegendEntry.objects.create(
        state=State.ACTIVE, wording="En marcha", colour="#FFEE99", position=1
    )
    assert {row.wording for row in collect(start(plan)).rows} == {"En marcha"}


def test_a_plan_with_a_draft_is_not_closed(plan):
    approved(plan)
    late = addendum(plan)
    plan.refresh_from_db()
    with pytest.raises(ValidationError, match="Hay una evaluación en borrador"):
        plan.close(at=AT, by=None)
    late.delete()
    plan.close(at=AT, by=None)
    assert plan.state == PlanState.CLOSED


def test_4_1_4_tells_the_figures_of_the_evaluation_and_the_number_of_its_annex():
    """As they were frozen: what was added since is not in them."""
    acta = make_acta()
    plan = make_plan(lines=2, events=3, year=2020)
    evaluation = start(plan)
    day = datetime.combine(acta.session.day, time(12), tzinfo=UTC)
    approve(evaluation, session=acta.session, at=day, by=None)
    Contribution.objects.update(quantity=99)
    assert "0 de 2 metas alcanzadas, 30\N{NO-BREAK SPACE}%" in proposed(acta, "poa").texts["body"]
    annex = attach(acta, evaluation.document_name, by=None)
    assert f"Ver anexo {annex.number}." in proposed(acta, "poa").texts["body"]
