"""Hidden test of exercise 7; students do not get this file."""

from balancegame.grading import exercise as ex


@ex.asks_unseen("pareto_optimal", "in unseen games")
def test_unseen_games(many_outcomes):
    """Return lists of outcomes of more players, and longer and shorter ones."""
    return many_outcomes(range(1, 6), (1, 9), (-7, -4), "unseen games", each=8)
