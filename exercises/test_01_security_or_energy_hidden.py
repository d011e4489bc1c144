"""Hidden test of exercise 1; students do not get this file."""

from balancegame.grading import exercise as ex


@ex.asks_unseen("is_equilibrium", "in larger tables")
def test_larger_tables(many_cells):
    """Return cells of larger tables with payoffs below zero."""
    return many_cells(((4, 3, 1), (1, 5, 1), (3, 1, 1), (5, 5, 1)), (-9, -6), "unseen")
