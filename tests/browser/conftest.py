"""A browser, a served course and a page that notes what it asked for and what went wrong."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.chromium import find_chromium, launch
from tests.browser.server import serve_course

LOCAL = {"localhost", "127.0.0.1", "::1", ""}


@dataclass
class Traffic:
    """What a page asked for, and the errors on its console."""

    urls: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def beyond_this_machine(self):
        """The URLs that lead to another machine."""
        return [url for url in self.urls if urlsplit(url).hostname not in {*LOCAL, None}]


@pytest.fixture(scope="session")
def chromium():
    """The path of a Chromium; without one the tests are skipped, and fail where CI is set."""
    path = find_chromium()
    if path is None:
        say = pytest.fail if os.environ.get("CI") else pytest.skip
        say("no Chromium was found; `make test` brings one")
    return path


@pytest.fixture(scope="session")
def browser(chromium, tmp_path_factory):
    """A headless Chromium."""
    home = {"HOME": str(tmp_path_factory.mktemp("home"))}
    with sync_playwright() as playwright:
        browser = launch(playwright, env={**os.environ, **home})
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def course_server(tmp_path_factory):
    """`balancegame lab` on a fresh course folder."""
    scratch = tmp_path_factory.mktemp("lab")
    with serve_course(scratch / "balancegame-course", scratch) as server:
        yield server


@pytest.fixture
def traffic():
    """What the page of this test asks for, and the errors on its console."""
    return Traffic()


@pytest.fixture
def page(browser, course_server, traffic):
    """A page that is logged in to the served course and may ask nothing of another machine."""
    context = browser.new_context(
        base_url=course_server.url, viewport={"width": 1280, "height": 900}
    )
    context.on("request", lambda request: traffic.urls.append(request.url))
    context.on(
        "console",
        lambda message: traffic.errors.append(message.text) if message.type == "error" else None,
    )
    context.on("weberror", lambda error: traffic.errors.append(str(error.error)))
    context.request.get(f"/lab?token={course_server.token}")
    page = context.new_page()
    page.on("websocket", lambda socket: traffic.urls.append(socket.url))
    yield page
    context.close()
    course_server.end_kernels()
    assert traffic.beyond_this_machine == []


@pytest.fixture(scope="session")
def screenshots(tmp_path_factory):
    """The folder for screenshots: $BALANCEGAME_SCREENSHOTS, else one of pytest's own."""
    chosen = os.environ.get("BALANCEGAME_SCREENSHOTS")
    folder = Path(chosen) if chosen else tmp_path_factory.mktemp("screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
