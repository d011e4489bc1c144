"""Hidden test of exercise 7; students do not get this file."""

from balancegame.grading.exercise.mistaken_functions import asks_unseen


@asks_unseen("pareto_optimal", "in unseen games")
def test_unseen_games(many_outcomes):
    """Return lists of outcomes of more players, and longer and shorter ones."""
    return many_outcomes(range(1, 6), (1, 9), (-7, -4), "unseen games", each=8)
