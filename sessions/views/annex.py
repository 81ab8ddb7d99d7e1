"""The annexes of an acta that is being written: attached, seen, ordered, made again, removed."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from sessions import annexes, block_edits
from sessions.annexes import ANNEX
from sessions.blocks import RefusedError
from sessions.forms.annex import AnnexTitleForm
from sessions.models import Acta, Session
from sessions.views.block import View, open_acta, refusal, writer_required


def writes_annexes(*methods: str) -> Callable[[View], View]:
    """A page on an acta's annexes: the acta is held, and where it takes no changes a page says so.

    A refusal shows the annexes as they stand now.
    """

    def decorator(view: View) -> View:
        @writer_required
        @require_http_methods(methods or ["POST"])
        @wraps(view)
        def wrapper(request: HttpRequest, slug: str, **named: Any) -> HttpResponse:
            try:
                with transaction.atomic():
                    return view(request, open_acta(slug), **named)
            except RefusedError as refused:
                acta = Acta.objects.filter(session__in=Session.objects.named(slug)).first()
                if acta is None or acta.session.why_closed:
                    return refusal(request, slug, refused)
                return _list(request, acta, refused, status=refused.status)

        return wrapper

    return decorator


@writer_required
@require_safe
def annex_list(request: HttpRequest, slug: str) -> HttpResponse:
    acta = get_object_or_404(
        Acta.objects.select_related("session"), session__in=Session.objects.named(slug)
    )
    if acta.session.why_closed:
        messages.info(request, acta.session.why_closed)
        return redirect("acta_detail", slug=slug)
    return _list(request, acta)


def _list(
    request: HttpRequest, acta: Acta, refused: RefusedError | None = None, status: int = 200
) -> HttpResponse:
    rows, offers = annexes.attached(acta)
    moved, _, to = request.GET.get("movido", "").partition("-")
    context = {
        "acta": acta,
        "annexes": rows,
        "offers": offers,
        "refused": refused,
        # The button that was pressed is where the keyboard goes on.
        "focus": {"annex": int(moved), "to": to} if moved.isdecimal() else {},
    }
    return render(request, "sessions/annex_list.html", context, status=status)


@writes_annexes("GET", "POST")
def annex_attach(request: HttpRequest, acta: Acta, offer: str) -> HttpResponse:
    """See what an offer would attach, and attach it."""
    found = annexes.find_offer(acta, offer)
    if request.method == "GET":
        context = {"acta": acta, "offer": found, "content": found.build()}
        return render(request, "sessions/annex_attach.html", context)
    annex = annexes.attach(acta, offer, request.user)  # type: ignore[arg-type]
    messages.success(request, f"Se agregó al acta el Anexo {annex.number}.")
    return _back(acta, annex.pk)


@writes_annexes("GET", "POST")
def annex_update(request: HttpRequest, acta: Acta, pk: int) -> HttpResponse:
    """See an annex and what its data have changed since, and give it another title."""
    found = annexes.find(acta, pk)
    initial = {"title": found.annex.title, "version": found.annex.version}
    form = AnnexTitleForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        version, title = form.cleaned_data["version"], form.cleaned_data["title"]
        block_edits.save(ANNEX, acta, pk, version, {"title": title}, request.user)  # type: ignore[arg-type]
        messages.success(request, f"Se guardó el título del Anexo {found.annex.number}.")
        return _back(acta, pk)
    context = {"acta": acta, "found": found, "form": form}
    status = 400 if form.is_bound else 200
    return render(request, "sessions/annex_update.html", context, status=status)


@writes_annexes()
def annex_refresh(request: HttpRequest, acta: Acta, pk: int) -> HttpResponse:
    annexes.refresh(acta, pk, _version(request), request.user)  # type: ignore[arg-type]
    messages.success(request, "El anexo dice lo que ahora dicen los datos.")
    return redirect("annex_update", slug=acta.session.slug, pk=pk)


@writes_annexes()
def annex_move(request: HttpRequest, acta: Acta, pk: int) -> HttpResponse:
    steps = {"arriba": -1, "abajo": 1}
    to = request.POST.get("hacia", "")
    if to not in steps:
        raise RefusedError("Diga si el anexo sube o baja.", status=400)
    block_edits.move(ANNEX, acta, pk, steps[to])
    return redirect(reverse("annex_list", args=[acta.session.slug]) + f"?movido={pk}-{to}")


@writes_annexes("GET", "POST")
def annex_remove(request: HttpRequest, acta: Acta, pk: int) -> HttpResponse:
    found = annexes.find(acta, pk)
    if request.method == "GET":
        return render(request, "sessions/annex_remove.html", {"acta": acta, "found": found})
    block_edits.remove(ANNEX, acta, pk, _version(request))
    messages.success(request, f"Se quitó del acta «{found.annex.title}».")
    return redirect("annex_list", slug=acta.session.slug)


def _version(request: HttpRequest) -> int:
    value = request.POST.get("version", "")
    if not value.isdecimal() or len(value) > 9:
        raise RefusedError("Falta la versión del anexo: vuelva a abrir la página.", status=400)
    return int(value)


def _back(acta: Acta, pk: int) -> HttpResponse:
    return redirect(f"{reverse('annex_list', args=[acta.session.slug])}#anexo-{pk}")
