"""Exact numbers: rational, algebraic, and formulas in a parameter; no tolerance anywhere."""

from balancegame.exact.number import compare, exact, plain

__all__ = ["compare", "exact", "plain"]
