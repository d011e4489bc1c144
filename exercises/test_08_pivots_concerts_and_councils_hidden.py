"""Hidden test of exercise 8; students do not get this file."""

from balancegame.grading import exercise as ex


@ex.asks_unseen("swings", "in unseen votes")
def test_unseen_votes(many_votes):
    """Return votes of more members and larger weights."""
    return many_votes((2, 4, 5, 6, 7), 30, "unseen votes")
