"""What is said of stochastic games: whether a norm of the model is subgame-perfect.

Payoffs of automata solve linear equations over the field of rational functions of the parameters,
as they do over numbers (:mod:`balancegame.solvers.repeated.state_reduction`). What a one-shot
deviation gains is then a quotient in lowest terms, whose sign the conditions of a proposition
decide. A state counts only where the chances on some way to it are more than 0.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from balancegame.exact.multivariate import Multivariate
from balancegame.exact.quotients import Quotient
from balancegame.games.stochastic import StochasticGame
from balancegame.games.stochastic_model import StochasticModel
from balancegame.solvers.proofs.conditions import AT_LEAST, MORE, All, Formula, Implies, negation
from balancegame.solvers.proofs.vocabulary import (
    Reading,
    Said,
    Vocabulary,
    either,
    game_at,
    phrase,
    vocabulary,
)
from balancegame.solvers.repeated.critical_discount_factors import in_a_parameter
from balancegame.solvers.repeated.joint_play import (
    JointPlay,
    average_payoffs,
    departures,
    joint_play,
)
from balancegame.solvers.repeated.one_shot_deviations import one_shot_verdict
from balancegame.wording import called

# Ways to a state, each as the chances on it that may be 0.
Ways = frozenset[frozenset[tuple[int, tuple[int, ...], int]]]


@vocabulary.register
def _(model: StochasticModel) -> Vocabulary:
    titles = either(model.norms)
    said = phrase(
        f"{next(iter(model.norms), 'a norm')} is subgame-perfect",
        rf"({titles}) is (not )?subgame-perfect",
        _norm,
    )
    return Vocabulary(statements=(said,))


def _norm(match: re.Match[str], reading: Reading) -> Said:
    title, denied = match.groups()
    model = reading.model
    norm = model.norms[title]
    counted = norm.counted(model.players)
    joint = joint_play(_with_every_chance(model, reading), norm.automata)
    formula: Formula = _one_shot_formula(reading, joint, counted)
    if denied:
        formula = negation(formula)

    def judge(values: Mapping[str, Fraction]) -> tuple[bool, Any]:
        verdict = one_shot_verdict(game_at(model, values), norm.automata)
        names = {model.players[i] for i in counted}
        holds = not any(d.player in names for d in verdict.profitable)
        return holds != bool(denied), verdict

    return Said(formula, judge)


def _with_every_chance(model: StochasticModel, reading: Reading) -> StochasticGame:
    """Return a game in which whatever may come next, at some values, does come with a chance."""
    stages = {state: stage.game() for state, stage in model.stages.items()}
    rows: dict[str, Any] = {}
    for state, chances in zip(model.states, model.chances_at(reading.symbols), strict=True):
        rows[state] = {}
        for cell, row in chances.items():
            names = [name for name, p in row.items() if (p + reading.zero).top.terms]
            rows[state][stages[state].outcome(cell)] = dict.fromkeys(names, Fraction(1, len(names)))
    return StochasticGame(model.states, stages, rows, Fraction(1, 2))


def _one_shot_formula(reading: Reading, joint: JointPlay, players: Sequence[int]) -> Formula:
    """Return that no one-shot deviation of these players gains in any state that is reached."""
    model, field = reading.model, _Field(reading)
    payoffs = [stage.played_at(reading.symbols).payoffs for stage in model.stages.values()]
    chances = [
        {cell: {model.states.index(n): p + reading.zero for n, p in row.items()}
         for cell, row in rows.items()}
        for rows in model.chances_at(reading.symbols)
    ]  # fmt: skip
    play = in_a_parameter(
        joint,
        field.element(model.patience_at(reading.symbols)),
        lambda i, world, cell: field.element(_entry(payoffs[world][i], cell)),
        lambda world, cell, later: field.element(chances[world][cell][later]),
    )
    values = average_payoffs(play)
    needed = _needed_chances(joint, chances)
    parts: list[Formula] = []
    for state in range(len(joint.states)):
        stage, world = joint.stage(state), model.states[joint.worlds[state]]
        for i in players:
            for gain, cell in departures(play, values, state, i):
                words = (
                    f"{called(stage.players[i])} does not gain by {stage.actions[i][cell[i]]} in "
                    f"{world}, state ({', '.join(joint.states[state])})"
                )
                kept = reading.compared(0, AT_LEAST, field.quotient(gain), words)
                for way in needed[state]:
                    open_ = [reading.compared(chances[w][c][t], MORE) for w, c, t in sorted(way)]
                    parts.append(Implies(All(tuple(open_)), kept, words) if open_ else kept)
    return All(tuple(dict.fromkeys(parts)))


def _needed_chances(joint: JointPlay, chances: Sequence[Any]) -> list[Ways]:
    """Return for each state the fewest chances that must be more than 0 for play to come to it."""
    found: list[Ways] = [
        frozenset({frozenset()}) if state < len(joint.stages) else frozenset()
        for state in range(len(joint.states))
    ]
    names: dict[Any, tuple[int, tuple[int, ...], int]] = {}
    pending = list(range(len(joint.stages)))
    while pending:
        state = pending.pop()
        world = joint.worlds[state]
        for cell, targets in joint.moves[state].items():
            for later, target in targets.items():
                chance = chances[world][cell][later]
                # One name for the same chance, wherever it occurs; one that never is 0 needs none.
                key = frozenset(chance.top.terms.items())
                name = names.setdefault(key, (world, cell, later))
                more = {name} if chance.top.degree else set()
                every = found[target] | {way | more for way in found[state]}
                least = frozenset(w for w in every if not any(other < w for other in every))
                if least != found[target]:
                    found[target] = least
                    pending.append(target)
    return found


class _Field:
    """Rational functions of the parameters in lowest terms: SymPy's, and the way back."""

    def __init__(self, reading: Reading) -> None:
        from sympy import QQ
        from sympy.polys.fields import field

        self._names = reading.names
        self._zero = reading.zero
        self._rationals = QQ
        self._field = field(list(reading.names), QQ)[0]

    def element(self, value: Any) -> Any:
        """Return a quotient, or a number, as an element of the field."""
        quotient: Quotient = value + self._zero
        found = self._polynomial(quotient.top.terms)
        for factor, power in quotient.bottom.items():
            found = found / self._polynomial(dict(factor)) ** power
        return found

    def quotient(self, element: Any) -> Quotient:
        """Return an element as a quotient whose denominator is a product of its factors."""
        scale, factors = element.denom.factor_list()
        found: Quotient = Quotient(self._terms(element.numer)) / Fraction(str(scale))
        for factor, power in factors:
            found = found / Quotient(self._terms(factor)) ** power
        return found

    def _polynomial(self, terms: Mapping[tuple[int, ...], Any]) -> Any:
        ring = self._field.ring
        whole = {
            powers: self._rationals(Fraction(c).numerator, Fraction(c).denominator)
            for powers, c in terms.items()
        }
        return self._field(ring.from_dict(whole))

    def _terms(self, polynomial: Any) -> Multivariate:
        terms = {
            tuple(map(int, powers)): Fraction(int(c.numerator), int(c.denominator))
            for powers, c in polynomial.terms()
        }
        return Multivariate(self._names, {p: c for p, c in terms.items() if c})


def _entry(table: Any, cell: Sequence[int]) -> Any:
    for action in cell:
        table = table[action]
    return table
