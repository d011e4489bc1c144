"""Where subgames begin, and the equilibria of one once all that follows it is settled.

A node begins a *subgame* if no information set holds nodes both at or after it and elsewhere. What
lies between it and the next nodes that begin subgames is its *stage*. Where one player moves or
chance does, and a subgame follows each branch, the stage is that node alone. Any other stage is a
game in normal form, whose actions are the reduced strategies within it; its equilibria in mixed
strategies are told as probabilities in each information set (Kuhn 1953).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from heapq import heapify, heappop, heappush
from math import prod
from typing import Any

import numpy as np

from balancegame.errors import GameError
from balancegame.games.information import Choice, SequenceForm, Sequences, sequence_form
from balancegame.games.normal_form import NormalFormGame
from balancegame.games.tree_layout import NOBODY, SEVERAL, Layout
from balancegame.games.tree_strategies import expected_payoffs, played, pure_strategies
from balancegame.solvers.normal_form.nash import equilibria, pure_equilibria

# What a player does in an information set: an action, by position, or the probability of each.
Local = int | tuple[Fraction, ...]
# A player's information set, as the position of a node and which of those who choose there it is.
Place = tuple[int, int]


@dataclass(frozen=True)
class StageEquilibrium:
    """What everybody does in a stage, and how likely play is to leave it by each end.

    In the places of ``free`` anything may be done, for the player's own earlier choices keep play
    from coming there; each has the places of one information set and the number of its actions.
    """

    choices: dict[Place, Local]
    free: tuple[tuple[tuple[Place, ...], int], ...]
    leaves: tuple[Fraction, ...]


def without_subgame(layout: Layout) -> set[int]:
    """Return the nodes that begin no subgame."""
    found: set[int] = set()
    for nodes in layout.shared.values():
        # The nodes above the set, up to the last one that all of its nodes follow.
        heap = [-k for k in nodes]
        heapify(heap)
        while len(heap) > 1:
            k = -heappop(heap)
            found.add(k)
            parent = -layout.parents[k]
            if parent not in heap:
                heappush(heap, parent)
    return found


class Stage:
    """The part of a tree from a node that begins a subgame to the next ones that do."""

    def __init__(self, layout: Layout, players: tuple[str, ...], root: int, inside: set[int]):
        self._layout = layout
        cut = next_subgames(layout, root, inside)
        whole = sequence_form(layout, players, root, set(cut))
        self.movers = [i for i, side in enumerate(whole.players) if side.choices]
        self.form = SequenceForm(
            tuple(whole.players[i] for i in self.movers),
            [(k, tuple(own[i] for i in self.movers), chance) for k, own, chance in whole.ends],
        )
        self.ends = [k for k, _, _ in self.form.ends]

    @cached_property
    def _strategies(self) -> list[Any]:
        return [pure_strategies(side) for side in self.form.players]

    def equilibria(
        self, ends: Sequence[Any], mixed: bool = True
    ) -> tuple[list[StageEquilibrium], bool]:
        """Return the extreme equilibria given the payoffs at its ends, and whether these are all.

        Of three and more players, and of two with very many strategies, only those in pure
        strategies are found.
        """
        game = NormalFormGame(
            expected_payoffs(
                self.form, self._strategies, [[u[i] for i in self.movers] for u in ends]
            )
        )
        profiles = [game.profile(names) for names in pure_equilibria(game)]
        complete = len(self.movers) < 3
        if mixed and complete:
            try:
                found = [equilibrium.strategies for equilibrium in equilibria(game)]
            except GameError:
                complete = False
            else:
                profiles += [profile for profile in found if any(max(x) < 1 for x in profile)]
        # Mixtures of strategies that come to the same in every information set are one.
        distinct = {self._weights(profile): None for profile in profiles}
        return [self._told(weights) for weights in distinct], complete

    def _weights(self, profile: Any) -> tuple[tuple[Fraction, ...], ...]:
        """Return the probability of each player's sequences."""
        found = []
        for side, strategies, mixture in zip(
            self.form.players, self._strategies, profile, strict=True
        ):
            plays = played(side, strategies)
            total = [Fraction(0)] * len(side.moves)
            for p, row in zip(mixture, plays, strict=True):
                if p:
                    for s in np.flatnonzero(row).tolist():
                        total[s] += p
            found.append(tuple(total))
        return tuple(found)

    def _told(self, weights: tuple[tuple[Fraction, ...], ...]) -> StageEquilibrium:
        choices: dict[Place, Local] = {}
        free = []
        for side, weight in zip(self.form.players, weights, strict=True):
            for choice in side.choices:
                places = self._places(side, choice)
                size = len(choice.actions)
                if not weight[choice.parent]:
                    free.append((places, size))
                    continue
                local = tuple(weight[choice.first + a] / weight[choice.parent] for a in range(size))
                told: Local = local.index(1) if 1 in local else local
                choices.update(dict.fromkeys(places, told))
        leaves = tuple(
            chance * prod((w[s] for w, s in zip(weights, own, strict=True)), start=Fraction(1))
            for _, own, chance in self.form.ends
        )
        return StageEquilibrium(choices, tuple(free), leaves)

    def _places(self, side: Sequences, choice: Choice) -> tuple[Place, ...]:
        given = self._layout.given
        return tuple((k, given[k].players.index(side.player)) for k in choice.nodes)


def stands_alone(layout: Layout, k: int, inside: set[int]) -> bool:
    """Return whether a stage is one node, at which one player moves or chance does."""
    if layout.movers[k] == SEVERAL:
        return False
    return not inside or inside.isdisjoint(layout.children(k))


def next_subgames(layout: Layout, root: int, inside: set[int]) -> Iterator[int]:
    """Yield the nodes at which a stage ends: where the next subgames begin, or the game ends."""
    pending = list(layout.children(root))
    while pending:
        k = pending.pop()
        if k not in inside or layout.movers[k] == NOBODY:
            yield k
        else:
            pending.extend(layout.children(k))
