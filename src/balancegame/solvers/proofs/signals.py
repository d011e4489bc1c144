"""What is said of signalling: whether messages can tell all types apart.

Where there are as many messages as types and each type sends one of its own, the receiver knows the
type, whatever the prior is. So a separating equilibrium is a way to give each type a message and
each message a reply that is best against its type, such that no type would rather send another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import permutations, product
from typing import Any

from balancegame.errors import GameError
from balancegame.games.signalling_model import SignallingModel
from balancegame.solvers.proofs.conditions import AT_LEAST, All, Formula, Some, negation, pruned
from balancegame.solvers.proofs.vocabulary import (
    Reading,
    Said,
    Vocabulary,
    existence,
    game_at,
    phrase,
    vocabulary,
)
from balancegame.solvers.signalling.perfect_bayesian import perfect_bayesian


@existence.register
def _(model: SignallingModel, reading: Reading) -> Sequence[Formula]:
    prior, _ = model.formulas_at(reading.symbols)
    found = [reading.compared(chance, AT_LEAST) for chance in prior]
    return [h for h in found if h.constant is not True]


@vocabulary.register
def _(model: SignallingModel) -> Vocabulary:
    return Vocabulary(
        statements=(
            phrase(
                "there is a separating equilibrium",
                r"there is (a|no) separating equilibrium",
                _separating,
            ),
        )
    )


def _separating(match: re.Match[str], reading: Reading) -> Said:
    model = reading.model
    types, messages, replies = (range(len(x)) for x in (model.types, model.messages, model.replies))
    if len(messages) != len(types):
        raise GameError(
            f"whether model {model.name} has a separating equilibrium can be asked where there are "
            f"as many messages as types; it has {len(messages)} and {len(types)}."
        )
    _, (sender, receiver) = model.formulas_at(reading.symbols)
    ways: list[Formula] = []
    for sent in permutations(messages):
        for chosen in product(replies, repeat=len(messages)):
            parts: list[Formula] = []
            for t in types:
                own = sent[t]
                for m in messages:
                    if m != own:
                        keeps = f"the {model.types[t]} type does not gain by {model.messages[m]}"
                        parts.append(
                            _at_least(reading, sender[t], (own, chosen[own]), (m, chosen[m]), keeps)
                        )
                for r in replies:
                    if r != chosen[own]:
                        words = f"{model.replies[r]} is no better reply to {model.messages[own]}"
                        parts.append(
                            _at_least(reading, receiver[t], (own, chosen[own]), (own, r), words)
                        )
            ways.append(All(tuple(parts)))
    formula: Formula = pruned(Some(tuple(ways)))
    if isinstance(formula, Some) and len(formula.parts) == 1:
        (formula,) = formula.parts
    if match.group(1) == "no":
        formula = negation(formula)

    def judge(values: Mapping[str, Fraction]) -> tuple[bool, Any]:
        found = perfect_bayesian(game_at(model, values))
        holds = any(one.kind == "separating" for one in found)
        return holds == (match.group(1) == "a"), found

    return Said(formula, judge)


def _at_least(
    reading: Reading,
    table: Any,
    own: tuple[int, int],
    other: tuple[int, int],
    words: str,
) -> Formula:
    return reading.compared(
        table[own[0]][own[1]] + reading.zero, AT_LEAST, table[other[0]][other[1]], words
    )
