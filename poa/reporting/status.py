"""Where an entity stands before a requerimiento: plain, without Django."""

from datetime import date
from enum import StrEnum


class Status(StrEnum):
    NOT_ASKED = "not_asked"
    IN_TIME = "in_time"
    OVERDUE = "overdue"
    RECEIVED = "received"
    RETURNED = "returned"
    ACCEPTED = "accepted"

    @property
    def label(self) -> str:
        return LABELS[self]

    @property
    def tone(self) -> str:
        """That of its badge."""
        return TONES[self]


LABELS = {
    Status.NOT_ASKED: "No requerido",
    Status.IN_TIME: "En plazo",
    Status.OVERDUE: "Vencido",
    Status.RECEIVED: "Recibido",
    Status.RETURNED: "Devuelto",
    Status.ACCEPTED: "Aceptado",
}
TONES = {
    Status.NOT_ASKED: "quiet",
    Status.IN_TIME: "plain",
    Status.OVERDUE: "bad",
    Status.RECEIVED: "busy",
    Status.RETURNED: "busy",
    Status.ACCEPTED: "good",
}
OF_REPORT = {
    "sent": Status.RECEIVED,
    "returned": Status.RETURNED,
    "accepted": Status.ACCEPTED,
}


def status(deadline: date | None, report_state: str | None, on: date) -> Status:
    """Return where it stands as of ``on``; ``deadline`` None was not asked, and it is in time.

    What was received stays so, however late; a draft of a report is none.
    """
    if report_state in OF_REPORT:
        return OF_REPORT[report_state]
    if deadline is None:
        return Status.NOT_ASKED
    return Status.OVERDUE if on > deadline else Status.IN_TIME
