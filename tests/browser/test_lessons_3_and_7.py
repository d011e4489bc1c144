"""Lessons 3 and 7 worked through as a student does: bets, sliders, rounds, three players."""

from tests.browser.lab import error_outputs, open_notebook, run_all_cells
from tests.browser.test_explorer import (
    answer_becomes,
    payoff,
    place_bet,
    serious,
    slider,
    take_whole,
)
from tests.browser.test_lesson_answers import answer


def test_lesson_3(page, traffic, screenshots):
    open_notebook(page, "notebooks/03_mixing_and_guarding.ipynb")
    run_all_cells(page)
    assert "So most people bet" in answer(page, "03-whose", "'a'")
    mixing, explorer = page.locator(".bg-explorer").nth(0), page.locator(".bg-explorer").nth(1)
    own = mixing.get_by_role("slider")
    own.focus()
    own.press("Home")
    mixing.locator(".bg-answer", has_text="The best response is Refrain.").wait_for()

    explorer.scroll_into_view_if_needed()
    place_bet(explorer, "only in mixed strategies")
    answer_becomes(explorer, "Sanction with probability 1/2")
    for _ in range(6):
        slider(explorer, "sigma").press("ArrowRight")
    answer_becomes(explorer, "Sanction with probability 1/3")
    assert "Violate with probability 1/4" in explorer.locator(".bg-answer").inner_text()
    for _ in range(12):
        slider(explorer, "sigma").press("ArrowLeft")
    answer_becomes(explorer, "any mixture with at least 1/4 on Violate")
    page.screenshot(path=screenshots / "lesson_03_explorer.png")
    assert serious(page) == []
    assert error_outputs(page) == []
    assert traffic.errors == []


def test_lesson_7(page, traffic, screenshots):
    open_notebook(page, "notebooks/07_balancing_china.ipynb")
    run_all_cells(page)
    the_map_names_its_areas_after_the_bet(page, page.locator(".bg-explorer").nth(1), screenshots)
    rounds = page.locator(".bg-stepper")
    rounds.get_by_role("button", name="Next").press("Enter")
    rounds.get_by_role("button", name="Next").press("Enter")
    rounds.locator(".bg-answer", has_text="Elimination alone solves the game").wait_for()

    three = page.locator(".bg-explorer").last
    three.scroll_into_view_if_needed()
    place_bet(three, "Pass, Pass, Assert")
    answer_becomes(three, "China plays Assert")
    for _ in range(12):
        slider(three, "g").press("ArrowLeft")
    answer_becomes(three, "China plays Hold back")
    cell = payoff(
        three,
        "payoff of Japan when the US plays Balance, Japan plays Balance and China plays Assert",
    )
    cell.focus()
    cell.press("Control+a")
    cell.press_sequentially("20")
    cell.press("Enter")
    three.locator(".bg-status", has_text="detached").wait_for()
    page.screenshot(path=screenshots / "lesson_07_three.png")
    assert serious(page) == []
    assert error_outputs(page) == []
    assert traffic.errors == []


def the_map_names_its_areas_after_the_bet(page, explorer, screenshots):
    """Bet on Stag Hunt, walk onto the line g = kappa, and make balancing too dear for the US."""
    explorer.scroll_into_view_if_needed()
    assert "Stag Hunt" not in explorer.locator(".bg-diagram").inner_html()
    page.screenshot(path=screenshots / "lesson_07_map_before.png")
    place_bet(explorer, "Stag Hunt")
    explorer.locator(".bg-verdict", has_text="Right: g = 7, kappa = 4 lay in area").wait_for()
    legend = explorer.locator("ul.bg-plot-legend")
    named = legend.locator("strong").all_inner_texts()
    assert named == ["Chicken", "Stag Hunt", "giving up", "along g = 0: no threat"]
    point = explorer.get_by_role("application", name="Point g = 7, kappa = 4")
    point.focus()
    for key in ("Shift+ArrowLeft", "ArrowLeft", "ArrowLeft"):
        page.keyboard.press(key)
    explorer.locator(".bg-here", has_text="g = 4, kappa = 4: area A, Chicken").wait_for()
    tie = "China gets 0 from Assert and 0 from Hold back: it is indifferent"
    explorer.locator(".bg-reasons", has_text=tie).wait_for()
    take_whole(page, explorer, screenshots / "lesson_07_map.png")
    for _ in range(13):
        slider(explorer, "b_US").press("ArrowRight")
    legend.get_by_text("US: Pass; Japan: Balance; then China: Hold back").wait_for()
    take_whole(page, explorer, screenshots / "lesson_07_map_dear.png")
    page.set_viewport_size({"width": page.viewport_size["width"], "height": 900})
