"""Payoffs as polynomials in one or two of a model's parameters."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from math import lcm
from typing import Any

from balancegame.errors import GameError
from balancegame.exact.multivariate import Multivariate, variables
from balancegame.games.model import Model, Parameter

__all__ = ["MAX_DEGREE", "free_parameter", "polynomial_payoffs", "whole_coefficients"]

MAX_DEGREE = 4

Terms = dict[tuple[int, ...], int]


def free_parameter(model: Any, name: Any, fixed: dict[str, Any]) -> Parameter:
    """Return the parameter that varies, after checking that it exists and is not fixed."""
    if not isinstance(model, Model):
        raise GameError(f"a model is needed here, not {type(model).__name__}.")
    model.values(**fixed)
    symbol = str(name)
    if symbol not in model.parameters:
        model.values(**{symbol: 0})
    if symbol in fixed:
        raise GameError(f"{symbol} cannot both vary and be fixed; do not give it a value.")
    parameter: Parameter = model.parameters[symbol]
    for end in (parameter.low, parameter.high):
        if not isinstance(end, Fraction):
            raise GameError(
                f"the range of {symbol} ends at the irrational {end}; let it end at a fraction."
            )
    return parameter


def polynomial_payoffs(
    model: Model, axes: Sequence[str], fixed: dict[str, Any]
) -> list[dict[tuple[int, ...], Multivariate]]:
    """Return for each player a polynomial in the axes for each cell of the game.

    Raises
    ------
    GameError
        If a payoff is not a polynomial in the axes, or of total degree above 4, or a fixed value
        is irrational.
    """
    values: dict[str, Any] = model.values(**fixed)
    irrational = [name for name, value in values.items() if not isinstance(value, Fraction)]
    if irrational:
        raise GameError(
            f"{irrational[0]} = {values[irrational[0]]} is irrational; fix it at a fraction."
        )
    return _polynomials(model, tuple(axes), tuple(values.items()))


# A diagram asks for the payoffs of a grid, and then for those of its boundaries.
@lru_cache(maxsize=4)
def _polynomials(
    model: Model, axes: tuple[str, ...], fixed: tuple[tuple[str, Fraction], ...]
) -> list[dict[tuple[int, ...], Multivariate]]:
    values: dict[str, Any] = {**dict(fixed), **dict(zip(axes, variables(axes), strict=True))}
    zero = variables(axes)[0] * 0
    payoffs = []
    for array in model.payoffs_at(values):
        cells = {cell: entry + zero for cell, entry in _entries(array)}
        degree = max(entry.degree for entry in cells.values())
        if degree > MAX_DEGREE:
            raise GameError(
                f"a payoff of model {model.name} has degree {degree} in {' and '.join(axes)}; "
                f"payoffs up to degree {MAX_DEGREE} can be followed exactly."
            )
        payoffs.append(cells)
    return payoffs


def whole_coefficients(
    cells: dict[tuple[int, ...], Multivariate],
) -> dict[tuple[int, ...], Terms]:
    """Scale one player's payoffs by a common positive number to integer coefficients."""
    scale = lcm(*(c.denominator for entry in cells.values() for c in entry.terms.values()))
    return {
        cell: {powers: int(c * scale) for powers, c in entry.terms.items()}
        for cell, entry in cells.items()
    }


def _entries(array: Any, cell: tuple[int, ...] = ()) -> list[tuple[tuple[int, ...], Any]]:
    if not isinstance(array, tuple):
        return [(cell, array)]
    return [entry for k, part in enumerate(array) for entry in _entries(part, (*cell, k))]
