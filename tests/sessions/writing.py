"""Writing the acta as the editor's script does."""

from typing import Any

from django.test import Client

from sessions.models import Acta, Report

EDIT = "/sesiones/so-125/acta/editar/"
SCRIPT = {"accept": "application/json"}


def post(client: Client, path: str, **fields: Any) -> Any:
    return client.post(EDIT + path, fields, headers=SCRIPT)


def save(client: Client, path: str, version: int = 1, **fields: Any) -> Any:
    return post(client, path, version=version, field=list(fields), **fields)


def reports(acta: Acta, *titles: str) -> list[Report]:
    acta.reports.all().delete()
    return [
        Report.objects.create(acta=acta, position=place, title=title, body=title.lower())
        for place, title in enumerate(titles, 1)
    ]


def order(acta: Acta) -> list[tuple[int, str]]:
    return list(acta.reports.values_list("position", "title"))
