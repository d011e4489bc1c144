"""For which discount factors automata, grim trigger for one, are subgame-perfect, exactly.

Payoffs of automata are ratios of polynomials in the discount factor d (:mod:`.joint_play`). That
no one-shot deviation gains is therefore a list of polynomial inequalities, and the answer a union
of intervals between their roots. It need not reach up to 1: the threshold belongs to the path, and
patience can also make waiting for forgiveness worth while. Where d itself is a polynomial in
another parameter, over a positive number e, all of it is multiplied out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import Any, NamedTuple

from balancegame.errors import GameError
from balancegame.exact.algebraic import number_at_place
from balancegame.exact.polynomials import add, multiply, negative
from balancegame.games.normal_form import NormalFormGame, require_game
from balancegame.solvers.parametric.parameter_range import runs
from balancegame.solvers.parametric.sign_changes import signs_along
from balancegame.solvers.repeated.joint_play import JointPlay, joint_play

# A polynomial over a positive one.
Ratio = tuple[Any, Any]
# Of each player at each profile.
Payoffs = Sequence[Mapping[tuple[int, ...], Any]]


class Arithmetic(NamedTuple):
    """How polynomials of one kind are added, multiplied and negated."""

    zero: Any
    one: Any
    add: Callable[[Any, Any], Any]
    multiply: Callable[[Any, Any], Any]
    negative: Callable[[Any], Any]


IN_ONE_PARAMETER = Arithmetic((), (1,), add, multiply, negative)


def sustaining_deltas(stage: NormalFormGame, automata: Any) -> Any:
    """Return the discount factors at which automata are a subgame-perfect equilibrium.

    Parameters
    ----------
    stage : NormalFormGame
        With rational payoffs.
    automata : Automaton or sequence of Automaton
        One for each player; a single one stands for everybody.

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
    import sympy

    stage = require_game(stage, "sustaining_deltas")
    joint, players = joint_play(stage, automata), range(len(stage.players))
    conditions = one_shot_conditions(joint, _whole_payoffs(stage), ((0, 1), (1,)), players)
    places, signs = signs_along(conditions, Fraction(0), Fraction(1))
    # The last place is 1 itself, which is no discount factor.
    holds = [bool((column >= 0).all()) for column in signs.T[:-1]] + [False]
    ends = [sympy.sympify(number_at_place(place)) for place in places]
    parts = (
        sympy.Interval(low, high, not closed[0], not closed[1])
        for low, high, closed, held in runs(ends, holds)
        if held
    )
    return sympy.Union(*parts)


def one_shot_conditions(
    joint: JointPlay,
    payoffs: Payoffs,
    patience: Ratio,
    players: Sequence[int],
    arithmetic: Arithmetic = IN_ONE_PARAMETER,
) -> list[Any]:
    """Return polynomials that are all 0 or more exactly where no one-shot deviation gains.

    Payoffs and patience, the discount factor that counts, are polynomials in what varies. The
    conditions are those of the given players only.
    """
    zero, one, add, multiply, negative = arithmetic
    d, e = patience
    rest = add(e, negative(d))
    values: dict[tuple[int, int], Ratio] = {}

    def around(i: int, cycle: Sequence[int]) -> Ratio:
        top, bottom, power = zero, zero, one
        for state in reversed(cycle):
            top = add(multiply(power, payoffs[i][joint.actions[state]]), multiply(d, top))
            bottom = add(power, multiply(d, bottom))
            power = multiply(power, e)
        return top, bottom

    def followed(i: int, cell: tuple[int, ...], target: int) -> Ratio:
        """Return what a profile now and a joint state from the next period on yield."""
        later, bottom = values[i, target]
        now = multiply(multiply(rest, payoffs[i][cell]), bottom)
        return add(now, multiply(d, later)), multiply(e, bottom)

    for i in players:
        for head, cycle in joint.paths():
            if (i, cycle[0]) not in values:
                values[i, cycle[0]] = around(i, cycle)
            for state in reversed(head):
                if (i, state) not in values:
                    values[i, state] = followed(i, joint.actions[state], joint.after(state))
    conditions: list[Any] = []
    for state, prescribed in enumerate(joint.actions):
        for i in players:
            top, bottom = values[i, state]
            for cell in joint.stage.deviations(i, prescribed):
                target = joint.moves[state][cell]
                departing, below = followed(i, cell, target)
                # A common denominator is positive and would only make degrees grow.
                common = values[i, target][1] == bottom
                own = multiply(top, e if common else below)
                departing = departing if common else multiply(departing, bottom)
                if (gain := add(own, negative(departing))) not in conditions:
                    conditions.append(gain)
    return conditions


def _whole_payoffs(stage: NormalFormGame) -> Payoffs:
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
    return tables
