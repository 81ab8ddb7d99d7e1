"""The acta as a text document and as plain text: who may read the PDF may have them."""

import hashlib
from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from sessions.acta_data import ActaDocument
from sessions.acta_document import collect, published_document
from sessions.acta_files import docx_of, text_of
from sessions.models import Acta
from sessions.views.acta import cannot, get_acta, reads_record

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@login_not_required
@require_safe
def acta_docx(request: HttpRequest, slug: str) -> HttpResponse:
    return _file(request, slug, docx_of, "docx", DOCX)


@login_not_required
@require_safe
def acta_text(request: HttpRequest, slug: str) -> HttpResponse:
    return _file(request, slug, text_of, "txt", "text/plain; charset=utf-8")


def _file(
    request: HttpRequest,
    slug: str,
    write: Callable[[ActaDocument], bytes],
    ending: str,
    content_type: str,
) -> HttpResponse:
    acta = get_acta(request, slug, without=("issued__content",))
    answer = _published if reads_record(request, acta) else _draft
    response = answer(request, acta, write)
    if response.status_code == 200:
        response["Content-Type"] = content_type
        # The browser keeps it: there is no page to show it as.
        response["Content-Disposition"] = f'attachment; filename="{acta.document_name}.{ending}"'
    return response


@cache_control(no_cache=True, public=True)
def _published(
    request: HttpRequest, acta: Acta, write: Callable[[ActaDocument], bytes]
) -> HttpResponse:
    content = write(published_document(acta))
    etag = quote_etag(hashlib.sha256(content).hexdigest())
    response = get_conditional_response(request, etag=etag) or HttpResponse(content)
    response["ETag"] = etag
    return response


@never_cache
def _draft(
    request: HttpRequest, acta: Acta, write: Callable[[ActaDocument], bytes]
) -> HttpResponse:
    try:
        return HttpResponse(write(collect(acta)))
    except ValidationError as error:
        return cannot(request, acta, error.messages)
