r"""Games in which players move in turn and see what was done before.

A *game tree* has

- players :math:`1, \dots, n`;
- nodes, of which one is the *root*; every other node follows exactly one node;
- at each *decision node* one or several players who choose an action each, at once, knowing all
  that was done before; a node follows for each combination of their actions;
- at each *chance node* a probability distribution over the nodes that follow;
- at each *terminal node* a payoff :math:`u_i` for each player i.

The *history* of a node says what was done on the way to it. Where one player moves at every
decision node the tree has *perfect information*; where several do it is a *multi-stage game with
observed actions* (Fudenberg and Tirole 1991, "Game Theory", chapter 3). A *plan* says what
everybody does at every decision node, reached or not: a pure strategy for each player. Every
decision node begins a *subgame*.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count, product
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import exact
from balancegame.games.moves import Chance, Decision, History, Node, after, following
from balancegame.games.normal_form import (
    NormalFormGame,
    is_name,
    listed,
    require_game,
    require_one_field,
)
from balancegame.wording import and_list, or_list

MAX_DEPTH = 50
MAX_NODES = 20_000


@dataclass(frozen=True, repr=False)
class GameTree:
    """A game in which players move in turn, with exact payoffs and names for everything.

    Parameters
    ----------
    root : Decision or Chance
    players : sequence of str
        In the order in which terminal nodes give their payoffs.

    Raises
    ------
    GameError
        If somebody chooses who is no player, a terminal node does not give every player a finite
        payoff, or the tree is too deep or too large.

    Examples
    --------
    >>> tree = GameTree(
    ...     Decision(
    ...         "Japan",
    ...         {
    ...             "Comply": (10, 10),
    ...             "Engage": Decision("US", {"Enforce": (9, 7), "Acquiesce": (15, 9)}),
    ...         },
    ...     ),
    ...     players=("Japan", "US"),
    ... )
    >>> tree
    <GameTree of Japan and US: 2 decision nodes, 3 terminal nodes>
    >>> [history for history, node in tree.nodes() if isinstance(node, Decision)]
    [(), ('Engage',)]
    """

    root: Any
    players: Any

    def __post_init__(self) -> None:
        players = tuple(listed(self.players, "the players of a tree"))
        for name in players:
            if not is_name(name):
                raise GameError(f"{name!r} among the players of a tree is not a name.")
        if not players or len(set(players)) < len(players):
            raise GameError(f"a tree needs players, each named once, not {players!r}.")
        if not isinstance(self.root, Decision | Chance):
            raise GameError(f"the root of a tree is a Decision or a Chance, not {self.root!r}.")
        object.__setattr__(self, "players", players)
        object.__setattr__(self, "root", _exact(self.root, (), players, count(1)))
        require_one_field(tuple(node for _, node in self.nodes() if isinstance(node, tuple)))

    @staticmethod
    def in_turn(game: NormalFormGame, order: Any) -> GameTree:
        """Return the tree in which the players of a game move in turn instead of at once.

        Parameters
        ----------
        game : NormalFormGame
        order : sequence
            Who moves when: a player's name, or several names where they choose at once.

        Raises
        ------
        GameError
            If the order does not name every player once.

        Examples
        --------
        >>> game = NormalFormGame([[[1, 0], [0, 0]], [[1, 0], [0, 0]]], ("Japan", "US"))
        >>> GameTree.in_turn(game, ["US", "Japan"])
        <GameTree of Japan and US: 3 decision nodes, 4 terminal nodes>
        """
        stages = stages_of(order, require_game(game, "GameTree.in_turn").players)
        options = dict(zip(game.players, game.actions, strict=True))

        def node(chosen: Mapping[str, str], later: tuple[tuple[str, ...], ...]) -> Node:
            if not later:
                return game.payoffs_at(
                    tuple(names.index(chosen[name]) for name, names in options.items())
                )
            now, *rest = later
            return Decision(
                now,
                {
                    cell: node({**chosen, **dict(zip(now, cell, strict=True))}, tuple(rest))
                    for cell in product(*(options[name] for name in now))
                },
            )

        return GameTree(node({}, stages), game.players)

    def nodes(self) -> Iterator[tuple[History, Node]]:
        """Yield each node with its history, a node before what follows it."""
        pending: list[tuple[History, Node]] = [((), self.root)]
        while pending:
            history, node = pending.pop()
            yield history, node
            pending.extend(reversed(list(following(history, node))))

    def decisions(self) -> Iterator[tuple[History, Decision]]:
        """Yield each decision node with its history."""
        return ((history, node) for history, node in self.nodes() if isinstance(node, Decision))

    def player_index(self, player: str) -> int:
        """Return the position of a player."""
        if player not in self.players:
            raise GameError(
                f"there is no player {player!r}; the players are {and_list(self.players)}."
            )
        return int(self.players.index(player))

    def __repr__(self) -> str:
        kinds = [type(node) for _, node in self.nodes()]
        counts = [
            f"{kinds.count(kind)} {name} node{'s' if kinds.count(kind) > 1 else ''}"
            for kind, name in ((Decision, "decision"), (Chance, "chance"), (tuple, "terminal"))
            if kind in kinds
        ]
        return f"<GameTree of {and_list(self.players)}: {', '.join(counts)}>"


def stages_of(order: Any, players: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return who moves when as tuples of names, after checking that each player moves once."""
    stages = tuple(
        (stage,) if isinstance(stage, str) else tuple(listed(stage, "a stage of the order"))
        for stage in listed(order, "the order of moves")
    )
    named = [name for stage in stages for name in stage]
    if sorted(map(str, named)) != sorted(players) or not all(stages):
        raise GameError(
            f"the order of moves names {and_list(map(str, named)) or 'nobody'}; name each of "
            f"{and_list(players)} exactly once."
        )
    return stages


def ranking_of(player: str, actions: tuple[str, ...], preferred: Any) -> tuple[str, ...]:
    """Return what a player does when indifferent, as actions of which the first best one counts."""
    named = (preferred,) if isinstance(preferred, str) else tuple(listed(preferred, "a preference"))
    stranger = next((action for action in named if action not in actions), None)
    if stranger is not None:
        raise GameError(
            f"{player} has no action {stranger!r} to take when indifferent; choose "
            f"{or_list(actions)}."
        )
    return named


def require_tree(tree: object, verb: str) -> GameTree:
    """Return the tree, or say what a verb takes instead of what it was given."""
    if isinstance(tree, GameTree):
        return tree
    remedy = "of a model write model.tree(...)" if hasattr(tree, "tree") else "give one"
    raise GameError(f"{verb} takes a GameTree, not {type(tree).__name__}; {remedy}.")


def _exact(node: Node, history: History, players: tuple[str, ...], count: Iterator[int]) -> Node:
    """Return a node with everything below it, checked and with exact payoffs."""
    if len(history) > MAX_DEPTH:
        raise GameError(f"the tree is more than {MAX_DEPTH} moves deep; make it shorter.")
    if next(count) > MAX_NODES:
        raise GameError(f"the tree has more than {MAX_NODES} nodes; make it smaller.")
    if isinstance(node, Decision):
        stranger = next((name for name in node.players if name not in players), None)
        if stranger is not None:
            raise GameError(
                f"{stranger!r} chooses {after(history)} but is no player of this tree; the "
                f"players are {and_list(players)}."
            )
    below = {
        here[-1]: _exact(child, here, players, count) for here, child in following(history, node)
    }
    if isinstance(node, Decision):
        return Decision(node.players, {cell: below[node.label(cell)] for cell in node.branches})
    if isinstance(node, Chance):
        return Chance({name: (p, below[name]) for name, (p, _) in node.branches.items()})
    if isinstance(node, str | bytes | Mapping) or not hasattr(node, "__iter__"):
        raise GameError(
            f"{node!r} follows {after(history)}; give a Decision, a Chance or, where the game "
            "ends, one payoff for each player."
        )
    payoffs = list(node)
    if len(payoffs) != len(players):
        raise GameError(
            f"the game ends {after(history)} with {len(payoffs)} payoffs; give "
            f"{len(players)}, one for each of {and_list(players)}."
        )
    return tuple(
        exact(payoff, f"the payoff of {name} {after(history)}")
        for payoff, name in zip(payoffs, players, strict=True)
    )
