"""A session of three members whose attendance is taken, as the browser sends it."""

import datetime
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from members.choices import Capacity
from members.models import Designation, Person
from sessions.choices import SessionState
from sessions.models import Session
from tests.sessions import kit

PAGE = "/sesiones/so-120/asistencia/"
BOARD = "/sesiones/so-120/tablero/"
BY_SCRIPT = {"X-Requested-With": "fetch"}


def scheduled() -> tuple[Session, list[Person]]:
    """A session with nobody marked yet, and the holder designated for each member."""
    session = kit.session(state=SessionState.SCHEDULED, starts_at=datetime.time(9))
    kit.rule()
    holders = []
    for entity in kit.members("MINAM", "MINJUS", "MTPE"):
        person = kit.person("Ana", entity.acronym)
        Designation.objects.create(
            entity=entity, person=person, capacity=Capacity.HOLDER, charge="Directora"
        )
        holders.append(person)
    return session, holders


def url(name: str) -> str:
    return reverse(name, args=["so-120"])


def row(person: Person, presence: str, **fields: str) -> dict[str, Any]:
    """A row of the list as the browser sends it."""
    values = {"presence": presence, "arrived_at": "", "left_at": "", "excuse": "", **fields}
    return {"fila": person.pk} | {f"{person.pk}-{name}": value for name, value in values.items()}


def mark(client: Client, *rows: dict[str, Any], **fields: Any) -> HttpResponse:
    data = {"fila": [each["fila"] for each in rows]}
    for each in rows:
        data |= {name: value for name, value in each.items() if name != "fila"}
    return client.post(url("attendance_save"), data | fields)


def said(response: HttpResponse) -> list[str]:
    return [str(message) for message in response.context["messages"]]
