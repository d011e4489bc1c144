"""Hidden test of exercise 3; students do not get this file."""

from balancegame.grading import exercise as ex


@ex.asks_unseen("first_row", "in unseen tables")
def test_unseen_tables(many_tables):
    """Return tables with larger payoffs."""
    return many_tables(60, "unseen tables")
