"""`balancegame lab` in a real JupyterLab: quiet, local, and with the kernel of this environment."""

import sys

import pytest

from tests.browser.lab import (
    cells,
    error_outputs,
    is_in_front,
    open_beside,
    open_notebook,
    prompts,
    run_all_cells,
    run_notebook,
    wait_until_open,
    write_notebook,
)

START = "notebooks/00_start.ipynb"
# The kernel that a student has.
KERNEL = "python3"


@pytest.fixture
def small_notebook(course_server):
    """A notebook of thirty cells, more than fit on the screen."""
    name = "notebooks/small.ipynb"
    sources = ["import sys; print(sys.executable)", *(f"{n} + {n}" for n in range(29))]
    write_notebook(course_server.folder, name, *sources)
    return name


def test_lab_opens_the_start_page_and_asks_nothing(page, traffic, screenshots):
    page.goto("/")
    page.wait_for_selector(".jp-Notebook", timeout=60_000)
    wait_until_open(page, START)
    # News and prompts for updates come once everything else is there.
    page.wait_for_load_state("networkidle")
    page.screenshot(path=screenshots / "lab_opens.png")
    assert (
        page.locator(".jp-mod-current .lm-TabBar-tabLabel").first.inner_text()
        == (START.rpartition("/")[2])
    )
    assert prompts(page) == []
    assert traffic.urls
    assert traffic.news == []
    # It needs no rebuilding, and to find that out takes a second where Node.js is installed.
    assert [url for url in traffic.urls if "/lab/api/build" in url] == []


def test_jupyter_lists_notebooks_and_hides_what_bg_check_needs(course_server):
    listed = course_server.request("/api/contents/exercises")["content"]
    assert listed
    assert {entry["name"].rpartition(".")[2] for entry in listed} == {"ipynb"}
    assert list((course_server.folder / "exercises").glob("test_01_*.py"))


def test_the_start_page_leads_to_a_lesson_the_facts_and_a_question(page, traffic, screenshots):
    # The test before leaves it open.
    if not is_in_front(page, START):
        open_notebook(page, START, KERNEL)
    run_all_cells(page)
    assert error_outputs(page) == []
    page.screenshot(path=screenshots / "start.png")
    page.get_by_role("link", name="facts and figures").click()
    page.locator(".jp-MarkdownViewer", has_text="Trade Statistics of Japan").wait_for()
    page.screenshot(path=screenshots / "facts.png")
    open_beside(page, START, KERNEL)
    page.get_by_role("link", name="1. Security or energy?").click()
    wait_until_open(page, "notebooks/01_security_or_energy.ipynb")
    assert traffic.errors == []


def test_every_cell_runs_in_this_environment(page, small_notebook):
    open_notebook(page, small_notebook, KERNEL)
    run_all_cells(page)
    ran = cells(page)
    assert ran[0]["outputs"][0]["text"].strip() == sys.executable
    assert [cell["outputs"][0]["data"]["text/plain"] for cell in ran[1:]] == [
        str(2 * n) for n in range(29)
    ]
    assert page.locator(".jp-OutputArea-output").count() == 30
    assert error_outputs(page) == []


def test_an_error_in_a_cell_is_seen(page, course_server):
    run_notebook(page, course_server, "notebooks/error.ipynb", "0", "1 / 0")
    assert "ZeroDivisionError" in error_outputs(page)[0]
