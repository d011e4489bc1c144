"""Pictures: pure functions of a game, its solution or a model."""

from balancegame.figures.draw import draw
from balancegame.figures.figure import Figure

__all__ = ["Figure", "draw"]
