"""The Observaciones that people edit: what stands, and what is asked when the data change."""

import pytest
from django.core.exceptions import ValidationError

from poa.choices import PlanState
from poa.edited_observations import CHANGED, check_open, observed, write
from poa.evaluating.pending import stale_lines
from poa.models import EditedObservations, Observation, OperatingPlan
from poa.observations import lines_observations, proposed_observations
from poa.plan_matrix import annex_block
from tests.poa.adjusted import secretary as make_secretary
from tests.poa.evaluating.evaluated import AT, CUT_OFF, plan_in_force, start
from tests.poa.plans import make_plan

pytestmark = pytest.mark.django_db

PAGE = "/poa/2020/lineas/1.1.1/observaciones/"
LINE = "/poa/2020/lineas/1.1.1/"


@pytest.fixture
def plan():
    return plan_in_force(events=1)


@pytest.fixture
def line(plan):
    return plan.indicators.in_order().first().line


@pytest.fixture
def secretary(client):
    client.force_login(make_secretary())
    return client


def edit(plan, line, text="Se **reprogramó** a marzo.", edits=0):
    return write(plan, line, text, edits=edits, at=AT, by=None)


def change_data(plan, line):
    Observation.objects.filter(plan=plan, line=line).update(preface="Otra nota.")


def test_the_edited_text_stands_everywhere(plan, line, secretary):
    edit(plan, line)
    assert lines_observations(plan)[line.pk] == "Se **reprogramó** a marzo."
    assert lines_observations(plan, line) == {line.pk: "Se **reprogramó** a marzo."}
    cells = [cell.text for row in annex_block(plan).table.body for cell in row.cells]
    assert "Se **reprogramó** a marzo." in cells
    for path in (LINE, "/poa/2020/matriz/"):
        assert "<strong>reprogramó</strong>" in secretary.get(path).content.decode()


def test_the_proposal_itself_puts_the_program_s_words_back(plan, line):
    found = edit(plan, line)
    assert edit(plan, line, found.proposal, edits=1).edited is None
    assert not EditedObservations.objects.exists()


def test_an_empty_text_is_a_text(plan, line):
    edit(plan, line, " \n ")
    assert lines_observations(plan)[line.pk] == ""


def test_when_the_data_change_the_difference_is_shown(plan, line):
    assert not edit(plan, line).is_stale
    change_data(plan, line)
    found = observed(plan, line)
    assert found.is_stale
    assert stale_lines(plan) == [line]
    words = [
        (piece.change.value, piece.text.strip())
        for paragraph in found.since
        for piece in paragraph.pieces
        if piece.change.value != "same"
    ]
    assert ("come", "Otra nota") in words
    assert found.text == "Se **reprogramó** a marzo."


@pytest.mark.parametrize(
    ("button", "stands"), [("conservar", "Se **reprogramó** a marzo."), ("proponer", None)]
)
def test_one_keeps_the_text_or_takes_the_proposal(plan, line, secretary, button, stands):
    edit(plan, line)
    change_data(plan, line)
    shown = secretary.get(PAGE).content.decode()
    assert "Los datos cambiaron desde que se editó" in shown
    response = secretary.post(PAGE, {"text": "se ignora", "edits": 1, "hacer": button})
    assert response.url == LINE
    proposal = proposed_observations(plan, line)[line.pk]
    assert lines_observations(plan)[line.pk] == (stands or proposal)
    assert stale_lines(plan) == []


def test_the_page_saves_what_is_written(plan, line, secretary):
    assert "Lo que escribe el programa" in secretary.get(PAGE).content.decode()
    response = secretary.post(PAGE, {"text": "Una.\r\nDos. \r\n", "edits": 0, "hacer": "guardar"})
    assert response.url == LINE
    row = EditedObservations.objects.get()
    assert (row.text, row.edits, row.edited_by.username) == ("Una.\nDos.", 1, "sonia")
    assert row.proposed == proposed_observations(plan, line)[line.pk]
    assert "Del texto del programa al editado" in secretary.get(PAGE).content.decode()


def test_two_who_write_at_once_do_not_undo_each_other(plan, line, secretary):
    edit(plan, line)
    with pytest.raises(ValidationError, match=CHANGED[:20]):
        edit(plan, line, "Otra.", edits=0)
    response = secretary.post(PAGE, {"text": "Otra.", "edits": 0, "hacer": "guardar"})
    assert CHANGED in response.content.decode()
    assert EditedObservations.objects.get().text == "Se **reprogramó** a marzo."


@pytest.mark.parametrize("state", [PlanState.DRAFT, PlanState.EVALUATED, PlanState.CLOSED])
def test_the_plan_s_state_closes_them(plan, line, secretary, state):
    OperatingPlan.objects.update(state=state, cut_off_on=CUT_OFF)
    plan.refresh_from_db()
    with pytest.raises(ValidationError):
        edit(plan, line)
    assert secretary.get(PAGE).status_code == 403
    assert "Editar las observaciones" not in secretary.get(LINE).content.decode()


def test_an_addendum_being_written_opens_them(plan, line):
    OperatingPlan.objects.update(state=PlanState.EVALUATED, cut_off_on=CUT_OFF)
    plan.refresh_from_db()
    start(plan)
    check_open(plan)


@pytest.mark.parametrize(
    "data", [{}, {"text": "x" * 20001, "edits": 0}, {"text": "", "edits": "a"}]
)
def test_bad_input_saves_nothing(plan, line, secretary, data):
    assert secretary.post(PAGE, data).status_code == 200
    assert not EditedObservations.objects.exists()


@pytest.mark.parametrize("code", ["9.9.9", "1.1.3", "x", "1.1." + "9" * 30])
def test_a_line_that_the_plan_has_not_is_not_found(plan, secretary, code):
    assert secretary.get(f"/poa/2020/lineas/{code}/observaciones/").status_code == 404


def test_all_lines_take_three_queries(plan, line, django_assert_num_queries):
    edit(plan, line)
    with django_assert_num_queries(3):
        lines_observations(plan)


def test_the_page_asks_as_much_however_many_lines(plan, line, secretary, django_assert_num_queries):
    larger = make_plan(lines=20, events=5, year=2021)
    secretary.get(PAGE)
    for path in (PAGE, PAGE.replace(str(plan.year), str(larger.year))):
        with django_assert_num_queries(11):
            secretary.get(path)
