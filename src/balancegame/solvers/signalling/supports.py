r"""Which messages types send and which replies follow: every pattern that an equilibrium can have.

Let :math:`S_t` be the messages that type t sends with positive probability and :math:`R_m` the
replies to message m. With these *supports* given, the conditions of a perfect Bayesian equilibrium
are linear, and they fall apart into three polytopes that do not touch each other:

- the *replies* :math:`\rho(r \mid m)`: a type does as well with each message in its support as with
  any other,

  .. math::  \sum_r u(t, m, r) \rho(r \mid m) \ge \sum_r u(t, m', r) \rho(r \mid m')
     \quad (m \in S_t, \text{ all } m');

- the *flows* :math:`x_{tm} = p_t \sigma(m \mid t)`: each reply in :math:`R_m` is best after each
  message m that is sent, given the beliefs by Bayes's rule,

  .. math::  \sum_t x_{tm} \bigl(v(t, m, r) - v(t, m, r')\bigr) \ge 0
     \quad (r \in R_m, \text{ all } r'), \qquad \sum_m x_{tm} = p_t;

- for each message that nobody sends, the *beliefs* after it that make :math:`R_m` best.

Each is a cone cut at a certain height, so its extreme rays say everything: whether it is empty, and
between which values each probability may lie. In a signalling game these are also the sequential
equilibria (Fudenberg and Tirole 1991, "Game Theory", section 8.3).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import combinations, product
from typing import Any

from balancegame.exact.cones import Ray, extreme_rays, sign

KINDS = ("separating", "pooling", "semi-separating")

Support = tuple[int, ...]
Rays = list[Ray]
Rows = tuple[int, list[list[Any]], list[list[Any]]]
"""The dimension of a cone, and the rows that must be 0 and those that must be at least 0 on it."""


@dataclass(frozen=True)
class Pattern:
    """The supports of some equilibria, and all equilibria that have them.

    Attributes
    ----------
    sent : tuple of tuple of int
        For each type the messages that it sends.
    replied : tuple of tuple of int
        For each message the replies to it.
    replies, flows : list of tuple
        Extreme rays, a coordinate for each (message, reply) and for each (type, message).
    beliefs : mapping of int to list of tuple
        For each message that nobody sends, extreme rays over the types.
    """

    sent: tuple[Support, ...]
    replied: tuple[Support, ...]
    replies: Rays
    flows: Rays
    beliefs: dict[int, Rays]


def flow_places(pattern: Pattern) -> list[tuple[int, int]]:
    """Return the type and the message of each coordinate of a flow."""
    return [(t, m) for t, support in enumerate(pattern.sent) for m in support]


def reply_places(pattern: Pattern) -> list[tuple[int, int]]:
    """Return the message and the reply of each coordinate of the replies."""
    return [(m, r) for m, support in enumerate(pattern.replied) for r in support]


def kind_of(sent: Sequence[Sequence[int]]) -> str:
    """Return what the types' messages tell, from those that each may send.

    Separating: no message is sent by two types. Pooling: all types send one and the same.

    Examples
    --------
    >>> kind_of([(0,), (1,)]), kind_of([(0,), (0,)]), kind_of([(0,), (0, 1)])
    ('separating', 'pooling', 'semi-separating')
    """
    messages = [m for support in sent for m in support]
    if len(set(messages)) == len(messages):
        return "separating"
    alone = len(messages) == len(sent) and len(set(messages)) == 1
    return "pooling" if alone else "semi-separating"


class Conditions:
    """The linear conditions of a signalling game, for any supports.

    Payoffs and prior are elements of one ring; ``sign`` decides the signs of its elements.
    """

    def __init__(
        self,
        prior: Sequence[Any],
        payoffs: tuple[Any, Any],
        sign: Callable[[Any], int] = sign,
    ) -> None:
        self.prior, (self.sender, self.receiver), self.sign = prior, payoffs, sign
        self.types, self.messages = len(self.sender), len(self.sender[0])
        self.options = len(self.sender[0][0])
        self.all_types = tuple(range(self.types))

    def rays(self, dimension: int, equal: Any, at_least: Any = ()) -> Rays:
        """Return the extreme rays of a cone, in the ring of the payoffs."""
        return extreme_rays(dimension, equal, at_least, self.sign)

    def best(self, m: int, types: Support, replies: Support) -> Rays:
        """Return the weights on some types that make all of some replies best after a message."""
        return self.rays(*self.rows_of_best(m, types, replies))

    def rows_of_best(self, m: int, types: Support, replies: Support) -> Rows:
        """Return the conditions on the weights that :meth:`best` finds."""
        first, *others = replies
        equal = [self._more(m, types, first, other) for other in others]
        worse = [r for r in range(self.options) if r not in replies]
        return len(types), equal, [self._more(m, types, first, r) for r in worse]

    def _more(self, m: int, types: Support, r: int, other: int) -> list[Any]:
        """Return what the receiver gains by one reply rather than another, for each type."""
        return [self.receiver[t][m][r] - self.receiver[t][m][other] for t in types]

    def replies(self, sent: Sequence[Support], replied: Sequence[Support]) -> Rays:
        """Return the replies, of given supports or less, to which the types' messages are best."""
        return self.rays(*self.rows_of_replies(sent, replied))

    def rows_of_replies(self, sent: Sequence[Support], replied: Sequence[Support]) -> Rows:
        """Return the conditions on what :meth:`replies` finds."""
        places = [(m, r) for m, support in enumerate(replied) for r in support]
        equal = [[(m == 0) - (m == other) for m, _ in places] for other in range(1, self.messages)]
        at_least: list[list[Any]] = []
        for t, support in enumerate(sent):
            first = support[0]
            for other in range(self.messages):
                row = [
                    self.sender[t][m][r]
                    if m == first
                    else -self.sender[t][m][r]
                    if m == other
                    else 0
                    for m, r in places
                ]
                if other != first:
                    (equal if other in support else at_least).append(row)
        return len(places), equal, at_least

    def flows(
        self,
        sent: Sequence[Support],
        replied: Sequence[Support],
        in_proportion: Support | None = None,
    ) -> Rays:
        """Return how the types spread over messages so that the replies to these are best.

        The types in proportion, all of them unless some are named, have their prior weights
        relative to each other; the weights of the others are free.
        """
        return self.rays(*self.rows_of_flows(sent, replied, in_proportion))

    def rows_of_flows(
        self,
        sent: Sequence[Support],
        replied: Sequence[Support],
        in_proportion: Support | None = None,
    ) -> Rows:
        """Return the conditions on what :meth:`flows` finds."""
        places = [(t, m) for t, support in enumerate(sent) for m in support]
        one, *others = self.all_types if in_proportion is None else in_proportion
        equal = [
            [
                self.prior[other] if t == one else -self.prior[one] if t == other else 0
                for t, _ in places
            ]
            for other in others
        ]
        at_least: list[list[Any]] = []
        for m in {m for _, m in places}:
            first, *others = replied[m]
            for r in range(self.options):
                if r != first:
                    gains = self._more(m, self.all_types, first, r)
                    row = [gains[t] if place == m else 0 for t, place in places]
                    (equal if r in others else at_least).append(row)
        return len(places), equal, at_least

    @cached_property
    def spread(self) -> list[Support]:
        """The sets of messages that a type can send."""
        return [
            chosen
            for size in range(1, self.messages + 1)
            for chosen in combinations(range(self.messages), size)
        ]

    @cached_property
    def answers(self) -> list[Support]:
        """The sets of replies that can follow a message."""
        return [
            chosen
            for size in range(1, self.options + 1)
            for chosen in combinations(range(self.options), size)
        ]

    def patterns(self) -> Iterator[Pattern]:
        """Yield every pattern of supports that some equilibrium has, with these equilibria."""
        possible: dict[tuple[int, Support], list[Support]] = {}
        # Whatever answers a message that nobody sends, the types spread alike over the others.
        flows_to, best = cache(self.flows), cache(self.best)
        for replied in product(self.answers, repeat=self.messages):
            if not all(self._possible(possible, m, replied[m]) for m in range(self.messages)):
                continue
            for sent in product(*(self._tempting(t, replied) for t in range(self.types))):
                senders = [
                    tuple(t for t, support in enumerate(sent) if m in support)
                    for m in range(self.messages)
                ]
                if any(replied[m] not in possible[m, types] for m, types in enumerate(senders)):
                    continue
                flows = flows_to(
                    sent,
                    tuple(r if types else () for r, types in zip(replied, senders, strict=True)),
                )
                if not self.covers(flows):
                    continue
                replies = self.replies(sent, replied)
                if self.covers(replies):
                    silent = [m for m, types in enumerate(senders) if not types]
                    beliefs = {m: best(m, self.all_types, replied[m]) for m in silent}
                    yield Pattern(sent, replied, replies, flows, beliefs)

    def _possible(
        self, known: dict[tuple[int, Support], list[Support]], m: int, replies: Support
    ) -> bool:
        """Find out which types together can make some replies best after a message, once."""
        groups = [
            types for size in range(self.types + 1) for types in combinations(self.all_types, size)
        ]
        if (m, ()) not in known:
            for types in groups:
                known[m, types] = []
                for answer in self.answers:
                    rays = self.best(m, types or self.all_types, answer)
                    if self.covers(rays) if types else rays:
                        known[m, types].append(answer)
        return any(replies in known[m, types] for types in groups)

    def _tempting(self, t: int, replied: Sequence[Support]) -> list[Support]:
        """Return the sets of messages that may all be best for a type, by its payoffs' bounds."""
        bounds = [
            self._bounds([self.sender[t][m][r] for r in support])
            for m, support in enumerate(replied)
        ]
        highest_low = self._bounds([low for low, _ in bounds])[1]
        good = [m for m, (_, high) in enumerate(bounds) if self.sign(high - highest_low) >= 0]
        return [chosen for size in range(1, len(good) + 1) for chosen in combinations(good, size)]

    def _bounds(self, values: Sequence[Any]) -> tuple[Any, Any]:
        low = high = values[0]
        for value in values[1:]:
            if self.sign(value - low) < 0:
                low = value
            if self.sign(value - high) > 0:
                high = value
        return low, high

    def covers(self, rays: Rays) -> bool:
        """Return whether some combination of rays is positive in every coordinate."""
        columns = zip(*rays, strict=True)
        return bool(rays) and all(any(self.sign(y) > 0 for y in column) for column in columns)
