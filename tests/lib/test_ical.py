from dataclasses import replace
from datetime import UTC, datetime

import pytest
from icalendar import Calendar

from cnlctf.lib.ical import CANCEL, REQUEST, Invitation, Party, to_ics

# 14:00 UTC are 09:00 in Lima.
INVITATION = Invitation(
    uid="4f6d2a1e-0000-5000-8000-000000000000",
    sequence=0,
    method=REQUEST,
    stamped=datetime(2020, 2, 3, 15, 30, tzinfo=UTC),
    starts=datetime(2020, 3, 19, 14, 0, tzinfo=UTC),
    ends=datetime(2020, 3, 19, 16, 0, tzinfo=UTC),
    summary="Sesión Ordinaria N° 121 de la CNLCTF",
    location="Sala A; Lima, Perú",
    description="Orden del día:\n1. Aprobar el acta",
    organizer=Party("Secretaría Técnica", "st@cnlctf.example"),
    attendee=Party("Rojas, José", "jrojas@minam.example"),
)


def test_the_whole_text():
    """Lines over 75 bytes are folded, commas and semicolons escaped: RFC 5545, § 3.1 and 3.3.11."""
    assert to_ics(INVITATION).split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//CNLCTF//Convocatorias//ES",
        "CALSCALE:GREGORIAN",
        "METHOD:REQUEST",
        "BEGIN:VTIMEZONE",
        "TZID:America/Lima",
        "BEGIN:STANDARD",
        "DTSTART:19940401T000000",
        "TZNAME:-05",
        "TZOFFSETFROM:-0500",
        "TZOFFSETTO:-0500",
        "END:STANDARD",
        "END:VTIMEZONE",
        "BEGIN:VEVENT",
        "SUMMARY:Sesión Ordinaria N° 121 de la CNLCTF",
        "DTSTART;TZID=America/Lima:20200319T090000",
        "DTEND;TZID=America/Lima:20200319T110000",
        "DTSTAMP:20200203T153000Z",
        "UID:4f6d2a1e-0000-5000-8000-000000000000",
        "SEQUENCE:0",
        'ATTENDEE;CN="Rojas, José";PARTSTAT=NEEDS-ACTION;RSVP=FALSE:mailto:jrojas@',
        " minam.example",
        "DESCRIPTION:Orden del día:\\n1. Aprobar el acta",
        "LOCATION:Sala A\\; Lima\\, Perú",
        'ORGANIZER;CN="Secretaría Técnica":mailto:st@cnlctf.example',
        "STATUS:CONFIRMED",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_a_cancelled_event_keeps_its_uid_with_a_higher_sequence():
    cancelled = Calendar.from_ical(to_ics(replace(INVITATION, method=CANCEL, sequence=2)))
    event = cancelled.events[0]
    assert cancelled["METHOD"] == "CANCEL"
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == (INVITATION.uid, 2, "CANCELLED")


def test_an_event_ends_after_its_start():
    with pytest.raises(ValueError, match="ends before"):
        to_ics(replace(INVITATION, ends=datetime(2020, 3, 19, 13, 59, tzinfo=UTC)))
