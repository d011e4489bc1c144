r"""Games in which players move in turn, and what each sees of what was done before.

A *game tree* has

- players :math:`1, \dots, n`;
- nodes, of which one is the *root*; every other node follows exactly one node;
- at each *decision node* one or several players who choose an action each, at once; a node follows
  for each combination of their actions;
- at each *chance node* a probability distribution over the nodes that follow;
- at each *terminal node* a payoff :math:`u_i` for each player i.

The *history* of a node says what was done on the way to it. Where one player moves at every
decision node and knows all that was done before, the tree has *perfect information*; where several
do it is a *multi-stage game with observed actions* (Fudenberg and Tirole 1991, "Game Theory",
chapter 3). Nodes that a player cannot tell apart share an *information set*. A *plan* says what
everybody does at every decision node, reached or not, the same throughout an information set. A
node begins a *subgame* if everybody who moves at it or after it knows that play came there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

from balancegame.errors import GameError
from balancegame.games.information import InformationSet, SequenceForm, sequence_form
from balancegame.games.moves import Chance, Decision, History, Node
from balancegame.games.names import is_name, listed
from balancegame.games.normal_form import NormalFormGame, require_game
from balancegame.games.tree_layout import Layout, laid_out
from balancegame.games.tree_strategies import normal_form
from balancegame.wording import and_list, or_list


@dataclass(frozen=True, init=False, repr=False, eq=False)
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

    Notes
    -----
    Terms of the glossary:

    game tree (game trees)
        who chooses what when, drawn with a branch for each action

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

    players: tuple[str, ...]
    layout: Layout  # the nodes level by level

    def __init__(self, root: Any, players: Any) -> None:
        players = tuple(listed(players, "the players of a tree"))
        for name in players:
            if not is_name(name):
                raise GameError(f"{name!r} among the players of a tree is not a name.")
        if not players or len(set(players)) < len(players):
            raise GameError(f"a tree needs players, each named once, not {players!r}.")
        if not isinstance(root, Decision | Chance):
            raise GameError(f"the root of a tree is a Decision or a Chance, not {root!r}.")
        object.__setattr__(self, "players", players)
        object.__setattr__(self, "layout", laid_out(root, players))
        if self.layout.shared:
            _ = self.sequences

    @cached_property
    def sequences(self) -> SequenceForm:
        """What each player can do one after the other, and what leads to each end."""
        return sequence_form(self.layout, self.players)

    @property
    def root(self) -> Any:
        """The first node, a Decision or a Chance."""
        return self.layout.nodes[0]

    # However deep a tree is, it is compared and pickled node by node and not by recursion.
    def __eq__(self, other: object) -> bool:
        if not isinstance(other, GameTree):
            return NotImplemented
        return self._parts() == other._parts()

    def __hash__(self) -> int:
        players, parts = self._parts()
        return hash((players, *parts))

    def __reduce__(self) -> tuple[Any, ...]:
        return _from_parts, self._parts()

    def _parts(self) -> tuple[tuple[str, ...], list[Node]]:
        """Return the players and the nodes level by level, each without those after it."""
        parts = [
            node if isinstance(node, tuple) else node.leading_to([None] * len(node.branches))
            for node in self.layout.nodes
        ]
        return self.players, parts

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
                cell = (names.index(chosen[name]) for name, names in options.items())
                return game.payoffs_at(tuple(cell))
            now, *rest = later
            if len(now) == 1:
                (name,) = now
                return Decision(
                    name,
                    {
                        action: node({**chosen, name: action}, tuple(rest))
                        for action in options[name]
                    },
                )
            return Decision(
                now,
                {
                    cell: node({**chosen, **dict(zip(now, cell, strict=True))}, tuple(rest))
                    for cell in product(*(options[name] for name in now))
                },
            )

        return GameTree(node({}, stages), game.players)

    def nodes(self) -> Iterator[tuple[History, Node]]:
        """Yield each node with its history, a node before what follows it.

        Examples
        --------
        >>> tree = GameTree(Decision("A", {"x": (1, 0), "y": (0, 1)}), ("A", "B"))
        >>> [history for history, _ in tree.nodes()]
        [(), ('x',), ('y',)]
        """
        layout, histories = self.layout, self.layout.histories
        return ((histories[k], layout.nodes[k]) for k in layout.preorder)

    def decisions(self) -> Iterator[tuple[History, Decision]]:
        """Yield each decision node with its history.

        Examples
        --------
        >>> tree = GameTree(Decision("A", {"x": (1, 0), "y": (0, 1)}), ("A", "B"))
        >>> [(history, node.players) for history, node in tree.decisions()]
        [((), ('A',))]
        """
        return ((history, node) for history, node in self.nodes() if isinstance(node, Decision))

    @property
    def information_sets(self) -> tuple[InformationSet, ...]:
        """The information sets of all players, those of the first player first."""
        return tuple(
            InformationSet(
                side.player,
                tuple(map(self.layout.history, choice.nodes)),
                choice.actions,
                choice.name,
            )
            for side in self.sequences.players
            for choice in side.choices
        )

    def normal_form(self, strategies: str = "reduced") -> NormalFormGame:
        """Return the game in normal form whose actions are the strategies of this tree.

        Parameters
        ----------
        strategies : {"reduced", "whole"}
            A whole strategy says what the player does in each of its information sets; a reduced
            one is silent where its own earlier choices keep the player from coming.

        Returns
        -------
        NormalFormGame
            A strategy is named by its actions in the order of ``information_sets``, with " / "
            between them, and a player who never chooses has the action "nothing to choose".

        Raises
        ------
        GameError
            If there are too many strategies to list.

        Examples
        --------
        >>> reply = Decision("US", {"Enforce": (9, 7), "Acquiesce": (15, 9)})
        >>> tree = GameTree(
        ...     Decision("Japan", {"Comply": (10, 10), "Engage": reply}), players=("Japan", "US")
        ... )
        >>> tree.normal_form().actions
        (('Comply', 'Engage'), ('Enforce', 'Acquiesce'))
        """
        return normal_form(self.layout, self.sequences, strategies)

    def player_index(self, player: str) -> int:
        """Return the position of a player.

        Examples
        --------
        >>> GameTree(Decision("A", {"x": (1, 0)}), ("A", "B")).player_index("B")
        1
        """
        if player not in self.players:
            raise GameError(
                f"there is no player {player!r}; the players are {and_list(self.players)}."
            )
        return int(self.players.index(player))

    def __repr__(self) -> str:
        kinds = list(map(type, self.layout.given))
        ends = len(self.layout.ends)
        counted = [(kinds.count(Decision), "decision"), (kinds.count(Chance), "chance")]
        counts = [
            f"{count} {name} node{'s' if count > 1 else ''}"
            for count, name in (*counted, (ends, "terminal"))
            if count
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


def _from_parts(players: tuple[str, ...], parts: list[Node]) -> GameTree:
    """Return the tree that was taken apart into its nodes."""
    nodes, behind = list(parts), len(parts)
    for k in reversed(range(len(nodes))):
        if not isinstance(nodes[k], tuple):
            size = len(nodes[k].branches)
            behind -= size
            nodes[k] = nodes[k].leading_to(nodes[behind : behind + size])
    return GameTree(nodes[0], players)


def require_tree(tree: object, verb: str) -> GameTree:
    """Return the tree, or say what a verb takes instead of what it was given."""
    if isinstance(tree, GameTree):
        return tree
    remedy = "of a model write model.tree(...)" if hasattr(tree, "tree") else "give one"
    raise GameError(f"{verb} takes a GameTree, not {type(tree).__name__}; {remedy}.")
