"""Splits and votes in a real JupyterLab by mouse: what the keyboard does in lesson 8."""

import pytest

from tests.browser.axe import serious
from tests.browser.lab import error_outputs, run_notebook
from tests.browser.test_explorer import slider, take_whole

SOURCES = (
    """import balancegame as bg
bg.explore(bg.models["pipeline"])""",
    """people = {"A": 50, "B": 30, "C": 15, "D": 5}
bg.explore(bg.CoalitionalGame.weighted([dict.fromkeys(people, 1), people], [3, 60]), "A")""",
)


@pytest.fixture
def explorers(page, course_server):
    """A split among three and a vote with two quotas."""
    run_notebook(page, course_server, "notebooks/coalitions.ipynb", *SOURCES)
    found = page.locator(".bg-explorer")
    found.nth(1).wait_for()
    yield found
    assert error_outputs(page) == []


def place_bet(explorer, choice):
    explorer.get_by_role("radio", name=choice, exact=True).check()
    explorer.get_by_role("button", name="Place bet").click()
    explorer.locator(".bg-verdict:not(:empty)").wait_for()


def drag(page, start, *places):
    page.mouse.move(*start)
    page.mouse.down()
    for place in places:
        page.mouse.move(*place, steps=6)
    page.mouse.up()


def test_a_split_is_dragged(page, explorers, screenshots, traffic):
    triangle = explorers.nth(0)
    place_bet(triangle, "Russia and China")
    split, verdict = triangle.get_by_role("application"), triangle.locator(".bg-point-verdict")

    def becomes(words):
        triangle.locator(f"[role=application][aria-label='Split: {words}']").wait_for()

    split.scroll_into_view_if_needed()
    box = split.bounding_box()

    def place(russia, china, japan):
        """Return the pixel of a split: Russia's corner is above, China's left, Japan's right."""
        whole = russia + china + japan
        right = (japan + russia / 2) / whole
        return box["x"] + box["width"] * right, box["y"] + box["height"] * (1 - russia / whole)

    # Through a split to which others object, to one to which nobody does.
    drag(page, place(2, 2, 2), place(2, 4, 0.02), place(4, 2, 0.02))
    verdict.get_by_text("so the split is in the core").wait_for()
    becomes("Russia 4, China 2 and Japan 0")
    # What moves without the button held down leaves the split where it is.
    page.mouse.move(*place(2, 2, 2), steps=4)
    drag(page, place(4, 2, 0.02), place(2, 4, 0.02))
    verdict.get_by_text("Russia and Japan could have 4 by themselves").wait_for()
    becomes("Russia 2, China 4 and Japan 0")
    # A drag that leaves the triangle ends at its edge.
    drag(page, place(2, 4, 0.02), place(-1, 5, 2), place(-1, 9, 0.02))
    becomes("Russia 0, China 6 and Japan 0")
    take_whole(page, triangle, screenshots / "split-dragged.png")
    assert traffic.errors == []


def test_weights_and_quotas_are_dragged(page, explorers, screenshots, traffic):
    votes = explorers.nth(1)
    place_bet(votes, "just that share")
    votes.locator(".bg-answer", has_text="Power: A 1/2; B, C and D 1/6 each.").wait_for()
    take_whole(page, votes, screenshots / "votes-two-quotas.png")

    def pull(name, share):
        """Drag a slider's thumb from where it is to a part of its length."""
        track = slider(votes, name)
        track.scroll_into_view_if_needed()
        box, at = track.bounding_box(), float(track.evaluate("node => node.value / node.max"))
        # The thumb stays within the track.
        half = 8
        places = [box["x"] + half + (box["width"] - 2 * half) * k for k in (at, share)]
        middle = box["y"] + box["height"] / 2
        drag(page, (places[0], middle), (places[1], middle))

    pull("quota of members", 0)
    votes.get_by_text("A decision needs 1 of 4 members and 60 of 100 votes.").wait_for()
    pull("A", 1)
    votes.locator(".bg-answer", has_text="A decides alone.").wait_for()
    pull("quota of votes", 1)
    votes.locator(".bg-answer", has_text="Power: A, B, C and D 1/4 each.").wait_for()
    votes.get_by_role("checkbox", name="A has a veto").check()
    assert serious(page) == []
    assert traffic.errors == []
