"""The site, built and worked through as a student does who has nothing installed but a browser."""

import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote, urlsplit

import pytest

from balancegame.grading.practice.questions import questions
from tests.browser.axe import serious
from tests.browser.conftest import VIEWPORT, complaints
from tests.browser.lab import (
    cells,
    error_outputs,
    open_notebook,
    prompts,
    run_all_cells,
    wait_until_idle,
    wait_until_open,
)
from tests.browser.lesson_students import STUDENTS, answer
from tests.browser.pages import broken_links
from tests.browser.static_site import make_site, serve_folder
from tests.exercise_notebooks import solution

# The first test waits until the site and the environment that builds it are there.
pytestmark = [pytest.mark.site, pytest.mark.timeout(1800)]

REPOSITORY = Path(__file__).resolve().parents[2]
LESSONS = sorted(path.name for path in (REPOSITORY / "notebooks").glob("*.ipynb"))
EXERCISE = "exercises/01_security_or_energy.ipynb"

_SET_CELL = """([id, source]) => {
    const widget = [...window.jupyterapp.shell.widgets('main')]
        .find(each => each.context && each.content.model && each.isVisible);
    const cell = widget.content.widgets.find(each => each.model.id === id);
    cell.model.sharedModel.setSource(source);
}"""

_SAVE = "() => window.jupyterapp.commands.execute('docmanager:save')"


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The folder of the site, in a folder like that of a project on GitHub Pages."""
    folder = tmp_path_factory.mktemp("pages") / "a-project"
    done = make_site(folder)
    if done.returncode:
        pytest.fail(f"make site failed: {done.stdout[-3000:]}{done.stderr[-3000:]}", pytrace=False)
    return folder


@pytest.fixture(scope="session")
def served(site):
    """The site, served on the loopback below a folder of the address."""
    with serve_folder(site.parent) as found:
        yield replace(found, url=f"{found.url}/{site.name}/")


@pytest.fixture(scope="session")
def context(browser, served, heard):
    """A browser that notes what is asked for, of whom, and what goes wrong."""
    context = browser.new_context(base_url=served.url, viewport=VIEWPORT)
    here = served.url.removesuffix("a-project/")
    context.route(
        lambda url: not url.startswith((here, "blob:", "data:")), lambda route: route.abort()
    )
    context.on("request", lambda request: heard.urls.append(request.url))
    context.on("console", lambda message: heard.errors.extend(located(message)))
    context.on("weberror", lambda error: heard.errors.append(str(error.error)))
    yield context
    context.close()


def located(message):
    """Return what a console message complains of, and where."""
    return [f"{each} {message.location['url']}" for each in complaints(message)]


@pytest.fixture(scope="session")
def course_page(context):
    """The page of all tests that need a Python: it takes seconds to start."""
    page = context.new_page()
    page.set_default_timeout(90_000)
    return page


def open_course(page, path):
    """Open a notebook of the course as the buttons of the pages do, with a Python of its own."""
    page.goto(f"course/notebooks/index.html?path={quote(path)}")
    wait_until_open(page, path)


def reload(page, path):
    """Load the tab again: what is there then has been kept by the browser."""
    page.reload()
    wait_until_open(page, path)
    assert parse_qs(urlsplit(page.url).query)["path"] == [path]


def faults(traffic):
    """Return what went wrong on the console, besides what is no fault of a lesson.

    JupyterLite asks the server too for a folder that exists in the browser alone, and Chromium for
    a picture of the site before the page has named one.
    """
    known = re.compile(r"404 .*(/course/api/contents/\S*/all\.json|//[^/]+/favicon\.ico)$")
    return [each for each in traffic.errors if not known.search(each)]


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_runs_to_its_last_cell_and_a_student_works_through_it(
    course_page, traffic, screenshots, lesson
):
    open_course(course_page, f"notebooks/{lesson}")
    run_all_cells(course_page)
    assert error_outputs(course_page) == []
    code = [cell for cell in cells(course_page) if cell["cell_type"] == "code"]
    assert [cell for cell in code if cell["execution_count"] is None] == []
    assert prompts(course_page) == []
    if lesson[:2] == "01":
        # A bet, a slider and the payoffs; others do the same in JupyterLab, with the same scripts.
        STUDENTS["01"](course_page, screenshots)
    for name in [name for name in questions if name[:2] == lesson[:2]][:1]:
        assert answer(course_page, name, questions[name].right).startswith("Right.")
    course_page.screenshot(path=screenshots / f"site_lesson_{lesson[:2]}.png")
    assert error_outputs(course_page) == []
    assert faults(traffic) == []
    assert traffic.beyond_this_machine == []


def reports(page):
    """Return what the checks of the open exercise say."""
    told = (output["data"] for cell in cells(page) for output in cell.get("outputs", []))
    return ["".join(data.get("text/plain", "")) for data in told]


def test_an_exercise_is_checked_wrong_then_right_and_is_there_after_a_reload(course_page, traffic):
    open_course(course_page, EXERCISE)
    right = solution(Path(EXERCISE).stem)
    wrong = right[1].replace("japan_if_tax =", "japan_if_tax = {'Invest'}\nkept =")
    course_page.evaluate(_SET_CELL, ["answer-1", wrong])
    run_all_cells(course_page)
    assert "3 of 4" in reports(course_page)[0]
    assert "japan_if_tax" in reports(course_page)[0]
    for task, source in right.items():
        course_page.evaluate(_SET_CELL, [f"answer-{task}", f"# Task {task}\n{source}"])
    run_all_cells(course_page)
    whole = reports(course_page)[-1]
    assert "Task 1   4 of 4" in whole
    assert "not there yet" not in whole
    assert "not attempted" not in whole
    assert error_outputs(course_page) == []
    course_page.evaluate(_SAVE)

    reload(course_page, EXERCISE)
    kept = {cell["id"]: "".join(cell["source"]) for cell in cells(course_page)}
    assert kept["answer-1"] == f"# Task 1\n{right[1]}"
    open_course(course_page, "notebooks/00_start.ipynb")
    run_all_cells(course_page)
    told = json.dumps([cell.get("outputs") for cell in cells(course_page)])
    assert "15 of 15 points" in told
    assert faults(traffic) == []
    assert traffic.beyond_this_machine == []


def test_work_is_downloaded_and_goes_on_in_jupyterlab(
    course_page, fresh_page, course_server, traffic
):
    open_course(course_page, EXERCISE)
    right = solution(Path(EXERCISE).stem)
    course_page.evaluate(_SET_CELL, ["answer-1", f"# Here\n{right[1]}"])
    course_page.evaluate(_SAVE)
    course_page.goto("course/tree/index.html")
    files = course_page.locator(".jp-DirListing-item")
    files.filter(has_text="exercises").dblclick()
    files.filter(has_text=Path(EXERCISE).name).click()
    with course_page.expect_download() as downloading:
        course_page.get_by_text("Download", exact=True).first.click()
    assert downloading.value.suggested_filename == Path(EXERCISE).name
    downloading.value.save_as(course_server.folder / EXERCISE)

    open_notebook(fresh_page, EXERCISE)
    run_all_cells(fresh_page)
    assert "Task 1   4 of 4" in reports(fresh_page)[0]
    assert prompts(fresh_page) == []
    assert faults(traffic) == []


def test_a_term_of_a_lesson_leads_to_its_page_of_the_glossary(context, course_page, traffic):
    open_course(course_page, f"notebooks/{LESSONS[1]}")
    with context.expect_page() as opening:
        course_page.locator(".jp-MarkdownOutput").get_by_role("link", name="payoff").first.click()
    opening.value.wait_for_url("**/docs/glossary.html")
    assert opening.value.title().startswith("Glossary")
    opening.value.close()
    assert faults(traffic) == []


def test_answers_of_a_lesson_are_there_after_a_reload(course_page, traffic):
    lesson = f"notebooks/{LESSONS[1]}"
    name = next(name for name in questions if name[:2] == "01")
    open_course(course_page, lesson)
    run_all_cells(course_page)
    assert answer(course_page, name, questions[name].right).startswith("Right.")
    # The verdict comes first, and then Python has the page keep the answer.
    wait_until_idle(course_page, quiet=2000)
    reload(course_page, lesson)
    run_all_cells(course_page)
    asked = course_page.get_by_role("group", name=f"Question {name}", exact=True)
    asked.get_by_role("status").filter(has_text="Right.").wait_for()
    assert faults(traffic) == []


def test_a_new_version_of_a_lesson_never_replaces_what_a_student_changed(
    course_page, site, traffic
):
    served = site / "course" / "files" / EXERCISE
    before = served.read_text(encoding="utf-8")
    open_course(course_page, EXERCISE)
    course_page.evaluate(_SET_CELL, ["answer-1", "# Task 1\nmine = 1"])
    course_page.evaluate(_SAVE)
    try:
        served.write_text(before.replace("Exercise 1.", "Exercise one."), encoding="utf-8")
        open_course(course_page, EXERCISE)
        kept = {cell["id"]: "".join(cell["source"]) for cell in cells(course_page)}
    finally:
        served.write_text(before, encoding="utf-8")
    assert kept["answer-1"] == "# Task 1\nmine = 1"


def test_explorers_and_pages_are_accessible(context, course_page, traffic):
    page = context.new_page()
    for path in ("index.html", f"notebooks/{Path(LESSONS[1]).stem}.html"):
        page.goto(f"{path}")
        assert serious(page, None) == []
    page.close()
    open_course(course_page, f"notebooks/{LESSONS[1]}")
    run_all_cells(course_page)
    assert serious(course_page) == []


def test_every_link_leads_somewhere_and_every_button_to_a_notebook(site):
    broken, pages = broken_links(site)
    assert broken == []
    buttons = [link for page in pages.values() for link in page.links if "?path=" in link]
    assert len(buttons) == len(LESSONS) * 2
    for link in buttons:
        (path,) = parse_qs(urlsplit(link).query)["path"]
        assert (site / "course" / "files" / unquote(path)).is_file()


def test_pages_fit_a_phone(context, site, screenshots, traffic):
    page = context.new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    wide = []
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        if name.startswith("course/"):
            continue
        page.goto(name)
        width = page.evaluate("document.documentElement.scrollWidth")
        wide += [(name, width)] if width > 390 else []
        if name == f"notebooks/{Path(LESSONS[1]).stem}.html":
            page.screenshot(path=screenshots / "site_page_390.png", full_page=True)
            # Every picture, the one that stands where an explorer would live among them.
            words = page.locator(".cell_output img, .cell_output svg").evaluate_all(
                "all => all.map(each => each.getAttribute('alt') ?? '')"
            )
            parts = ("Payoff table of Japan and the US. ", "Best-response ")
            starts = (*parts, *parts, "s = 3, below the threshold E = 5.")
            assert len(words) == len(starts)
            assert all(map(str.startswith, words, starts))
    assert wide == []
    assert traffic.beyond_this_machine == []
    assert faults(traffic) == []
    page.close()


def test_a_term_is_found_with_a_server_and_without(browser, site, served):
    with browser.new_context() as context:
        page = context.new_page()
        for place in (served.url, f"file://{site}/"):
            page.goto(f"{place}search.html?q=nucleolus")
            results = page.locator("#search-results li a")
            for title in ("Lesson 8. Pivots", "Coalitions and bargaining", "balancegame.nucleolus"):
                results.filter(has_text=title).first.wait_for()


def test_nothing_hidden_reaches_the_site(site):
    names = [path.relative_to(site).as_posix() for path in site.rglob("*")]
    wheels = [path for path in site.rglob("*.whl") if path.name.startswith("balancegame-")]
    assert len(wheels) == 1
    inside = zipfile.ZipFile(wheels[0]).namelist()
    assert "balancegame/course/exercises/test_01_security_or_energy.py" in inside
    assert [name for name in (*names, *inside) if "_hidden" in name] == []
    assert [name for name in inside if "gradebook" in name] == []
