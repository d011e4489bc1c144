"""Why: answers in plain words with the names of players and actions."""

# Each of these teaches explain the forms that it holds the words for.
from balancegame.explain import (  # noqa: F401
    bargaining,
    change,
    coalitional,
    concepts,
    phase_diagram,
    power,
    profile,
    proof,
    rationalizing,
    repeated,
    sequential,
    signalling,
    solution,
    stochastic,
    thresholds,
    tournament,
)
from balancegame.explain.dispatch import explain
from balancegame.explain.explanation import Explanation, Reason

__all__ = ["Explanation", "Reason", "explain"]
