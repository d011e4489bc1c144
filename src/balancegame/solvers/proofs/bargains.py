"""What is said of bargaining: whether there is a deal, and what the Nash solution gives each side.

With side payments the outcome with the largest sum of gains is agreed on if that sum is at least 0,
and the gain is shared equally; so all that matters is which sum is largest and its sign. Where
outcomes are taken as they are, there is a deal if one of them gives nobody less than no deal does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from balancegame.errors import GameError
from balancegame.games.bargaining import AS_THEY_ARE, SIDE_PAYMENTS
from balancegame.games.bargaining_model import BargainingModel
from balancegame.solvers.coalitional.bargaining import nash_bargaining
from balancegame.solvers.proofs.conditions import AT_LEAST, MORE, All, Formula, Some, negation
from balancegame.solvers.proofs.language import player_named
from balancegame.solvers.proofs.vocabulary import (
    Reading,
    Said,
    Vocabulary,
    Worth,
    game_at,
    phrase,
    vocabulary,
)


@vocabulary.register
def _(model: BargainingModel) -> Vocabulary:
    deal = phrase("there is a deal", r"there is (a|no) deal", _deal)
    gain = phrase(f"nash({model.players[0]})", r"nash ?\( ?([^()]+?) ?\)", _nash)
    return Vocabulary((deal,), (gain,) if model.sharing == SIDE_PAYMENTS else ())


def _gains(reading: Reading) -> tuple[dict[str, list[Any]], list[Any]]:
    """Return what each outcome gives each player beyond disagreement, and that point."""
    model = reading.model
    point = [formula.evaluate(reading.symbols) + reading.zero for formula in model.disagreement]
    gains = {
        name: [f.evaluate(reading.symbols) - d for f, d in zip(row, point, strict=True)]
        for name, row in model.outcomes.items()
    }
    return gains, point


def _deal(match: re.Match[str], reading: Reading) -> Said:
    model = reading.model
    gains, _ = _gains(reading)
    if model.sharing not in (SIDE_PAYMENTS, AS_THEY_ARE):
        raise GameError(
            f"whether there is a deal can be said with {SIDE_PAYMENTS} or where outcomes are taken "
            f"{AS_THEY_ARE}, not with {model.sharing}."
        )
    parts: list[Formula] = []
    for name, own in gains.items():
        if model.sharing == SIDE_PAYMENTS:
            words = f"{name} brings all together at least as much as no deal"
            parts.append(reading.compared(sum(own, reading.zero), AT_LEAST, 0, words))
        else:
            parts.append(All(tuple(reading.compared(g, AT_LEAST) for g in own)))
    formula: Formula = parts[0] if len(parts) == 1 else Some(tuple(parts))
    if match.group(1) == "no":
        formula = negation(formula)

    def judge(values: Mapping[str, Fraction]) -> tuple[bool, Any]:
        found = nash_bargaining(game_at(model, values))
        return found.deal == (match.group(1) == "a"), found

    return Said(formula, judge)


def _nash(match: re.Match[str], reading: Reading) -> Worth:
    model = reading.model
    i = player_named(model, match.group(1))
    gains, point = _gains(reading)
    sums = [sum(own, reading.zero) for own in gains.values()]
    nothing = All(tuple(reading.compared(0, MORE, total) for total in sums))
    pieces: list[tuple[Formula | None, Any]] = [(nothing, point[i])]
    for total in sums:
        best = [reading.compared(total, AT_LEAST)]
        best += [reading.compared(total, AT_LEAST, other) for other in sums if other is not total]
        pieces.append((All(tuple(best)), point[i] + total / len(model.players)))
    return Worth(pieces, lambda values: nash_bargaining(game_at(model, values)).payoffs[i])
