"""The explorer of a signalling game in a real JupyterLab, by keyboard."""

import pytest

from tests.browser.lab import error_outputs, open_notebook, run_all_cells, write_notebook

# Another reward than in lesson 5, on which the course may hold a bet already.
SOURCES = (
    'import balancegame as bg\nsignal = bg.models["costly-signal"]\nbg.explore(signal, B="9/2")',
    'bg.explore(signal, "p", "B")',
)


@pytest.fixture
def explorers(page, course_server):
    """An explorer with bars of beliefs, and one with a map."""
    name = "notebooks/signalling.ipynb"
    write_notebook(course_server.folder, name, *SOURCES)
    open_notebook(page, name)
    run_all_cells(page)
    yield page.locator(".bg-explorer")
    assert error_outputs(page) == []


def bet(explorer, choice):
    """Place a bet by keyboard."""
    explorer.get_by_role("radio", name=choice, exact=True).focus()
    explorer.page.keyboard.press("Space")
    explorer.page.keyboard.press("Enter")
    # The verdict takes the focus when it comes.
    explorer.locator(".bg-verdict:focus").wait_for()


def test_beliefs_and_a_map_follow_the_keys(page, explorers):
    bars, plane = explorers.nth(0), explorers.nth(1)
    bet(bars, "yes, in every equilibrium")
    bars.get_by_text("Partly right").wait_for()
    assert bars.locator("svg desc").count() == 2
    prior = bars.get_by_role("slider", name="p =")
    prior.focus()
    for _ in range(12):
        page.keyboard.press("ArrowRight")
    bars.get_by_text("Before any message: Independent 8/15").wait_for()
    bars.get_by_text("and one semi-separating equilibrium").wait_for()
    bet(plane, "pooling on Stay away, then Ignore")
    point = plane.get_by_role("application")
    point.focus()
    page.keyboard.press("Shift+ArrowUp")
    plane.locator(".bg-here", has_text="B = 13/2").wait_for()
    assert plane.locator("[aria-current=true]").count() == 1
