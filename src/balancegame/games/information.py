r"""What players know: information sets, perfect recall, and sequences of moves.

Nodes of one player belong to an *information set* if the player cannot tell them apart. Its
*sequence* at a node is what it chose on the way there, and in which information sets. The player
has *perfect recall* if the sequence is the same at all nodes of each of its information sets: it
forgets neither what it did nor what it knew (Kuhn 1953). Then a pure strategy is, as far as it
matters, the set of sequences that it plays (von Stengel 1996, "Efficient computation of behavior
strategies").
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from typing import Any

from balancegame.errors import GameError
from balancegame.games.moves import Chance, History, after
from balancegame.games.tree_layout import Layout
from balancegame.wording import and_list, or_list


@dataclass(frozen=True)
class InformationSet:
    """Nodes at which a player chooses without telling them apart; of one node, what is seen.

    A history is that of one of its nodes; the name is None where none was given.
    """

    player: str
    histories: tuple[History, ...]
    actions: tuple[str, ...]
    name: str | None = None


@dataclass
class Choice:
    """An information set while sequences are drawn up: after which sequence, and what is next."""

    parent: int  # the sequence of the player who chooses here
    nodes: list[int]
    actions: tuple[str, ...]
    name: str | None
    first: int  # the sequence that the first action leads to; those of the others follow it


@dataclass(frozen=True)
class Sequences:
    """One player's information sets, from the first to the last, and its sequences.

    Sequence 0 is to have done nothing yet; sequence s is an action, by position, in one of the
    information sets.
    """

    player: str
    choices: list[Choice] = field(default_factory=list)
    moves: list[tuple[int, int]] = field(default_factory=lambda: [(-1, -1)])


@dataclass(frozen=True)
class SequenceForm:
    """The sequences of each player and, for each end, those that lead there.

    An end has its position in the layout, the sequence of each player, and the probability that
    chance has its part in it.
    """

    players: tuple[Sequences, ...]
    ends: list[tuple[int, tuple[int, ...], Fraction]]


def sequence_form(
    layout: Layout, players: tuple[str, ...], root: int = 0, cut: Collection[int] = ()
) -> SequenceForm:
    """Return the sequences in the part of a tree that begins at a node and ends where it is cut.

    Raises a GameError if an information set holds nodes of two players or with different actions,
    or if somebody forgets.
    """
    sides = tuple(Sequences(name) for name in players)
    index = {name: i for i, name in enumerate(players)}
    known: dict[Any, Choice] = {}
    owner: dict[str, int] = {}
    ends = []
    pending = [(root, (0,) * len(players), Fraction(1))]
    while pending:
        k, own, chance = pending.pop()
        node = layout.given[k]
        children = layout.children(k)
        below = []
        if isinstance(node, tuple) or (k in cut and k != root):
            ends.append((k, own, chance))
        elif isinstance(node, Chance):
            drawn = (p for p, _ in node.branches.values())
            below = [(c, own, chance * p) for c, p in zip(children, drawn, strict=True)]
        else:
            if node.information is not None:
                other = owner.setdefault(node.information, k)
                _require_same_players(layout, other, k)
            chosen = []
            for name, actions in zip(node.players, node.actions, strict=True):
                i = index[name]
                key = (i, k if node.information is None else node.information)
                choice = known.get(key)
                if choice is None:
                    choice = known[key] = _new(sides[i], own[i], actions, node.information)
                _require_recall(layout, sides[i], choice, k, own[i], actions)
                choice.nodes.append(k)
                chosen.append([(i, choice.first + a) for a in range(len(actions))])
            for child, moved in zip(children, product(*chosen), strict=True):
                after_it = list(own)
                for i, sequence in moved:
                    after_it[i] = sequence
                below.append((child, tuple(after_it), chance))
        pending += reversed(below)
    return SequenceForm(sides, ends)


def _new(side: Sequences, parent: int, actions: tuple[str, ...], name: str | None) -> Choice:
    choice = Choice(parent, [], actions, name, len(side.moves))
    side.moves.extend((len(side.choices), a) for a in range(len(actions)))
    side.choices.append(choice)
    return choice


def _require_same_players(layout: Layout, one: int, other: int) -> None:
    first, second = layout.given[one], layout.given[other]
    if first.players != second.players:
        raise GameError(
            f"the information set {first.information!r} holds a node of {and_list(first.players)} "
            f"({after(layout.history(one))}) and one of {and_list(second.players)} "
            f"({after(layout.history(other))}); give each player information sets of their own."
        )


def _require_recall(
    layout: Layout, side: Sequences, choice: Choice, k: int, own: int, actions: tuple[str, ...]
) -> None:
    """Say where a player has other actions, or knew or did other things, in one information set."""
    if not choice.nodes:
        return
    here, there = (after(layout.history(node)) for node in (choice.nodes[0], k))
    if actions != choice.actions:
        raise GameError(
            f"{side.player} chooses {or_list(choice.actions)} {here} but {or_list(actions)} "
            f"{there}, which the information set {choice.name!r} keeps it from telling apart; "
            "give both nodes the same actions in the same order."
        )
    if own != choice.parent:
        raise GameError(
            f"{side.player} forgets: the information set {choice.name!r} holds the node {here} "
            f"and the node {there}, between which {side.player} did or knew different things; "
            "give them different information sets."
        )
