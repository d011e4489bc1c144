"""Every lesson in the real JupyterLab, from the first cell to the last."""

from pathlib import Path

import pytest

from tests.browser.lab import error_outputs, open_notebook, prompts, run_all_cells
from tests.browser.test_explorer import (
    answer_becomes,
    has_focus,
    payoff,
    place_bet,
    serious,
    slider,
)

LESSONS = sorted(path.name for path in Path("notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_runs_from_top_to_bottom(page, traffic, screenshots, lesson):
    open_notebook(page, f"notebooks/{lesson}")
    run_all_cells(page)
    assert error_outputs(page) == []
    assert prompts(page) == []
    assert page.locator(".bg-explorer").count() >= 1
    assert traffic.beyond_this_machine == []
    page.locator(".bg-explorer").first.scroll_into_view_if_needed()
    page.screenshot(path=screenshots / f"lesson_{lesson[:2]}.png")
    assert traffic.errors == []


def test_lesson_1_worked_through_as_a_student_does(page, traffic, screenshots):
    open_notebook(page, "notebooks/01_security_or_energy.ipynb")
    run_all_cells(page)
    explorer = page.locator(".bg-explorer").first
    explorer.scroll_into_view_if_needed()
    place_bet(explorer, "Comply, Enforce")
    answer = explorer.locator(".bg-answer")
    before = answer.inner_text()
    start = explorer.locator(".bg-stand").inner_text()
    slider(explorer, "s").press("ArrowLeft")
    page.wait_for_function(
        "([node, start]) => node.innerText !== start",
        arg=[explorer.locator(".bg-stand").element_handle(), start],
    )
    for _ in range(12):
        slider(explorer, "s").press("ArrowLeft")
    answer_becomes(explorer, "Japan plays Engage")
    assert answer.inner_text() != before

    cell = payoff(explorer)
    cell.focus()
    cell.press("Control+a")
    cell.press_sequentially("99/2")
    cell.press("Enter")
    answer_becomes(explorer, "Japan plays Comply")
    assert has_focus(cell)
    assert serious(page) == []
    assert error_outputs(page) == []
    page.screenshot(path=screenshots / "lesson_01_edited.png")
    assert traffic.beyond_this_machine == []
    assert traffic.errors == []
