"""Every lesson in the real JupyterLab, opened once: what each asks of a student, and a student."""

from pathlib import Path

import pytest

from balancegame.grading.practice.questions import questions
from tests.browser.answering import answer
from tests.browser.lab import cells, error_outputs, open_notebook, prompts, run_all_cells
from tests.browser.lesson_students import STUDENTS
from tests.browser.test_explorer import serious, two_frames, use_theme
from tests.cells_that_ran import check_cells_that_ran

LESSONS = sorted(path.name for path in Path("notebooks").glob("*.ipynb"))[1:]


@pytest.fixture(scope="module", params=LESSONS)
def lesson(lab_page, request):
    """The name of a lesson that is open and has run."""
    open_notebook(lab_page, f"notebooks/{request.param}")
    run_all_cells(lab_page)
    return request.param


def test_a_lesson_runs_from_top_to_bottom(page, traffic, screenshots, lesson):
    assert error_outputs(page) == []
    check_cells_that_ran(cells(page))
    assert prompts(page) == []
    assert page.locator(".bg-explorer").count() >= 1
    page.locator(".bg-explorer").first.scroll_into_view_if_needed()
    page.screenshot(path=screenshots / f"lesson_{lesson[:2]}.png")
    assert traffic.beyond_this_machine == []
    assert traffic.errors == []


# JupyterLab's own cells have editors and buttons without a name; what a lesson shows is ours.
SHOWN = {"include": [[".jp-Notebook .jp-MarkdownOutput"], [".jp-Notebook .jp-OutputArea-output"]]}


def test_axe_finds_nothing_serious_in_all_that_a_lesson_shows(page, lesson):
    if lesson[:2] not in ("01", "02", "06"):
        pytest.skip("one lesson in normal form, one of trees and a repeated one stand for all")
    try:
        for theme in ("JupyterLab Light", "JupyterLab Dark"):
            use_theme(page, theme)
            two_frames(page)
            assert serious(page, SHOWN) == []
    finally:
        use_theme(page, "JupyterLab Light")


def test_a_lesson_is_worked_through_as_a_student_does(page, traffic, screenshots, lesson):
    STUDENTS[lesson[:2]](page, screenshots)
    assert error_outputs(page) == []
    assert traffic.beyond_this_machine == []
    assert traffic.errors == []


def test_every_right_answer_is_called_right(page, traffic, lesson):
    names = [name for name in questions if name[:2] == lesson[:2]]
    assert names
    shown = {name: answer(page, name, questions[name].right) for name in names}
    assert [name for name in names if not shown[name].startswith("Right.")] == []
    assert error_outputs(page) == []
    assert traffic.errors == []
