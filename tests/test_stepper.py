"""Mixing for oneself and eliminating step by step: what each stop shows, and the pictures."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import balancegame as bg
from balancegame.figures.on_the_square import draw_mixture, replies_in_words
from tests.one_sentence import one_sentence

INSPECTION = bg.models["inspection"].game()
AT_ONCE = bg.models["balancing-at-once"].game()


@pytest.mark.parametrize(
    ("position", "plays", "reply"),
    [
        (40, "Japan plays Violate.", "The best response is Sanction."),
        (11, "Violate with probability 11/40", "The best response is Sanction."),
        (10, "Violate with probability 1/4", "The US is indifferent: Sanction and Refrain"),
        (9, "Violate with probability 9/40", "The best response is Refrain."),
        (0, "Japan plays Obey.", "The best response is Refrain."),
    ],
)
def test_the_best_response_turns_at_a_quarter(position, plays, reply):
    widget = bg.explore_mixture(INSPECTION, "Japan")
    widget.answer({"value": position, "token": "t"})
    assert widget.shown["token"] == "t"
    assert widget.shown["values"]["stop"] == position
    assert plays in widget.shown["words"]
    assert reply in widget.shown["words"]


# Ties are what matters, so payoffs are few.
two_by_two = st.lists(st.integers(-2, 2), min_size=8, max_size=8).map(
    lambda flat: bg.NormalFormGame(np.reshape(flat, (2, 2, 2)))
)


@settings(max_examples=60, deadline=None)
@given(two_by_two)
def test_the_words_name_exactly_the_best_responses(game):
    for player in (0, 1):
        for p in (Fraction(0), Fraction(1, 3), Fraction(1, 2), Fraction(1)):
            profile = [None, None]
            profile[player] = (p, 1 - p)
            best = bg.best_responses(game, 1 - player, profile)
            words = replies_in_words(game, player, (p, 1 - p))
            assert ("indifferent" in words[-1]) == (len(best) == 2)
            assert all(name in words[-1] for name in best)
            # A diamond for each best reply, and a bar between two of them.
            svg = draw_mixture(game, player, (p, 1 - p)).svg
            assert svg.count("<polygon") == len(best)


@pytest.mark.parametrize("wrong", [-3, 99, "x", None])
def test_a_stop_beyond_an_end_is_the_end(wrong):
    widget = bg.explore_elimination(AT_ONCE)
    widget.answer({"value": wrong})
    assert widget.shown["values"]["stop"] == (2 if wrong == 99 else 0)


def test_elimination_step_by_step():
    widget = bg.explore_elimination(AT_ONCE)
    assert widget.plan["stops"] == ["before the first round", "after round 1", "after round 2"]
    assert "Nothing is eliminated yet." in widget.shown["words"]
    for stop in (0, 1, 2):
        widget.answer({"value": stop})
        solved = stop == 2
        for mark in ("bg-star", "bg-best", "bg-pure", "Best response of", "Equilibria in pure"):
            assert (mark in widget.shown["picture"]) == solved, (stop, mark)
        assert "-4" in widget.shown["picture"]
    widget.answer({"value": 1})
    assert "Balance is strictly dominated by Pass" in widget.shown["words"]
    assert "Hold back" not in widget.shown["words"]
    assert "Hold back" in widget.shown["picture"]
    widget.answer({"value": 2})
    assert "Elimination alone solves the game" in widget.shown["words"]
    assert "Hold back" not in widget.shown["picture"]


def test_weak_elimination_and_nothing_to_eliminate():
    game = bg.NormalFormGame([[[1, 1], [1, 0]], [[1, 0], [0, 0]]])
    weakly = bg.explore_elimination(bg.eliminate_dominated(game, "weak"))
    assert len(weakly.plan["stops"]) == 2
    nothing = bg.explore_elimination(INSPECTION)
    assert len(nothing.plan["stops"]) == 1
    assert "No action is dominated" in nothing.shown["words"]


def test_a_converted_notebook_shows_where_the_line_leads():
    page = bg.explore_elimination(AT_ONCE)._page()
    assert "Elimination alone solves the game" in page["text/html"]
    assert "The picture in words" in page["text/html"]
    assert "After round 2." in page["text/plain"]


def test_a_path_is_drawn_and_told():
    figure = bg.draw(bg.fictitious_play(INSPECTION, steps=50))
    assert "from the square mark to the diamond" in figure.caption
    assert figure.alt.startswith("At first Japan plays Violate with 1.00")
    assert figure.svg.count("<polygon") == 1


def test_an_elimination_is_drawn_with_a_table_a_round():
    figure = bg.draw(bg.eliminate_dominated(AT_ONCE))
    assert figure.alt.count("Best response of China") == 3


def test_refused():
    with one_sentence("2 x 2", "2 x 2 x 2"):
        bg.explore_mixture(AT_ONCE)
    with one_sentence("no player 'China'"):
        bg.explore_mixture(INSPECTION, "China")
    with one_sentence("2 x 2", "3 x 3"):
        bg.draw(bg.fictitious_play(bg.models["routes"].game(), steps=3))


def test_elimination_marks_no_equilibrium_before_the_last_round():
    widget = bg.explore_elimination(bg.models["balancing-at-once"].game(g=3))
    last = len(widget.plan["stops"]) - 1
    assert last > 0
    for stop in range(last):
        widget.answer({"value": stop, "token": "t"})
        assert "bg-star" not in widget.shown["picture"]
        assert "bg-best" not in widget.shown["picture"]
        assert "quilibri" not in widget.shown["picture"]
    widget.answer({"value": last, "token": "t"})
    assert "bg-star" in widget.shown["picture"]
