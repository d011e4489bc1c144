r"""All perfect Bayesian equilibria of a signalling game, with beliefs as intervals.

An *assessment* says which messages each type sends, which replies follow each message, and what the
receiver believes after each message, sent or not. It is a *perfect Bayesian equilibrium* if

- each type sends only messages that are best for it, given the replies;
- each reply, also to a message that nobody sends, is best given the belief after that message;
- beliefs after messages that are sent follow from the prior by Bayes's rule.

Those with the same supports form one :class:`.Pattern`. Patterns in which the types send the same
messages and which touch are parts of one connected set, and are listed as one equilibrium; most
often they differ in the reply to a message that nobody sends. Each probability then lies in an
interval, and all of the interval occurs.

Source: Fudenberg and Tirole (1991), "Game Theory", sections 8.2 and 8.3.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Any

from balancegame.errors import GameError
from balancegame.exact.algebraic import Algebraic
from balancegame.exact.cones import Ray, whole_multiple
from balancegame.exact.interval import Interval, hull
from balancegame.games.signalling import SignallingGame
from balancegame.solvers.signalling.intuitive import IntuitiveVerdict, intuitive_verdict
from balancegame.solvers.signalling.supports import (
    KINDS,
    Conditions,
    Pattern,
    flow_places,
    kind_of,
    reply_places,
)
from balancegame.solvers.solutions import Solutions
from balancegame.wording import and_list

# Patterns of supports to look through: those of three types, messages and replies are 117,649.
MOST_PATTERNS = 150_000


@dataclass(frozen=True, repr=False)
class PerfectBayesianEquilibrium:
    """A perfect Bayesian equilibrium, or a connected set of them that send the same messages.

    Attributes
    ----------
    game : SignallingGame
    patterns : tuple of Pattern
        The equilibria by supports; each pattern holds the vertices of all that have them.
    """

    game: SignallingGame
    patterns: tuple[Pattern, ...] = field(repr=False)

    @property
    def kind(self) -> str:
        """Whether it is "separating", "pooling" or "semi-separating".

        Separating: no message is sent by two types. Pooling: all types send one and the same.
        """
        return kind_of(self.patterns[0].sent)

    @cached_property
    def sender(self) -> Mapping[str, Mapping[str, Interval]]:
        """For each type the probability of each message that it may send."""
        sent = self.patterns[0].sent
        return {
            name: {
                self.game.messages[m]: self._flow({(t, m)}, {(t, other) for other in sent[t]})
                for m in sent[t]
            }
            for t, name in enumerate(self.game.types)
        }

    @cached_property
    def receiver(self) -> Mapping[str, Mapping[str, Interval]]:
        """For each message the probability of each reply that may follow it."""
        found: dict[str, dict[str, Interval]] = {}
        for m, message in enumerate(self.game.messages):
            used = sorted({r for pattern in self.patterns for r in pattern.replied[m]})
            found[message] = {
                self.game.replies[r]: hull(
                    _range(pattern.replies, [places.index((m, r))], _where(places, m))
                    if (m, r) in places
                    else Interval(Fraction(0), Fraction(0))
                    for pattern in self.patterns
                    for places in [reply_places(pattern)]
                )
                for r in used
            }
        return found

    @cached_property
    def beliefs(self) -> Mapping[str, Mapping[str, Interval]]:
        """For each message, sent or not, the probability that the receiver gives each type."""
        found: dict[str, dict[str, Interval]] = {}
        for m, message in enumerate(self.game.messages):
            after: dict[str, Interval] = {}
            for t, name in enumerate(self.game.types):
                if m in self.silent:
                    everybody = list(range(len(self.game.types)))
                    after[name] = hull(
                        _range(pattern.beliefs[m], [t], everybody, open_support=False)
                        for pattern in self.patterns
                    )
                else:
                    everyone = {(u, m) for u in range(len(self.game.types))}
                    after[name] = self._flow({(t, m)}, everyone)
            found[message] = after
        return found

    @property
    def silent(self) -> tuple[int, ...]:
        """The positions of the messages that nobody sends."""
        used = {m for support in self.patterns[0].sent for m in support}
        return tuple(m for m in range(len(self.game.messages)) if m not in used)

    @cached_property
    def worth(self) -> Mapping[str, Mapping[str, Interval]]:
        """For each type what each message, sent or not, yields."""
        return {
            name: {
                message: hull(
                    _span(_message_payoffs(self.game, pattern, t, m)) for pattern in self.patterns
                )
                for m, message in enumerate(self.game.messages)
            }
            for t, name in enumerate(self.game.types)
        }

    @cached_property
    def payoffs(self) -> tuple[Mapping[str, Interval], Interval]:
        """What each type of the sender gets, and what the receiver expects before any message."""
        sent, receiver = self.patterns[0].sent, self.game.payoffs[1]
        mine = {
            name: self.worth[name][self.game.messages[sent[t][0]]]
            for t, name in enumerate(self.game.types)
        }
        theirs = [
            sum(
                share * receiver[t][m][pattern.replied[m][0]]
                for (t, m), share in zip(flow_places(pattern), _unit(ray), strict=True)
            )
            for pattern in self.patterns
            for ray in pattern.flows
        ]
        return mine, _span(theirs)

    @cached_property
    def prior(self) -> Mapping[str, Interval]:
        """For each type the prior probabilities for which such an equilibrium exists.

        The probabilities of the other types keep their proportions to each other.
        """
        conditions, found = conditions_of(self.game), {}
        for t, name in enumerate(self.game.types):
            others = tuple(u for u in conditions.all_types if u != t)
            ranges = []
            for pattern in self.patterns:
                rays = conditions.flows(pattern.sent, pattern.replied, others)
                places = flow_places(pattern)
                mine = [k for k, (u, _) in enumerate(places) if u == t]
                ranges.append(_range(rays, mine, range(len(places))))
            found[name] = hull(ranges)
        return found

    @cached_property
    def intuitive(self) -> IntuitiveVerdict:
        """Whether it survives the intuitive criterion, and why."""
        payoffs = list(self.payoffs[0].values())
        conditions = conditions_of(self.game)
        return intuitive_verdict(self.game, conditions, self.silent, payoffs, self.patterns)

    def _flow(self, part: set[tuple[int, int]], whole: set[tuple[int, int]]) -> Interval:
        ranges = []
        for pattern in self.patterns:
            places = flow_places(pattern)
            ranges.append(
                _range(
                    pattern.flows,
                    [k for k, place in enumerate(places) if place in part],
                    [k for k, place in enumerate(places) if place in whole],
                )
            )
        return hull(ranges)

    def __repr__(self) -> str:
        sent = "; ".join(
            f"{name} sends {and_list(messages)}" for name, messages in self.sender.items()
        )
        return f"<PerfectBayesianEquilibrium, {self.kind}: {sent}>"


class PerfectBayesianEquilibria(Solutions[PerfectBayesianEquilibrium]):
    """All perfect Bayesian equilibria of a signalling game."""

    __slots__ = ()


def perfect_bayesian(game: SignallingGame) -> PerfectBayesianEquilibria:
    """Return all perfect Bayesian equilibria of a signalling game.

    Parameters
    ----------
    game : SignallingGame
        Up to three types, three messages and three replies, or a game of as many patterns.

    Returns
    -------
    PerfectBayesianEquilibria
        Each is a connected set of equilibria in which the types send the same messages, with exact
        intervals for every probability and belief, and for the prior for which it exists. No
        equilibrium is left out: a pattern's vertices describe all that have its supports.

    Raises
    ------
    GameError
        If this is no signalling game, or it is too large.

    Notes
    -----
    For each pattern of supports the conditions are linear; see :mod:`.supports`.

    Terms of the glossary:

    belief (beliefs)
        how likely somebody takes something to be, after what they have seen
    intuitive criterion
        do not explain a surprise by somebody who would lose by it whatever followed
    perfect Bayesian
        of an equilibrium: each does what is best given the beliefs, and the beliefs fit what is
        done
    pooling
        of an equilibrium: all kinds do the same, so that it tells nothing
    semi-separating
        of an equilibrium: what is done tells something about the kind, but not all
    separating
        of an equilibrium: each kind does something else, so that it tells which one it is

    Examples
    --------
    >>> game = SignallingGame(
    ...     types=("Strong", "Weak"),
    ...     prior=("9/10", "1/10"),
    ...     messages=("Beer", "Quiche"),
    ...     replies=("Duel", "Retreat"),
    ...     payoffs=(
    ...         [[[1, 3], [0, 2]], [[0, 2], [1, 3]]],
    ...         [[[0, 1], [0, 1]], [[1, 0], [1, 0]]],
    ...     ),
    ... )
    >>> for found in perfect_bayesian(game):
    ...     print(found.kind, *map(str, found.sender["Weak"]), found.beliefs["Quiche"]["Weak"])
    pooling Beer [1/2, 1]
    pooling Quiche 1/10
    """
    if not isinstance(game, SignallingGame):
        remedy = "of a model write model.game(...)" if hasattr(game, "game") else "give one"
        raise GameError(
            f"perfect_bayesian takes a SignallingGame, not {type(game).__name__}; {remedy}."
        )
    require_few_patterns(*map(len, (game.types, game.messages, game.replies)))
    conditions = conditions_of(game)
    found = [
        PerfectBayesianEquilibrium(game, tuple(patterns))
        for patterns in connected(list(conditions.patterns()), conditions)
    ]
    return PerfectBayesianEquilibria(sorted(found, key=lambda each: KINDS.index(each.kind)))


def require_few_patterns(types: int, messages: int, replies: int) -> None:
    """Refuse a game with too many patterns of supports."""
    count = (2**messages - 1) ** types * (2**replies - 1) ** messages
    if count > MOST_PATTERNS:
        raise GameError(
            f"a game of {types} types, {messages} messages and {replies} replies has {count} "
            f"patterns of supports, more than {MOST_PATTERNS}; leave out what is never best."
        )


def conditions_of(game: SignallingGame) -> Conditions:
    """Return the linear conditions of a game, in whole numbers where it has fractions."""
    return Conditions(_whole(game.prior), (_whole(game.payoffs[0]), _whole(game.payoffs[1])))


def connected(patterns: Sequence[Pattern], conditions: Conditions) -> list[list[Pattern]]:
    """Return the patterns in groups that send the same messages and touch each other."""
    groups: list[list[Pattern]] = []
    for pattern in sorted(patterns, key=lambda each: (each.sent, each.replied)):
        near = [g for g in groups if any(_touch(pattern, other, conditions) for other in g)]
        groups = [group for group in groups if group not in near]
        groups.append([*(each for group in near for each in group), pattern])
    return groups


def _touch(one: Pattern, other: Pattern, conditions: Conditions) -> bool:
    """Return whether two patterns have an equilibrium, or the limit of some, in common."""
    if one.sent != other.sent:
        return False
    both = [tuple(sorted({*a} & {*b})) for a, b in zip(one.replied, other.replied, strict=True)]
    either = [tuple(sorted({*a} | {*b})) for a, b in zip(one.replied, other.replied, strict=True)]
    return bool(
        all(both)
        and conditions.replies(one.sent, both)
        and conditions.flows(one.sent, either)
        and all(conditions.best(m, conditions.all_types, either[m]) for m in one.beliefs)
    )


def _message_payoffs(game: SignallingGame, pattern: Pattern, t: int, m: int) -> list[Any]:
    """Return what a message yields a type at each vertex of the replies."""
    places = reply_places(pattern)
    at = _where(places, m)
    return [
        sum(ray[k] * game.payoffs[0][t][m][places[k][1]] for k in at)
        / _fraction(sum(ray[k] for k in at))
        for ray in pattern.replies
    ]


def _where(places: Sequence[tuple[int, int]], m: int) -> list[int]:
    return [k for k, (message, _) in enumerate(places) if message == m]


def _span(values: list[Any]) -> Interval:
    return Interval(min(values), max(values))


def _unit(ray: Ray) -> list[Any]:
    total = _fraction(sum(ray))
    return [entry / total for entry in ray]


def _range(
    rays: Sequence[Ray], part: Sequence[int], whole: Sequence[int], open_support: bool = True
) -> Interval:
    """Return the ratios of two sums of coordinates over a cone.

    A ratio of sums lies between the ratios of the summands, so the extreme ones are at rays. Where
    all coordinates have to be positive, an end belongs to the ratios only if the rays that attain
    it are positive there together.
    """
    ratios = [
        (sum(ray[k] for k in part) / _fraction(total), ray)
        for ray in rays
        if (total := sum(ray[k] for k in whole))
    ]
    ends = [pick(ratio for ratio, _ in ratios) for pick in (min, max)]
    closed = tuple(
        not open_support
        or all(
            any(entries)
            for entries in zip(
                # A ray without weight in the whole changes no ratio.
                *(ray for ratio, ray in ratios if ratio == end),
                *(ray for ray in rays if not sum(ray[k] for k in whole)),
                strict=True,
            )
        )
        for end in ends
    )
    return Interval(ends[0], ends[1], (closed[0], closed[1]))


def _fraction(number: Any) -> Any:
    return Fraction(number) if isinstance(number, int) else number


def _whole(array: Any) -> Any:
    """Scale fractions to whole numbers, irrational ones to whole coefficients; leave others."""
    entries = list(entries_of(array))
    if not all(isinstance(entry, Fraction | Algebraic) for entry in entries):
        return array
    scale = lcm(*(entry.denominator for entry in entries))
    return _mapped(array, lambda entry: whole_multiple(entry, scale))


def entries_of(array: Any) -> Iterable[Any]:
    """Give the entries of nested tuples, row by row."""
    if isinstance(array, tuple):
        for part in array:
            yield from entries_of(part)
    else:
        yield array


def _mapped(array: Any, change: Callable[[Any], Any]) -> Any:
    if isinstance(array, tuple):
        return tuple(_mapped(part, change) for part in array)
    return change(array)
