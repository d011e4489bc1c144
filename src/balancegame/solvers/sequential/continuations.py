r"""All subgame-perfect ways to go on from each node, factored instead of listed.

From the last nodes up, the plans for what follows a node are sorted by what they yield. Whether an
action is best depends on these payoffs alone, not on the plan behind them. So if a player, i,
chooses a at a node, and play then yields v, the plans for what follows another action b may be any
of those that yield i no more than :math:`v_i`, and their numbers multiply: the number of plans in
which a is chosen and v is yielded is

.. math:: N_a(v) \prod_{b \ne a} \sum_{w : w_i \le v_i} N_b(w).

A node thus keeps, for each of the payoffs that it may yield, *ways* to get them: what is done
there, and the payoffs that the nodes after it may yield. The plans of each way are a product, so
they are counted without being listed, and the k-th of them is found by division with remainder.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import prod
from typing import Any

from balancegame.errors import GameError
from balancegame.games.moves import after
from balancegame.games.sequential import GameTree
from balancegame.games.tree_layout import CHANCE
from balancegame.progress_bar import with_progress
from balancegame.solvers.sequential.settled import scaled_payoffs, settled
from balancegame.solvers.sequential.subgames import (
    Local,
    Place,
    Stage,
    stands_alone,
    without_subgame,
)

# How many combinations of payoffs are compared at one node, where chance moves or several choose.
MOST_COMBINATIONS = 50_000

Payoffs = tuple[Any, ...]


@dataclass
class Continuations:
    """The ways to go on from a node, or from some of the events that chance may draw."""

    ways: dict[Payoffs, list[Way]] = field(default_factory=dict)
    numbers: dict[Payoffs, int] = field(default_factory=dict)

    def add(self, payoffs: Payoffs, way: Way) -> None:
        """Add a way to get some payoffs."""
        self.ways.setdefault(payoffs, []).append(way)
        self.numbers[payoffs] = self.numbers.get(payoffs, 0) + way.number

    def number(self, payoffs: Iterable[Payoffs]) -> int:
        """Return how many plans yield any of these payoffs."""
        return sum(map(self.numbers.__getitem__, payoffs))

    def plan(self, rank: int) -> tuple[Payoffs, dict[Place, Local]]:
        """Return what one of the plans, counted from 0, yields and says where plans differ."""
        yields: Payoffs = ()
        found: dict[Place, Local] = {}
        pending: list[tuple[Continuations, tuple[Payoffs, ...], int]]
        pending = [(self, tuple(self.ways), rank)]
        while pending:
            node, allowed, rank = pending.pop()
            for payoffs in allowed:
                if rank < node.numbers[payoffs]:
                    break
                rank -= node.numbers[payoffs]
            yields = yields or payoffs  # the first are those of this node itself
            for way in node.ways[payoffs]:
                if rank < way.number:
                    break
                rank -= way.number
            found |= way.choices
            # The first part turns fastest.
            for part, among in way.parts:
                rank, own = divmod(rank, part.number(among))
                pending.append((part, among, own))
            for places, size in way.free:
                rank, action = divmod(rank, size)
                found |= dict.fromkeys(places, action)
        return yields, found


Part = tuple[Continuations, tuple[Payoffs, ...]]


@dataclass(frozen=True)
class Way:
    """What is done in a stage, and what the nodes after it may yield: a product of plans.

    Of the nodes after it only those are parts that can go on in several ways. In the places of
    ``free`` anything may be done. ``leads`` are the nodes that play goes on to, each with its
    probability and, if it is a part, what it yields. A draw is a chain: the first part of each
    event is what was drawn before, from the events that leave no choice on.
    """

    choices: dict[Place, Local]
    parts: tuple[Part, ...]
    leads: tuple[tuple[int, Fraction, Payoffs], ...]
    free: tuple[tuple[tuple[Place, ...], int], ...] = ()
    drawn: bool = False

    @cached_property
    def number(self) -> int:
        """How many plans it stands for."""
        sizes = (*(size for _, size in self.free), *(c.number(p) for c, p in self.parts))
        return prod(sizes)


class Induction:
    """Backward induction over a tree.

    ``reached[k]`` is the end that play comes to from node k if there is only one plan from there
    on and neither chance nor a mixture has a part in it; else ``single[k]`` are its payoffs, if
    there is only one plan, or ``several[k]`` the ways to go on. Payoffs are scaled: each player's
    are multiplied by a whole number that makes all of them whole.
    """

    def __init__(self, tree: GameTree, mixed: bool = True) -> None:
        self.tree = tree
        self.layout = tree.layout
        self.mixed = mixed
        self.complete = True
        self._scales, self._payoffs = scaled_payoffs(self.layout, len(tree.players))
        self.inside = without_subgame(self.layout)
        self.reached, self.best, open_ = settled(self.layout, self._payoffs, self.inside)
        self.single: dict[int, Payoffs] = {}
        self.several: dict[int, Continuations] = {}
        self.choices: dict[Place, Local] = {}
        left = [k for k in reversed(open_) if k not in self.inside]
        for k in with_progress(left, "backward induction"):
            self._solve(k)

    def yields(self, k: int) -> Payoffs | None:
        """Return the payoffs from a node on, if there is only one plan from there on."""
        end = self.reached[k]
        return self._payoffs[end] if end >= 0 else self.single.get(k)

    def exact(self, payoffs: Payoffs) -> Payoffs:
        """Return payoffs in the units of the tree."""
        return tuple(
            Fraction(u) / scale if isinstance(u, int | Fraction) else u
            for u, scale in zip(payoffs, self._scales, strict=True)
        )

    def _solve(self, k: int) -> None:
        if not stands_alone(self.layout, k, self.inside):
            found = self._of_stage(k)
        elif self.layout.movers[k] == CHANCE:
            found = self._of_chance(k)
        else:
            found = self._of_player(k, self.layout.movers[k])
        if list(found.numbers.values()) == [1]:
            self.single[k], choices = found.plan(0)
            self.choices |= choices
        else:
            self.several[k] = found

    def _of_player(self, k: int, i: int) -> Continuations:
        """Return the ways to go on where one player chooses: every best action, tie by tie."""
        children = self.layout.children(k)
        lists = {c: _Sorted(self.several[c], i) for c in children if c in self.several}
        settled = {c: v for c in children if (v := self.yields(c)) is not None}
        most = max((v[i] for v in settled.values()), default=None)
        found = Continuations()
        for a, child in enumerate(children):
            own = self.several.get(child)
            for payoffs in [settled[child]] if own is None else own.ways:
                at = payoffs[i]
                if most is not None and most > at:
                    continue
                parts: list[Part] = [] if own is None else [(own, (payoffs,))]
                for other, ordered in lists.items():
                    if other != child:
                        parts.append((self.several[other], ordered.up_to(at)))
                if all(allowed for _, allowed in parts):
                    lead = ((child, Fraction(1), payoffs),)
                    found.add(payoffs, Way({(k, 0): a}, tuple(parts), lead))
        return found

    def _of_chance(self, k: int) -> Continuations:
        """Return the ways to go on where chance draws, one event after the other."""
        drawn = [p for p, _ in self.layout.given[k].branches.values()]
        events = list(zip(drawn, self.layout.children(k), strict=True))
        known = [0] * len(self.tree.players)
        for p, c in events:
            if (v := self.yields(c)) is not None:
                known = [x + p * u for x, u in zip(known, v, strict=True)]
        leads = tuple((c, p, ()) for p, c in events if c not in self.several and p)
        found = Continuations()
        found.add(tuple(known), Way({}, (), leads))
        for p, c in events:
            if c in self.several:
                before, found = found, Continuations()
                more = self.several[c]
                self._require_few(k, len(before.ways) * len(more.ways))
                for at, payoffs in product(before.ways, more.ways):
                    mean = tuple(x + p * u for x, u in zip(at, payoffs, strict=True))
                    parts = ((before, (at,)), (more, (payoffs,)))
                    lead = ((c, p, payoffs),) if p else ()
                    found.add(mean, Way({}, parts, lead, drawn=True))
        return found

    def _of_stage(self, k: int) -> Continuations:
        """Return the ways to go on where several choose at once or do not see all that was done."""
        stage = Stage(self.layout, self.tree.players, k, self.inside)
        options = [
            [v] if (v := self.yields(c)) is not None else list(self.several[c].ways)
            for c in stage.ends
        ]
        self._require_few(k, prod(map(len, options)))
        found = Continuations()
        for yielded in product(*options):
            parts = tuple(
                (self.several[c], (payoffs,))
                for c, payoffs in zip(stage.ends, yielded, strict=True)
                if c in self.several
            )
            ends = [self.exact(payoffs) for payoffs in yielded]
            equilibria, complete = stage.equilibria(ends, self.mixed)
            self.complete &= complete
            for one in equilibria:
                mean = tuple(
                    sum(
                        (
                            p * payoffs[i]
                            for p, payoffs in zip(one.leaves, yielded, strict=True)
                            if p
                        )
                    )
                    for i in range(len(self.tree.players))
                )
                leads = tuple(zip(stage.ends, one.leaves, yielded, strict=True))
                leads = tuple(lead for lead in leads if lead[1])
                found.add(mean, Way(one.choices, parts, leads, one.free))
        return found

    def _require_few(self, k: int, combinations: int) -> None:
        if combinations > MOST_COMBINATIONS:
            raise GameError(
                f"ties leave {combinations} combinations of payoffs to compare "
                f"{after(self.layout.history(k))}, more than {MOST_COMBINATIONS}; change a payoff "
                "at which somebody is indifferent."
            )


class _Sorted:
    """The payoffs that a node may yield, those first that yield a player least."""

    def __init__(self, found: Continuations, player: int) -> None:
        self._payoffs = sorted(found.ways, key=lambda payoffs: payoffs[player])
        self._own = [payoffs[player] for payoffs in self._payoffs]
        self._cut: dict[int, tuple[Payoffs, ...]] = {}

    def up_to(self, most: Any) -> tuple[Payoffs, ...]:
        """Return those that yield the player no more than an amount."""
        count = bisect_right(self._own, most)
        if count not in self._cut:
            self._cut[count] = tuple(self._payoffs[:count])
        return self._cut[count]
