"""Handing out a file that somebody handed in: always to be kept, never shown by the browser."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from cnlctf.documents.models import StoredFile


def download(stored: StoredFile) -> HttpResponse:
    """The response with the file under its own name; who may have it, the view has decided."""
    return HttpResponse(
        bytes(stored.content),
        content_type=stored.media_type,
        headers={
            "Content-Disposition": content_disposition_header(True, stored.name),
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-cache",
        },
    )
