"""The strategies of a tree, reduced or whole, and the game in normal form that they make."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from math import lcm, prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from balancegame.errors import GameError
from balancegame.games.information import SequenceForm, Sequences
from balancegame.games.normal_form import NormalFormGame
from balancegame.games.tree_layout import Layout

MOST_STRATEGIES = 20_000
MOST_CELLS = 500_000
_INT64_SAFE = 2**62

# What is chosen in each of a player's information sets, by position; None where a reduced strategy
# does not come.
PureStrategy = tuple[int | None, ...]


def normal_form(layout: Layout, form: SequenceForm, strategies: str) -> NormalFormGame:
    """Return the game in normal form whose actions are the reduced or the whole strategies."""
    if strategies not in ("reduced", "whole"):
        raise GameError(f'strategies are "reduced" or "whole", not {strategies!r}.')
    own = [pure_strategies(side, reduced=strategies == "reduced") for side in form.players]
    cells = prod(map(len, own))
    if cells > MOST_CELLS:
        raise GameError(
            f"the normal form would have {cells} cells, more than {MOST_CELLS}; take a smaller "
            "part of the tree."
        )
    ends = [layout.payoffs(k) for k, _, _ in form.ends]
    payoffs = expected_payoffs(form, own, ends)
    names = [strategy_names(side, given) for side, given in zip(form.players, own, strict=True)]
    return NormalFormGame(payoffs, tuple(side.player for side in form.players), names)


def pure_strategies(side: Sequences, reduced: bool = True) -> list[PureStrategy]:
    """Return a player's pure strategies in lexicographic order of their actions."""
    found: list[PureStrategy] = [()]
    for choice in side.choices:
        before, action = side.moves[choice.parent]
        longer: list[PureStrategy] = []
        for strategy in found:
            comes = not reduced or before < 0 or strategy[before] == action
            longer += [(*strategy, a) for a in (range(len(choice.actions)) if comes else [None])]
            if len(longer) > MOST_STRATEGIES:
                raise GameError(
                    f"{side.player} has more than {MOST_STRATEGIES} strategies in this tree; "
                    "take a smaller part of it."
                )
        found = longer
    return found


def played(side: Sequences, strategies: Sequence[PureStrategy]) -> NDArray[np.bool_]:
    """Return which sequences each strategy plays, of shape (strategies, sequences)."""
    plays = np.ones((len(strategies), len(side.moves)), dtype=bool)
    for j, choice in enumerate(side.choices):
        chosen = np.array([-1 if s[j] is None else s[j] for s in strategies])
        for a in range(len(choice.actions)):
            does: NDArray[np.bool_] = chosen == a
            plays[:, choice.first + a] = plays[:, choice.parent] & does
    return plays


def expected_payoffs(
    form: SequenceForm, strategies: Sequence[Sequence[PureStrategy]], ends: Sequence[Any]
) -> list[NDArray[Any]]:
    """Return each player's payoffs, one axis for each player's strategies.

    Which ends a strategy allows is a matrix of zeros and ones, and the payoffs are the sum over
    all ends of chance's probability times payoff times the product of these.
    """
    leads = [
        played(side, own)[:, [end[1][i] for end in form.ends]].astype(np.int64)
        for i, (side, own) in enumerate(zip(form.players, strategies, strict=True))
    ]
    return [
        _summed(leads, [end[2] * u[i] for end, u in zip(form.ends, ends, strict=True)])
        for i in range(len(ends[0]))
    ]


def _summed(leads: list[NDArray[np.int64]], weights: list[Any]) -> NDArray[Any]:
    """Return the sum over ends of their weights where every player's strategy leads there."""
    scale = 1
    if all(isinstance(weight, Fraction) for weight in weights):
        scale = lcm(*(weight.denominator for weight in weights))
        scaled = [weight.numerator * (scale // weight.denominator) for weight in weights]
        safe = sum(map(abs, scaled)) < _INT64_SAFE
    else:
        scaled, safe = weights, False
    total: Any = np.array(scaled, dtype=np.int64 if safe else object)
    *earlier, last = leads
    for lead in earlier:
        total = total[..., None, :] * lead
    total = total @ last.T
    whole: dict[Any, Any] = {}
    flat = [
        whole[entry] if entry in whole else whole.setdefault(entry, _divided(entry, scale))
        for entry in total.ravel().tolist()
    ]
    found = np.empty(len(flat), dtype=object)
    found[:] = flat
    return found.reshape(total.shape)


def _divided(entry: Any, scale: int) -> Any:
    return Fraction(entry, scale) if isinstance(entry, int) else entry


def strategy_names(side: Sequences, strategies: Sequence[PureStrategy]) -> list[str]:
    """Return what strategies are called: their actions in the order of the information sets."""
    if not side.choices:
        return ["nothing to choose"]
    named = [
        " / ".join(
            choice.actions[a]
            for choice, a in zip(side.choices, strategy, strict=True)
            if a is not None
        )
        for strategy in strategies
    ]
    # Actions whose own names hold a stroke could make two strategies look the same.
    count = Counter(named)
    return [f"{name} ({k + 1})" if count[name] > 1 else name for k, name in enumerate(named)]
