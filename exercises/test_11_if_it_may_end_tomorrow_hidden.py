"""Hidden test of exercise 11; students do not get this file."""

from balancegame.grading import exercise as ex


@ex.asks_unseen("largest_favour", "in unseen cases")
def test_unseen_cases(many_favours):
    """Return favours that are repaid later than any that students can read."""
    return many_favours((7, 12), 19, "unseen favours")
