"""The nodes of a tree laid out level by level, and checked.

What follows a node stands side by side, and after the node itself. So one run through the layout
goes down the tree and one run backwards goes up, without recursion, however deep the tree is.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from itertools import chain, compress, islice
from operator import countOf
from typing import Any

import numpy as np
from numpy.typing import NDArray

from balancegame.errors import GameError
from balancegame.exact import exact
from balancegame.games.moves import Chance, Decision, History, Node, after, following
from balancegame.games.payoff_arrays import require_one_field
from balancegame.wording import and_list

MAX_DEPTH = 1000
MAX_NODES = 500_000

# How many ends are read at a time.
BLOCK = 4096

# What moves at a node instead of one player.
NOBODY, CHANCE, SEVERAL = -1, -2, -3


@dataclass(frozen=True)
class Layout:
    """The nodes of a tree in level order.

    Node k follows node ``parents[k]``; the nodes from ``first[k]`` up to ``first[k + 1]`` follow
    it, in the order of its branches. The nodes of level d are those from ``levels[d]`` up to
    ``levels[d + 1]``. ``movers[k]`` is the position of the player who moves at node k, or NOBODY
    where the game ends, CHANCE, or SEVERAL players at once. Arrays hold whole numbers of 64 bits,
    which NumPy reads where they lie.
    """

    given: list[Node]  # as the tree was built; payoffs may still be whole numbers of Python
    parents: array[int]
    first: array[int]
    levels: list[int]
    movers: array[int]
    named: list[int]  # the nodes that name their information set
    tuples: bool  # whether each end was given as a tuple

    @cached_property
    def nodes(self) -> list[Node]:
        """The nodes with exact payoffs."""
        nodes = list(self.given)
        for k in reversed(range(len(nodes))):
            node = nodes[k]
            if self.movers[k] == NOBODY:
                nodes[k] = self.payoffs(k)
            else:
                nodes[k] = node.leading_to(nodes[self.first[k] : self.first[k + 1]])
        return nodes

    @cached_property
    def ends(self) -> array[int]:
        """The positions of the nodes where the game ends."""
        return whole(np.flatnonzero(np.frombuffer(self.movers, np.int64) == NOBODY))

    @cached_property
    def whole_payoffs(self) -> NDArray[np.int64] | None:
        """The payoffs in the order of ``ends``, a row each, if all are whole numbers of 64 bits."""
        if not self.tuples:
            return None
        is_end = np.frombuffer(self.movers, np.int64) == NOBODY
        return _whole_rows(compress(self.given, is_end.tobytes()))

    @cached_property
    def shared(self) -> dict[str, list[int]]:
        """The nodes of each information set that holds several, by its name."""
        found: dict[str, list[int]] = {}
        for k in self.named:
            found.setdefault(self.given[k].information, []).append(k)
        return {name: nodes for name, nodes in found.items() if len(nodes) > 1}

    @cached_property
    def preorder(self) -> list[int]:
        """The positions of all nodes, each directly followed by all that comes after it."""
        found, pending = [], [0]
        while pending:
            k = pending.pop()
            found.append(k)
            pending.extend(reversed(self.children(k)))
        return found

    def children(self, k: int) -> range:
        """Return the positions of the nodes right after a node."""
        return range(self.first[k], self.first[k + 1])

    def payoffs(self, k: int) -> tuple[Any, ...]:
        """Return the exact payoffs of a node where the game ends."""
        return tuple(map(exact, self.given[k]))

    def history(self, k: int) -> History:
        """Return what was done before a node."""
        steps: list[Any] = []
        while k:
            parent = self.parents[k]
            steps.append(_steps(self.given[parent])[k - self.first[parent]])
            k = parent
        return tuple(reversed(steps))

    @cached_property
    def histories(self) -> list[History]:
        """What was done before each node."""
        found: list[History] = [()]
        for k, node in enumerate(self.given):
            if self.movers[k] != NOBODY:
                before = found[k]
                found.extend((*before, step) for step in _steps(node))
        return found


def whole(numbers: NDArray[np.integer]) -> array[int]:
    """Return whole numbers as an array of Python, which gives and takes Python's own."""
    # Positions that NumPy finds have 32 bits in a browser.
    return array("q", numbers.astype(np.int64).tobytes())


def laid_out(root: Node, players: tuple[str, ...]) -> Layout:
    """Return the layout of a tree, or say what is wrong with it and where."""
    index = {(name,): i for i, name in enumerate(players)}
    nodes, levels = [root], [0]
    movers, counts = array("q"), array("q")
    named: list[int] = []
    kinds = set[type]()
    while levels[-1] < len(nodes):
        if len(levels) > MAX_DEPTH + 1:
            raise _loop(root) or GameError(
                f"the tree is more than {MAX_DEPTH} moves deep; make it shorter."
            )
        start, stop = levels[-1], len(nodes)
        levels.append(stop)
        level = nodes[start:]
        types = {*map(type, level)}
        kinds |= types
        if types == {tuple}:
            movers += array("q", [NOBODY]) * (stop - start)
            counts += array("q", [0]) * (stop - start)
            continue
        for node in level:
            if isinstance(node, Decision):
                below: Any = node.branches.values()
                movers.append(index.get(node.players, SEVERAL))
                if node.information is not None:
                    named.append(len(counts))
            elif isinstance(node, Chance):
                below = [child for _, child in node.branches.values()]
                movers.append(CHANCE)
            else:
                below = ()
                movers.append(NOBODY)
            nodes += below
            counts.append(len(below))
            if len(nodes) > MAX_NODES:
                raise _loop(root) or GameError(
                    f"the tree has more than {MAX_NODES} nodes; make it smaller."
                )
    if SEVERAL in movers:
        several = [nodes[k].players for k, mover in enumerate(movers) if mover == SEVERAL]
        if not set(players).issuperset(chain.from_iterable(several)):
            raise _stranger(root, players)
    # As positions: NumPy counts with 32 bits in a browser.
    followers = np.frombuffer(counts, np.int64).astype(np.intp, copy=False)
    first = whole(np.cumsum(np.concatenate(([1], followers))))
    parents = whole(np.concatenate(([-1], np.repeat(np.arange(len(followers)), followers))))
    tuples = kinds <= {tuple, Decision, Chance}
    layout = Layout(nodes, parents, first, levels, movers, named, tuples)
    _read_ends(layout, players)
    return layout


def _whole_rows(ends: Iterator[tuple[Any, ...]]) -> NDArray[np.int64] | None:
    """Return payoffs, a row for each end, if all are whole numbers of 64 bits and as many.

    Ends are read a block at a time: to come back to those of a large tree, once they are no longer
    at hand, takes longer than what is done with them.
    """
    blocks, width = [], None
    while block := list(islice(ends, BLOCK)):
        numbers = list(chain.from_iterable(block))
        width = len(block[0]) if width is None else width
        if countOf(map(len, block), width) < len(block):
            return None
        if countOf(map(type, numbers), int) < len(numbers):
            return None
        try:
            blocks.append(np.fromiter(numbers, np.int64, len(numbers)))
        except OverflowError:
            return None
    return np.concatenate(blocks).reshape(-1, width) if width else None


def _read_ends(layout: Layout, players: tuple[str, ...]) -> None:
    """Check the payoffs and make them exact; whole numbers, the most common, can stay."""
    rows = layout.whole_payoffs
    if rows is not None and rows.shape[1] == len(players):
        return
    irrational = []
    for k in layout.ends:
        payoffs = layout.given[k] = _read_end(layout, k, layout.given[k], players)
        if any(type(payoff) is not Fraction for payoff in payoffs):
            irrational.append(payoffs)
    require_one_field(tuple(irrational))


def _read_end(layout: Layout, k: int, node: Any, players: tuple[str, ...]) -> tuple[Fraction, ...]:
    if isinstance(node, str | bytes | Mapping) or not hasattr(node, "__iter__"):
        raise GameError(
            f"{node!r} follows {after(layout.history(k))}; give a Decision, a Chance or, where the "
            "game ends, one payoff for each player."
        )
    payoffs = list(node)
    if len(payoffs) != len(players):
        raise GameError(
            f"the game ends {after(layout.history(k))} with {len(payoffs)} payoffs; give "
            f"{len(players)}, one for each of {and_list(players)}."
        )
    if set(map(type, payoffs)) <= {int, Fraction}:
        return tuple(map(Fraction, payoffs))
    return tuple(
        exact(payoff, f"the payoff of {name} {after(layout.history(k))}")
        for payoff, name in zip(payoffs, players, strict=True)
    )


def _steps(node: Node) -> list[Any]:
    """Return how a history names the branches of a node."""
    if isinstance(node, Chance) or len(node.players) > 1:
        return list(node.branches)
    return [action for (action,) in node.branches]


def _stranger(root: Node, players: tuple[str, ...]) -> GameError:
    """Return what to say of the first node at which somebody chooses who is no player."""
    pending: list[tuple[History, Node]] = [((), root)]
    for history, node in pending:
        if isinstance(node, Decision):
            for name in node.players:
                if name not in players:
                    return GameError(
                        f"{name!r} chooses {after(history)} but is no player of this tree; the "
                        f"players are {and_list(players)}."
                    )
        pending.extend(following(history, node))
    raise AssertionError


def _loop(root: Node) -> GameError | None:
    """Return what to say if a node follows itself: a tree that never ends."""
    following: dict[int, list[int]] = {}
    nodes = {id(root): root}
    pending = [root]
    while pending:
        node = pending.pop()
        below = list(_below(node))
        following[id(node)] = [id(child) for child in below]
        fresh = {id(child): child for child in below if id(child) not in nodes}
        nodes.update(fresh)
        pending.extend(fresh.values())
    try:
        TopologicalSorter(following).prepare()
    except CycleError as error:
        round_trip = [nodes[k] for k in error.args[1]]
        return GameError(
            f"the tree is a loop: {round_trip[0]!r} follows itself; end it with payoffs."
        )
    return None


def _below(node: Node) -> Iterator[Node]:
    if isinstance(node, Decision):
        yield from node.branches.values()
    elif isinstance(node, Chance):
        yield from (child for _, child in node.branches.values())
