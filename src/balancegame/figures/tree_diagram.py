"""A game tree from left to right: who chooses, what, and how it ends.

A player's node is a circle in the player's colour under the player's name, several who choose at
once share a box, and chance has a diamond. A broken line joins the nodes of an information set.
What a plan says is drawn strong, reached or not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.explain.sequential import how_many
from balancegame.figures import svg
from balancegame.figures.draw import draw, refuse
from balancegame.figures.figure import Figure, figure
from balancegame.figures.player_looks import looks
from balancegame.figures.tree_places import BEND, ROW, TOP, branch, columns, places, who
from balancegame.games.moves import Chance, Decision, History, Node, after, following, spoken
from balancegame.games.sequential import GameTree
from balancegame.solvers.sequential.plans import probabilities
from balancegame.solvers.sequential.subgame_perfect import (
    Plan,
    SubgamePerfectEquilibrium,
    subgame_perfect,
)
from balancegame.wording import and_list, called, capital, mixture, or_list

MOST_ENDS = 64


def tree_diagram(
    tree: GameTree, plan: Plan | None = None, what: str = "a subgame-perfect equilibrium"
) -> svg.Drawing:
    """Return the picture of a tree; a GameError if it has too many ends.

    A plan, ``what`` it is in words, is drawn strong at the nodes for which it says what is chosen.
    """
    nodes = dict(tree.nodes())
    ends = [history for history, node in nodes.items() if isinstance(node, tuple)]
    if len(ends) > MOST_ENDS:
        raise GameError(
            f"this tree ends in {len(ends)} ways; trees with up to {MOST_ENDS} are drawn, so ask "
            "explain for the others."
        )
    shares = _shares(tree, plan) if plan else {}
    across = columns(nodes, shares)
    last, step = max(across.values()), _payoff_width(tree)
    at = places(nodes, across, ends)
    lines, strong, marks = [], [], []
    for history, node in nodes.items():
        x, y = at[history]
        for here, _ in following(history, node):
            to_x, to_y = at[here]
            bent = svg.points(((x, y), (x + BEND, to_y), (to_x, to_y)))
            style = {"points": bent, "fill": "none"}
            lines.append(svg.element("polyline", **style, stroke="muted", stroke_width=1.4))
            if shares.get(here):
                style |= {"kind": "bg-chosen", "stroke": "ink"}
                strong.append(svg.element("polyline", **style, stroke_width=4))
            words = branch(node, here, shares)
            marks.append(svg.label(x + BEND + 8, to_y - 6, words, size=12))
        if isinstance(node, tuple):
            marks.append(_for_each_player(tree, map(plain, node), last, y + 4, step, 13))
    drawn = [_node(tree, history, node, *at[history]) for history, node in nodes.items()]
    width = last + 24 + step * len(tree.players)
    header = _for_each_player(tree, tree.players, last, TOP - 14, step, 12)
    body = "".join([*lines, *strong, *_joined(tree, at), *marks, *drawn, header])
    return svg.Drawing(width, TOP + ROW * len(ends) + 8, body, tree_in_words(tree, plan, what))


@draw.register
def _(subject: GameTree, /, **values: Any) -> Figure:
    refuse(values, "a tree")
    found = subgame_perfect(subject)
    if found.number == 1:
        return draw(found[0])
    return figure(tree_diagram(subject), f"{_title(subject)} {capital(how_many(found))}.")


@draw.register
def _(subject: SubgamePerfectEquilibrium, /, **values: Any) -> Figure:
    refuse(values, "an equilibrium")
    caption = f"{_title(subject.tree)} Strong lines: a subgame-perfect equilibrium."
    return figure(tree_diagram(subject.tree, subject.plan), caption)


def _title(tree: GameTree) -> str:
    return f"Game tree of {and_list(map(called, tree.players))}."


def tree_in_words(tree: GameTree, plan: Plan | None = None, what: str = "what is chosen") -> str:
    """Return a tree node by node, and the plan that is drawn strong."""
    parts = [_title(tree)]
    for history, node in tree.nodes():
        where = capital(after(history))
        if isinstance(node, Decision):
            choices = [
                f"{called(name)} chooses {or_list(actions)}"
                for name, actions in zip(node.players, node.actions, strict=True)
            ]
            parts.append(f"{where} {and_list(choices)}{', at once' if choices[1:] else ''}.")
        elif isinstance(node, Chance):
            events = [f"{name} with {plain(p)}" for name, (p, _) in node.branches.items()]
            parts.append(f"{where} chance draws {or_list(events)}.")
        else:
            got = and_list(
                f"{called(name)} gets {plain(payoff)}"
                for name, payoff in zip(tree.players, node, strict=True)
            )
            parts.append(f"{where} it ends: {got}.")
    for nodes in tree.layout.shared.values():
        who = and_list(map(called, tree.layout.given[nodes[0]].players))
        apart = or_list(after(tree.layout.history(k)) for k in sorted(nodes))
        parts.append(f"{capital(who)} cannot tell whether it moves {apart}.")
    if plan:
        said = and_list(
            _said(history, node, plan[history])
            for history, node in tree.decisions()
            if history in plan
        )
        parts.append(f"Drawn strong, {what}: {said}.")
    return " ".join(parts)


def _said(history: History, node: Decision, choice: Any) -> str:
    if choice in (node.label(cell) for cell in node.branches):
        return f"{after(history)} {spoken(choice)}"
    sides = zip(probabilities(node, choice), node.actions, strict=True)
    words = [mixture(side, names) for side, names in sides]
    return f"{after(history)} {words[0] if len(words) == 1 else f'({and_list(words)})'}"


def _shares(tree: GameTree, plan: Plan) -> dict[History, Fraction]:
    """Return how likely a plan makes each branch where a player chooses."""
    found = {}
    for history, node in tree.decisions():
        if history not in plan:
            continue
        sides = probabilities(node, plan[history])
        for cell, chances in zip(node.branches, product(*sides), strict=True):
            found[*history, node.label(cell)] = prod(chances, start=Fraction(1))
    return found


def _joined(tree: GameTree, places: Mapping[History, tuple[float, float]]) -> Iterator[str]:
    """Yield a broken line for each information set of several nodes."""
    for nodes in tree.layout.shared.values():
        at = sorted((places[tree.layout.history(k)] for k in nodes), key=lambda place: place[1])
        style = {"kind": "bg-information", "fill": "none", "stroke": "ink", "stroke_width": 1.6}
        yield svg.element("polyline", points=svg.points(at), stroke_dasharray="2 5", **style)


def _node(tree: GameTree, history: History, node: Node, x: float, y: float) -> str:
    if isinstance(node, tuple):
        return ""
    # At the root the name stands before the node, where no line comes in.
    left, top, anchor = (x, y - 13, "middle") if history else (x - 14, y + 4, "end")
    fill = "ink"
    if isinstance(node, Decision) and len(node.players) == 1:
        fill = looks(tree.players)[tree.player_index(node.players[0])].paint
    written: dict[str, Any] = {"text_anchor": anchor, "font_weight": 600, "fill": fill}
    name = svg.label(left, top, who(node), size=12, **written)
    if isinstance(node, Chance):
        style = {"fill": "paper", "stroke": "ink", "stroke_width": 1.6}
        return svg.diamond(x, y, 8, kind="bg-chance", **style) + name
    if len(node.players) == 1:
        return svg.circle(x, y, 7, kind="bg-mover", fill=fill) + name
    style = {"rx": 3, "fill": "paper", "stroke": "ink", "stroke_width": 2}
    return svg.rect(x - 8, y - 8, 16, 16, kind="bg-mover", **style) + name


def _for_each_player(
    tree: GameTree, words: Iterable[str], x: float, y: float, step: float, size: float
) -> str:
    """Return words side by side in the players' colours."""
    style: dict[str, Any] = {"size": size, "font_weight": 600}
    return "".join(
        svg.centred(x + 12 + (k + 0.5) * step, y, each, fill=look.paint, **style)
        for k, (each, look) in enumerate(zip(words, looks(tree.players), strict=True))
    )


def _payoff_width(tree: GameTree) -> float:
    payoffs = [x for _, node in tree.nodes() if isinstance(node, tuple) for x in node]
    widest = max(svg.text_width(plain(payoff), 13) for payoff in payoffs)
    return max(widest, *(svg.text_width(name, 12) for name in tree.players)) + 16
