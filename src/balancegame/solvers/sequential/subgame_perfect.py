r"""Subgame-perfect equilibria by backward induction.

A plan is a *subgame-perfect equilibrium* if it is a Nash equilibrium of every subgame (Selten
1975). Backward induction finds them: where everything later is settled, what is left of a subgame
is a decision of one player, who must take a best action, or a game in normal form, of which the
plan must play an equilibrium. Where several will do each is followed on its own, for what is chosen
at a tie can turn what is best before it; their number may be astronomical, so the set is kept
factored (:mod:`balancegame.solvers.sequential.continuations`).
"""

from __future__ import annotations

import operator
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import count, islice, takewhile
from math import log10
from sys import maxsize
from types import MappingProxyType
from typing import Any, overload

from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.games.moves import Decision, History, spoken
from balancegame.games.sequential import GameTree, require_tree
from balancegame.solvers.sequential.continuations import Induction
from balancegame.solvers.sequential.outcome_sets import OutcomeSets, play_from
from balancegame.solvers.sequential.subgames import Local, Place
from balancegame.solvers.solutions import Explained

Payoffs = tuple[Any, ...]
Plan = Mapping[History, Any]

# How many equilibria a representation lists.
MOST_LISTED = 5


@dataclass(frozen=True)
class Outcome:
    """A way in which play can end: certain, unless chance or a mixture has a part in it."""

    history: History
    probability: Fraction
    payoffs: Payoffs


@dataclass(frozen=True, repr=False, eq=False)
class SubgamePerfectEquilibrium(Explained):
    """A plan that is an equilibrium of every subgame.

    It has one outcome, unless chance or a mixture has a part in it.
    """

    tree: GameTree
    payoffs: Payoffs
    # What is chosen at each place, and at every other node the node that play goes on to.
    _choices: Mapping[Place, Local]
    _best: Sequence[int]

    @cached_property
    def plan(self) -> Plan:
        """What is chosen at each decision node, by its history.

        It is the action of the player who chooses there, or a tuple of actions where several choose
        at once. A mixture is a tuple of probabilities, one for each action of the player.
        """
        layout = self.tree.layout
        places = ((k, layout.given[k]) for k in layout.preorder)
        return MappingProxyType(
            {
                layout.histories[k]: self._told(k, node)
                for k, node in places
                if isinstance(node, Decision)
            }
        )

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The ways in which play can end, with their probabilities."""
        ends = play_from(self.tree.layout, self._choices, self._best)
        return tuple(_outcome(self.tree, k, p) for k, p in ends)

    @property
    def is_pure(self) -> bool:
        """Whether nobody mixes."""
        return all(isinstance(local, int) for local in self._choices.values())

    def _local(self, k: int, mover: int) -> Local:
        chosen = self._choices.get((k, mover))
        return self._best[k] - self.tree.layout.first[k] if chosen is None else chosen

    def _told(self, k: int, node: Decision) -> Any:
        locals_ = [self._local(k, mover) for mover in range(len(node.players))]
        named = tuple(
            names[local] if isinstance(local, int) else local
            for names, local in zip(node.actions, locals_, strict=True)
        )
        return named if len(named) > 1 else named[0]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, SubgamePerfectEquilibrium):
            return NotImplemented
        return self.tree == other.tree and self.plan == other.plan

    def __hash__(self) -> int:
        return hash((self.tree, frozenset(self.plan.items())))

    def __reduce__(self) -> tuple[Any, ...]:
        return SubgamePerfectEquilibrium, (
            *(self.tree, self.payoffs, dict(self._choices), list(self._best)),
        )

    def __repr__(self) -> str:
        ends = "; or ".join(
            " then ".join(map(spoken, end.history))
            + ("" if end.probability == 1 else f" with {plain(end.probability)}")
            for end in self.outcomes
        )
        return f"<SubgamePerfectEquilibrium: {ends}; payoffs {', '.join(map(plain, self.payoffs))}>"


class SubgamePerfectEquilibria(Sequence[SubgamePerfectEquilibrium], Explained):
    """Every subgame-perfect equilibrium of a tree: counted at once, made one by one on demand.

    A sequence, however long: ``found[k]`` and a loop make only those that are asked for.

    Attributes
    ----------
    tree : GameTree
    number : int
        How many there are. Plans that differ only where nobody comes are different plans.
    payoffs : tuple
        The different payoffs that they yield.
    complete : bool
        False if equilibria in mixed strategies may be missing: three or more players choose at
        once in some subgame, or two have too many strategies.
    """

    def __init__(self, tree: GameTree, mixed: bool = True, ranks: range | None = None) -> None:
        self.tree = tree
        self._mixed = mixed
        self._induction = Induction(tree, mixed)
        self.complete = self._induction.complete
        root = self._induction.several.get(0)
        self._all = range(1 if root is None else sum(root.numbers.values()))
        self._ranks = self._all if ranks is None else ranks

    @property
    def number(self) -> int:
        """How many there are."""
        first, stop, step = self._ranks.start, self._ranks.stop, self._ranks.step
        return max(0, -((first - stop) // step))

    @cached_property
    def payoffs(self) -> tuple[Payoffs, ...]:
        """The different payoffs that they yield."""
        root = self._induction.several.get(0)
        if root is None or self._ranks != self._all:
            return tuple(dict.fromkeys(one.payoffs for one in self))
        return tuple(map(self._induction.exact, root.ways))

    @cached_property
    def outcomes(self) -> tuple[tuple[Outcome, ...], ...]:
        """The different ways in which they let play end, each a tuple of :class:`Outcome`.

        A GameError is raised if there are more than 10000.
        """
        if self._ranks != self._all or 0 not in self._induction.several:
            return tuple(dict.fromkeys(one.outcomes for one in self))
        place = {k: n for n, k in enumerate(self.tree.layout.preorder)}
        found = [
            sorted(ends, key=lambda end: place[end[0]])
            for ends in OutcomeSets(self._induction).of_root()
        ]
        found.sort(key=lambda ends: [(place[k], p) for k, p in ends])
        return tuple(tuple(_outcome(self.tree, k, p) for k, p in ends) for ends in found)

    @cached_property
    def pure(self) -> SubgamePerfectEquilibria:
        """Those in pure strategies, of all subgame-perfect equilibria of the tree."""
        return SubgamePerfectEquilibria(self.tree, mixed=False)

    def __len__(self) -> int:
        if self.number > maxsize:
            raise GameError(
                f"there are {counted_roughly(self.number)} equilibria, more than len can say; ask "
                "for their number."
            )
        return self.number

    def __bool__(self) -> bool:
        return self.number > 0

    @overload
    def __getitem__(self, index: int) -> SubgamePerfectEquilibrium: ...
    @overload
    def __getitem__(self, index: slice) -> SubgamePerfectEquilibria: ...
    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return SubgamePerfectEquilibria(self.tree, self._mixed, self._ranks[index])
        induction = self._induction
        rank = self._ranks[operator.index(index)]
        root = induction.several.get(0)
        if root is None:
            payoffs: Any = induction.yields(0)
            choices = induction.choices
        else:
            payoffs, more = root.plan(rank)
            choices = induction.choices | more
        exact_payoffs = induction.exact(payoffs)
        return SubgamePerfectEquilibrium(self.tree, exact_payoffs, choices, induction.best)

    def __iter__(self) -> Iterator[SubgamePerfectEquilibrium]:
        return (self[k] for k in takewhile(self.number.__gt__, count()))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, SubgamePerfectEquilibria | tuple):
            return NotImplemented
        number = other.number if isinstance(other, SubgamePerfectEquilibria) else len(other)
        return self.number == number and all(map(operator.eq, self, other))

    def __hash__(self) -> int:
        return hash((self.tree, self._ranks))

    def __reduce__(self) -> tuple[Any, ...]:
        return SubgamePerfectEquilibria, (self.tree, self._mixed, self._ranks)

    def __repr__(self) -> str:
        shown = ", ".join(map(repr, islice(self, MOST_LISTED)))
        more = self.number - MOST_LISTED
        if more > 0:
            return f"({shown}, and {counted_roughly(more)} more)"
        return f"({shown},)" if self.number == 1 else f"({shown})"


def subgame_perfect(tree: GameTree) -> SubgamePerfectEquilibria:
    """Return every subgame-perfect equilibrium.

    Parameters
    ----------
    tree : GameTree

    Returns
    -------
    SubgamePerfectEquilibria
        A sequence of SubgamePerfectEquilibrium, several where somebody is indifferent. Where one
        player chooses, knowing all that was done, each best action is followed but no mixture of
        them. Where two choose at once, or one does not see what the other did, each extreme
        equilibrium of that subgame is followed, in mixed strategies too; with three or more, those
        in pure strategies. So there may be none only in the last case.

    Raises
    ------
    GameError
        If ties leave more than 50000 combinations of payoffs to compare where chance moves or
        several players choose.

    Notes
    -----
    Terms of the glossary:

    backward induction
        to solve a tree from its end, each choice foreseeing those after it
    credible
        of a threat: its author would carry it out
    departing (depart, departs, departure, departures)
        to do something other than a plan says
    empty threat (empty threats)
        what a player would gain by being believed to do, but would rather not do when the time
        comes
    subgame-perfect
        of a plan: nobody gains by departing anywhere, whether or not play comes there

    Examples
    --------
    >>> reply = Decision("US", {"Enforce": (9, 7), "Acquiesce": (15, 9)})
    >>> tree = GameTree(
    ...     Decision("Japan", {"Comply": (10, 10), "Engage": reply}), players=("Japan", "US")
    ... )
    >>> found = subgame_perfect(tree)
    >>> found
    (<SubgamePerfectEquilibrium: Engage then Acquiesce; payoffs 15, 9>,)
    >>> found[0].plan[("Engage",)]
    'Acquiesce'

    However many ties there are, they are counted and not listed:

    >>> node = (0, 0)
    >>> for _ in range(5):
    ...     node = Decision("Japan", {"left": node, "right": node})
    >>> found = subgame_perfect(GameTree(node, ("Japan", "US")))
    >>> found.number == 2**31, len(found.outcomes), len(found.payoffs)
    (True, 32, 1)
    """
    return SubgamePerfectEquilibria(require_tree(tree, "subgame_perfect"))


def _outcome(tree: GameTree, k: int, probability: Fraction) -> Outcome:
    return Outcome(tree.layout.history(k), probability, tree.layout.payoffs(k))


def counted_roughly(number: int) -> str:
    """Return a number in digits, or the power of ten below it if these would fill a line."""
    return str(number) if number < 10**30 else f"more than 10^{int(log10(number))}"
