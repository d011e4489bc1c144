"""What is said of repeated games: whether a norm of the model is subgame-perfect.

A norm is one exactly where no one-shot deviation gains in any joint state that a history can lead
to (:mod:`balancegame.solvers.repeated.one_shot_deviations`): a condition for each state, player and
action on polynomials in payoffs and the discount factor.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from balancegame.games.normal_form import NormalFormGame
from balancegame.games.repeated import RepeatedGame
from balancegame.games.repeated_model import RepeatedModel
from balancegame.games.stochastic import StochasticGame
from balancegame.games.stochastic_model import StochasticModel
from balancegame.solvers.proofs.conditions import AT_LEAST, MORE, All, Formula, negation
from balancegame.solvers.proofs.vocabulary import (
    Reading,
    Said,
    Vocabulary,
    either,
    existence,
    game_at,
    phrase,
    vocabulary,
)
from balancegame.solvers.repeated.joint_play import JointPlay, joint_play
from balancegame.solvers.repeated.one_shot_deviations import one_shot_verdict
from balancegame.wording import called


@game_at.register
def _(model: RepeatedModel, values: Mapping[str, Fraction]) -> RepeatedGame:
    stage = NormalFormGame(model.stage.payoffs_at(values), model.players, model.stage.actions)
    return RepeatedGame(stage, model.delta.evaluate(values), model.hazard.evaluate(values))


@game_at.register
def _(model: StochasticModel, values: Mapping[str, Fraction]) -> StochasticGame:
    stages = {
        state: NormalFormGame(stage.payoffs_at(values), stage.players, stage.actions)
        for state, stage in model.stages.items()
    }
    chances = {
        state: {stages[state].outcome(cell): row for cell, row in rows.items()}
        for state, rows in zip(model.states, model.chances_at(values), strict=True)
    }
    return StochasticGame(model.states, stages, chances, model.patience_at(values))


@existence.register
def _(model: StochasticModel, reading: Reading) -> Sequence[Formula]:
    patience = model.patience_at(reading.symbols)
    found = [reading.compared(patience, AT_LEAST), reading.compared(1, MORE, patience)]
    for rows in model.chances_at(reading.symbols):
        for row in rows.values():
            found += [reading.compared(chance, AT_LEAST) for chance in row.values()]
    return [h for h in dict.fromkeys(found) if h.constant is not True]


@existence.register
def _(model: RepeatedModel, reading: Reading) -> Sequence[Formula]:
    delta, hazard = (f.evaluate(reading.symbols) for f in (model.delta, model.hazard))
    found = [
        reading.compared(delta, AT_LEAST),
        reading.compared(1, MORE, delta),
        reading.compared(hazard, AT_LEAST),
        reading.compared(1, AT_LEAST, hazard),
    ]
    return [h for h in found if h.constant is not True]


@vocabulary.register
def _(model: RepeatedModel) -> Vocabulary:
    titles = either(model.norms)
    return Vocabulary(
        statements=(
            phrase(
                f"{next(iter(model.norms), 'a norm')} is subgame-perfect",
                rf"({titles}) is (not )?subgame-perfect",
                _norm,
            ),
        )
    )


def _norm(match: re.Match[str], reading: Reading) -> Said:
    title, denied = match.groups()
    model = reading.model
    norm = model.norms[title]
    counted = norm.counted(model.players)
    joint = joint_play(model.game(), norm.automata)
    payoffs = model.stage.payoffs_at(reading.symbols)
    delta, hazard = (f.evaluate(reading.symbols) for f in (model.delta, model.hazard))
    patience = delta * (1 - hazard) + reading.zero
    formula = one_shot_formula(reading, joint, payoffs, patience, counted)
    if denied:
        formula = negation(formula)

    def judge(values: Mapping[str, Fraction]) -> tuple[bool, Any]:
        verdict = one_shot_verdict(game_at(model, values), norm.automata)
        names = {model.players[i] for i in counted}
        holds = not any(d.player in names for d in verdict.profitable)
        return holds != bool(denied), verdict

    return Said(formula, judge)


def one_shot_formula(
    reading: Reading, joint: JointPlay, payoffs: Any, patience: Any, players: Sequence[int]
) -> Formula:
    """Return that no one-shot deviation of these players gains in any joint state."""
    parts: list[Formula] = []
    for i in players:
        values = _average_payoffs(joint, payoffs[i], patience, reading)
        for state, prescribed in enumerate(joint.actions):
            stage = joint.stage(state)
            for cell in stage.deviations(i, prescribed):
                now, later = _entry(payoffs[i], cell), values[_next(joint, state, cell)]
                departing = (1 - patience) * now + patience * later
                words = (
                    f"{called(stage.players[i])} does not gain by {stage.actions[i][cell[i]]} in "
                    f"state ({', '.join(joint.states[state])})"
                )
                parts.append(reading.compared(values[state], AT_LEAST, departing, words))
    return All(tuple(parts))


def _next(joint: JointPlay, state: int, cell: Sequence[int]) -> int:
    """Return the joint state that follows a profile; in a repeated game there is only one."""
    (target,) = joint.moves[state][tuple(cell)].values()
    return target


def _entry(table: Any, cell: Sequence[int]) -> Any:
    for action in cell:
        table = table[action]
    return table


def _average_payoffs(joint: JointPlay, table: Any, patience: Any, reading: Reading) -> list[Any]:
    """Return a player's average discounted payoff from each joint state on.

    Each way leads to a cycle. On one of L states the average from its first state on is the sum of
    d^t u_t over that of d^t, t < L; before it, V = (1 - d) u + d V(next).
    """
    own = [_entry(table, cell) + reading.zero for cell in joint.actions]
    after = [_next(joint, state, cell) for state, cell in enumerate(joint.actions)]
    known: dict[int, Any] = {}
    for start in range(len(own)):
        way: list[int] = []
        while start not in known and start not in way:
            way.append(start)
            start = after[start]
        if start not in known:
            cycle = way[way.index(start) :]
            for k, state in enumerate(cycle):
                known[state] = _around(patience, [own[q] for q in (*cycle[k:], *cycle[:k])])
        for state in reversed(way):
            if state not in known:
                known[state] = (1 - patience) * own[state] + patience * known[after[state]]
    return [known[state] for state in range(len(own))]


def _around(patience: Any, payoffs: Sequence[Any]) -> Any:
    """Return the average of payoffs that come again and again."""
    if len(payoffs) == 1:
        return payoffs[0]
    weights = [patience**t for t in range(len(payoffs))]
    total = sum((w * u for w, u in zip(weights, payoffs, strict=True)), Fraction(0))
    return total / sum(weights[1:], weights[0])
