"""The project's addresses and two more: the least that a page of it, or a save, can be."""

from django import forms
from django.contrib.auth.decorators import login_not_required, permission_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import engines
from django.urls import path
from django.views.decorators.http import require_POST

from cnlctf.urls import urlpatterns as of_the_project
from sessions.models import Intervention

HELLO = "/hola/"
_page = engines["django"].from_string(
    '{% extends "base.html" %}{% block content %}Hola{% endblock %}'
)


@login_not_required
def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_page.render({}, request))


class TextForm(forms.Form):
    body = forms.CharField(widget=forms.Textarea)


@permission_required("cnlctf_sessions.change_acta", raise_exception=True)
@require_POST
def save(request: HttpRequest, pk: int) -> HttpResponse:
    form = TextForm(request.POST)
    if form.is_valid():
        Intervention.objects.filter(pk=pk).update(body=form.cleaned_data["body"])
    return JsonResponse({"saved": form.is_valid()})


urlpatterns = [
    *of_the_project,
    path(HELLO.lstrip("/"), hello),
    path("guardar/<int:pk>/", save),
]
