"""One text of an acta at a time: a script is answered in JSON, and a plain form by a page."""

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from members.models import User
from sessions import block_edits
from sessions.acta_editor import added_block, due_dates_of
from sessions.blocks import KINDS, Kind, RefusedError, attribution_of
from sessions.forms.block import BlockForm
from sessions.models import Acta

writer_required = permission_required("cnlctf_sessions.change_acta", raise_exception=True)
View = Callable[..., HttpResponse]

# Of the acta and its session: what tells whether they take a change, and the acta's own texts.
READ = (
    *("state", "version", "opening", "closing"),
    *(f"session__{name}" for name in ("kind", "number", "state", "held_on")),
)

# What was removed and may be brought back, kept with the person's login.
REMOVED, MAX_REMOVED = "removed_blocks", 5


def open_acta(slug: str) -> Acta:
    """The acta to change, held until the transaction ends; RefusedError where it takes none."""
    kind, _, number = slug.partition("-")
    try:
        acta = (
            Acta.objects.select_for_update(of=("self",))
            .select_related("session")
            .only(*READ)
            .get(session__kind=kind.upper(), session__number=number)
        )
    except Acta.DoesNotExist:
        raise RefusedError("Esa sesión no tiene acta.", status=404) from None
    if acta.session.why_closed:
        raise RefusedError(acta.session.why_closed)
    return acta


def is_asked_by_script(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def refusal(request: HttpRequest, slug: str, refused: RefusedError) -> HttpResponse:
    if is_asked_by_script(request):
        return JsonResponse({"message": refused.message, **refused.data}, status=refused.status)
    context = {"slug": slug, "message": refused.message}
    return render(request, "sessions/block_refused.html", context, status=refused.status)


def writes(*methods: str) -> Callable[[View], View]:
    """A change to one kind of block: the acta is held, and a refusal is told as it was asked."""

    def decorator(view: View) -> View:
        @writer_required
        @require_http_methods(methods or ["POST"])
        @wraps(view)
        def wrapper(request: HttpRequest, slug: str, kind: str, **named: Any) -> HttpResponse:
            try:
                with transaction.atomic():
                    return view(request, open_acta(slug), KINDS[kind], **named)
            except RefusedError as refused:
                return refusal(request, slug, refused)

        return wrapper

    return decorator


@writes("GET", "POST")
def block_update(request: HttpRequest, acta: Acta, kind: Kind, pk: int) -> HttpResponse:
    if request.method == "GET":
        return _form_page(request, acta, kind, pk)
    form = BlockForm(request.POST, kind=kind, acta=acta, names=request.POST.getlist("field"))
    if not form.is_valid():
        if is_asked_by_script(request):
            raise RefusedError(form.problem, status=400)
        return _form_page(request, acta, kind, pk, form, status=400)
    changes = _with_attribution(form.changes)
    version = form.cleaned_data["version"]
    try:
        block_edits.save(kind, acta, pk, version, changes, _user(request))
    except RefusedError as refused:
        if is_asked_by_script(request) or "version" not in refused.data:
            raise
        return _form_page(request, acta, kind, pk, form, conflict=refused, status=409)
    if is_asked_by_script(request):
        return JsonResponse({"version": version + 1, **_seen(acta, changes)})
    return redirect(f"{reverse('acta_edit', args=[acta.session.slug])}#b-{kind.slug}-{pk}")


def _with_attribution(changes: dict[str, Any]) -> dict[str, Any]:
    """Who is picked is also named, unless the same change names them otherwise."""
    if not changes.get("speaker"):
        return changes
    named = changes.get("attribution") or attribution_of(changes["speaker"])
    return changes | {"attribution": named, "speaker_entity": None}


def _seen(acta: Acta, changes: dict[str, Any]) -> dict[str, Any]:
    """What the page shows of a change that it cannot work out by itself: not what it just sent."""
    seen = {}
    if "attribution" in changes:
        seen["attribution"] = changes["attribution"]
    if "text" in changes:
        seen["due"] = render_to_string(
            "sessions/editor/_due_dates.html",
            {"dates": due_dates_of(acta, changes["text"])},
        )
    return seen


def _form_page(
    request: HttpRequest,
    acta: Acta,
    kind: Kind,
    pk: int,
    form: BlockForm | None = None,
    conflict: RefusedError | None = None,
    status: int = 200,
) -> HttpResponse:
    row = kind.get(acta, pk)
    initial = kind.values(row) | {"version": row.version}
    theirs = []
    if conflict and form:
        # Sending it again is then to have read both.
        sent = request.POST.copy()
        sent["version"] = str(conflict.data["version"])
        form.data = sent
        theirs = [
            (form.fields[name].label, conflict.data["values"][name])
            for name in form.fields
            if name in {text.field for text in kind.texts}
        ]
    context = {
        "acta": acta,
        "kind": kind,
        "row": row,
        "form": form or BlockForm(initial=initial, kind=kind, acta=acta),
        "conflict": conflict,
        "theirs": theirs,
    }
    return render(request, "sessions/block_form.html", context, status=status)


@writes()
def block_create(request: HttpRequest, acta: Acta, kind: Kind) -> HttpResponse:
    _require_list(kind)
    row = block_edits.create(
        kind, acta, request.POST.get("within", ""), _number(request, "after"), _user(request)
    )
    return _added(request, acta, kind, row)


@writes()
def block_split(request: HttpRequest, acta: Acta, kind: Kind, pk: int) -> HttpResponse:
    _require_list(kind)
    before, after = (_text(kind, acta, request, name) for name in ("before", "after"))
    version = _version(request)
    row = block_edits.split(kind, acta, pk, version, before, after, _user(request))
    return _added(request, acta, kind, row, version=version + 1)


@writes()
def block_join(request: HttpRequest, acta: Acta, kind: Kind, pk: int) -> HttpResponse:
    _require_list(kind)
    row = block_edits.join(kind, acta, pk, _version(request), _user(request))
    if not is_asked_by_script(request):
        return _back(acta, kind, row)
    return JsonResponse({"pk": row.pk, "version": row.version, "text": getattr(row, kind.main)})


@writes()
def block_move(request: HttpRequest, acta: Acta, kind: Kind, pk: int) -> HttpResponse:
    _require_list(kind)
    steps = {"up": -1, "down": 1}
    if request.POST.get("to") not in steps:
        raise RefusedError("Diga si el bloque sube o baja.", status=400)
    row = block_edits.move(kind, acta, pk, steps[request.POST["to"]])
    return JsonResponse({}) if is_asked_by_script(request) else _back(acta, kind, row)


@writes()
def block_remove(request: HttpRequest, acta: Acta, kind: Kind, pk: int) -> HttpResponse:
    _require_list(kind)
    kept = block_edits.remove(kind, acta, pk, _version(request))
    token = secrets.token_urlsafe(9)
    removed = [*request.session.get(REMOVED, []), [token, acta.pk, kind.slug, kept]]
    request.session[REMOVED] = removed[-MAX_REMOVED:]
    if is_asked_by_script(request):
        return JsonResponse({"token": token})
    context = {"acta": acta, "kind": kind, "token": token}
    return render(request, "sessions/block_removed.html", context)


@writes()
def block_restore(request: HttpRequest, acta: Acta, kind: Kind) -> HttpResponse:
    removed = request.session.get(REMOVED, [])
    named = [request.POST.get("token"), acta.pk, kind.slug]
    kept = next((entry for entry in removed if entry[:3] == named), None)
    if kept is None:
        raise RefusedError("Ese bloque ya no se puede recuperar.", status=404)
    row = block_edits.restore(kind, acta, kept[3])
    request.session[REMOVED] = [entry for entry in removed if entry != kept]
    if not is_asked_by_script(request):
        return _back(acta, kind, row)
    return _added(request, acta, kind, row)


def _added(request: HttpRequest, acta: Acta, kind: Kind, row: Any, **seen: Any) -> HttpResponse:
    if not is_asked_by_script(request):
        return redirect("block_update", slug=acta.session.slug, kind=kind.slug, pk=row.pk)
    return JsonResponse({"pk": row.pk, "block": added_block(kind, row, acta), **seen})


def _back(acta: Acta, kind: Kind, row: Any) -> HttpResponse:
    return redirect(f"{reverse('acta_edit', args=[acta.session.slug])}#b-{kind.slug}-{row.pk}")


def _user(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]


def _require_list(kind: Kind) -> None:
    if not kind.is_listed:
        raise Http404


def _number(request: HttpRequest, name: str) -> int | None:
    value = request.POST.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 19 else None


def _version(request: HttpRequest) -> int:
    version = _number(request, "version")
    if version is None or version >= 2**31:
        raise RefusedError("Falta la versión del texto: vuelva a abrir el acta.", status=400)
    return version


def _text(kind: Kind, acta: Acta, request: HttpRequest, name: str) -> str:
    data = {"version": "0", kind.main: request.POST.get(name, "")}
    form = BlockForm(data, kind=kind, acta=acta, names=[kind.main])
    if not form.is_valid():
        raise RefusedError(form.problem, status=400)
    return form.cleaned_data[kind.main]
