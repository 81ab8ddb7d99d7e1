"""Where an entity stands before a requerimiento."""

from datetime import date

import pytest

from poa.reporting.status import Status, status

DEADLINE = date(2021, 7, 15)


@pytest.mark.parametrize(
    ("deadline", "report", "on", "expected"),
    [
        (None, None, DEADLINE, Status.NOT_ASKED),
        (None, "draft", DEADLINE, Status.NOT_ASKED),
        (None, "sent", DEADLINE, Status.RECEIVED),
        (DEADLINE, None, DEADLINE, Status.IN_TIME),
        (DEADLINE, "draft", date(2021, 7, 16), Status.OVERDUE),
        (DEADLINE, None, date(2021, 7, 16), Status.OVERDUE),
        (DEADLINE, "sent", date(2021, 7, 16), Status.RECEIVED),
        (DEADLINE, "returned", DEADLINE, Status.RETURNED),
        (DEADLINE, "accepted", date(2021, 12, 31), Status.ACCEPTED),
    ],
)
def test_status(deadline, report, on, expected):
    assert status(deadline, report, on) == expected


def test_every_status_has_its_word_and_its_tone():
    assert len({one.label for one in Status}) == len(Status)
    assert {one.tone for one in Status} == {"good", "busy", "bad", "quiet", "plain"}
