"""Why: answers in plain words with the names of players and actions."""

from balancegame.explain.dispatch import explain
from balancegame.explain.explanation import Explanation, Reason

__all__ = ["Explanation", "Reason", "explain"]
