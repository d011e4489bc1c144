"""Subgames without an equilibrium in pure strategies, however a tree says that two move at once."""

from fractions import Fraction

import balancegame as bg


def test_matching_pennies_behind_an_information_set():
    """One chooses after the other without seeing it, as Gambit's files write moves at once."""
    guesses = [
        bg.Decision("B", {"heads": (s, -s), "tails": (-s, s)}, information="unseen")
        for s in (1, -1)
    ]
    pennies = bg.Decision("A", dict(zip(("heads", "tails"), guesses, strict=True)))
    half = (Fraction(1, 2), Fraction(1, 2))
    for out, opened in ((Fraction(-1, 2), "in"), (Fraction(1, 2), "out")):
        tree = bg.GameTree(bg.Decision("A", {"in": pennies, "out": (out, 0)}), ("A", "B"))
        [found] = bg.subgame_perfect(tree)
        assert found.plan[()] == opened
        assert found.plan[("in",)] == half
        assert found.payoffs == (max(out, 0), 0)
        assert bg.verify(tree, found).holds
        assert "in mixed strategies" in str(bg.explain(tree))


def test_pennies_that_a_third_player_lets_others_play():
    cells = {(a, b): (1, -1, 2) if a == b else (-1, 1, 0) for a in "HT" for b in "HT"}
    start = bg.Decision("C", {"in": bg.Decision(("A", "B"), cells), "out": (0, 0, "1/2")})
    [found] = bg.subgame_perfect(bg.GameTree(start, ("A", "B", "C")))
    assert found.payoffs == (0, 0, 1)
    assert found.plan[()] == "in"
