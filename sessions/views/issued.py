"""The answer that serves an issued PDF: the stored bytes, not sent again to whoever has them."""

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.cache import cache_control

from cnlctf.documents.models import IssuedDocument


# What is issued under the same address may be another one some day: ask, and be told "not
# modified".
@cache_control(no_cache=True, public=True)
def public_pdf(request: HttpRequest, issued: IssuedDocument, filename: str) -> HttpResponse:
    return _pdf(request, issued, filename)


@cache_control(no_cache=True, private=True)
def private_pdf(request: HttpRequest, issued: IssuedDocument, filename: str) -> HttpResponse:
    return _pdf(request, issued, filename)


def pdf_response(content: bytes, filename: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{filename}.pdf"'},
    )


def _pdf(request: HttpRequest, issued: IssuedDocument, filename: str) -> HttpResponse:
    """``content`` is best left deferred: it is read only for who has not the file."""
    etag = quote_etag(issued.sha256)
    unmodified = get_conditional_response(request, etag=etag)
    response = unmodified or pdf_response(bytes(issued.content), filename)
    response["ETag"] = etag
    return response
