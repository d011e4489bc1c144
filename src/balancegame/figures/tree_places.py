"""Where the nodes of a game tree stand from left to right, and what is written beside them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from balancegame.exact import plain
from balancegame.figures import svg
from balancegame.games.moves import Chance, History, Node, following, spoken

ROW = 30.0
TOP = 44.0
BEND = 30.0

Shares = Mapping[History, Fraction]
"""How likely a plan makes each branch where a player chooses; none without a plan."""


def columns(nodes: Mapping[History, Node], shares: Shares, room: float = 0) -> dict[int, float]:
    """Return where the nodes of each depth stand: far enough apart for the words between.

    ``room`` is how much is written along a branch besides its name, in pixels.
    """
    words: dict[int, float] = {}
    names: dict[int, float] = {}
    for history, node in nodes.items():
        depth = len(history)
        names[depth] = max(names.get(depth, 0.0), svg.text_width(who(node), 12))
        for here, _ in following(history, node):
            width = svg.text_width(branch(node, here, shares), 12) + room
            words[depth] = max(words.get(depth, 44.0), width)
    found = {0: 24 + names[0]}
    for depth in range(len(words)):
        found[depth + 1] = found[depth] + BEND + 24 + words[depth] + names[depth + 1] / 2
    return found


def places(
    nodes: Mapping[History, Node],
    columns: Mapping[int, float],
    ends: list[History],
    row: float = ROW,
) -> dict[History, tuple[float, float]]:
    """Put the ends below each other in the last column, and each node amid what follows it."""
    last = max(columns.values())
    found = {history: (last, TOP + row * (k + 0.5)) for k, history in enumerate(ends)}
    for history in sorted(nodes, key=len, reverse=True):
        if history not in found:
            below = [found[here][1] for here, _ in following(history, nodes[history])]
            found[history] = (columns[len(history)], (below[0] + below[-1]) / 2)
    return found


def branch(node: Node, here: History, shares: Shares) -> str:
    """Return what is written along a branch: its name and, if it is neither 0 nor 1, how likely."""
    if isinstance(node, Chance):
        return f"{here[-1]} {plain(node.branches[here[-1]][0])}"
    share = shares.get(here, Fraction(0))
    return f"{spoken(here[-1])} {plain(share)}" if 0 < share < 1 else spoken(here[-1])


def who(node: Node) -> str:
    """Return who moves at a node; nobody where the game ends."""
    if isinstance(node, tuple):
        return ""
    return "chance" if isinstance(node, Chance) else " + ".join(node.players)
