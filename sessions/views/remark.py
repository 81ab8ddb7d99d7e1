"""The page where whoever attended reads the draft and remarks on it: a signed link, no account.

Nobody is shown what the others say: each answers for what they themselves heard.
"""

from collections import Counter
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cnlctf.lib.calendar import now
from sessions import remarks
from sessions.acta_data import outline
from sessions.acta_document import collect, rows_of
from sessions.choices import RemarkState
from sessions.draft_texts import DraftText, draft_texts
from sessions.forms.circulation import RemarkForm
from sessions.models import Reader, Remark
from sessions.remarks import CHANGED, DECIDED, GONE, LATE, Seen, text_of

View = Callable[..., HttpResponse]
GENERAL = "El acta en general"


def by_key(view: View) -> View:
    """Give the view the reader whom the key in the address was signed for.

    The link of a draft that became an acta leads to the acta.
    """

    @login_not_required
    @never_cache
    @wraps(view)
    def wrapper(request: HttpRequest, key: str, **named: Any) -> HttpResponse:
        reader = Reader.objects.of_key(key)
        if reader is None:
            response = render(request, "sessions/reader_gone.html", status=404)
        elif reader.circulation.is_superseded and request.method != "POST":
            response = redirect(reader.circulation.acta)
        else:
            response = view(request, reader, **named)
        response["X-Robots-Tag"] = "noindex"
        return response

    return wrapper


@by_key
@require_safe
def reader_detail(request: HttpRequest, reader: Reader) -> HttpResponse:
    """The draft, once they said that they open it: mail servers that follow links do not."""
    circulation = reader.circulation
    context = {
        "reader": reader,
        "circulation": circulation,
        "acta": circulation.acta,
        "is_open": circulation.is_open(now()),
    }
    if reader.opened_at is None:
        return render(request, "sessions/reader_open.html", context)
    try:
        rows = rows_of(circulation.acta)
        document = collect(circulation.acta, rows)
    except ValidationError as error:
        return render(request, "sessions/reader_gone.html", {"reasons": error.messages}, status=503)
    texts = draft_texts(circulation.acta, rows)
    own = _own(reader, texts)
    context |= {
        "document": document,
        "outline": outline(document),
        "own": own,
        "observe": _links(reader, texts, own) if context["is_open"] else None,
    }
    return render(request, "sessions/reader_detail.html", context)


def _own(reader: Reader, texts: list[DraftText]) -> list[Seen]:
    by_block = {text.key: text for text in texts}
    rows = reader.remarks.exclude(state=RemarkState.WITHDRAWN)
    return [Seen(row, by_block.get((row.kind, row.block or 0))) for row in rows]


def _links(reader: Reader, texts: list[DraftText], own: list[Seen]) -> dict[str, dict[str, Any]]:
    """What stands beside each text, by its anchor: the way to remark on it, and what they said."""
    key = reader.key
    said = Counter((row.remark.kind, row.remark.block) for row in own)
    return {
        text.anchor: {
            "place": text.place,
            "url": reverse("remark_create", args=[key, text.kind, text.block]),
            "said": said[text.key],
        }
        for text in texts
        if text.words.strip()
    }


@by_key
@require_POST
def reader_open(request: HttpRequest, reader: Reader) -> HttpResponse:
    Reader.objects.filter(pk=reader.pk, opened_at=None).update(opened_at=now())
    return redirect(reader)


@by_key
@require_POST
def reader_agree(request: HttpRequest, reader: Reader) -> HttpResponse:
    try:
        remarks.agree(reader, now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "Gracias: quedó registrado que está conforme, sin observaciones.")
    return redirect(reader)


@by_key
@require_http_methods(["GET", "HEAD", "POST"])
def remark_create(request: HttpRequest, reader: Reader, kind: str, pk: int) -> HttpResponse:
    remark = Remark(reader=reader, kind=kind, block=pk)
    return _remark_page(request, remark)


@by_key
@require_http_methods(["GET", "HEAD", "POST"])
def remark_general(request: HttpRequest, reader: Reader) -> HttpResponse:
    """On what is no text of the acta: its data, who attended, its annexes."""
    return _remark_page(request, Remark(reader=reader, place=GENERAL))


@by_key
@require_http_methods(["GET", "HEAD", "POST"])
def remark_update(request: HttpRequest, reader: Reader, pk: int) -> HttpResponse:
    return _remark_page(request, _get_own(reader, pk))


@by_key
@require_POST
@transaction.atomic
def remark_withdraw(request: HttpRequest, reader: Reader, pk: int) -> HttpResponse:
    try:
        remarks.hold(reader, now())
        remarks.withdraw(_get_own(reader, pk))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "Su observación está retirada.")
    return redirect(reader)


def _get_own(reader: Reader, pk: int) -> Remark:
    own = reader.remarks.exclude(state=RemarkState.WITHDRAWN)
    remark = get_object_or_404(own, pk=pk)
    remark.reader = reader
    return remark


@transaction.atomic
def _remark_page(request: HttpRequest, remark: Remark) -> HttpResponse:
    """The form of a remark; whatever keeps it from being saved, what was written is given back."""
    reader = remark.reader
    data = request.POST if request.method == "POST" else None
    try:
        if data is not None:
            remarks.hold(reader, now())
        elif not reader.circulation.is_open(now()):
            raise ValidationError(LATE)
        if remark.pk:
            # What the Secretaría decided while it was being written.
            remark.refresh_from_db(fields=["state"])
        if not remark.is_open:
            raise ValidationError(DECIDED)
        text = _fit(remark)
    except ValidationError as error:
        return _not_taken(request, reader, error.messages)
    initial = {
        "comment": remark.comment,
        "proposal": remark.proposal or remark.before,
        "version": text.version if text else None,
    }
    form = RemarkForm(data, remark=remark, initial=initial)
    status = 200
    if form.is_valid():
        if text and form.cleaned_data["version"] != text.version:
            form.data = request.POST.copy()
            form.data["version"] = str(text.version)
            form.add_error(None, CHANGED)
            status = 409
        else:
            remark.comment = form.cleaned_data["comment"]
            remark.proposal = form.cleaned_data["proposal"]
            remarks.record(remark, now())
            messages.success(request, "Gracias: su observación quedó registrada.")
            return redirect(f"{reader.get_absolute_url()}#{text.anchor if text else 'suyas'}")
    context = {"reader": reader, "remark": remark, "text": text, "form": form}
    return render(request, "sessions/remark_form.html", context, status=status)


def _fit(remark: Remark) -> DraftText | None:
    """Take the text as it stands into the remark; ValidationError where a new one has no text."""
    if not remark.kind:
        return None
    text = text_of(remark.reader.circulation.acta, remark.kind, remark.block or 0)
    if text is not None:
        remark.place, remark.before = text.place, text.words
    elif remark.pk is None:
        raise ValidationError(GONE)
    return text


def _not_taken(request: HttpRequest, reader: Reader, reasons: list[str]) -> HttpResponse:
    context = {
        "reader": reader,
        "reasons": reasons,
        "written": [
            (label, request.POST[name])
            for name, label in (("comment", "Comentario"), ("proposal", "Texto que propone"))
            if request.POST.get(name, "").strip()
        ],
        "is_open": reader.circulation.is_open(now()),
    }
    status = 404 if GONE in reasons else 409
    return render(request, "sessions/remark_not_taken.html", context, status=status)
