"""What can happen in a game tree: players decide, or chance does.

A node is a :class:`Decision`, a :class:`Chance` or, where the game ends, a tuple of payoffs. The
history of a node says what was done before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from itertools import product
from types import MappingProxyType
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import exact, plain
from balancegame.games.names import is_name, listed
from balancegame.games.rounded_mixtures import exact_mixture
from balancegame.wording import and_list

# An action for each of the players who move at a decision node.
Cell = tuple[str, ...]
# What was done before a node: an action, several actions at once, or what chance drew.
History = tuple[str | Cell, ...]
# A Decision, a Chance, or a tuple of payoffs.
Node = Any


@dataclass(frozen=True, init=False, repr=False, slots=True)
class Decision:
    """A node at which one player chooses, or several players at once.

    Parameters
    ----------
    players : str or sequence of str
        Who chooses.
    branches : mapping or sequence of pairs
        What follows each action: a Decision, a Chance or, where the game ends, a payoff for each
        player of the tree. Where several players choose, a key is a tuple with an action of each,
        and every combination of their actions is needed.
    information : str, optional
        The name of an information set: whoever chooses here cannot tell this node from the others
        that carry the same name. Without a name they know all that was done before.

    Raises
    ------
    GameError
        If nobody chooses, there is no action, an action is named twice, or a combination of
        actions is missing.

    Notes
    -----
    Terms of the glossary:

    node (nodes)
        a point of a game tree at which somebody chooses

    Examples
    --------
    >>> reply = Decision("US", {"Enforce": (9, 7), "Acquiesce": (15, 9)})
    >>> Decision("Japan", {"Comply": (10, 10), "Engage": reply}).actions
    (('Comply', 'Engage'),)
    """

    players: Any
    branches: Any
    information: Any = None

    def __init__(self, players: Any, branches: Any, information: str | None = None) -> None:
        if information is not None and not is_name(information):
            raise GameError(
                f"an information set is named by text that is not blank, not {information!r}."
            )
        # Most nodes of a large tree are one player's, from a dict: little can be wrong then.
        alone = _alone(players) if type(players) is str else ()
        if alone and type(branches) is dict and branches:
            cells = {_alone(action): node for action, node in branches.items()}
            if () not in cells:
                self._set(alone, cells, information)
                return
        self._set(*_read(players, branches), information)

    def _set(
        self, players: tuple[str, ...], cells: dict[Cell, Node], information: str | None
    ) -> None:
        _set_players(self, players)
        _set_branches(self, MappingProxyType(cells))
        _set_information(self, information)

    def leading_to(self, children: Iterable[Node]) -> Decision:
        """Return this decision with other nodes after it, in the order of its branches."""
        made = object.__new__(Decision)
        made._set(self.players, dict(zip(self.branches, children, strict=True)), self.information)
        return made

    @property
    def actions(self) -> tuple[tuple[str, ...], ...]:
        """The actions of each player who chooses here."""
        return _actions(self.branches)

    def label(self, cell: Cell) -> str | Cell:
        """Return how a history names a combination of actions: one player's by itself.

        Examples
        --------
        >>> Decision("A", {"x": (1,), "y": (0,)}).label(("y",))
        'y'
        """
        return cell[0] if len(cell) == 1 else cell

    def cell(self, label: str | Cell) -> Cell:
        """Return the combination of actions that a history names so.

        Examples
        --------
        >>> Decision("A", {"x": (1,), "y": (0,)}).cell("y")
        ('y',)
        """
        return (label,) if isinstance(label, str) else label

    def deviations(self, mover: int, cell: Cell) -> Iterator[Cell]:
        """Yield the combinations in which one of those who choose does something else."""
        for action in self.actions[mover]:
            if action != cell[mover]:
                yield (*cell[:mover], action, *cell[mover + 1 :])

    def __hash__(self) -> int:
        return hash((self.players, tuple(self.branches.items()), self.information))

    def __reduce__(self) -> tuple[Any, ...]:
        return Decision, (self.players, dict(self.branches), self.information)

    def __repr__(self) -> str:
        blind = f" in {self.information}" if self.information else ""
        choices = " | ".join(map(spoken, self.branches))
        return f"<Decision of {and_list(self.players)}{blind}: {choices}>"


# The same few names return at many nodes, and each needs its tuple only once.
@lru_cache(maxsize=10_000)
def _alone(name: Any) -> Cell:
    """Return a name alone in a tuple, or nothing if it cannot be the name of an action."""
    return (name,) if type(name) is str and name.strip() else ()


# The quickest way to fill a frozen value: trees have many nodes.
_slots: Any = vars(Decision)
_set_players = _slots["players"].__set__
_set_branches = _slots["branches"].__set__
_set_information = _slots["information"].__set__


@dataclass(frozen=True, repr=False)
class Chance:
    """A node at which chance decides.

    Parameters
    ----------
    branches : mapping or sequence of pairs
        For the name of each event its probability and what follows. Floats that miss a sum of 1 by
        rounding alone, such as 0.1 + 0.2 and 0.7, are read as the simplest fractions beside them;
        ``rounded`` is True then.

    Raises
    ------
    GameError
        If a probability is negative or they do not sum to 1.

    Examples
    --------
    >>> Chance({"war": ("1/4", (-8, -8)), "peace": ("3/4", (0, 0))})
    <Chance: war 1/4, peace 3/4>
    """

    branches: Any
    # Whether the probabilities that were given were rounded; no part of what this node is.
    rounded: bool = field(default=False, init=False, compare=False)

    def __post_init__(self) -> None:
        drawn, given = {}, []
        for name, entry in _pairs(self.branches, "chance can draw"):
            if not is_name(name):
                raise GameError(f"chance cannot draw {name!r}; name each event by text.")
            if name in drawn:
                raise GameError(f"chance can draw {name} twice; name each event once.")
            if not isinstance(entry, tuple | list) or len(entry) != 2:
                raise GameError(f"give the event {name} a pair: its probability and what follows.")
            probability = exact(entry[0], f"the probability of {name}")
            if probability < 0:
                raise GameError(
                    f"the probability {plain(probability)} of {name} is negative; probabilities "
                    "must be 0 or more."
                )
            drawn[name] = (probability, entry[1])
            given.append(entry[0])
        total = sum((p for p, _ in drawn.values()), Fraction(0))
        mended = exact_mixture(given) if total != 1 else None
        if mended:
            told = zip(drawn.items(), mended, strict=True)
            drawn = {name: (p, child) for (name, (_, child)), p in told}
            object.__setattr__(self, "rounded", True)
        elif total != 1:
            raise GameError(
                f"the probabilities of {and_list(drawn)} sum to {plain(total)}; they must sum to "
                'exactly 1 (write thirds as "1/3").'
            )
        object.__setattr__(self, "branches", MappingProxyType(drawn))

    def leading_to(self, children: Iterable[Node]) -> Chance:
        """Return this draw with other nodes after it, in the order of its branches."""
        made = object.__new__(Chance)
        drawn = zip(self.branches.items(), children, strict=True)
        branches = {name: (p, child) for (name, (p, _)), child in drawn}
        object.__setattr__(made, "branches", MappingProxyType(branches))
        object.__setattr__(made, "rounded", self.rounded)
        return made

    def __hash__(self) -> int:
        return hash(tuple(self.branches.items()))

    def __reduce__(self) -> tuple[Any, ...]:
        return Chance, (dict(self.branches),)

    def __repr__(self) -> str:
        drawn = ", ".join(f"{name} {plain(p)}" for name, (p, _) in self.branches.items())
        return f"<Chance: {drawn}{' (read from rounded numbers)' if self.rounded else ''}>"


def following(history: History, node: Node) -> Iterator[tuple[History, Node]]:
    """Yield the nodes right after a node, each with its history."""
    if isinstance(node, Decision):
        for cell, child in node.branches.items():
            yield (*history, node.label(cell)), child
    elif isinstance(node, Chance):
        for name, (_, child) in node.branches.items():
            yield (*history, name), child


def after(history: History) -> str:
    """Return where a node stands: "at the start", "after Engage, then Enforce".

    Examples
    --------
    >>> after(()), after((("Balance", "Pass"), "Assert"))
    ('at the start', 'after (Balance, Pass), then Assert')
    """
    return f"after {', then '.join(map(spoken, history))}" if history else "at the start"


def _read(given: Any, branches: Any) -> tuple[tuple[str, ...], dict[Cell, Node]]:
    """Return who chooses and what follows each combination of actions, after checking them."""
    players = (given,) if isinstance(given, str) else tuple(listed(given, "the players"))
    if not players:
        raise GameError("nobody chooses at a decision node; name a player.")
    for name in players:
        if not is_name(name):
            raise GameError(f"{name!r} cannot choose at a decision node; name a player.")
    who = and_list(players)
    if len(set(players)) < len(players):
        raise GameError(f"a player chooses twice at one node of {who}; name each once.")
    cells = {}
    for key, node in _pairs(branches, f"{who} can choose"):
        cell = _cell(key, players)
        if cell in cells:
            raise GameError(f"{who} can choose {spoken(cell)} twice; name each action once.")
        cells[cell] = node
    actions = _actions(cells)
    missing = next((cell for cell in product(*actions) if cell not in cells), None)
    if missing is not None:
        raise GameError(
            f"nothing follows where {who} choose {spoken(missing)}; give every combination of "
            "their actions."
        )
    return players, {cell: cells[cell] for cell in product(*actions)}


def _cell(key: Any, players: tuple[str, ...]) -> Cell:
    cell = (key,) if isinstance(key, str) else tuple(listed(key, "a key of a decision"))
    if len(cell) != len(players):
        raise GameError(
            f"{spoken(tuple(map(str, cell)))} is no choice of {and_list(players)}; give "
            "each one action."
        )
    for action in cell:
        if not is_name(action):
            raise GameError(f"{action!r} is not the name of an action; names are text.")
    return cell


def spoken(step: str | Cell) -> str:
    """Return an action, or a combination of actions, as a sentence names it."""
    if isinstance(step, str):
        return step
    return step[0] if len(step) == 1 else f"({', '.join(step)})"


def _actions(cells: Mapping[Cell, Node]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(dict.fromkeys(actions)) for actions in zip(*cells, strict=True))


def _pairs(branches: Any, what: str) -> list[tuple[Any, ...]]:
    items = branches.items() if isinstance(branches, Mapping) else branches
    pairs = [tuple(e) if isinstance(e, tuple | list) else () for e in listed(items, what)]
    if not pairs:
        raise GameError(f"there is nothing that {what}; give at least one branch.")
    if any(len(pair) != 2 for pair in pairs):
        raise GameError(f"give what {what} as a mapping or as pairs of a name and what follows.")
    return pairs
