"""Hidden test of exercise 7; students do not get this file."""

import random

from balancegame.grading.exercise.mistaken_functions import asks_unseen


@asks_unseen("pareto_optimal", "in unseen games")
def test_unseen_games():
    """Return lists of outcomes; few different payoffs, so that ties and doubles are frequent."""
    draw = random.Random("unseen games")
    return [
        ([tuple(draw.randint(-7, -4) for _ in range(players)) for _ in range(draw.randint(1, 9))],)
        for players in range(1, 6)
        for _ in range(8)
    ]
