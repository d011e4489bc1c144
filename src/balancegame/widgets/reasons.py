"""Why the equilibria of a setting are what they are, in words."""

from __future__ import annotations

from balancegame.explain import explain
from balancegame.explain.explanation import Explanation
from balancegame.explain.sequential import reply_reasons
from balancegame.solvers.normal_form.nash import Equilibria
from balancegame.widgets.setting import Setting


def reasons(setting: Setting, solution: Equilibria | None = None) -> Explanation:
    """Return the reasons for the equilibria of a game of one or two players.

    Parameters
    ----------
    setting : Setting
    solution : Equilibria, optional
        The game's equilibria, if they are known already.
    """
    found = explain(solution or setting.game)
    if setting.model is None or setting.edited:
        return found
    replies = reply_reasons(setting.model, setting.values)
    return Explanation((*replies, *found.reasons))
