"""Elimination of dominated actions, a table after each round."""

from __future__ import annotations

from balancegame.figures.draw import draw
from balancegame.figures.figure import Figure, figure
from balancegame.figures.payoff_table import payoff_table, unmarked_table
from balancegame.figures.svg import stacked
from balancegame.games.normal_form import NormalFormGame
from balancegame.solvers.normal_form.dominance import Elimination
from balancegame.wording import and_list, called


def stages(found: Elimination) -> tuple[NormalFormGame, ...]:
    """Return the game before each round and after the last."""
    return (*(steps[0].game for steps in found.rounds), found.game)


def draw_stage(found: Elimination, stage: int) -> Figure:
    """Draw the table that is left after a number of rounds.

    Best responses and equilibria are marked in the last: until then they are to be found out.
    """
    caption = f"After round {stage}." if stage else "Before the first round."
    left = stages(found)
    table = payoff_table if stage == len(left) - 1 else unmarked_table
    return figure(table(left[stage]), caption)


@draw.register
def draw_elimination(found: Elimination) -> Figure:
    """Draw the tables before and after every round, one below the other."""
    whose = and_list(map(called, found.game.players))
    caption = f"Dominated actions of {whose} eliminated, with a table after each round."
    return figure(stacked(*map(payoff_table, stages(found))), caption)
