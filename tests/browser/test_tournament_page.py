"""The page of a tournament in the browser, without a server: all can be read, nothing runs."""

from __future__ import annotations

import pytest

import balancegame as bg
from balancegame.grading.isolation.tiers import available_tiers
from balancegame.grading.tournament.tournament_run import hold_tournament
from tests.browser.axe import COLOURS, violations
from tests.browser.test_grade_reports import opened
from tests.grading.test_tournament_of_a_class import BY_ROLE, ECHO, GRIM, NEVER, write

GAME = bg.models["alliance"].game(delta="4/5")
LONG = "a name that is as long as names can be and longer"


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The pages of one tournament, with names and without."""
    folder = tmp_path_factory.mktemp("tournament")
    handed_in = {"ann": GRIM, "bob": ECHO, "cem <i>": NEVER, LONG: BY_ROLE, "eve": "strategy = 5"}
    write(folder / "submissions", **handed_in)
    options = {"mistakes": "1/50", "title": "Support in return for support"}
    options["tier"] = available_tiers()[-1]
    for name, hide in (("named", False), ("hidden", True)):
        hold_tournament(folder / "submissions", GAME, folder / name, hide_names=hide, **options)
    return folder


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["named", "hidden"])
def test_the_page_is_accessible(browser, pages, name, scheme, screenshots):
    page = opened(browser, pages / name / "tournament.html", color_scheme=scheme, bypass_csp=True)
    page.screenshot(path=screenshots / f"tournament-{name}-{scheme}.png", full_page=True)
    found = violations(page, **(COLOURS if scheme == "dark" else {}))
    assert [(violation["id"], violation["help"]) for violation in found] == []


def test_the_page_runs_nothing_and_asks_for_nothing(browser, pages):
    page = opened(browser, pages / "named" / "tournament.html")
    assert page.noted == []
    # The style sheet is let in by its hash.
    assert page.evaluate("getComputedStyle(document.body).maxWidth") == "1152px"


@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_fits_a_narrow_screen(browser, pages, width):
    page = opened(browser, pages / "named" / "tournament.html")
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_lines_can_be_told_apart_without_colour(browser, pages):
    page = opened(browser, pages / "named" / "tournament.html")
    picture = page.get_by_role("img", name="The share of each strategy over the generations.")
    dashes = picture.locator("polyline").evaluate_all(
        "all => all.map(line => line.getAttribute('stroke-dasharray'))"
    )
    assert len(set(dashes)) == len(dashes) == 4


def test_a_dark_page_has_a_dark_picture(browser, pages):
    page = opened(browser, pages / "named" / "tournament.html", color_scheme="dark")
    paper = page.locator("svg .bg-fill-paper").first
    assert paper.evaluate("each => getComputedStyle(each).fill") == "rgb(27, 31, 36)"
