"""A world that changes in a real JupyterLab: its explorer by keyboard, and play in it."""

import pytest

from tests.browser.axe import violations
from tests.browser.lab import error_outputs, open_notebook, run_all_cells, write_notebook

# Other values than in lesson 11, on which the course may hold a bet already.
SOURCES = (
    "import balancegame as bg",
    'model = bg.models["hostility"]\nbg.explore(model, Y="21/4", E="13/4")',
    'bg.play(model, against="grim trigger", f=1, r=1)',
)


@pytest.fixture
def explorers(page, course_server):
    """An explorer, and a match in a world that changes in every period."""
    name = "notebooks/stochastic.ipynb"
    write_notebook(course_server.folder, name, *SOURCES)
    open_notebook(page, name)
    run_all_cells(page)
    yield page.locator(".bg-explorer")
    assert error_outputs(page) == []


def test_norms_follow_the_keys_and_play_the_weather(page, explorers, screenshots):
    explorer, match = explorers.nth(0), explorers.nth(1)
    explorer.get_by_role("radio", name="Support in any weather and fair-weather support").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    explorer.locator(".bg-verdict:focus").wait_for()
    explorer.get_by_text("Support in any weather: yes").wait_for()
    chance = explorer.get_by_role("slider", name="f =")
    chance.focus()
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    explorer.get_by_text("Support in any weather: no").wait_for()
    assert explorer.locator(".bg-held[data-norm]").count() == 2
    explorer.locator("svg desc", has_text="It stands at f = 1/2.").wait_for(state="attached")
    explorer.screenshot(path=screenshots / "stochastic.png")

    match.get_by_text("The world is in calm before period 1.").wait_for()
    support = match.get_by_role("button", name="Support", exact=True)
    support.focus()
    for period, world in ((2, "hostility"), (3, "calm")):
        page.keyboard.press("Enter")
        match.get_by_text(f"The world is in {world} before period {period}.").wait_for()
    assert match.locator("tbody tr").count() == 2
    match.get_by_role("combobox").select_option("grim trigger")
    match.get_by_role("button", name="Name it").click()
    match.get_by_text("Right: you faced grim trigger").wait_for()
    match.get_by_role("button", name="Back").click()
    match.get_by_text("In period 2 the world is in hostility; then it goes to calm.").wait_for()
    match.screenshot(path=screenshots / "stochastic-play.png")
    for part in (".bg-stochastic", ".bg-play"):
        assert violations(page, part) == []
