"""Exact numbers: rational, algebraic, and formulas in a parameter; no tolerance anywhere."""

from balancegame.exact.number import exact, plain

__all__ = ["exact", "plain"]
