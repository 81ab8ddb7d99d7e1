"""The site with the demo, served once to Chromium for all the tests of this folder."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test import Client, override_settings
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    expect,
)
from pytest_django.live_server_helper import LiveServer

from benchmarks.bulk_plans import follow_demo
from members.models import User
from sessions.models import Acta, Session

# A loaded machine may take its time; nothing here waits for longer than it must.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)

# Nothing moves by itself: where a page has scrolled to is told at once.
QUIET = {"locale": "es-PE", "reduced_motion": "reduce"}
DESKTOP = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}


def load_demo_and_draft() -> None:
    call_command("load_demo", accounts=True, verbosity=0)
    Acta.objects.create(session=Session.objects.get(kind="SO", number=121))
    follow_demo()


@pytest.fixture(scope="package")
def transactional_db(
    request: pytest.FixtureRequest,
    django_db_setup: Any,
    django_db_blocker: Any,
    flush_past_triggers: Any,
) -> Iterator[None]:
    """The demo and drafts beside it, committed once for the whole folder instead of once a test.

    A test that needs other data gives, as the parameter, what loads them. It has this name for
    pytest-django to make the database, and to run these tests after those that roll back.
    """
    load = getattr(request, "param", load_demo_and_draft)
    with django_db_blocker.unblock():
        load()
        try:
            yield
        finally:
            call_command("flush", interactive=False, verbosity=0)
            connections.close_all()


@pytest.fixture(scope="package")
def site(transactional_db: None) -> Iterator[str]:
    server = LiveServer("localhost")
    with override_settings(ALLOWED_HOSTS=["localhost"]):
        yield server.url
    server.stop()


@pytest.fixture(scope="package")
def context_of(browser: Browser, site: str) -> Iterator[Callable[[str], BrowserContext]]:
    """The browser of an account that has entered, "" for a stranger's; one for all its tests."""
    contexts: dict[str, BrowserContext] = {}
    with ExitStack() as stack:

        def context_of(username: str) -> BrowserContext:
            if username not in contexts:
                context = stack.enter_context(browser.new_context(base_url=site, **QUIET))
                context.set_default_timeout(PATIENCE)
                if username:
                    client = Client()
                    client.force_login(User.objects.get(username=username))
                    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
                    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site}])
                contexts[username] = context
            return contexts[username]

        yield context_of


@pytest.fixture
def watch() -> Iterator[Callable[[Page], Page]]:
    """Listen to a page: whatever the browser complains of on it fails the test."""
    complaints: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        # A status of 400 or more is complained of below, where it is no page asked for.
        if message.type in ("error", "warning") and "Failed to load" not in message.text:
            complaints.append(message.text)

    def on_response(response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            complaints.append(f"{response.url}: {response.status}")

    def on_failure(request: Request) -> None:
        # Aborted: a page that turns out to be a download, or what a page was leaving behind.
        if request.failure != "net::ERR_ABORTED":
            complaints.append(f"{request.url}: {request.failure}")

    def watch(page: Page) -> Page:
        page.on("console", on_console)
        page.on("response", on_response)
        page.on("requestfailed", on_failure)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield watch
    assert complaints == []


@pytest.fixture
def open_page(
    context_of: Callable[[str], BrowserContext], watch: Callable[[Page], Page]
) -> Iterator[Callable[..., Page]]:
    """Open a page as an account, and expect its status."""
    with ExitStack() as stack:

        def open_page(path: str, username: str = "", status: int = 200) -> Page:
            page = context_of(username).new_page()
            stack.callback(page.close)
            page.set_viewport_size(DESKTOP)
            response = watch(page).goto(path)
            assert response is not None
            assert response.status == status
            return page

        yield open_page
