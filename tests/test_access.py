"""Who may open what: every address of the project for every role, and what is linked to whom."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urldefrag, urljoin

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from benchmarks.bulk_plans import follow_demo
from members.choices import Role
from members.models import Entity, Person, User
from poa.models import NonWorkingDay
from sessions.models import Acta, AgendaItem, AgendaPaper, ProposalPattern, Session
from tests.access_table import (
    ADMIN_PAGES,
    ENTER,
    NOT_PUBLISHED,
    RECORDS,
    WRITING,
    Page,
    record_pages,
)
from tests.sessions.refused_papers import stored

pytestmark = pytest.mark.django_db

STRANGER, NO_ROLE = "stranger", "no role"
ROLES = (STRANGER, NO_ROLE, *Role.values)
STAFF = (Role.SECRETARY, Role.ADMIN)


PAGES = {
    "home": Page("/"),
    "health": Page("/salud/"),
    "login": Page("/ingresar/"),
    "logout": Page("/salir/", 405, 405, 405, 405, 405, 405),
    "session_list": Page("/sesiones/"),
    "session_detail": Page("/sesiones/so-120/"),
    "acta_detail": Page("/sesiones/so-120/acta/"),
    "acta_pdf": Page("/sesiones/so-120/acta.pdf"),
    "acta_docx": Page("/sesiones/so-120/acta.docx"),
    "acta_text": Page("/sesiones/so-120/acta.txt"),
    "acta_versions": Page("/sesiones/so-120/acta/versiones/"),
    "version_compare": Page("/sesiones/so-120/acta/versiones/comparar/?de=1&a=1"),
    "version_pdf": Page("/sesiones/so-120/acta/versiones/1.pdf"),
    "acta_review": Page("/sesiones/so-120/acta/revision/", ENTER, 403, 200, 403, 403, 403),
    "agreement_list": Page("/acuerdos/", ENTER, 403),
    "entity_list": Page("/miembros/"),
    "entity_detail": Page("/miembros/minjus/"),
    "plan_latest": Page("/poa/"),
    "plan_detail": Page("/poa/2019/"),
    "plan_matrix": Page("/poa/2019/matriz/"),
    "plan_workbook": Page("/poa/2019/anexo.xlsx"),
    "plan_pdf": Page("/poa/2019/tablero.pdf"),
    "plan_reckoning": Page("/poa/2019/calculo/"),
    "plan_institution": Page("/poa/2019/instituciones/sunafil/"),
    "plan_projector": Page("/poa/2019/proyector/"),
    "plan_ambition": Page("/poa/2019/ambicion/", ENTER, 403),
    "line_detail": Page("/poa/2019/lineas/1.3.3/"),
    "plan_tree": Page("/poa/arbol/"),
    "plan_versions": Page("/poa/2022/versiones/"),
    "version_difference": Page("/poa/2022/versiones/1/1/"),
    "evaluation_list": Page("/poa/2019/evaluaciones/"),
    "evaluation_detail": Page("/poa/2019/evaluaciones/1/", 404, 404, 404, 404, 404, 404),
    "evaluation_pdf": Page("/poa/2019/evaluaciones/1.pdf", 404, 404, 404, 404, 404, 404),
    "evaluation_workbook": Page("/poa/2019/evaluaciones/1.xlsx", 404, 404, 404, 404, 404, 404),
} | WRITING


for name, powers in RECORDS.items():
    ADMIN_PAGES |= record_pages(name, *powers)


@pytest.fixture(scope="module")
def clients(demo: Any) -> dict[str, Client]:
    """A browser for each role, in the demo with a draft beside the approved acta."""
    coming = Session.objects.get(kind="SO", number=121)
    Acta.objects.create(session=coming)
    point = AgendaItem.objects.create(session=coming, position=1, title="El plan de 2020")
    AgendaPaper.objects.create(agenda_item=point, position=1, title="El plan", file=stored())
    ProposalPattern.objects.create(slug="cierre", text="Se levantó la sesión.")
    NonWorkingDay.objects.create(day="2020-02-28", norm="DS 1-2020-PCM")
    follow_demo()
    of_role = {STRANGER: Client(), NO_ROLE: Client()}
    of_role[NO_ROLE].force_login(User.objects.create_user("nobody"))
    people = {
        Role.SECRETARY: Person.objects.get(surnames="Tello Guerrero"),
        Role.REPRESENTATIVE: Person.objects.get(surnames="León Vilela"),
        Role.OBSERVER: Person.objects.get(surnames="Ordinola Dediós"),
    }
    for role in Role:
        user = User.objects.create_user(role.name, person=people.get(role), is_staff=role in STAFF)
        user.groups.add(Group.objects.get(name=role))
        of_role[role] = Client()
        of_role[role].force_login(user)
    return of_role


def outcome(response: Any) -> int | str:
    """The status at the end of the redirections; ENTER where they lead to the login page."""
    sent_to_login = response.redirect_chain and response.request["PATH_INFO"] == "/ingresar/"
    return ENTER if sent_to_login else response.status_code


def with_numbers(path: str) -> str:
    """The path with the numbers that an existing record has in this database."""
    if "{" not in path:
        return path
    if "{paper}" in path:
        return path.format(paper=AgendaPaper.objects.get().pk)
    if "{point}" in path:
        return path.format(point=AgendaItem.objects.get(session__number=121).pk)
    label, name = path.split("/")[2:4]
    model = Entity if label == "r" else apps.get_model(label, name)
    return path.format(
        pk=model._default_manager.order_by("pk").last().pk,
        content_type=ContentType.objects.get_for_model(model).pk,
    )


def assert_outcomes(clients: dict[str, Client], page: Page) -> None:
    path = with_numbers(page.path)
    found = {role: outcome(client.get(path, follow=True)) for role, client in clients.items()}
    assert found == dict(zip(ROLES, page[1:], strict=True))


def addresses(resolver: URLResolver, route: str = "", space: str = "") -> Iterator[tuple[str, Any]]:
    """Every address by its name, or by its route where it has none, with its view."""
    for pattern in resolver.url_patterns:
        full = f"{route}{pattern.pattern}"
        if isinstance(pattern, URLPattern):
            yield (f"{space}{pattern.name}" if pattern.name else full), pattern.callback
        else:
            inner = f"{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern, full, inner)


# --- The table ------------------------------------------------------------------------------


def test_every_address_is_in_the_table():
    assert sorted(name for name, _ in addresses(get_resolver())) == sorted(PAGES | ADMIN_PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_page(clients, name):
    assert_outcomes(clients, PAGES[name])


@pytest.mark.parametrize("expected", NOT_PUBLISHED, ids=lambda expected: expected.path)
def test_page_not_published(clients, expected):
    assert_outcomes(clients, expected)


@pytest.mark.parametrize("name", ADMIN_PAGES)
def test_admin_page(clients, name):
    assert_outcomes(clients, ADMIN_PAGES[name])


# --- Closed by default ----------------------------------------------------------------------


def test_a_view_is_public_by_name_or_asks_for_a_permission(clients):
    """To have entered opens nothing: an account without a role sees what a stranger sees."""
    pages = PAGES | ADMIN_PAGES
    closed = [
        name for name, view in addresses(get_resolver()) if getattr(view, "login_required", True)
    ]
    assert [name for name in closed if pages[name].stranger != ENTER] == []
    assert [name for name in closed if pages[name].no_role != 403] == []


@pytest.mark.parametrize("path", ["/acuerdos/?estado=vencido", "/admin/members/person/"])
def test_who_enters_comes_back_to_the_page_asked_for(clients, path):
    user = User.objects.get(username="SECRETARY")
    user.set_password("una-clave-de-prueba")
    user.save()
    client = Client()
    login = client.get(path, follow=True)
    form = {"username": "SECRETARY", "password": "una-clave-de-prueba"}
    entered = client.post("/ingresar/", form | {"next": login.context["next"]})
    assertRedirects(entered, path, fetch_redirect_response=False)


def test_who_leaves_after_the_session_expired_is_not_asked_to_enter(clients):
    assertRedirects(Client().post("/salir/"), "/")


# --- What is read is not written ------------------------------------------------------------


READ_ONLY = [name for name in PAGES if name not in {"login", "logout", *WRITING}]


@pytest.mark.parametrize("name", READ_ONLY)
def test_a_page_takes_no_post(clients, name):
    assert clients[Role.SECRETARY].post(PAGES[name].path).status_code == 405


@pytest.mark.parametrize(
    ("role", "path"),
    [
        (Role.ADMIN, "/admin/cnlctf_sessions/session/{pk}/change/"),
        (Role.ADMIN, "/admin/cnlctf_sessions/agreement/add/"),
        (Role.SECRETARY, "/admin/members/user/{pk}/change/"),
        (Role.SECRETARY, "/admin/members/entity/{pk}/delete/"),
        (Role.REPRESENTATIVE, "/admin/members/designation/add/"),
    ],
)
def test_who_may_not_write_is_refused(clients, role, path):
    assert clients[role].post(with_numbers(path), {"post": "yes"}).status_code == 403


# --- What is linked -------------------------------------------------------------------------


def links(page: str, html: str) -> set[str]:
    hrefs = (unescape(href) for href in re.findall(r'<a\b[^>]*?\shref="([^"]*)"', html))
    return {urljoin(page, href) for href in hrefs if not href.startswith(("http", "mailto:"))}


@pytest.mark.parametrize("role", ROLES)
def test_every_link_leads_somewhere(clients, role):
    """From the home on, nobody is shown a link that is refused, or a part that is not there."""
    html, dead, asked, waiting, filters = {}, set(), set(), ["/"], set()
    while waiting:
        page = waiting.pop()
        # Filters combine without end: one of each kind is followed on a page, and none of its own.
        path, _, query = page.partition("?")
        kind = path, frozenset(parse_qs(query, keep_blank_values=True)) if query else None
        if page in html or kind in filters:
            continue
        if query:
            filters.add(kind)
        response = clients[role].get(page, follow=True)
        is_page = response["Content-Type"].startswith("text/html")
        html[page] = response.content.decode() if is_page else ""
        if outcome(response) != 200:
            dead.add(page)
        # The admin's own pages are Django's.
        if not page.startswith("/admin/"):
            found = {urldefrag(link) for link in links(page, html[page])}
            found = {link for link in found if not (query and "?" in link.url)}
            asked |= found
            waiting += sorted(link.url for link in found)
    assert dead == set()
    parts = {(link.url, link.fragment) for link in asked if link.fragment and link.url in html}
    assert {(page, part) for page, part in parts if f'id="{part}"' not in html[page]} == set()


READ = ["Inicio", "Sesiones", "Plan operativo", "Miembros"]
FOLLOW = ["Inicio", "Sesiones", "Acuerdos", "Plan operativo", "Miembros"]


@pytest.mark.parametrize(
    ("role", "labels"),
    [
        (STRANGER, READ),
        (NO_ROLE, READ),
        (Role.SECRETARY, [*FOLLOW, "Administración"]),
        (Role.REPRESENTATIVE, FOLLOW),
        (Role.OBSERVER, FOLLOW),
        (Role.ADMIN, [*FOLLOW, "Administración"]),
    ],
)
def test_navigation(clients, role, labels):
    html = clients[role].get("/").content.decode()
    navigation = html.partition('<nav aria-label="Principal">')[2].partition("</nav>")[0]
    assert re.findall(r"<a[^>]*>(.*?)</a>", navigation) == labels


@pytest.mark.parametrize("role", [Role.REPRESENTATIVE, Role.OBSERVER, Role.ADMIN])
def test_a_draft_is_linked_to_its_writers_only(clients, role):
    for page in ("/sesiones/", "/sesiones/so-121/"):
        assertContains(clients[Role.SECRETARY].get(page), "/sesiones/so-121/acta/")
        assertNotContains(clients[role].get(page), "/sesiones/so-121/acta")


@pytest.mark.parametrize(
    "path", ["/", "/sesiones/", "/sesiones/so-121/", "/miembros/", "/miembros/minjus/"]
)
def test_the_admin_is_linked_to_the_staff_only(clients, path):
    user = User.objects.create_user("outside")
    user.groups.add(Group.objects.get(name=Role.SECRETARY))
    outside = Client()
    outside.force_login(user)
    assertContains(clients[Role.SECRETARY].get(path), 'href="/admin/')
    assertNotContains(outside.get(path), 'href="/admin/')


# --- What does not exist --------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/no-existe/",
        "/sesiones/so-999/",
        "/sesiones/so-9999999999/",
        "/sesiones/so-99999999999999999999999/",
        f"/sesiones/so-{'9' * 5000}/",
        "/sesiones/so-0120/",
        "/sesiones/SO-120/",
        "/sesiones/xx/",
        "/sesiones/so-999/acta.pdf",
        "/sesiones/so-119/acta/",
        "/miembros/nadie/",
        "/poa/1999/",
        "/poa/99999999999999999999/",
        f"/poa/{'9' * 5000}/matriz/",
        "/poa/1999/anexo.xlsx",
        "/poa/2019/lineas/9.9.9/",
        f"/poa/2019/lineas/{'9' * 5000}/",
        "/poa/2019/lineas/%00/",
    ],
    ids=lambda path: path[:40],
)
def test_an_address_that_does_not_exist(clients, path):
    for role, client in clients.items():
        response = client.get(path)
        assert response.status_code == 404
        assert response.templates[0].name == "404.html"
        assertContains(response, "<h1>No encontramos esta página</h1>", status_code=404, html=True)
        on = {"/", "/sesiones/", "/poa/", "/miembros/"}
        if role == STRANGER:
            on.add(f"/ingresar/?next={path}")
        assert on - links("/", response.content.decode()) == set()
