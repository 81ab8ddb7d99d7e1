from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cnlctf.lib.calendar import today
from cnlctf.lib.pdf import PdfError
from sessions.acta_document import published_document
from sessions.errata import issue
from sessions.forms.errata import CorrectionFormSet, Corrections
from sessions.models import Acta
from sessions.views.acta import get_acta


@permission_required("cnlctf_sessions.change_acta", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def errata_create(request: HttpRequest, slug: str) -> HttpResponse:
    """Written first, read once more, and then issued: three answers to the same form."""
    acta = get_acta(request, slug, without=("issued__content",))
    if not acta.is_approved:
        raise PermissionDenied(
            f"El acta de la {acta.session} no está aprobada: corríjala directamente."
        )
    document = {"document": published_document(acta)}
    if request.method != "POST":
        return _write(request, acta, Corrections(form_kwargs=document))
    forms: CorrectionFormSet = Corrections(request.POST, form_kwargs=document)  # type: ignore[assignment]
    if "more" in request.POST:
        # Nothing is wrong yet with what is still being written.
        written = [{name: form[name].value() for name in form.fields} for form in forms]
        return _write(request, acta, Corrections(initial=written, form_kwargs=document))
    if not forms.is_valid() or "write" in request.POST:
        return _write(request, acta, forms)
    if "issue" not in request.POST:
        context = {"acta": acta, "forms": forms, "corrections": forms.corrections()}
        return render(request, "sessions/errata_confirm.html", context)
    try:
        issued = issue(
            acta,
            forms.corrections(),
            day=today(),
            at=timezone.now(),
            by=request.user,  # type: ignore[arg-type]
        )
    except (ValidationError, PdfError) as error:
        for message in getattr(error, "messages", [str(error)]):
            messages.error(request, message)
        return _write(request, acta, forms)
    messages.success(request, f"Se emitió la {issued.title[0].lower()}{issued.title[1:]}.")
    return redirect("acta_versions", slug)


def _write(request: HttpRequest, acta: Acta, forms: BaseFormSet) -> HttpResponse:
    return render(request, "sessions/errata_create.html", {"acta": acta, "forms": forms})
