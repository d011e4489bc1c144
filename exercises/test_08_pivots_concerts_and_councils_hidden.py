"""Hidden test of exercise 8; students do not get this file."""

import random

from balancegame.grading.exercise.mistaken_functions import asks_unseen


@asks_unseen("swings", "in unseen votes")
def test_unseen_votes():
    """Return votes of more members and larger weights than any that students can read."""
    draw = random.Random("unseen votes")
    votes = []
    for members in (2, 4, 6, 7, 8):
        for _ in range(6):
            weights = [draw.randint(0, 9) for _ in range(members - 1)] + [draw.randint(7, 30)]
            votes.append((weights, draw.randint(1, sum(weights))))
    return votes
