"""A browser, a served course and a page that notes what it asked for and what went wrong."""

import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partialmethod
from pathlib import Path
from shutil import rmtree
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, sync_playwright

from tests.browser.chromium import find_chromium, launch
from tests.browser.copied_kernels import copied_kernels
from tests.browser.lab import prompts
from tests.browser.server import serve_course
from website.distribution import out_of_reach

VIEWPORT = {"width": 1280, "height": 900}
REPOSITORY = Path(__file__).resolve().parents[2]
# anywidget 0.11 gives up a widget that has not begun within two seconds, however busy the machine.
PATIENT = """{
    const limit = AbortSignal.timeout.bind(AbortSignal);
    AbortSignal.timeout = milliseconds => limit(30 * milliseconds);
}"""
# Each editor of a notebook asks whether all fonts are there, whereupon Chromium lays out the whole
# page; and with each widget anywidget 0.11 puts a style sheet in its own place, as if it were new.
WITHOUT_REPEATING_ITSELF = """{
    const { ready } = document.fonts;
    Object.defineProperty(document.fonts, 'ready', { value: ready });
    const { get, set } = Object.getOwnPropertyDescriptor(Node.prototype, 'textContent');
    Object.defineProperty(HTMLStyleElement.prototype, 'textContent', {
        get,
        set(text) { if (!text || text !== get.call(this)) set.call(this, text); },
    });
}"""
LOCAL = {"localhost", "127.0.0.1", "::1", ""}


@cache
def no_pyodide():
    """Return why the site cannot be built here, or ""; a folder that is named must be right."""
    return "" if os.environ.get("BALANCEGAME_PYODIDE") else out_of_reach(REPOSITORY)


def pytest_runtest_setup(item):
    """Skip the tests of the site, all for one reason, where Pyodide's files cannot be had."""
    if item.get_closest_marker("site") and (why := no_pyodide()):
        pytest.skip(f"the site cannot be built here: {why}")


def pytest_collection_modifyitems(items):
    """Begin with how JupyterLab starts: whoever comes later finds it started."""
    items.sort(key=lambda item: item.path.name != "test_lab_opens.py")


@dataclass
class Traffic:
    """What a page asked for, and the errors on its console."""

    urls: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def beyond_this_machine(self):
        """The URLs that lead to another machine."""
        return [url for url in self.urls if urlsplit(url).hostname not in {*LOCAL, None}]

    @property
    def news(self):
        """The URLs by which JupyterLab asks for news and updates."""
        return [url for url in self.urls if "/lab/api/news" in url or "/lab/api/update" in url]


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
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patched:
        for kind in (Page, Locator):
            patched.setattr(kind, "locator", partialmethod(_in_the_open, kind.locator))
        browser = launch(playwright, env={**os.environ, **home})
        yield browser
        browser.close()


def _in_the_open(within, locator, selector, **options):
    """Look for what a CSS selector names outside of shadow roots, in which nothing of ours is.

    To look into them, Playwright goes through all that is on the page, each time anew.
    """
    return locator(within, f"css:light={selector}", **options)


@pytest.fixture(scope="session")
def course_server(tmp_path_factory):
    """`balancegame lab` on a fresh course folder."""
    scratch = tmp_path_factory.mktemp("lab")
    with (
        copied_kernels() as data,
        serve_course(scratch / "balancegame-course", scratch, data=data) as server,
    ):
        yield server


@pytest.fixture(scope="session")
def heard():
    """What the pages ask for and complain of, until the test that it belongs to has ended."""
    return Traffic()


@pytest.fixture(autouse=True)
def traffic(heard):
    """What the pages asked for, set-up included: nothing beyond this machine, and no news."""
    yield heard
    unasked = heard.beyond_this_machine + heard.news
    heard.urls.clear()
    heard.errors.clear()
    assert unasked == []


@pytest.fixture(autouse=True)
def nothing_kept(request):
    """Forget what was answered and bet in other tests."""
    asked = "course_server" in request.fixturenames
    kept = (
        request.getfixturevalue("course_server").folder / ".balancegame" / "kept" if asked else ""
    )
    if asked:
        rmtree(kept, ignore_errors=True)
    yield
    if asked:
        rmtree(kept, ignore_errors=True)


def complaints(message):
    """Return what a console message complains of.

    JupyterLab asks each kernel for the state of its debugger, and complains if the kernel goes
    before it has answered. That is no fault of a lesson.
    """
    known = message.text.startswith(
        "Could not restore the debugger state: Canceled future for debug_request"
    )
    return [message.text] * (message.type == "error" and not known)


@contextmanager
def logged_in(browser, course_server, heard):
    """Open an empty page that is logged in to the served course."""
    context = browser.new_context(base_url=course_server.url, viewport=VIEWPORT)
    context.on("request", lambda request: heard.urls.append(request.url))
    context.on("console", lambda message: heard.errors.extend(complaints(message)))
    context.on("weberror", lambda error: heard.errors.append(error.error.stack or str(error.error)))
    context.add_init_script(PATIENT)
    context.add_init_script(WITHOUT_REPEATING_ITSELF)
    context.request.get(f"/lab?token={course_server.token}")
    page = context.new_page()
    page.on("websocket", lambda socket: heard.urls.append(socket.url))
    yield page
    context.close()


@pytest.fixture(scope="session")
def lab_page(browser, course_server, heard):
    """The page of all tests: JupyterLab takes seconds to start, so it is started once."""
    with logged_in(browser, course_server, heard) as page:
        yield page
        # News and prompts for updates come some seconds after the first paint.
        assert prompts(page) == []


@pytest.fixture
def page(lab_page):
    """The page of all tests, in its usual size."""
    lab_page.set_viewport_size(VIEWPORT)
    return lab_page


@pytest.fixture
def fresh_page(browser, course_server, heard):
    """A page in which JupyterLab has not been started yet."""
    with logged_in(browser, course_server, heard) as page:
        yield page


@pytest.fixture(scope="session")
def screenshots(tmp_path_factory):
    """The folder for screenshots, $BALANCEGAME_SCREENSHOTS; without it none is taken.

    They are for people to look at; what a test compares has no path.
    """
    chosen = os.environ.get("BALANCEGAME_SCREENSHOTS")
    if chosen:
        folder = Path(chosen)
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
        return
    with pytest.MonkeyPatch.context() as patched:
        for kind in (Page, Locator):
            patched.setattr(kind, "screenshot", partialmethod(_only_in_sight, kind.screenshot))
        yield tmp_path_factory.mktemp("screenshots")


def _only_in_sight(shown, screenshot, *, path=None, **options):
    """Scroll to what a picture would be taken of, and take it only if it goes to no file."""
    if path is None:
        return screenshot(shown, **options)
    if isinstance(shown, Locator):
        shown.scroll_into_view_if_needed()
    return b""
