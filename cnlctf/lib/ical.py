"""An event as an iCalendar invitation (RFC 5545, RFC 5546): the same event, the same text."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils import timezone
from icalendar import Calendar, Event, Timezone, TimezoneStandard, vCalAddress

REQUEST, CANCEL = "REQUEST", "CANCEL"


@dataclass(frozen=True)
class Party:
    name: str
    email: str


@dataclass(frozen=True)
class Invitation:
    """``uid`` is the event's for ever, ``sequence`` grows with each change of it.

    ``stamped``, ``starts`` and ``ends`` are aware; the event is written in Lima's time.
    """

    uid: str
    sequence: int
    method: str
    stamped: datetime
    starts: datetime
    ends: datetime
    summary: str
    location: str
    description: str
    organizer: Party
    attendee: Party


def to_ics(invitation: Invitation) -> str:
    """The text of an .ics file; a ValueError for an event that ends before it starts."""
    if invitation.ends < invitation.starts:
        raise ValueError("The event ends before it starts")
    calendar = Calendar()
    calendar.add("prodid", "-//CNLCTF//Convocatorias//ES")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", invitation.method)
    calendar.add_component(_lima())
    event = Event()
    event.add("uid", invitation.uid)
    event.add("sequence", invitation.sequence)
    event.add("dtstamp", invitation.stamped.astimezone(UTC))
    event.add("dtstart", timezone.localtime(invitation.starts))
    event.add("dtend", timezone.localtime(invitation.ends))
    event.add("summary", invitation.summary)
    event.add("location", invitation.location)
    event.add("description", invitation.description)
    event.add("status", "CANCELLED" if invitation.method == CANCEL else "CONFIRMED")
    event.add("organizer", _address(invitation.organizer))
    attendee = _address(invitation.attendee)
    attendee.params["PARTSTAT"] = "NEEDS-ACTION"
    # Answers come by the link in the message: nobody reads the organizer's mailbox for them.
    attendee.params["RSVP"] = "FALSE"
    event.add("attendee", attendee)
    calendar.add_component(event)
    return calendar.to_ical().decode()


def _address(party: Party) -> vCalAddress:
    address = vCalAddress(f"mailto:{party.email}")
    address.params["CN"] = party.name
    return address


def _lima() -> Timezone:
    """Peru keeps one time all the year; written out, for the machine's tables may differ."""
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1994, 4, 1))
    standard.add("tzoffsetfrom", timedelta(hours=-5))
    standard.add("tzoffsetto", timedelta(hours=-5))
    standard.add("tzname", "-05")
    lima = Timezone()
    lima.add("tzid", "America/Lima")
    lima.add_component(standard)
    return lima
