"""The papers that go with a convocatoria: in the mail, on record, and what changed of them."""

from itertools import count

import pytest
from django.core import mail

from cnlctf.documents.models import Dispatch, Enclosure
from cnlctf.lib.frozen import freeze, thaw
from cnlctf.lib.upload import Checked, Kind
from sessions.choices import SessionState, SummonsKind
from sessions.enclosed import Paper, changes_of_papers
from sessions.models import AgendaItem, AgendaPaper, Session, Summons
from sessions.summoning import Summoning, resend, send
from sessions.summons_document import Point, SummonsDocument
from tests.lib.files import PDF, SHEETS, office
from tests.sessions import summoned


def point(title: str, **papers: str) -> Point:
    """A point with papers of those titles, each with what stands for its bytes."""
    numbers = count(1)
    return Point(
        number="1.",
        title=title,
        kind="Para aprobación",
        presenter="",
        papers=tuple(
            Paper(next(numbers), name, "documento PDF", 10, sha, file=1)
            for name, sha in papers.items()
        ),
    )


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ([point("Plan", A="1")], [point("Plan", A="1")], []),
        ([point("Plan")], [point("Plan", A="1")], ["Se añade el documento «A» al punto 1."]),
        ([point("Plan", A="1")], [point("Plan")], ["Se retira el documento «A» del punto 1."]),
        (
            [point("Plan", A="1")],
            [point("Plan", A="2")],
            ["Se reemplaza el documento «A» del punto 1."],
        ),
        # Moved with its point, or only in its list: nothing to read anew.
        ([point("Plan", A="1"), point("Acta")], [point("Acta"), point("**Plan**", A="1")], []),
        ([point("Plan", A="1", B="2")], [point("Plan", B="2", A="1")], []),
        # The point says itself that it is gone; the new one does not say what it brings.
        ([point("Plan", A="1")], [point("Otro")], []),
        ([], [point("Plan", A="1")], ["Se añade el documento «A» al punto 1."]),
        (
            [point("Acta", A="1"), point("Plan", B="1", C="1")],
            [point("Plan", C="2", D="1"), point("Acta")],
            [
                "Se retira el documento «B» del punto 1.",
                "Se reemplaza el documento «C» del punto 1.",
                "Se añade el documento «D» al punto 1.",
                "Se retira el documento «A» del punto 2.",
            ],
        ),
    ],
)
def test_what_changed_of_the_papers(before, now, said):
    assert changes_of_papers(before, now) == said


def test_what_was_issued_before_there_were_papers_is_read_as_having_none():
    data = freeze(point("Plan"))
    del data["papers"]
    assert thaw(data, Point) == point("Plan")


# --- Sending them ---------------------------------------------------------------------------


@pytest.fixture
def session(db) -> Session:
    summoned.commission()
    return summoned.coming("Aprobar el plan", "Informar")


def attach(session: Session, number: int, name: str, content: bytes = PDF) -> AgendaPaper:
    item: AgendaItem = session.agenda_items.all()[number - 1]
    kind = Kind(name.rpartition(".")[2])
    files = [Checked(name, kind, content)]
    act = summoned.act()
    return AgendaPaper.objects.attach(item, files, at=act.at, by=act.by)[0]


@pytest.fixture
def sending(django_capture_on_commit_callbacks):
    def sending(session: Session, kind: str = SummonsKind.SUMMONS, reason: str = "") -> Summons:
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            return send(session, summoned.act(), expected=kind, reason=reason)

    return sending


def state(session: Session) -> Summoning:
    return Summoning(Session.objects.get(pk=session.pk), summoned.act())


def test_the_papers_go_with_each_message_and_stay_on_record(session, sending):
    attach(session, 2, "Avance.xlsx", office(SHEETS))
    attach(session, 1, "Línea de base.pdf")
    summons = sending(session)
    assert len(mail.outbox) == 5
    for message in mail.outbox:
        names = [attachment[0] for attachment in message.attachments]
        assert names[2:] == ["Línea de base.pdf", "Avance.xlsx"]
        assert (
            "Orden del día:\n"
            "1. Aprobar el plan\n"
            "   - Línea de base (documento PDF, 1 KB)\n"
            "2. Informar\n"
            "   - Avance (libro de Excel, 1 KB)\n"
        ) in message.body
        assert message.body.count("y los documentos de los puntos.\n") == 1
        assert "pesan demasiado" not in message.body
    assert [str(row) for row in summons.issued.enclosures.all()] == [
        "1. Línea de base.pdf",
        "2. Avance.xlsx",
    ]
    document = thaw(summons.issued.data, SummonsDocument)
    assert [paper.title for paper in document.papers] == ["Línea de base", "Avance"]
    assert (state(session).kind, state(session).changes) == (None, [])


def test_papers_that_weigh_too_much_stay_behind_the_link(session, sending, settings):
    attach(session, 1, "Plan.pdf")
    settings.MAIL_PAPERS_MAX_BYTES = len(PDF)
    sending(session)
    assert len(mail.outbox[0].attachments) == 3
    attach(session, 1, "Anexo.pdf")
    sending(session, SummonsKind.RECTIFICATION)
    message = mail.outbox[0]
    assert len(message.attachments) == 2
    assert "1. Aprobar el plan\n   - Plan (documento PDF, 1 KB)\n   - Anexo" in message.body
    assert (
        "Se adjuntan el documento en PDF y la invitación para su calendario.\n\n"
        "Los documentos de los puntos pesan demasiado para un mensaje: descárguelos en la misma "
        "dirección de arriba.\n"
    ) in message.body
    assert set(Dispatch.objects.values_list("encloses", flat=True)) == {True, False}


def test_a_change_of_papers_is_a_rectification_that_does_not_ask_again(session, sending):
    plan = attach(session, 1, "Plan.pdf")
    attach(session, 2, "Avance.pdf")
    sending(session)
    session.invitations.update(answer="yes", answered_at=summoned.NOW)
    plan.remove()
    attach(session, 1, "Plan.pdf", PDF + b"\n")
    attach(session, 2, "Anexo.pdf")
    assert state(session).kind == SummonsKind.RECTIFICATION
    summons = sending(session, SummonsKind.RECTIFICATION)
    assert summons.changes.splitlines() == [
        "Se reemplaza el documento «Plan» del punto 1.",
        "Se añade el documento «Anexo» al punto 2.",
    ]
    assert "- Se reemplaza el documento «Plan» del punto 1.\n" in mail.outbox[0].body
    assert set(session.invitations.values_list("answer", flat=True)) == {"yes"}
    assert [
        bytes(row.file.content) for row in Enclosure.objects.filter(position=1).order_by("pk")
    ] == [
        PDF,
        PDF + b"\n",
    ]


def test_a_cancellation_brings_no_papers(session, sending):
    attach(session, 1, "Plan.pdf")
    sending(session)
    Session.objects.filter(pk=session.pk).update(state=SessionState.CANCELLED, remarks="Huelga.")
    session.refresh_from_db()
    summons = sending(session, SummonsKind.CANCELLATION, "Huelga.")
    assert "Plan" not in mail.outbox[0].body.replace("el plan", "")
    assert (len(mail.outbox[0].attachments), summons.issued.enclosures.count()) == (2, 0)


def test_who_is_written_to_later_gets_the_papers_of_that_convocatoria(
    session, sending, django_capture_on_commit_callbacks
):
    attach(session, 1, "Plan.pdf")
    sending(session)
    ana = session.invitations.get(person__given_names="Ana").person
    ana.email = "ana@inei.example"
    ana.save()
    AgendaPaper.objects.get().remove()
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert resend(session, summoned.act()) == 1
    assert [attachment[0] for attachment in mail.outbox[0].attachments][2:] == ["Plan.pdf"]
