from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from cnlctf.documents.models import IssuedDocument

pytestmark = pytest.mark.django_db
TABLE = IssuedDocument._meta.db_table


@pytest.fixture
def issued() -> IssuedDocument:
    return IssuedDocument.objects.create(
        name="acta-so-120",
        title="Acta de la Sesión Ordinaria N° 120",
        content=b"%PDF",
        data={"name": "acta-so-120"},
        sha256="0" * 64,
        issued_at=datetime(2020, 1, 16, 16, 25, tzinfo=UTC),
    )


def change(issued: IssuedDocument) -> None:
    issued.title = "Otra"
    issued.save()


def change_many(issued: IssuedDocument) -> None:
    IssuedDocument.objects.update(content=b"%PDF-2")


def change_raw(issued: IssuedDocument) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {TABLE} SET sha256 = 'f' WHERE id = %s", [issued.pk])  # noqa: S608


def delete(issued: IssuedDocument) -> None:
    issued.delete()


def delete_raw(issued: IssuedDocument) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE}")  # noqa: S608


@pytest.mark.parametrize("tamper", [change, change_many, change_raw, delete, delete_raw])
def test_what_is_issued_stays(issued: IssuedDocument, tamper) -> None:
    with pytest.raises(DatabaseError, match="issued_document_immutable"), transaction.atomic():
        tamper(IssuedDocument.objects.get(pk=issued.pk))
    assert IssuedDocument.objects.values().get() == {
        "id": issued.pk,
        "name": "acta-so-120",
        "version": 1,
        "title": "Acta de la Sesión Ordinaria N° 120",
        "content": IssuedDocument.objects.get().content,
        "data": {"name": "acta-so-120"},
        "sha256": "0" * 64,
        "issued_at": datetime(2020, 1, 16, 16, 25, tzinfo=UTC),
        "issued_by_id": None,
    }
    assert bytes(IssuedDocument.objects.get().content) == b"%PDF"


def test_a_version_is_issued_once(issued: IssuedDocument) -> None:
    again = IssuedDocument(
        name=issued.name,
        title=issued.title,
        content=b"%PDF-2",
        data={},
        sha256="1" * 64,
        issued_at=issued.issued_at,
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()
    again.version = 2
    again.save()
    assert [str(document) for document in IssuedDocument.objects.all()] == [
        "Acta de la Sesión Ordinaria N° 120, versión 2",
        "Acta de la Sesión Ordinaria N° 120, versión 1",
    ]


def test_lists_leave_the_bytes_in_the_table(issued: IssuedDocument) -> None:
    assert IssuedDocument.objects.without_bytes().get().get_deferred_fields() == {"content", "data"}
