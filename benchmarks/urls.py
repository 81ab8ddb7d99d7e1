"""The project's addresses and one more: the least that a page of it can be."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from cnlctf.urls import urlpatterns as of_the_project

HELLO = "/hola/"
_page = engines["django"].from_string(
    '{% extends "base.html" %}{% block content %}Hola{% endblock %}'
)


@login_not_required
def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_page.render({}, request))


urlpatterns = [*of_the_project, path(HELLO.lstrip("/"), hello)]
