"""Hidden test of exercise 2; students do not get this file."""

from balancegame.grading import exercise as ex


@ex.asks_unseen("first_choice", "in larger tables")
def test_larger_tables(many_tables):
    """Return larger tables, and such with one row or one column."""
    return many_tables(((5, 4), (1, 4), (6, 1), (2, 6)) * 8, range(-90, -10), "unseen")
