"""The rules of the agenda's papers that the database holds: rows it refuses, and why in Spanish."""

import datetime
from typing import Any

from cnlctf.documents.models import StoredFile
from cnlctf.lib.upload import Checked, Kind
from sessions.models import AgendaPaper
from tests.lib.files import PDF

NOW = datetime.datetime(2020, 1, 16, 12, tzinfo=datetime.UTC)


def stored() -> StoredFile:
    return StoredFile.objects.store(Checked("Plan.pdf", Kind.PDF, PDF), at=NOW, by=None)


def paper(r: dict[str, Any], **fields: Any) -> AgendaPaper:
    return AgendaPaper(
        **{"agenda_item": r["item"], "position": 2, "title": "Anexo", "file": stored(), **fields}
    )


def prepare(item: Any) -> None:
    """One, for the next to clash with."""
    paper({"item": item}, position=1, title="Plan").save()


REFUSED_PAPERS = {
    "agenda_paper_position_unique": (
        lambda r: paper(r, position=1),
        "Ese lugar entre los documentos ya está ocupado.",
    ),
    "agenda_paper_title_unique": (
        lambda r: paper(r, title="Plan"),
        "El punto ya tiene un documento con ese título.",
    ),
}
