"""The pages where an acta takes its steps: what they ask, who may, and what is refused."""

import pytest
from django.test import Client

from cnlctf.lib.pdf import PdfError
from members.choices import Role
from sessions import acta_document, approval
from sessions.choices import ActaState
from sessions.models import Acta, ActaEvent, Letterhead
from sessions.views.acta_step import DONE, NAMES
from tests.sessions import kit
from tests.sessions.acta_factory import make_acta, make_acta_in_review
from tests.sessions.test_acta_document import AT

pytestmark = pytest.mark.django_db

ACTA = "/sesiones/so-125/acta/"
SUBMIT, REJECT, APPROVE, REOPEN = (
    f"{ACTA}{word}/" for word in ("enviar", "devolver", "aprobar", "reabrir")
)
REASON = {"reason": "Falta la firma del MINAM."}
WHY = "Diga por qué: quien lea después lo necesita."


@pytest.fixture(autouse=True)
def cheap_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acta_document, "render", lambda document: document.dated.encode())


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reviewer has tests of its own: here it finds nothing."""
    monkeypatch.setattr(approval, "blocking", lambda acta: ())


@pytest.fixture
def secretary(client: Client) -> Client:
    client.force_login(kit.user(Role.SECRETARY))
    return client


def acta_in(state: ActaState) -> Acta:
    acta = make_acta() if state == ActaState.DRAFT else make_acta_in_review()
    if state == ActaState.APPROVED:
        acta_document.approve(acta, by=None, at=AT)
    return acta


STEPS = [
    (SUBMIT, ActaState.DRAFT, ActaState.IN_REVIEW, {}),
    (REJECT, ActaState.IN_REVIEW, ActaState.DRAFT, REASON),
    (APPROVE, ActaState.IN_REVIEW, ActaState.APPROVED, {}),
    (REOPEN, ActaState.APPROVED, ActaState.IN_REVIEW, REASON),
]
EACH = pytest.mark.parametrize(("address", "start", "end", "data"), STEPS)


@EACH
def test_it_asks_first(secretary, address, start, end, data):
    acta_in(start)
    response = secretary.get(address)
    assert response.status_code == 200
    assert Acta.objects.get().state == start
    assert ("reason" in response.context["form"].fields) == bool(data)
    assert response.context["name"] in NAMES.values()


@EACH
def test_then_it_is_done_and_signed(secretary, address, start, end, data):
    acta_in(start)
    response = secretary.post(address, data, follow=True)
    assert response.redirect_chain == [(ACTA, 302)]
    event = ActaEvent.objects.last()
    assert [str(message) for message in response.context["messages"]] == [DONE[event.step]]
    assert (Acta.objects.get().state, event.by.username, event.reason) == (
        end,
        "secretary",
        data.get("reason", ""),
    )


@pytest.mark.parametrize(
    ("address", "state", "message"),
    [
        (
            REJECT,
            ActaState.DRAFT,
            "El acta está en borrador: primero tiene que enviarse a revisión.",
        ),
        (
            APPROVE,
            ActaState.DRAFT,
            "El acta está en borrador: primero tiene que enviarse a revisión.",
        ),
        (SUBMIT, ActaState.IN_REVIEW, "El acta ya está en revisión."),
        (SUBMIT, ActaState.APPROVED, "El acta ya está aprobada."),
        (APPROVE, ActaState.APPROVED, "El acta ya está aprobada."),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_step_that_the_state_does_not_allow(secretary, address, state, message, method):
    acta_in(state)
    response = getattr(secretary, method)(address, REASON)
    assert response.status_code == 403
    assert message in response.content.decode()
    assert Acta.objects.get().state == state


@EACH
@pytest.mark.parametrize("role", [None, Role.REPRESENTATIVE, Role.OBSERVER, Role.ADMIN])
def test_nobody_else_may(client, address, start, end, data, role):
    acta_in(start)
    if role:
        client.force_login(kit.user(role))
    for response in (client.get(address), client.post(address, data)):
        assert response.status_code == (403 if role else 302)
        assert role or response["Location"].startswith("/ingresar/")
    assert Acta.objects.get().state == start


@pytest.mark.parametrize(
    ("address", "state"), [(REJECT, ActaState.IN_REVIEW), (REOPEN, ActaState.APPROVED)]
)
@pytest.mark.parametrize("reason", ["", "   "])
def test_going_back_needs_a_reason(secretary, address, state, reason):
    acta_in(state)
    response = secretary.post(address, {"reason": reason})
    assert response.context["form"].errors == {"reason": [WHY]}
    assert Acta.objects.get().state == state


@pytest.mark.parametrize("address", ["/sesiones/so-7/acta/enviar/", f"{ACTA}otra/"])
def test_what_is_not_there(secretary, address):
    acta_in(ActaState.DRAFT)
    assert secretary.get(address).status_code == 404


# --- Before approving -----------------------------------------------------------------------


def test_the_figures_before_approving(secretary):
    acta_in(ActaState.IN_REVIEW)
    response = secretary.get(APPROVE)
    summary = response.context["summary"]
    assert (summary.quorum.present, summary.quorum.members, summary.quorum.required) == (2, 2, 2)
    assert (summary.agreements, summary.signatures, summary.missing) == (1, 3, ())
    html = response.content.decode()
    assert "Se emitirá la versión 1 del acta" in html
    assert f'href="{ACTA}revision/"' in html


def test_what_the_reviewer_does_not_let_pass(secretary, monkeypatch):
    monkeypatch.undo()
    acta = acta_in(ActaState.IN_REVIEW)
    acta.closing = ""
    acta.save()
    missing = [finding.remark.message for finding in approval.blocking(acta)]
    assert missing
    html = secretary.get(APPROVE).content.decode()
    assert "sin eso no se puede aprobar" in html
    response = secretary.post(APPROVE)
    assert response.context["form"].non_field_errors() == missing
    assert Acta.objects.get().state == ActaState.IN_REVIEW


def test_without_a_pdf_it_says_why(secretary, monkeypatch):
    def fail(document):
        raise PdfError("Falta Pango")

    monkeypatch.setattr(acta_document, "render", fail)
    acta_in(ActaState.IN_REVIEW)
    assert secretary.post(APPROVE).context["form"].non_field_errors() == ["Falta Pango"]
    assert Acta.objects.get().state == ActaState.IN_REVIEW


def test_an_acta_that_cannot_be_composed(secretary):
    acta_in(ActaState.IN_REVIEW)
    Letterhead.objects.all().delete()
    response = secretary.get(APPROVE, follow=True)
    assert response.redirect_chain == [("/sesiones/so-125/", 302)]


# --- On the acta's page ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "offered"),
    [
        (ActaState.DRAFT, {SUBMIT}),
        (ActaState.IN_REVIEW, {APPROVE, REJECT}),
        (ActaState.APPROVED, {REOPEN}),
    ],
)
def test_the_steps_that_are_offered(secretary, state, offered):
    acta_in(state)
    html = secretary.get(ACTA).content.decode()
    assert {step for step in (SUBMIT, REJECT, APPROVE, REOPEN) if f'"{step}"' in html} == offered


def test_the_public_is_offered_none(client):
    acta_in(ActaState.APPROVED)
    html = client.get(ACTA).content.decode()
    assert [step for step in (SUBMIT, REJECT, APPROVE, REOPEN) if step in html] == []
    assert f'href="{ACTA}versiones/"' in html


def test_who_writes_reads_why_it_came_back(secretary):
    acta_in(ActaState.IN_REVIEW)
    secretary.post(REJECT, REASON)
    html = secretary.get(ACTA).content.decode()
    assert "<strong>Devuelta a borrador</strong> por secretary el" in html
    assert REASON["reason"] in html
