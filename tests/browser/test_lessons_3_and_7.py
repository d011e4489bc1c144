"""Lessons 3 and 7 worked through as a student does: bets, sliders, rounds, three players."""

from tests.browser.lab import error_outputs, open_notebook, run_all_cells
from tests.browser.test_explorer import answer_becomes, payoff, place_bet, serious, slider
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
    page.get_by_role("img", name="Chicken where g is at most kappa").scroll_into_view_if_needed()
    page.screenshot(path=screenshots / "lesson_07_map.png")
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
