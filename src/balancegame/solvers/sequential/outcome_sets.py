"""The different ways in which subgame-perfect equilibria let play end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import prod

from balancegame.errors import GameError
from balancegame.games.moves import Chance, Node
from balancegame.games.tree_layout import NOBODY, Layout
from balancegame.solvers.sequential.continuations import Continuations, Induction, Payoffs, Way
from balancegame.solvers.sequential.subgames import Local, Place

MOST_OUTCOMES = 10_000

# The ends that play may come to, each with its probability.
Ends = tuple[tuple[int, Fraction], ...]
# What there is to find: how play goes on from ways to get payoffs.
Query = tuple[int, Payoffs]


class OutcomeSets:
    """Finds how play can end, from the last nodes up, where there are several ways to go on."""

    def __init__(self, induction: Induction) -> None:
        self._induction = induction
        self._ways: dict[Query, list[Way]] = {}
        self._found: dict[Query, set[Ends]] = {}

    def of_root(self) -> set[Ends]:
        """Return the different ways in which play can end from the start on."""
        root = self._induction.several[0]
        wanted = [self._query(root, payoffs) for payoffs in root.ways]
        for query in self._needed(wanted):
            self._found[query] = self._of_ways(self._ways[query])
        return _few(ends for query in wanted for ends in self._found[query])

    def _needed(self, wanted: list[Query]) -> list[Query]:
        """Return these queries and all that they lead to, each after those that it leads to."""
        order: list[Query] = []
        seen: set[Query] = set()
        pending = [(query, False) for query in wanted]
        while pending:
            query, followed = pending.pop()
            if followed:
                order.append(query)
            elif query not in seen:
                seen.add(query)
                pending.append((query, True))
                pending += [(lead, False) for way in self._ways[query] for lead in self._next(way)]
        return order

    def _next(self, way: Way) -> list[Query]:
        several = self._induction.several
        leads = [self._query(several[c], v) for c, _, v in way.leads if c in several]
        return leads + ([self._query(*_earlier(way))] if way.drawn else [])

    def _query(self, node: Continuations, payoffs: Payoffs) -> Query:
        query = (id(node), payoffs)
        self._ways[query] = node.ways[payoffs]
        return query

    def _alone(self, k: int) -> Ends:
        """Return where play ends from a node with only one plan."""
        induction = self._induction
        return tuple(play_from(induction.layout, induction.choices, induction.best, k))

    def _of_ways(self, ways: list[Way]) -> set[Ends]:
        return _few(ends for way in ways for ends in self._of_way(way))

    def _of_way(self, way: Way) -> Iterable[Ends]:
        sets = []
        if way.drawn:
            sets.append([(ends, Fraction(1)) for ends in self._found[self._query(*_earlier(way))]])
        for c, p, payoffs in way.leads:
            several = self._induction.several.get(c)
            if several is None:
                sets.append([(self._alone(c), p)])
            else:
                sets.append([(ends, p) for ends in self._found[self._query(several, payoffs)]])
        for combined in product(*sets):
            yield tuple(sorted((k, p * q) for ends, p in combined for k, q in ends))


def play_from(
    layout: Layout, choices: Mapping[Place, Local], best: Sequence[int], k: int = 0
) -> Iterator[tuple[int, Fraction]]:
    """Yield the ends that play can come to from a node, in their order, with probabilities."""
    pending = [(k, Fraction(1))]
    while pending:
        k, p = pending.pop()
        if layout.movers[k] == NOBODY:
            yield k, p
        elif best[k] >= 0:
            pending.append((best[k], p))
        else:
            shares = zip(layout.children(k), _shares(layout.given[k], choices, k), strict=True)
            pending += reversed([(child, p * q) for child, q in shares if q])


def _shares(node: Node, choices: Mapping[Place, Local], k: int) -> list[Fraction]:
    """Return how likely each branch of a node is."""
    if isinstance(node, Chance):
        return [p for p, _ in node.branches.values()]
    sides: list[Sequence[Fraction]] = []
    for mover, names in enumerate(node.actions):
        local = choices[k, mover]
        if isinstance(local, int):
            sides.append([Fraction(a == local) for a in range(len(names))])
        else:
            sides.append(local)
    return [prod(cell, start=Fraction(1)) for cell in product(*sides)]


def _earlier(way: Way) -> tuple[Continuations, Payoffs]:
    (node, (payoffs,)), *_ = way.parts
    return node, payoffs


def _few(found: Iterable[Ends]) -> set[Ends]:
    kept: set[Ends] = set()
    for ends in found:
        kept.add(ends)
        if len(kept) > MOST_OUTCOMES:
            raise GameError(
                f"play can end in more than {MOST_OUTCOMES} ways; ask for the payoffs instead."
            )
    return kept
