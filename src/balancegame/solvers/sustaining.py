"""For which discount factors automata are subgame-perfect, exactly.

Payoffs of automata are ratios of polynomials in the discount factor d: from a joint state that
reaches a cycle of L states after p others,

    V = ((1 - d)(u_0 + ... + d^(p-1) u_(p-1)) D + d^p (c_0 + ... + d^(L-1) c_(L-1))) / D

with D = 1 + d + ... + d^(L-1) > 0. So "no one-shot deviation gains" is a list of polynomial
inequalities, and the answer a union of intervals between roots. It need not reach up to 1: the
threshold belongs to the path, and patience can also make waiting for forgiveness worth while.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import lcm
from typing import Any

from balancegame.errors import GameError
from balancegame.exact.polynomials import Polynomial, add, multiply, negative
from balancegame.games.normal_form import NormalFormGame, require_game
from balancegame.solvers.conditions import signs_along
from balancegame.solvers.joint_play import JointPlay, joint_play, paths
from balancegame.solvers.regimes import number_at_place

__all__ = ["one_shot_conditions", "sustaining_deltas"]

Payoff = Callable[[int, tuple[int, ...]], Polynomial]


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
        joint_play(stage, automata), _whole_payoffs(stage), ((0, 1), (1,))
    )
    places, signs = signs_along(conditions, Fraction(0), Fraction(1))
    holds = [bool((signs[:, k] >= 0).all()) for k in range(signs.shape[1])]
    return _union([number_at_place(place) for place in places], holds)


def one_shot_conditions(
    joint: JointPlay, payoff: Payoff, patience: tuple[Polynomial, Polynomial]
) -> list[Polynomial]:
    """Return polynomials that are all 0 or more exactly where no one-shot deviation gains.

    Parameters
    ----------
    joint : JointPlay
    payoff : function
        A player's payoff at a profile as a polynomial in the parameter that varies.
    patience : tuple of polynomials
        The discount factor that counts, as a polynomial over a positive one.
    """
    d, e = patience
    following = paths(joint)
    rest = add(e, negative(d))
    powers: list[tuple[Polynomial, Polynomial]] = [((1,), (1,))]
    longest = max(map(len, (*following.heads, *following.cycles)))
    for _ in range(longest + 1):
        powers.append((multiply(powers[-1][0], d), multiply(powers[-1][1], e)))
    values: dict[tuple[int, int], tuple[Polynomial, Polynomial]] = {}

    def series(i: int, states: Sequence[int]) -> Polynomial:
        """Return the sum of d^t e^(n-1-t) u_i over n states: of degree n - 1 in d and e."""
        total: Polynomial = ()
        last = len(states) - 1
        for t, state in enumerate(states):
            weight = multiply(powers[t][0], powers[last - t][1])
            total = add(total, multiply(weight, payoff(i, joint.actions[state])))
        return total

    def weights(size: int) -> Polynomial:
        total: Polynomial = ()
        for t in range(size):
            total = add(total, multiply(powers[t][0], powers[size - 1 - t][1]))
        return total

    def value(i: int, state: int) -> tuple[Polynomial, Polynomial]:
        if (i, state) not in values:
            head, cycle = following.heads[state], following.cycles[state]
            bottom = weights(len(cycle))
            top = multiply(powers[len(head)][0], series(i, cycle))
            if head:
                top = add(top, multiply(multiply(rest, series(i, head)), bottom))
            values[i, state] = top, multiply(powers[len(head)][1], bottom)
        return values[i, state]

    conditions = []
    for state, cell in enumerate(joint.actions):
        for i in range(len(cell)):
            top, bottom = value(i, state)
            for action in range(joint.stage.shape[i]):
                if action == cell[i]:
                    continue
                other = (*cell[:i], action, *cell[i + 1 :])
                later, below = value(i, joint.moves[state][other])
                if below == bottom:
                    # The common denominator is positive and would only make degrees grow.
                    gain = add(
                        multiply(multiply(rest, payoff(i, other)), bottom), multiply(d, later)
                    )
                    conditions.append(add(multiply(top, e), negative(gain)))
                    continue
                departing = add(
                    multiply(multiply(rest, payoff(i, other)), below), multiply(d, later)
                )
                conditions.append(
                    add(
                        multiply(multiply(top, e), below),
                        negative(multiply(departing, bottom)),
                    )
                )
    return list(dict.fromkeys(conditions))


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
