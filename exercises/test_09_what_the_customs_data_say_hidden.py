"""Hidden test of exercise 9; students do not get this file."""

from balancegame.grading import exercise as ex


@ex.asks_unseen("bounds", "with unseen fuels")
def test_unseen_fuels(many_fuels):
    """Return more fuels, and larger savings, than any that students can read."""
    return many_fuels((2, 4, 6, 8), (-40, 150), 0.3, "unseen fuels")
