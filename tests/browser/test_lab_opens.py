"""`balancegame lab` in a real JupyterLab: quiet, local, and with the kernel of this environment."""

import sys

import nbformat
import pytest

from tests.browser.lab import (
    cells,
    error_outputs,
    open_notebook,
    prompts,
    run_all_cells,
    wait_until_open,
    write_notebook,
)

LESSON = "notebooks/01_security_or_energy.ipynb"


@pytest.fixture
def small_notebook(course_server):
    """A notebook of sixty cells, more than fit on any screen."""
    name = "notebooks/small.ipynb"
    sources = ["import sys; print(sys.executable)", *(f"{n} + {n}" for n in range(59))]
    write_notebook(course_server.folder, name, *sources)
    return name


def test_lab_opens_lesson_1_and_asks_nothing(fresh_page, traffic, screenshots):
    page = fresh_page
    page.goto("/")
    page.wait_for_selector(".jp-Notebook", timeout=60_000)
    wait_until_open(page, LESSON)
    # News and prompts for updates come once everything else is there.
    page.wait_for_load_state("networkidle")
    page.screenshot(path=screenshots / "lab_opens.png")
    assert (
        page.locator(".jp-mod-current .lm-TabBar-tabLabel").first.inner_text()
        == (LESSON.rpartition("/")[2])
    )
    assert prompts(page) == []
    assert traffic.urls
    assert traffic.news == []


def test_every_cell_runs_in_this_environment(page, small_notebook):
    open_notebook(page, small_notebook)
    run_all_cells(page)
    ran = cells(page)
    assert ran[0]["outputs"][0]["text"].strip() == sys.executable
    assert [cell["outputs"][0]["data"]["text/plain"] for cell in ran[1:]] == [
        str(2 * n) for n in range(59)
    ]
    assert page.locator(".jp-OutputArea-output").count() == 60
    assert error_outputs(page) == []


def test_an_error_in_a_cell_is_seen(page, course_server, small_notebook):
    path = course_server.folder / small_notebook
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[1].source = "1 / 0"
    nbformat.write(notebook, path)
    open_notebook(page, small_notebook)
    run_all_cells(page)
    assert "ZeroDivisionError" in error_outputs(page)[0]
