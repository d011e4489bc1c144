"""For which discount factors automata, grim trigger for one, are subgame-perfect, exactly.

Payoffs of automata are rational functions of the discount factor (:mod:`.state_reduction` solves
for them as it does for numbers). That no one-shot deviation gains is therefore a list of polynomial
inequalities, and the answer a union of intervals between their roots. It need not reach up to 1:
the threshold belongs to the path, and patience can also make waiting for forgiveness worth while.
Whether it holds at one discount factor is decided in :mod:`.one_shot_deviations`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from balancegame.errors import GameError
from balancegame.exact.algebraic import number_at_place
from balancegame.exact.polynomials import Polynomial, negative, sign_at
from balancegame.exact.rational_functions import RationalFunction, ratio
from balancegame.games.normal_form import NormalFormGame
from balancegame.games.repeated import RepeatedGame
from balancegame.games.stochastic import StochasticGame
from balancegame.solvers.parametric.parameter_range import runs
from balancegame.solvers.parametric.sign_changes import signs_along
from balancegame.solvers.repeated.joint_play import (
    JointPlay,
    average_payoffs,
    departures,
    joint_play,
)

# What a world and a profile of it yield a player, or the chance of a world thereafter.
Payoff = Callable[[int, int, tuple[int, ...]], RationalFunction]
Chance = Callable[[int, tuple[int, ...], int], RationalFunction]


def sustaining_deltas(game: Any, automata: Any) -> Any:
    """Return the discount factors at which automata are a subgame-perfect equilibrium.

    Parameters
    ----------
    game : NormalFormGame or StochasticGame
        A stage game that is repeated, or a stochastic game, whose own discount factor is not read;
        with rational payoffs.
    automata : Automaton or sequence of Automaton
        One for each player; a single one stands for everybody.

    Returns
    -------
    sympy.Set
        A subset of [0, 1), its ends exact; with a hazard h it is delta (1 - h) that must lie in it.

    Notes
    -----
    Terms of the glossary:

    one-shot deviation (one-shot deviations, deviation, deviations)
        to depart once from an automaton, and then to return to it
    sustains (sustain, sustained, sustaining)
        of an automaton: makes what was agreed last, because nobody gains by departing

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

    whole = _at_some_delta(game)
    payoffs, players = _rational_payoffs(whole), range(len(whole.players))
    joint = in_a_parameter(
        joint_play(whole, automata),
        ratio((0, 1)),
        lambda i, world, cell: payoffs[world][i][cell],
        lambda world, cell, later: ratio((1,)) * whole.odds(world, cell)[later],
    )
    conditions = [c for _, c in one_shot_conditions(joint, Fraction(0), players)]
    places, signs = signs_along(list(dict.fromkeys(conditions)), Fraction(0), Fraction(1))
    # The last place is 1 itself, which is no discount factor.
    holds = [bool((column >= 0).all()) for column in signs.T[:-1]] + [False]
    ends = [sympy.sympify(number_at_place(place)) for place in places]
    parts = (
        sympy.Interval(low, high, not closed[0], not closed[1])
        for low, high, closed, held in runs(ends, holds)
        if held
    )
    return sympy.Union(*parts)


def in_a_parameter(
    joint: JointPlay, patience: RationalFunction, payoff: Payoff, chance: Chance
) -> JointPlay:
    """Return joint play in which what a period yields and what the next counts are functions."""
    players = range(len(joint.automata))
    rest = 1 - patience
    return replace(
        joint,
        gains=tuple(
            {cell: [rest * payoff(i, world, cell) for i in players] for cell in cells}
            for world, cells in enumerate(joint.gains)
        ),
        shares=tuple(
            {
                cell: {later: patience * chance(world, cell, later) for later in row}
                for cell, row in cells.items()
            }
            for world, cells in enumerate(joint.shares)
        ),
    )


def one_shot_conditions(
    joint: JointPlay, start: Fraction, players: Sequence[int]
) -> list[tuple[int, Polynomial]]:
    """Return polynomials that are all 0 or more exactly where no one-shot deviation gains.

    Each stands beside its joint state; of several states the same one is there several times. They
    are those of the given players, and ``start`` is a number of the range, in which nothing has a
    pole.
    """
    values = average_payoffs(joint)
    found: dict[tuple[int, Polynomial], None] = {}
    for state in range(len(joint.states)):
        for i in players:
            for gain, _ in departures(joint, values, state, i):
                top = gain.top if sign_at(gain.bottom, start) < 0 else negative(gain.top)
                found[state, top] = None
    return list(found)


def _at_some_delta(game: Any) -> StochasticGame:
    """Return a game with a discount factor other than 0, so that everything has a later."""
    if isinstance(game, StochasticGame) and not isinstance(game, RepeatedGame):
        return game.at_delta(Fraction(1, 2))
    if isinstance(game, NormalFormGame):
        return RepeatedGame(game, Fraction(1, 2))
    raise GameError(
        "sustaining_deltas takes a NormalFormGame, the stage of a repeated game, or a "
        f"StochasticGame, not {type(game).__name__}."
    )


def _rational_payoffs(game: StochasticGame) -> list[list[dict[tuple[int, ...], RationalFunction]]]:
    """Return the payoffs of each world and player as constants."""
    tables = []
    for stage in game.stages:
        table = []
        for i, player in enumerate(stage.players):
            values = {cell: stage.at(i, cell) for cell in stage.cells()}
            for value in values.values():
                if not isinstance(value, Fraction):
                    raise GameError(
                        f"a payoff of {player} is the irrational {value}; the sustaining deltas "
                        "are found for rational payoffs, so round it to a fraction."
                    )
            table.append({cell: ratio((1,)) * value for cell, value in values.items()})
        tables.append(table)
    return tables
