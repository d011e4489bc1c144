"""Hidden test of exercise 5; students do not get this file."""

from balancegame.grading import exercise as ex


@ex.asks_unseen("belief", "in unseen cases")
def test_unseen_cases(many_beliefs):
    """Return chances that students cannot read anywhere."""
    return many_beliefs(23, "unseen beliefs")
