"""For which discount factors automata are subgame-perfect, exactly.

That no one-shot deviation gains is a list of polynomial inequalities in the discount factor
(:mod:`.one_shot_conditions`), so the answer is a union of intervals between
roots. It need not reach up to 1: the threshold belongs to the path, and patience can also make
waiting for forgiveness worth while.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import Any

from balancegame.errors import GameError
from balancegame.exact.algebraic import number_at_place
from balancegame.games.normal_form import NormalFormGame, require_game
from balancegame.solvers.parametric.sign_changes import signs_along
from balancegame.solvers.repeated.joint_play import joint_play
from balancegame.solvers.repeated.one_shot_conditions import Payoff, one_shot_conditions


def sustaining_deltas(stage: NormalFormGame, automata: Any) -> Any:
    """Return the discount factors at which automata are a subgame-perfect equilibrium.

    Parameters
    ----------
    stage : NormalFormGame
        With rational payoffs.
    automata : Automaton or sequence of Automaton
        One a player; a single one stands for everybody.

    Returns
    -------
    sympy.Set
        A subset of [0, 1), its ends exact; with a hazard h it is delta (1 - h) that must lie in it.

    Examples
    --------
    >>> from balancegame.games.reciprocity import alternation, grim_trigger
    >>> stage = NormalFormGame(
    ...     [[[3, 0], [5, 1]], [[3, 5], [0, 1]]], actions=(("C", "D"), ("C", "D"))
    ... )
    >>> sustaining_deltas(stage, grim_trigger(("C", "C"), ("D", "D")))
    Interval.Ropen(1/2, 1)
    >>> sustaining_deltas(stage, alternation([("C", "D"), ("D", "C")], ("D", "D")))
    Interval.Ropen(1/4, 1)
    """
    stage = require_game(stage, "sustaining_deltas")
    conditions = one_shot_conditions(
        joint_play(stage, automata),
        _whole_payoffs(stage),
        ((0, 1), (1,)),
        range(len(stage.players)),
    )
    places, signs = signs_along(conditions, Fraction(0), Fraction(1))
    holds = [bool((signs[:, k] >= 0).all()) for k in range(signs.shape[1])]
    return _union([number_at_place(place) for place in places], holds)


def _whole_payoffs(stage: NormalFormGame) -> Payoff:
    """Return each player's payoffs scaled by a positive number of its own to integers."""
    tables = []
    for i, player in enumerate(stage.players):
        values = {cell: stage.at(i, cell) for cell in stage.cells()}
        for value in values.values():
            if not isinstance(value, Fraction):
                raise GameError(
                    f"a payoff of {player} is the irrational {value}; the sustaining deltas are "
                    "found for rational payoffs, so round it to a fraction."
                )
        scale = lcm(*(value.denominator for value in values.values()))
        tables.append(
            {cell: (int(value * scale),) if value else () for cell, value in values.items()}
        )
    return lambda i, cell: tables[i][cell]


def _union(ends: list[Any], holds: list[bool]) -> Any:
    """Return the union of the places and gaps that hold, 1 itself left out."""
    import sympy

    parts: list[Any] = []
    last = len(ends) - 1
    start: Any = None
    left_open = False
    for k in range(2 * last):
        if holds[k] and start is None:
            start, left_open = ends[k // 2], k % 2 == 1
        if start is not None and not holds[k]:
            # A gap that fails ends at the place before it; a place that fails is left out itself.
            parts.append((start, ends[k // 2], left_open, k % 2 == 0))
            start = None
    if start is not None:
        parts.append((start, ends[last], left_open, True))
    return sympy.Union(
        *(
            sympy.Interval(sympy.sympify(low), sympy.sympify(high), left, right)
            if low != high
            else sympy.FiniteSet(sympy.sympify(low))
            for low, high, left, right in parts
        )
    )
