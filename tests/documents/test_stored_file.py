import hashlib
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from cnlctf.documents.downloads import download
from cnlctf.documents.models import StoredFile
from cnlctf.lib.upload import OFFICE, check
from members.models import User
from tests.lib.files import PDF

pytestmark = pytest.mark.django_db
AT = datetime(2020, 2, 3, 15, 30, tzinfo=UTC)


@pytest.fixture
def stored() -> StoredFile:
    checked = check("Diagnóstico «ñ».pdf", PDF, OFFICE, 1_000)
    return StoredFile.objects.store(checked, at=AT, by=User.objects.create_user("secretaria"))


def test_what_is_stored_is_what_came(stored: StoredFile) -> None:
    row = StoredFile.objects.get()
    assert bytes(row.content) == PDF
    assert (row.name, row.kind, row.media_type) == ("Diagnóstico «ñ».pdf", "pdf", "application/pdf")
    assert (row.size, row.size_words) == (len(PDF), "1 KB")
    assert row.sha256 == hashlib.sha256(PDF).hexdigest()
    assert (row.uploaded_at, str(row.uploaded_by)) == (AT, "secretaria")


def change(stored: StoredFile) -> None:
    stored.name = "otro.pdf"
    stored.save()


def change_many(stored: StoredFile) -> None:
    StoredFile.objects.update(content=b"%PDF-2")


def change_raw(stored: StoredFile) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE documents_storedfile SET sha256 = 'f'")


@pytest.mark.parametrize("tamper", [change, change_many, change_raw])
def test_what_is_stored_never_changes(stored: StoredFile, tamper) -> None:
    with pytest.raises(DatabaseError, match="stored_file_immutable"), transaction.atomic():
        tamper(StoredFile.objects.get())
    assert bytes(StoredFile.objects.get().content) == PDF


def test_what_nothing_points_at_may_go(stored: StoredFile) -> None:
    """A file handed in by mistake, which may hold somebody's private data."""
    stored.delete()
    assert not StoredFile.objects.exists()


def test_lists_leave_the_bytes_in_the_table(stored: StoredFile) -> None:
    assert StoredFile.objects.without_bytes().get().get_deferred_fields() == {"content"}


def test_a_download_is_kept_and_never_shown(stored: StoredFile) -> None:
    response = download(stored)
    assert response.content == PDF
    assert response.headers == {
        "Content-Type": "application/pdf",
        "Content-Disposition": (
            "attachment; filename*=utf-8''Diagn%C3%B3stico%20%C2%AB%C3%B1%C2%BB.pdf"
        ),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-cache",
    }
