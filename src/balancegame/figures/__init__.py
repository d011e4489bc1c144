"""Pictures: pure functions of a game, its solution or a model."""

# Each registers what it draws with ``draw``; a new picture is named here and nowhere else.
from balancegame.figures import (  # noqa: F401
    automaton_graph,
    bargaining_frontier,
    belief_bars,
    counterexample,
    elimination_steps,
    game_and_model,
    match_table,
    norm_diagram,
    norm_strip,
    on_the_square,
    payoff_region,
    population_shares,
    power_bars,
    rationalizing_bars,
    regime_strip,
    split_triangle,
    tree_diagram,
    worlds_graph,
)
from balancegame.figures.draw import draw
from balancegame.figures.figure import Figure
from balancegame.figures.phase_diagram import diagram  # noqa: F401

__all__ = ["Figure", "draw"]
