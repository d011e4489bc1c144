"""Hidden test of exercise 4; students do not get this file."""

from balancegame.grading import exercise as ex


@ex.asks_unseen("strictly_dominates", "in larger tables")
def test_larger_tables(many_questions):
    """Return pairs of rows of larger tables with payoffs below zero."""
    return many_questions(((3, 5), (5, 1), (6, 4)), (-9, -5), "unseen", each=2)
