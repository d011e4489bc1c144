"""Where everything in a tree that can be touched stands, as data for a page that draws it.

It takes more room than a still picture: a mark along each branch, and a finger at each end.
"""

from __future__ import annotations

from typing import Any

from balancegame.exact import plain
from balancegame.figures import svg
from balancegame.figures.player_looks import looks
from balancegame.figures.tree_places import BEND, TOP, branch, columns, places, who
from balancegame.games.moves import Chance, after, following, spoken
from balancegame.games.sequential import GameTree
from balancegame.wording import called

MARK = 30.0
ROW = 38.0
PAYOFF = 52.0


def tree_parts(tree: GameTree) -> dict[str, Any]:
    """Return nodes, branches and ends with their places, and who is asked in which order."""
    layout, nodes = tree.layout, dict(tree.nodes())
    ends = [history for history, node in nodes.items() if isinstance(node, tuple)]
    across = columns(nodes, {}, room=MARK)
    # Left of the root stand its name and what it yields.
    value = "(-10, " + ", ".join(["10"] * (len(tree.players) - 1)) + ")"
    left = max(0.0, svg.text_width(value, 12) + 20 - across[0])
    across = {depth: x + left for depth, x in across.items()}
    at = places(nodes, across, ends, ROW)
    number = {history: k for k, history in enumerate(layout.histories)}
    colours = [look.colour for look in looks(tree.players)]
    step = max(PAYOFF, *(svg.text_width(name, 12) + 16 for name in tree.players))
    drawn, lines = [], []
    for history, node in nodes.items():
        x, y = at[history]
        for here, _ in following(history, node):
            to_x, to_y = at[here]
            corners = ((x, y), (x + BEND, to_y), (to_x, to_y))
            lines.append(
                {
                    "from": number[history],
                    "to": number[here],
                    "points": svg.points(corners),
                    "x": x + BEND,
                    "y": to_y,
                    "end": to_x,
                    "words": branch(node, here, {}),
                    "name": spoken(here[-1]),
                    "length": svg.text_width(branch(node, here, {}), 13),
                }
            )
        if not isinstance(node, tuple):
            chance = isinstance(node, Chance)
            drawn.append(
                {
                    "key": number[history],
                    "x": x,
                    "y": y,
                    "who": who(node),
                    "colour": 0 if chance else colours[tree.player_index(node.players[0])],
                    "where": after(history),
                    "asked": "" if chance else f"{called(node.players[0])}, {after(history)}",
                    "root": not history,
                }
            )
    last = max(across.values())
    order = [
        number[history]
        for history in sorted((h for h, _ in tree.decisions()), key=lambda h: -len(h))
    ]
    return {
        "width": last + 24 + step * len(tree.players),
        "height": TOP + ROW * len(ends) + 8,
        "nodes": drawn,
        "branches": lines,
        "ends": [{"key": number[history], "y": at[history][1]} for history in ends],
        "order": order,
        "players": [
            {"name": name, "colour": colours[i], "x": last + 12 + (i + 0.5) * step}
            for i, name in enumerate(tree.players)
        ],
    }


def end_payoffs(tree: GameTree) -> dict[str, list[str]]:
    """Return what stands at each end, by its number in the layout of the tree."""
    return {str(k): list(map(plain, tree.layout.nodes[k])) for k in tree.layout.ends}
