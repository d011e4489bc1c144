"""What one move of a slider costs: one solved game, and no bar that is known already."""

import pytest

from balancegame.models import models
from balancegame.solvers.normal_form import nash
from balancegame.widgets import answers, slider_bar
from balancegame.widgets.explorer import explore


@pytest.fixture
def explorer():
    """The explorer of lesson 1 after the bet."""
    explorer = explore(models["core-dilemma"])
    explorer.answer({"kind": "bet", "choice": "0,0"})
    return explorer


def slide(explorer, name, value):
    explorer.answer({"kind": "slide", "name": name, "value": value})


def test_one_move_of_a_slider_solves_the_new_game_once(monkeypatch, explorer):
    """Square, answer, reasons and what has changed all need the equilibria."""
    solved = []
    pairs = nash.complementary_pairs
    monkeypatch.setattr(
        nash, "complementary_pairs", lambda *given: solved.append(given) or pairs(*given)
    )
    answers.solution.cache_clear()
    answers.subsets.cache_clear()
    slide(explorer, "s", "4")
    assert len(solved) == 2  # the new game, and the one before, which was forgotten
    for value in ("7/2", "3"):
        solved.clear()
        slide(explorer, "s", value)
        assert "Now s falls" in explorer.shown["change"]
        assert len(solved) == 1
    solved.clear()
    slide(explorer, "s", "7/2")
    assert solved == []


def test_to_move_along_a_bar_or_back_does_not_find_it_again(monkeypatch, explorer):
    found = []
    bar = slider_bar.threshold_bar
    monkeypatch.setattr(
        slider_bar, "threshold_bar", lambda *given: found.append(given) or bar(*given)
    )
    slider_bar._threshold_bar.cache_clear()
    slide(explorer, "s", "4")
    assert len(found) == 1
    slide(explorer, "s", "5")
    assert len(found) == 1
    slide(explorer, "E", "6")
    assert len(found) == 2
    slide(explorer, "E", "5")
    slide(explorer, "E", "6")
    assert len(found) == 2
    # A long session does not fill the memory.
    assert 0 < slider_bar._threshold_bar.cache_info().maxsize <= 1000
