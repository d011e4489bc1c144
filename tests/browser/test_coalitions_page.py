"""The explorers of votes, of splits and of bargains in a real JupyterLab, by keyboard."""

import pytest

from tests.browser.lab import error_outputs, open_notebook, run_all_cells, write_notebook

SOURCES = (
    'import balancegame as bg\nbg.explore(bg.models["council"], "Japan", J=1, V=1, q=10)',
    'bg.explore(bg.models["pipeline"])',
    'bg.explore(bg.models["kurils"])',
)


@pytest.fixture
def explorers(page, course_server):
    """Bars of power, the triangle of splits, and a bargaining frontier."""
    name = "notebooks/coalitions.ipynb"
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


def test_power_splits_and_frontiers_follow_the_keys(page, explorers, screenshots):
    votes, triangle, frontier = (explorers.nth(k) for k in range(3))

    assert votes.locator(".bg-power-bar").first.is_hidden()
    bet(votes, "a larger part than of the votes")
    votes.get_by_text("Right: Japan had 6.25 % of the votes and 16.5 %").wait_for()
    japan = votes.get_by_role("group", name="Japan", exact=True)
    assert japan.get_by_role("img").get_attribute("aria-label") == (
        "Japan: Shapley-Shubik index 283/1716; Banzhaf index 106/741"
    )
    japan.get_by_role("checkbox", name="Japan has a veto").focus()
    page.keyboard.press("Space")
    japan.get_by_text("3/1144", exact=False).wait_for()
    assert "before 283/1716" in japan.get_by_role("img").get_attribute("aria-label")
    votes.get_by_role("slider", name="US =").focus()
    page.keyboard.press("ArrowRight")
    votes.get_by_text("needs 10 of 17 votes").wait_for()
    votes.get_by_role("slider", name="quota =").focus()
    page.keyboard.press("End")
    votes.get_by_text("Power: the US, China, Russia and 13 more 1/16 each").wait_for()

    bet(triangle, "Russia and China")
    triangle.get_by_text("Right: Russia and China would get 2 too little.").wait_for()
    split = triangle.get_by_role("application")
    split.focus()
    for _ in range(4):
        page.keyboard.press("Shift+ArrowLeft")
    triangle.get_by_text("Russia and Japan could have 4 by themselves").wait_for()
    for _ in range(2):
        page.keyboard.press("Shift+ArrowUp")
    triangle.locator(".bg-point-verdict", has_text="so the split is in the core").wait_for()
    assert split.get_attribute("aria-label") == "Split: Russia 4, China 2 and Japan 0"

    bet(frontier, "only if they can pay each other")
    frontier.get_by_text("Japan pays 13/2.").wait_for()
    frontier.get_by_role("radio", name="draw lots between outcomes").focus()
    page.keyboard.press("Space")
    frontier.get_by_text("No deal: nothing that they can agree on").wait_for()
    for name, explorer in {"votes": votes, "split": triangle, "bargaining": frontier}.items():
        explorer.screenshot(path=screenshots / f"{name}.png")
