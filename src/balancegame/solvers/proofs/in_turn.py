"""What is said of games in which players move in turn: where subgame-perfect play can lead.

A way of play can end a subgame exactly if it can end the subgame after its first move and if, for
every other move that could be made there, some way of play that can follow it gives the one who
moves no more. What follows different moves is chosen independently, so no tie need be broken.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import reduce
from itertools import product
from operator import getitem
from typing import Any

from balancegame.errors import GameError
from balancegame.games.sequential import GameTree
from balancegame.games.sequential_model import SequentialModel
from balancegame.solvers.proofs.conditions import (
    AT_LEAST,
    All,
    Formula,
    Some,
    joined,
    negation,
    pruned,
)
from balancegame.solvers.proofs.language import at_top, one_of, player_named
from balancegame.solvers.proofs.vocabulary import (
    INSIDE,
    Reading,
    Said,
    Vocabulary,
    Worth,
    game_at,
    phrase,
    vocabulary,
)
from balancegame.solvers.sequential.subgame_perfect import subgame_perfect
from balancegame.wording import and_list, called, counted

Way = tuple[int, ...]
"""An action of each player, by position, in the order of moves."""


@game_at.register
def _(model: SequentialModel, values: Mapping[str, Fraction]) -> GameTree:
    return model.tree_at(values)


@vocabulary.register
def _(model: SequentialModel) -> Vocabulary:
    example = f"({', '.join(names[0] for names in _actions(model))})"
    return Vocabulary(
        statements=(
            phrase(
                f"{example} is a subgame-perfect outcome",
                INSIDE + r" is (not )?(a|the only) subgame-perfect outcome",
                _outcome,
            ),
        ),
        values=(
            phrase(
                f"payoff({_order(model)[0]}, {example})",
                r"payoff ?\( ?([^,()]+), ?" + INSIDE + r" ?\)",
                _payoff,
            ),
        ),
    )


def _order(model: SequentialModel) -> list[str]:
    return [name for stage in model.order for name in stage]


def _actions(model: SequentialModel) -> list[tuple[str, ...]]:
    known = dict(zip(model.at_once.players, model.at_once.actions, strict=True))
    return [tuple(known[name]) for name in _order(model)]


def _way(text: str, model: SequentialModel) -> Way:
    parts, order = at_top(text, ","), _order(model)
    if len(parts) != len(order):
        raise GameError(
            f"({text}) has {counted(len(parts), 'entry', 'entries')}, but in model {model.name} "
            f"{and_list(order)} move in this order; give an action of each."
        )
    return tuple(
        one_of(names, part, f"no action of {called(player)} in model {model.name}")
        for part, player, names in zip(parts, order, _actions(model), strict=True)
    )


class _Ends:
    """What every player gets at the end of every way of play."""

    def __init__(self, reading: Reading) -> None:
        self.reading, self.model = reading, reading.model
        self.order, self.actions = _order(self.model), _actions(self.model)
        payoffs = self.model.at_once.payoffs_at(reading.symbols)
        self.places = [self.order.index(name) for name in self.model.at_once.players]
        self.payoffs = dict(zip(self.model.at_once.players, payoffs, strict=True))

    def worth(self, player: str, way: Way) -> Any:
        """Return what a player gets at the end of a way of play."""
        return reduce(getitem, [way[k] for k in self.places], self.payoffs[player])

    def shortened(self, way: Way) -> Way:
        """Return a way of play up to where nothing still to be chosen makes a difference."""
        for k in range(1, len(way)):
            rests = product(*(range(len(names)) for names in self.actions[k:]))
            first, *others = ((*way[:k], *rest) for rest in rests)
            if all(
                self.worth(player, other) == self.worth(player, first)
                for other in others
                for player in self.order
            ):
                return way[:k]
        return way


def _ways(ends: _Ends, start: Way) -> dict[Way, Formula]:
    """Return every way of play after some moves, with when it can end a subgame-perfect one."""
    model, actions = ends.model, ends.actions
    ends.reading.deadline.check()
    if len(start) == len(actions):
        return {(): All(())}
    stages = list(model.order)
    moved, stage = 0, stages.pop(0)
    while moved < len(start):
        moved, stage = moved + len(stage), stages.pop(0)
    own = list(product(*(range(len(actions[len(start) + k])) for k in range(len(stage)))))
    after = {move: _ways(ends, (*start, *move)) for move in own}
    seen = ", ".join(actions[k][a] for k, a in enumerate(start))
    found: dict[Way, Formula] = {}
    for move in own:
        for rest, formula in after[move].items():
            parts = [formula]
            for k, player in enumerate(stage):
                worth = ends.worth(player, (*start, *move, *rest))
                for other in range(len(actions[len(start) + k])):
                    departing = (*move[:k], other, *move[k + 1 :])
                    if other == move[k]:
                        continue
                    name = actions[len(start) + k][other]
                    where = f" after {seen}" if seen else ""
                    words = f"{called(player)} does not gain by {name}{where}"
                    parts.append(
                        _deterred(
                            ends, player, worth, (*start, *departing), after[departing], words
                        )
                    )
            found[(*move, *rest)] = joined(parts)
    return found


def _deterred(
    ends: _Ends, player: str, worth: Any, start: Way, ways: Mapping[Way, Formula], words: str
) -> Formula:
    """Return that after a departure some way of play gives a player no more than this."""
    parts = []
    ends.reading.deadline.check()
    for rest, formula in ways.items():
        other = ends.worth(player, (*start, *rest))
        no_gain = ends.reading.compared(worth, AT_LEAST, other, words)
        part = joined((formula, pruned(no_gain)))
        if part == All(()):
            return All((), words)
        if part != Some(()):
            parts.append(part)
    return parts[0] if len(parts) == 1 else Some(tuple(parts), words)


def _outcome(match: re.Match[str], reading: Reading) -> Said:
    inside, denied, kind = match.groups()
    model = reading.model
    ends = _Ends(reading)
    every = _ways(ends, ())
    meant = ends.shortened(_way(inside, model))
    alike = {way: formula for way, formula in every.items() if ends.shortened(way) == meant}
    # Of ways that differ only in what makes no difference, one is enough.
    formula = next(iter(alike.values()))
    if len(alike) > 1:
        later = and_list(called(player) for player in ends.order[len(meant) :])
        words = (
            f"({_named(model, meant)}) is a subgame-perfect outcome (whatever {later} would do "
            "then pays the same and counts as one outcome)"
        )
        formula = Some(tuple(alike.values()), words)
    if kind == "the only":
        others = (
            Some((negation(other),), f"({_named(model, way)}) is no such outcome")
            for way, other in every.items()
            if way not in alike
        )
        formula = All((formula, *others))
    if denied:
        formula = negation(formula)

    def judge(values: Mapping[str, Fraction]) -> tuple[bool, Any]:
        found = subgame_perfect(game_at(model, values)).pure
        reached = {tuple(_flat(outcome[0].history)) for outcome in found.outcomes}
        named = tuple(ends.actions[k][a] for k, a in enumerate(meant))
        holds = named in reached and (kind != "the only" or len(reached) == 1)
        return holds != bool(denied), found

    return Said(formula, judge)


def _flat(history: Sequence[Any]) -> list[str]:
    """Return the actions of a history one by one, those chosen at once too."""
    flat: list[str] = []
    for label in history:
        flat += [label] if isinstance(label, str) else list(label)
    return flat


def _named(model: SequentialModel, way: Way) -> str:
    return ", ".join(names[a] for names, a in zip(_actions(model), way, strict=False))


def _payoff(match: re.Match[str], reading: Reading) -> Worth:
    who, inside = match.groups()
    model = reading.model
    player = model.at_once.players[player_named(model.at_once, who)]
    worth = _Ends(reading).worth(player, _way(inside, model)) + reading.zero
    return Worth([(None, worth)], lambda values: reading.at(worth, values))
