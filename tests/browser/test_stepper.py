"""Your own mixture and elimination step by step, in the real JupyterLab, by keyboard and mouse."""

import pytest

from tests.browser.answering import press_often
from tests.browser.axe import serious
from tests.browser.lab import error_outputs, open_notebook, run_all_cells, write_notebook
from tests.browser.test_explorer import has_focus

SOURCES = (
    'import balancegame as bg\nbg.explore_mixture(bg.models["inspection"].game(), "Japan")',
    'bg.explore_elimination(bg.models["balancing-at-once"].game())',
)


@pytest.fixture
def steppers(page, course_server):
    """Both explorers in a notebook of two cells."""
    name = "notebooks/stepper.ipynb"
    write_notebook(course_server.folder, name, *SOURCES)
    open_notebook(page, name)
    run_all_cells(page)
    found = page.locator(".bg-stepper")
    found.nth(1).wait_for()
    yield found
    assert error_outputs(page) == []


def test_mix_and_eliminate(page, steppers, traffic, screenshots):
    mixing, rounds = steppers.nth(0), steppers.nth(1)
    slider = mixing.get_by_role("slider", name="Probability with which Japan plays Violate")
    words = mixing.locator(".bg-answer")
    words.filter(has_text="The best response is Sanction.").wait_for()
    slider.focus()
    press_often(slider, "ArrowLeft", 30)
    words.filter(has_text="The US is indifferent").wait_for()
    assert slider.get_attribute("aria-valuetext") == "1/4"
    slider.press("ArrowLeft")
    words.filter(has_text="The best response is Refrain.").wait_for()
    assert has_focus(slider)
    mixing.screenshot(path=screenshots / "mixture.png")
    frame = mixing.locator(".bg-picture > svg").bounding_box()
    low, high = (frame["x"] + 98, frame["x"] + 98 + 220)
    page.mouse.move(low + 20, frame["y"] + 120)
    page.mouse.down()
    words.filter(has_text="Japan plays Violate with probability 1/10").wait_for()
    page.mouse.move(high + 60, frame["y"] + 120, steps=4)
    words.filter(has_text="Japan plays Violate.").wait_for()
    page.mouse.move(low + 55, frame["y"] + 120, steps=4)
    words.filter(has_text="The US is indifferent").wait_for()
    page.mouse.up()
    page.mouse.move(low, frame["y"] + 120)
    assert slider.get_attribute("aria-valuetext") == "1/4"

    forward = rounds.get_by_role("button", name="Next")
    forward.press("Enter")
    rounds.locator(".bg-answer", has_text="Balance is strictly dominated by Pass").wait_for()
    forward.press("Enter")
    rounds.locator(".bg-answer", has_text="Elimination alone solves the game").wait_for()
    assert has_focus(forward)
    assert forward.get_attribute("aria-disabled") == "true"
    rounds.screenshot(path=screenshots / "elimination.png")
    rounds.get_by_role("button", name="Back").press("Enter")
    rounds.locator(".bg-answer", has_text="Elimination alone").wait_for(state="detached")
    assert serious(page) == []
    assert traffic.beyond_this_machine == []
    assert traffic.errors == []
