"""Hidden test of exercise 6; students do not get this file."""

from balancegame.grading import exercise as ex


@ex.asks_unseen("least_sanction", "in unseen alliances")
def test_unseen_alliances(many_alliances):
    """Return alliances, in some of which Japan gets less than it gives up."""
    return many_alliances((1, 40), 23, "unseen alliances")
